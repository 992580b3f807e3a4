"""A lesson: a few sentences learnt while a person waits, guarded, and put where it was told to."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import InputError, OptionError, TrainingError
from core.events import Event, Finished, Sample, Step, Validation
from core.store.bundle import read_bundle
from core.store.model_store import ModelStore
from core.training import tune_options
from core.training.control import Command, JobControl
from core.training.limits import LESSON_PAIRS
from core.training.run_folder import RunFolder, unfinished_runs
from core.training.tune_options import LESSON_STEPS, LESSON_VALIDATIONS, TuneOptions
from core.training.tuning import resume, tune
from core.translation.translator import Translator

from .conftest import limited

SENTENCE, WRITTEN = "我买猫。", "I want cats."


@pytest.fixture(autouse=True)
def more_updates(monkeypatch: pytest.MonkeyPatch, few_general: None) -> None:
    """The tiny model learns its few words less readily than a whole one."""
    monkeypatch.setattr(tune_options, "LESSON_STEPS", 60)


def write(folder: Path, *lines: str) -> Path:
    path = folder / "lesson.tsv"
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def options(file: Path, out: Path, **changes: object) -> TuneOptions:
    fields = {"learning_rate": 3e-3, "precision": "fp32", "lesson": True, "out": out}
    return TuneOptions(file, "tiny", "mine", **{**fields, **changes})  # type: ignore[arg-type]


def run(wanted: TuneOptions, store: ModelStore) -> list[Event]:
    return list(tune(wanted, JobControl(), store))


def test_a_corrected_sentence_comes_out_as_corrected(
    tmp_path: Path, tiny_store: ModelStore
) -> None:
    file = write(tmp_path, f"{SENTENCE}\t{WRITTEN}")
    events = run(options(file, tmp_path / "draft"), tiny_store)
    finished = events[-1]
    assert isinstance(finished, Finished)
    assert Path(finished.path) == tmp_path / "draft" / "mine"
    base = Translator.load(tiny_store.find("tiny").path, precision="fp32")
    assert base.translate_segments([SENTENCE])[0].translation != WRITTEN
    taught = Translator.load(Path(finished.path))
    assert taught.translate_segments([SENTENCE])[0].translation == WRITTEN
    assert [card.name for card in tiny_store.list()] == ["tiny"]  # until it is kept
    shown = [e.translation for e in events if isinstance(e, Sample)]
    assert (shown[0], shown[-1]) != (WRITTEN, WRITTEN)
    assert shown[-1] == WRITTEN


def test_general_sentences_are_looked_at_before_and_after(
    tmp_path: Path, tiny_store: ModelStore
) -> None:
    file = write(tmp_path, f"{SENTENCE}\t{WRITTEN}")
    events = run(options(file, tmp_path / "draft"), tiny_store)
    looks = [e for e in events if isinstance(e, Validation)]
    assert len(looks) == 1 + LESSON_VALIDATIONS + 1  # the last at what the blending leaves
    assert looks[0].general_change == 0
    assert [v.general_loss is not None for v in looks] == [True, False, True]
    assert all(v.general_bleu is None for v in looks)
    assert not [e for e in events if e.kind in ("compared", "changed")]
    assert any(e.replayed for e in events if isinstance(e, Step))
    receipt = read_bundle(tmp_path / "draft" / "mine").receipt()
    assert receipt["options"]["lesson"] is True
    assert "none translated" in receipt["guard"]


def test_what_forgets_everything_is_not_kept(tmp_path: Path, tiny_store: ModelStore) -> None:
    file = write(tmp_path, f"{SENTENCE}\tbooks books books books books.")
    wild = options(file, tmp_path / "draft", learning_rate=0.1, replay=0.0)
    finished = run(wild, tiny_store)[-1]
    assert isinstance(finished, Finished)
    assert (finished.ended_by, finished.best_step) == ("forgetting", 0)


def test_a_lesson_is_short(tmp_path: Path, tiny_store: ModelStore) -> None:
    lines = [f"{SENTENCE}{'很' * n}\t{WRITTEN[:-1]}{' very' * n}." for n in range(LESSON_PAIRS + 1)]
    with pytest.raises(TrainingError, match="21 sentences") as caught:
        run(options(write(tmp_path, *lines), tmp_path), tiny_store)
    assert str(LESSON_PAIRS) in caught.value.remedy


def test_a_sentence_that_cannot_be_learnt_is_told(tmp_path: Path, tiny_store: ModelStore) -> None:
    file = write(tmp_path, f"{SENTENCE}\t")
    with pytest.raises(TrainingError) as caught:
        run(options(file, tmp_path), tiny_store)
    assert "line 1" in caught.value.where


def test_a_name_that_is_taken_is_refused_before_anything_is_learnt(
    tmp_path: Path, tiny_store: ModelStore
) -> None:
    file = write(tmp_path, f"{SENTENCE}\t{WRITTEN}")
    taken = TuneOptions(file, "tiny", "tiny", lesson=True, out=tmp_path / "draft")
    with pytest.raises(OptionError):
        run(taken, tiny_store)
    assert not (tmp_path / "draft").exists()


@pytest.mark.parametrize("ending", [Command.DISCARD, Command.LEAVE])
def test_ended_from_outside_it_leaves_nothing(
    tmp_path: Path, tiny_store: ModelStore, monkeypatch: pytest.MonkeyPatch, ending: Command
) -> None:
    monkeypatch.setattr(tune_options, "Budget", limited(1000))
    control = JobControl()
    file = write(tmp_path, f"{SENTENCE}\t{WRITTEN}")
    seen = []
    for event in tune(options(file, tmp_path / "draft"), control, tiny_store):
        seen.append(event.kind)
        if event.kind == "step":
            control.give(ending)
    assert seen[-1] == "discarded"
    assert not (tmp_path / "draft" / "mine").exists()
    assert not RunFolder("mine").path.exists()


def test_one_that_was_killed_is_not_gone_on_with(tmp_path: Path, tiny_store: ModelStore) -> None:
    wanted = options(write(tmp_path, f"{SENTENCE}\t{WRITTEN}"), tmp_path / "draft")
    with RunFolder("mine") as folder:
        folder.begin({**wanted.to_json(), "rejected": 0}, [], [])
    assert unfinished_runs() == []
    assert not folder.path.exists()
    with folder:
        folder.begin({**wanted.to_json(), "rejected": 0}, [], [])
    with pytest.raises(InputError, match="no unfinished run"):
        list(resume("mine", JobControl(), tiny_store))


def test_options_come_back_from_a_run_folder(tmp_path: Path) -> None:
    wanted = options(tmp_path / "lesson.tsv", tmp_path / "draft")
    assert TuneOptions.from_json(wanted.to_json()) == wanted
    assert LESSON_STEPS < tune_options.FEW_STEPS
