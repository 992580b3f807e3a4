"""A new model from files of pairs, vocabularies included."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from core.errors import OptionError, TrainingError
from core.events import Discarded, Event, Finished, Started, Validation
from core.store.bundle import read_bundle
from core.store.model_store import ModelStore
from core.training import fresh, presets
from core.training.control import Command, JobControl
from core.training.fresh import TrainOptions, train
from core.training.schedule import Schedule
from core.translation.translator import Translator

from .conftest import limited


@pytest.fixture
def options(lesson: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TrainOptions:
    small = presets.PRESETS["bahdanau-gru"]
    tiny = dataclasses.replace(small.config, width=48, decoder_width=48)
    monkeypatch.setitem(presets.PRESETS, "toy", presets.Preset(tiny, 200, "for tests"))
    monkeypatch.setattr(fresh, "BATCH", dataclasses.replace(fresh.BATCH, tokens=300))
    recipe = dataclasses.replace(fresh.RECIPE, learning_rate=1e-2, schedule=Schedule(10, 0.5))
    monkeypatch.setattr(fresh, "RECIPE", recipe)
    monkeypatch.setattr(fresh, "Budget", limited(100))
    other = tmp_path / "more.tsv"
    lines = [f"你好{n}。\tHello {n}." for n in range(20)]
    other.write_text("\n".join(lines), encoding="utf-8")
    return TrainOptions((lesson, other), "zh", "en", "new", "toy", precision="fp32")


def run(options: TrainOptions, store: ModelStore, stop_after: str = "") -> list[Event]:
    control = JobControl()
    events = []
    for event in train(options, control, store):
        events.append(event)
        if event.kind == stop_after:
            control.give(Command.STOP)
    return events


def test_a_model_from_nothing_learns_and_translates(
    options: TrainOptions, tiny_store: ModelStore
) -> None:
    events = run(options, tiny_store)
    (started,) = (e for e in events if isinstance(e, Started))
    assert (started.pairs, started.held_out, started.rejected) == (104, 12, 2)
    losses = [e.loss for e in events if isinstance(e, Validation)]
    assert min(losses) < 0.5 * losses[0]
    finished = events[-1]
    assert isinstance(finished, Finished)
    card = tiny_store.find("new")
    assert (card.parent, card.precision, card.built_in) == (None, "bf16", False)
    bundle = read_bundle(Path(finished.path))
    assert bundle.manifest.model["cell"] == "gru"
    receipt = bundle.receipt()
    assert (receipt["kind"], receipt["preset"]) == ("train", "toy")
    assert receipt["files"] == ["lesson.tsv", "more.tsv"]
    (result,) = Translator.load(card.path, precision="fp32", threads=1).translate("我今天买书。")
    assert result.translation.translation.startswith("I ")


def test_too_few_pairs_and_unknown_presets_are_told(
    options: TrainOptions, tiny_store: ModelStore
) -> None:
    few = dataclasses.replace(options, files=options.files[1:])
    with pytest.raises(TrainingError, match="20 of 20 lines"):
        run(few, tiny_store)
    with pytest.raises(OptionError, match="bahdanau-gru"):
        run(dataclasses.replace(options, preset="huge"), tiny_store)


@pytest.mark.parametrize("stage", ["forms", "corpus"])
def test_a_stop_is_heard_while_the_pairs_are_made_ready(
    stage: str, options: TrainOptions, tiny_store: ModelStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    control = JobControl()
    where = fresh.FormMaker if stage == "forms" else fresh.PairEncoder
    name = "forms" if stage == "forms" else "__call__"
    real, calls = getattr(where, name), []

    def look(self: object, text: object) -> object:
        calls.append(text)
        if len(calls) == 5:
            control.give(Command.STOP)
        return real(self, text)

    monkeypatch.setattr(where, name, look)
    assert list(train(options, control, tiny_store))[-1] == Discarded(0)
    assert len(calls) == 5
