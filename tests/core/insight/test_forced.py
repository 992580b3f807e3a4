"""Forced alignment against teacher forcing computed step by step, and on corpora with words."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch

from core.errors import InputError
from core.insight import forced
from core.insight.forced import ForcedAligner
from core.model.aligner import Aligner, read_pairs
from core.store.loading import Loaded, load_model
from core.text.encoding import SegmentEncoder
from core.text.tokenizer import make_tokenizer
from core.text.vocab import EOS, SOS
from tests.fixtures.tiny_model import toy_pairs


@pytest.fixture
def loaded(tiny_bundle: Path) -> Loaded:
    return load_model(tiny_bundle)


def stepwise(loaded: Loaded, source: list[int], target: list[int]) -> tuple[np.ndarray, float]:
    """Attention ``[T, S]`` and mean log-probability, one step of decoding after the other."""
    model = loaded.model.eval()
    with torch.inference_mode():
        memory = model.encode(torch.tensor([source]), torch.tensor([len(source)]))
        state = model.initial_state(memory)
        rows, total = [], 0.0
        for given, wanted in zip([SOS, *target], [*target, EOS], strict=True):
            scores, state, weights = model.decode_step(torch.tensor([given]), state, memory)
            total += float(scores[0, wanted])
            rows.append(weights[0].numpy())
    return np.stack(rows[:-1]), total / (len(target) + 1)


PAIRS = [
    ("我今天喜欢猫。", "I like cats today."),
    ("你好。", "Hello."),
    ("我们看见苹果。", "They buy noodles 😀."),  # not what it would say itself
]


def test_it_is_the_attention_of_teacher_forcing(loaded: Loaded) -> None:
    source_side = SegmentEncoder("zh", make_tokenizer("zh"), loaded.source_vocabulary)
    target_side = SegmentEncoder("en", make_tokenizer("en"), loaded.target_vocabulary)
    for (source, target), found in zip(PAIRS, ForcedAligner(loaded).align(PAIRS), strict=True):
        s, t = source_side.encode(source), target_side.encode(target)
        attention, score = stepwise(loaded, list(s.ids), list(t.ids))
        assert found.score == pytest.approx(score, abs=1e-4)
        assert (found.source, found.translation) == (source, target)
        for index, row in enumerate(found.alignment):
            wanted = np.zeros(len(s.words))
            start, end = t.words[index]
            for piece, (a, b) in enumerate(t.piece_spans):
                for column, word in enumerate(s.piece_words):
                    wanted[word] += max(0, min(b, end) - max(a, start)) * attention[piece, column]
            assert row == pytest.approx(wanted / wanted.sum(), abs=1e-4)


def test_it_finds_the_links_that_guided_it(loaded: Loaded) -> None:
    pairs = [(source, target) for source, target, _ in toy_pairs()]
    aligner = ForcedAligner(loaded, tokenized=True)
    for (source, target, links), found in zip(toy_pairs(), aligner.align(pairs), strict=True):
        assert [w.text for w in found.source_words] == source.split()
        assert [w.text for w in found.target_words] == target.split()
        assert sorted((row.index(max(row)), j) for j, row in enumerate(found.alignment)) == sorted(
            links
        )
        assert found.score > -0.2


def with_aligner(loaded: Loaded) -> Loaded:
    """The model with an aligner that has learnt nothing."""
    torch.manual_seed(6)
    return dataclasses.replace(loaded, aligner=Aligner(loaded.model.config, width=8).eval())


def test_an_aligner_links_where_there_is_one(loaded: Loaded) -> None:
    aligned = with_aligner(loaded)
    assert aligned.aligner is not None
    plain, found = (list(ForcedAligner(one).align(PAIRS)) for one in (loaded, aligned))
    for one, other, (source, target) in zip(plain, found, PAIRS, strict=True):
        assert other.score == pytest.approx(one.score)
        assert (other.source_words, other.target_words) == (one.source_words, one.target_words)
        s = SegmentEncoder("zh", make_tokenizer("zh"), loaded.source_vocabulary).encode(source)
        t = SegmentEncoder("en", make_tokenizer("en"), loaded.target_vocabulary).encode(target)
        given = torch.tensor([[SOS, *t.ids]])
        read, _ = read_pairs(loaded.model, torch.tensor([s.ids]), torch.tensor([len(s.ids)]), given)
        pieces = aligned.aligner.weights(read)[0].detach().numpy()  # [T, S]
        for index, (start, end) in enumerate(t.words):
            wanted, total = np.zeros(len(s.words)), 0
            for piece, (a, b) in enumerate(t.piece_spans):
                shared = max(0, min(b, end) - max(a, start))
                total += shared
                for column, word in enumerate(s.piece_words):
                    wanted[word] += shared * pieces[piece, column]
            assert other.alignment[index] == pytest.approx(wanted / total, abs=1e-4)
            assert sum(other.alignment[index]) < 1  # the rest belongs to nothing


def test_attention_is_there_on_request(loaded: Loaded) -> None:
    asked = ForcedAligner(with_aligner(loaded), attention=True)
    assert asked.by_attention and not ForcedAligner(with_aligner(loaded)).by_attention
    for one, other in zip(asked.align(PAIRS), ForcedAligner(loaded).align(PAIRS), strict=True):
        np.testing.assert_allclose(one.alignment, other.alignment, atol=1e-6)


def test_a_wrong_translation_scores_lower(loaded: Loaded) -> None:
    right, wrong = ForcedAligner(loaded).align(
        [("我买书。", "I buy books."), ("我买书。", "You buy cats.")]
    )
    assert right.score > wrong.score + 1


def test_tokenised_words_that_normalise_to_nothing_are_still_words(loaded: Loaded) -> None:
    [found] = ForcedAligner(loaded, tokenized=True).align([("我 \u200b 买 书", "I \x00 buy books")])
    assert len(found.source_words) == len(found.target_words) == 4
    assert found.alignment[1] == (0, 0, 0, 0)
    assert all(row[1] == 0 for row in found.alignment)
    assert found.alignment[2].index(max(found.alignment[2])) == 2


def test_batches_do_not_matter(loaded: Loaded, monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = [(source, target) for source, target, _ in toy_pairs()]
    aligner = ForcedAligner(loaded, tokenized=True)
    together = list(aligner.align(pairs))
    monkeypatch.setattr(forced, "BATCH_CELLS", 30)
    apart = list(aligner.align(pairs))
    assert [f.translation for f in together] == [f.translation for f in apart]
    for one, other in zip(together, apart, strict=True):
        assert one.score == pytest.approx(other.score, abs=1e-4)
        for row, same in zip(one.alignment, other.alignment, strict=True):
            assert row == pytest.approx(same, abs=1e-4)


def test_pairs_are_read_as_they_are_needed(loaded: Loaded) -> None:
    def pairs() -> Iterator[tuple[str, str]]:
        yield from [("你好。", "Hello.")] * 40
        raise AssertionError("the third batch was read before the first was given")

    results = ForcedAligner(loaded).align(pairs())
    assert next(results).translation == "Hello."


@pytest.mark.parametrize("pair", [("", "Hello"), ("你好", "  "), ("\u200b", "Hello")])
def test_a_side_of_nothing_is_told_with_its_line(loaded: Loaded, pair: tuple[str, str]) -> None:
    aligner = ForcedAligner(loaded)
    with pytest.raises(InputError, match="no text") as raised:
        list(aligner.align([("你好。", "Hello.")] * 70 + [pair], name="pairs.tsv"))
    assert raised.value.where == "pairs.tsv, line 71"


def test_very_long_pairs(loaded: Loaded) -> None:
    [found] = ForcedAligner(loaded).align([("我喜欢猫" * 300, "I like cats. " * 300)])
    assert len(found.source_words) == 900
    assert len(found.alignment) == len(found.target_words) == 1200
