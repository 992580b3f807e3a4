"""Erasure and gradient against single readings and finite differences; a liar is caught."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

import pytest
import torch

from core.cancel import Cancelled, CancelToken
from core.insight.agreement import Verdict
from core.insight.erasure import Erasures
from core.insight.faithfulness import Witness, question_all
from core.insight.forced import ForcedAligner
from core.insight.gradient import gradient_norms
from core.insight.reading import Reading
from core.model.seq2seq import Seq2Seq
from core.store.loading import Loaded, load_model
from core.text.vocab import SOS, UNK
from core.translation.result import Translation
from core.translation.translator import Translator
from tests.fixtures.tiny_model import toy_pairs

READING = Reading(
    source=(10, 11, 12, 13), words=((0,), (1, 2), (), (3,)), target=(20, 21, 22),
    target_words=((0,), (1, 2)),
)  # fmt: skip


@pytest.fixture
def loaded(tiny_bundle: Path) -> Loaded:
    return load_model(tiny_bundle)


def likelihood(model: Seq2Seq, source: Sequence[int], target: Sequence[int], upto: int) -> float:
    """Log-probability of the pieces of ``target`` from ``upto`` on, one step after the other."""
    model.eval()
    with torch.inference_mode():
        memory = model.encode(torch.tensor([list(source)]), torch.tensor([len(source)]))
        state, total = model.initial_state(memory), 0.0
        for place, (given, wanted) in enumerate(zip([SOS, *target], target, strict=False)):
            scores, state, _ = model.decode_step(torch.tensor([given]), state, memory)
            total += float(scores[0, wanted]) if place >= upto else 0.0
    return total


def test_erasure_is_what_is_lost_when_a_word_is_not_there(loaded: Loaded) -> None:
    left = [(11, 12, 13), (10, 13), (10, 11, 12, 13), (10, 11, 12)]
    whole = likelihood(loaded.model, READING.source, READING.target, 1)
    wanted = [whole - likelihood(loaded.model, rest, READING.target, 1) for rest in left]
    found = Erasures(loaded.model.eval(), READING).drops((1, 2))
    assert found == pytest.approx(wanted, abs=1e-4)
    assert found[2] == pytest.approx(0, abs=1e-5)  # a word without pieces


def test_the_only_word_leaves_an_unknown_one(loaded: Loaded) -> None:
    reading = Reading((10, 11), ((0, 1),), (20,), ((0,),))
    whole, rest = (likelihood(loaded.model, source, (20,), 0) for source in [(10, 11), (UNK,)])
    assert Erasures(loaded.model.eval(), reading).drops((0,)) == pytest.approx(
        [whole - rest], abs=1e-4
    )


def test_batches_do_not_matter(loaded: Loaded, monkeypatch: pytest.MonkeyPatch) -> None:
    together = Erasures(loaded.model.eval(), READING).drops((1, 2))
    monkeypatch.setattr("core.insight.erasure._BATCH", 2)
    apart = Erasures(loaded.model.eval(), READING).drops((1, 2))
    assert apart == pytest.approx(together, abs=1e-4)


def test_the_gradient_is_that_of_finite_differences(loaded: Loaded) -> None:
    model = loaded.model.eval().double()
    pieces, width, step = len(READING.source), model.config.width, 1e-3
    moved = torch.zeros(pieces, width, 2, pieces, width, dtype=torch.double)
    for piece in range(pieces):
        for column in range(width):
            moved[piece, column, :, piece, column] = torch.tensor([step, -step])
    given = torch.tensor([(SOS, *READING.target[:-1])])
    ids = torch.tensor([READING.source])
    inputs: list[torch.Tensor] = []

    def move(_module: object, _arguments: object, output: torch.Tensor) -> torch.Tensor:
        inputs.append(output[0] * model.encoder.scale)  # what the model multiplies it with
        return output + moved.flatten(0, 2) / model.encoder.scale

    hook = model.encoder.embedding.register_forward_hook(move)
    with torch.inference_mode():
        rows = moved[..., 0, 0].numel()
        lengths = torch.full((rows,), pieces)
        features = model(ids.expand(rows, -1), lengths, given.expand(rows, -1)).features
        likely = model.logits(features).log_softmax(-1)
    hook.remove()
    totals = likely[:, 1, READING.target[1]] + likely[:, 2, READING.target[2]]
    ahead, back = totals.view(pieces, width, 2).unbind(-1)
    norms = ((ahead - back) / (2 * step) * inputs[0]).norm(dim=-1).tolist()
    wanted = [norms[0], norms[1] + norms[2], 0.0, norms[3]]
    assert gradient_norms(model, READING, (1, 2)) == pytest.approx(wanted, rel=0.01, abs=1e-4)
    assert not model.encoder.embedding._forward_hooks


class Scrambled(Seq2Seq):
    """Attends as ever, and reports its weights in another order."""

    def alignment(self, weights: torch.Tensor) -> torch.Tensor:
        true = super().alignment(weights)
        return true.roll(2, dims=-1)


def verdicts(witness: Witness, found: Sequence[Translation]) -> list[Verdict | None]:
    return [one.verdict for sentence in found for one in question_all(witness, sentence)]


def test_a_model_that_reports_other_weights_is_caught(loaded: Loaded, tiny_bundle: Path) -> None:
    pairs = [pair[:2] for pair in toy_pairs() if len(pair[0].split()) > 4][:10]
    liar = Scrambled(loaded.model.config)
    liar.load_state_dict(loaded.model.state_dict())
    true = ForcedAligner(loaded, tokenized=True).align(pairs)
    planted = ForcedAligner(dataclasses.replace(loaded, model=liar), tokenized=True).align(pairs)
    witness = Witness.load(tiny_bundle)
    honest, caught = verdicts(witness, list(true)), verdicts(witness, list(planted))
    assert len(honest) == len(caught) > 30
    assert honest.count(Verdict.DISAGREES) < 0.05 * len(honest)
    assert caught.count(Verdict.DISAGREES) > 0.9 * len(caught)


def test_it_judges_what_the_translator_shows(translator: Translator, tiny_bundle: Path) -> None:
    [sentence] = translator.translate_segments(["我们看见龘。"])
    found = list(question_all(Witness.load(tiny_bundle), sentence))
    assert [one.word for one in found] == [
        i for i in range(len(sentence.target_words)) if i not in sentence.copied
    ]
    assert sentence.copied
    for one in found:
        assert one.attention == sentence.alignment[one.word]
        assert sum(one.gradient.weights) == pytest.approx(1)
        assert len(one.erasure.weights) == len(sentence.source_words)


def test_one_who_no_longer_asks_waits_for_nothing(
    translator: Translator, tiny_bundle: Path
) -> None:
    [sentence] = translator.translate_segments(["我喜欢猫。"])
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        Witness.load(tiny_bundle).question(sentence, 0, token)
