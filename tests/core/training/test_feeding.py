"""Gold pieces or the model's own, and words dropped: how many, which, and what is learnt then."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Iterator

import numpy as np
import pytest
import torch
from torch import Tensor

from core.errors import OptionError
from core.model.seq2seq import Seq2Seq
from core.text.vocab import EOS, PAD, SOS, UNK
from core.training.batching import Batch
from core.training.feeding import RUN, Feeding, inverse_sigmoid_rate
from core.training.hyperparameters import Recipe
from core.training.reading import Reading, with_unknowns
from core.training.schedule import Budget, Schedule
from core.training.trainer import Trainer

MakeModel = Callable[..., Seq2Seq]
Stream = Callable[[], Iterator[Batch]]
PLACES = np.linspace(0, 1, 41)


@pytest.mark.parametrize("half", [0.1, 0.5, 0.9])
@pytest.mark.parametrize("kind", ["linear", "exponential", "inverse-sigmoid"])
def test_schedules_are_those_of_the_paper(kind: str, half: float) -> None:
    """Bengio et al. 2015, section 2.4, with constants such that half of the pieces are gold."""
    updates = half * RUN
    paper = {
        "linear": lambda i: 1 - i / (2 * updates),
        "exponential": lambda i: (2 ** (-1 / updates)) ** i,
        "inverse-sigmoid": lambda i: rate / (rate + math.exp(i / rate)),
    }[kind]
    rate = inverse_sigmoid_rate(updates)
    feeding = Feeding(kind, half=half, floor=0.1)
    found = [feeding.gold_share(place) for place in PLACES]
    np.testing.assert_allclose(found, [max(0.1, paper(RUN * place)) for place in PLACES])
    assert feeding.gold_share(half) == pytest.approx(0.5)
    assert found[0] > 0.95 and all(np.diff(found) <= 0)


def test_a_fixed_share_stays() -> None:
    assert {Feeding(share=0.3).gold_share(place) for place in PLACES} == {0.3}
    assert Feeding().gold_share(1.0) == 1.0


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"kind": "cosine"}, "forcing is"),
        ({"share": 1.5}, "teacher_forcing"),
        ({"floor": -0.1}, "forcing_floor"),
        ({"half": 0.0}, "forcing_half"),
        ({"by": "batch"}, "forcing_by"),
    ],
)
def test_what_makes_no_sense_is_refused(changes: dict[str, object], name: str) -> None:
    with pytest.raises(OptionError, match=name):
        Feeding(**changes)  # type: ignore[arg-type]


def test_pieces_or_whole_sentences_are_gold() -> None:
    torch.manual_seed(1)
    ids = torch.full((400, 12), 7)
    by_piece = Reading(gold_share=0.3).gold(ids)
    by_sentence = Reading(gold_share=0.3, by="sentence").gold(ids)
    assert by_piece is not None and by_sentence is not None
    for gold in (by_piece, by_sentence):
        assert gold[:, 0].all()  # <sos>
        assert 0.22 < float(gold[:, 1:].float().mean()) < 0.38
    assert (by_sentence[:, 1:] == by_sentence[:, 1:2]).all()
    assert not (by_piece[:, 1:] == by_piece[:, 1:2]).all()
    assert Reading().gold(ids) is None
    assert Reading(gold_share=1.0, by="sentence").gold(ids) is None


def test_dropped_words_become_unknown_and_nothing_else_changes() -> None:
    torch.manual_seed(1)
    ids = torch.randint(4, 50, (200, 20))
    ids[:, 0], ids[:, -2], ids[:, -1] = SOS, EOS, PAD
    found = with_unknowns(ids, 0.25)
    dropped = found != ids
    assert (found[dropped] == UNK).all()
    assert (found[:, [0, -2, -1]] == ids[:, [0, -2, -1]]).all()
    assert 0.2 < float(dropped[:, 1:-2].float().mean()) < 0.3
    assert with_unknowns(ids, 0.0) is ids


class Watched:
    """What a model is made to read."""

    def __init__(self, model: Seq2Seq, monkeypatch: pytest.MonkeyPatch) -> None:
        self.sources: list[Tensor] = []
        self.targets: list[Tensor] = []
        self.gold: list[Tensor] = []
        forward, free = model.forward, model.free_forward

        def read(source: Tensor, lengths: Tensor, target: Tensor) -> object:
            self.sources.append(source)
            self.targets.append(target)
            return forward(source, lengths, target)

        def read_freely(source: Tensor, lengths: Tensor, target: Tensor, gold: Tensor) -> object:
            self.gold.append(gold)
            return free(source, lengths, target, gold)

        monkeypatch.setattr(model, "forward", read)
        monkeypatch.setattr(model, "free_forward", read_freely)


def test_the_trainer_feeds_what_the_recipe_says(
    make_model: MakeModel, copying: Stream, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = make_model()
    watched = Watched(model, monkeypatch)
    recipe = Recipe(
        word_dropout=0.3, target_word_dropout=0.3, feeding=Feeding("linear", half=0.5, floor=0.0)
    )
    trainer = Trainer(model, recipe, torch.float32)
    list(trainer.run(copying(), Budget(steps=6)))
    shares = [float(gold[:, 1:].float().mean()) for gold in watched.gold]
    assert len(shares) == 5  # the first update is gold throughout
    assert shares[0] > 0.6 > 0.35 > shares[-1]
    assert len(watched.sources) == 1 and (watched.sources[0] == UNK).any()
    assert (watched.targets[0] == UNK).any()
    model.eval()  # what is measured is read as it is
    batch = next(copying())
    trainer.losses(batch, 0.0)
    assert torch.equal(watched.sources[-1], batch.source)
    assert torch.equal(watched.targets[-1], batch.target_in)


def test_a_model_learns_from_its_own_words(make_model: MakeModel, copying: Stream) -> None:
    recipe = Recipe(
        learning_rate=2e-2, label_smoothing=0.0, feeding=Feeding(share=0.5),
        schedule=Schedule(warmup=10, decay=0.5),
    )  # fmt: skip
    trainer = Trainer(make_model(), recipe, torch.float32)
    reports = list(trainer.run(copying(), Budget(steps=50)))
    assert reports[-1].loss < 0.6 * reports[0].loss


def test_all_gold_is_teacher_forcing_bit_for_bit(make_model: MakeModel, copying: Stream) -> None:
    weights = []
    for feeding in (Feeding(), Feeding("linear", half=100.0, floor=1.0)):
        model = make_model()
        recipe = dataclasses.replace(Recipe(learning_rate=1e-2), feeding=feeding)
        list(Trainer(model, recipe, torch.float32).run(copying(), Budget(steps=3)))
        weights.append(model.state_dict())
    assert all(torch.equal(value, weights[1][name]) for name, value in weights[0].items())
