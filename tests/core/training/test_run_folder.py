"""What outlives a run that was ended from outside: its place, its lock, its pairs."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from core.errors import BundleError, InputError, OptionError, StorageError
from core.events import Discarded, Event, Finished, Left, Step, Validation, Warned
from core.paths import data_folder
from core.store.library import rename
from core.store.loading import load_model
from core.store.model_store import ModelStore
from core.training import keeping, tune_options, tuning
from core.training.checks import Pair
from core.training.control import Command, JobControl
from core.training.run_folder import RunFolder, discard_run, unfinished_runs
from core.training.tune_options import TuneOptions
from core.training.tuning import resume, tune

from .conftest import limited

pytestmark = pytest.mark.slow

PAIRS, HELD = [Pair(1, "一", "one"), Pair(4, "四，", "four,")], [Pair(2, "二", "two")]
Until = Callable[[Event], Command | None]


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch, few_general: None) -> None:
    monkeypatch.setattr(tune_options, "Budget", limited(40))
    monkeypatch.setattr(tune_options, "VALIDATIONS", 4)
    monkeypatch.setattr(tuning, "VALIDATION_SHARE", 1.0)


def follow(events: Callable[[JobControl], object], until: Until) -> list[Event]:
    control = JobControl()
    seen: list[Event] = []
    for event in events(control):  # type: ignore[attr-defined]
        seen.append(event)
        if (command := until(event)) is not None:
            control.give(command)
    return seen


def at_step(number: int, command: Command) -> Until:
    return lambda event: command if isinstance(event, Step) and event.step == number else None


def never(_event: Event) -> None:
    return None


def options(lesson: Path) -> TuneOptions:
    return TuneOptions(lesson, "tiny", "mine", precision="fp32")


def test_what_is_kept_comes_back() -> None:
    with RunFolder("mine") as folder:
        folder.begin({"file": "课.tsv", "minutes": 2}, PAIRS, HELD)
        assert folder.asked() == {"file": "课.tsv", "minutes": 2}
        assert folder.pairs() == (PAIRS, HELD)
        assert not folder.has_checkpoint()
    (found,) = unfinished_runs()
    assert (found.name, found.asked["file"], found.steps) == ("mine", "课.tsv", 0)
    discard_run("mine")
    assert unfinished_runs() == []
    assert not (data_folder() / "runs" / "mine").exists()


def test_a_run_that_is_there_is_not_overwritten() -> None:
    with RunFolder("mine") as folder:
        folder.begin({"minutes": 1}, PAIRS, HELD)
        with pytest.raises(OptionError, match="unfinished run called 'mine'") as caught:
            folder.begin({"minutes": 2}, HELD, PAIRS)
        assert "--resume mine" in caught.value.remedy
        assert folder.asked() == {"minutes": 1}


@pytest.mark.parametrize(
    "content", ["", "{}", "[]", '{"format_version": "1", "asked": {}}', "\x00"]
)
def test_a_damaged_run_is_told_not_offered_and_can_be_discarded(content: str) -> None:
    with RunFolder("mine") as folder:
        folder.begin({}, PAIRS, HELD)
        (folder.path / "run.json").write_text(content)
        with pytest.raises(InputError, match="cannot be read") as caught:
            folder.asked()
        assert "--discard mine" in caught.value.remedy
    assert unfinished_runs() == []
    discard_run("mine")


@pytest.mark.parametrize(
    "row",
    [[1, None, "tea"], ["1", "茶", "tea"], [1, "茶", ["tea"]], [1, "茶"], [1, "茶", "tea", 4]],
)
def test_rows_that_are_no_pairs_are_damage(row: list[object]) -> None:
    with RunFolder("mine") as place:
        place.begin({}, [], [])
        sides = {"training": [row], "held": []}
        (place.path / "pairs.json").write_text(json.dumps(sides), "utf-8")
        with pytest.raises(InputError, match="cannot be read"):
            place.pairs()


def test_a_run_of_a_newer_program_is_told_and_stays() -> None:
    with RunFolder("mine") as folder:
        folder.begin({}, PAIRS, HELD)
        newer = '{"format_version": 2, "asked": {"minutes": 1}, "more": []}'
        (folder.path / "run.json").write_text(newer)
        for ask in (folder.asked, lambda: folder.remember({})):
            with pytest.raises(
                InputError, match=r"newer version .*format 2, known up to 1"
            ) as caught:
                ask()
            assert caught.value.where == str(folder.path / "run.json")
            assert "Update Attune" in caught.value.remedy
        with pytest.raises(OptionError, match="unfinished run"):
            folder.begin({}, PAIRS, HELD)
        assert (folder.path / "run.json").read_text() == newer
    assert unfinished_runs() == []


def test_a_run_that_tells_no_version_is_of_the_first() -> None:
    with RunFolder("mine") as folder:
        folder.begin({}, PAIRS, HELD)
        (folder.path / "run.json").write_text('{"asked": {"minutes": 3}}')
        assert folder.asked() == {"minutes": 3}


def test_what_there_is_not_is_told() -> None:
    with RunFolder("other") as folder:
        folder.begin({}, PAIRS, HELD)
    for ask in (
        lambda: list(resume("mine", JobControl(), ModelStore())),
        lambda: discard_run("mine"),
    ):
        with pytest.raises(InputError, match="no unfinished run called 'mine'") as caught:
            ask()
        assert "There are: other." in caught.value.remedy


def test_one_process_at_a_time() -> None:
    program = (
        "import sys; from core.training.run_folder import RunFolder\n"
        "with RunFolder('mine'): print('in', flush=True); sys.stdin.read()"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert child.stdout is not None
    assert child.stdout.readline() == b"in\n"
    with pytest.raises(OptionError, match="is being taught at this moment"), RunFolder("mine"):
        pass
    child.kill()  # the system lets the lock go
    child.communicate()
    with RunFolder("mine"):
        pass


def test_who_only_looks_keeps_nobody_out() -> None:
    with RunFolder("mine") as folder:
        folder.begin({}, PAIRS, HELD)
    looking = threading.Event()

    def look() -> None:
        with RunFolder("mine"):
            looking.set()
            time.sleep(0.2)

    other = threading.Thread(target=look)
    other.start()
    assert looking.wait(10)
    assert unfinished_runs() == []  # which does not wait
    discard_run("mine")
    other.join()
    assert not folder.path.exists()


def test_a_run_that_was_left_goes_on_to_the_same_end(tiny_store: ModelStore, lesson: Path) -> None:
    whole = follow(lambda c: tune(options(lesson), c, tiny_store), never)
    expected = load_model(tiny_store.find("mine").path).model.state_dict()
    tiny_store.delete("mine")

    first = follow(lambda c: tune(options(lesson), c, tiny_store), at_step(23, Command.LEAVE))
    assert first[-1] == Left(23, "mine")
    (found,) = unfinished_runs()
    assert (found.name, found.steps) == ("mine", 23)
    lesson_kept = options(lesson).file.read_text("utf-8")
    second = follow(lambda c: resume("mine", c, tiny_store), never)
    assert options(lesson).file.read_text("utf-8") == lesson_kept

    losses = {e.step: e.loss for e in whole if isinstance(e, Step)}
    again = {e.step: e.loss for e in first + second if isinstance(e, Step)}
    assert again == pytest.approx(losses)
    assert len(losses) == 40
    looks = [e for e in whole if isinstance(e, Validation)]
    # What the first process told is told again by the second.
    told = [e for e in first if isinstance(e, Validation)]
    seen = [e for e in second if isinstance(e, Validation)]
    assert seen[: len(told)] == told
    assert [e.step for e in seen] == [e.step for e in looks]
    assert seen[-1].general_change == pytest.approx(looks[-1].general_change, abs=1e-5)
    got = load_model(tiny_store.find("mine").path).model.state_dict()
    assert all(value.equal(got[name]) for name, value in expected.items())
    assert unfinished_runs() == []


def test_the_file_may_be_gone_when_a_run_goes_on(
    tiny_store: ModelStore, lesson: Path, tmp_path: Path
) -> None:
    file = tmp_path / "gone.tsv"
    file.write_bytes(lesson.read_bytes())
    follow(lambda c: tune(options(file), c, tiny_store), at_step(5, Command.LEAVE))
    file.unlink()
    assert isinstance(follow(lambda c: resume("mine", c, tiny_store), never)[-1], Finished)


@pytest.mark.parametrize("renamed", [False, True])
def test_a_run_whose_model_has_gone_waits_for_it(
    tiny_store: ModelStore, lesson: Path, renamed: bool
) -> None:
    follow(lambda c: tune(options(lesson), c, tiny_store), never)
    asked = replace(options(lesson), base="mine", name="next")
    follow(lambda c: tune(asked, c, tiny_store), at_step(5, Command.LEAVE))
    if renamed:
        rename(tiny_store, "mine", "other")
    else:
        tiny_store.delete("mine")
    with pytest.raises(BundleError, match="'mine', which the run 'next' was teaching, is no lon"):
        follow(lambda c: resume("next", c, tiny_store), never)
    assert [run.name for run in unfinished_runs()] == ["next"]
    if renamed:
        rename(tiny_store, "other", "mine")
    else:
        tiny_store.restore("mine")
    assert isinstance(follow(lambda c: resume("next", c, tiny_store), never)[-1], Finished)


def test_a_run_that_goes_on_can_be_discarded(tiny_store: ModelStore, lesson: Path) -> None:
    follow(lambda c: tune(options(lesson), c, tiny_store), at_step(5, Command.LEAVE))
    events = follow(lambda c: resume("mine", c, tiny_store), at_step(9, Command.DISCARD))
    assert events[-1] == Discarded(9)
    assert unfinished_runs() == []


def test_a_disk_that_fills_up_while_learning_costs_nothing_but_the_saving(
    tiny_store: ModelStore, lesson: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StorageError("the disk is full", where="somewhere", remedy="Free some space.")

    monkeypatch.setattr(keeping, "save_checkpoint", full)
    monkeypatch.setattr(tuning, "SAVE_SECONDS", 0.0)
    events = follow(lambda c: tune(options(lesson), c, tiny_store), never)
    told = [e for e in events if isinstance(e, Warned)]
    assert told
    assert "could not be saved: somewhere: the disk is full" in told[0].text
    assert {e.about for e in told} == {"unsaved"}
    assert isinstance(events[-1], Finished)


def test_a_disk_with_room_again_takes_the_warning_back(
    tiny_store: ModelStore, lesson: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, tries = keeping.save_checkpoint, itertools.count()

    def full_twice(*arguments: Any) -> None:
        if next(tries) in (1, 2):
            raise StorageError("the disk is full", where="somewhere", remedy="Free some space.")
        real(*arguments)

    monkeypatch.setattr(keeping, "save_checkpoint", full_twice)
    monkeypatch.setattr(tuning, "SAVE_SECONDS", 0.0)
    events = follow(lambda c: tune(options(lesson), c, tiny_store), never)
    assert next(tries) > 4
    assert [bool(e.text) for e in events if isinstance(e, Warned)] == [True, True, False]


def test_a_checkpoint_is_written_every_so_often(
    tiny_store: ModelStore, lesson: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tuning, "SAVE_SECONDS", 0.0)
    found = []

    def look(event: Event) -> None:
        state = data_folder() / "runs" / "mine" / "checkpoint" / "state.json"
        if isinstance(event, Step) and state.exists():
            found.append(event.step - json.loads(state.read_text())["steps"])

    follow(lambda c: tune(options(lesson), c, tiny_store), look)
    assert found
    assert set(found) == {1}  # the update before was saved
