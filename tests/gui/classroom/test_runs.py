"""Runs as they lie on the disk, their command lines, and what is drawn of them."""

from __future__ import annotations

import json
import os
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from core.cli.part_options import given_parts
from core.cli.program import build_parser
from core.errors import InputError
from core.events import Finished, GradientFlow, Sample, Step, Validation
from core.paths import HOME_VARIABLE, data_folder
from core.training.run_folder import RunFolder
from core.training.system import PARTS
from gui.jobs import class_files
from gui.jobs.class_files import KeptRun
from gui.jobs.train_command import TrainPlan, train_command, train_on_command
from gui.viewmodels.class_history import learning_from
from gui.viewmodels.class_run import ClassRun
from gui.viewmodels.learning import Learning, RunState
from gui.viewmodels.run_curves import DISTANCE, LOSS, NORM, curves_of
from gui.viewmodels.run_words import score_text
from tests.gui.fakes import OWN

PLAN = TrainPlan(
    "mine", "small + 3 changes", "small", Path("/tmp/tea.tsv"), ("zh", "en"),
    (("cell", "gru"), ("input_feeding", True), ("residual", False), ("dropout", 0.25)),
    about="tea.tsv", budget="steps", amount=2_000_000, threads=2, pinned=("-你好。",),
)  # fmt: skip
COLORS = ("#000001", "#000002")


def test_the_program_takes_the_command_line_as_it_was_meant() -> None:
    assert train_command(PLAN)[3:6] == ("--events", "train", "/tmp/tea.tsv")
    given = build_parser().parse_args(train_command(PLAN)[3:])
    assert given_parts(given, PARTS) == dict(PLAN.changes)
    assert (given.name, given.preset, given.languages) == ("mine", "small", "zh-en")
    assert (given.steps, given.minutes, given.threads, given.pin) == (
        2_000_000,
        None,
        2,
        ["-你好。"],
    )
    assert build_parser().parse_args(train_on_command(PLAN)[3:]).go_on == "mine"


def test_plans_of_every_version() -> None:
    fields = json.loads(PLAN.to_json())
    assert fields.pop("format_version") == 1
    first = json.dumps(fields)  # as the first programs wrote it
    assert TrainPlan.from_json(first) == PLAN
    class_files.save_plan(PLAN)
    (file,) = (data_folder() / "classroom").iterdir()
    newer = json.dumps({**fields, "format_version": 2, "more": 1})
    file.write_text(newer)
    with pytest.raises(InputError, match="newer version of Attune"):
        class_files.save_plan(PLAN)
    os.utime(file, (0, 0))
    class_files.list_runs()  # which removes what was forgotten long ago
    assert file.read_text() == newer


def test_a_plan_comes_back_from_json() -> None:
    assert TrainPlan.from_json(PLAN.to_json()) == PLAN
    odd = (json.dumps({**json.loads(PLAN.to_json()), "amount": "five"}), '{"languages": ["a", 3]}')
    for text in ("[]", "{}", '{"name": 3}', "x", *odd):
        with pytest.raises(ValueError):
            TrainPlan.from_json(text)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    return tmp_path


def leave(name: str, kind: str = "train", steps: int = 12) -> None:
    """Leave a run with a checkpoint, as the program that trains does."""
    with RunFolder(name) as folder:
        folder.remember({"kind": kind, "options": {"preset": "small", "source_language": "de"}})
        folder.checkpoint.mkdir()
        (folder.checkpoint / "state.json").write_text(f'{{"steps": {steps}}}')


def test_runs_that_were_left_are_found_with_their_plans(home: Path) -> None:
    class_files.save_plan(PLAN)
    leave("mine")
    leave("elsewhere")
    leave("taught", kind="tune")
    found = {run.plan.name: run for run in class_files.list_runs().left}
    assert set(found) == {"mine", "elsewhere"}
    assert found["mine"].plan == PLAN and found["mine"].steps == 12
    assert not found["elsewhere"].plan.composed and found["elsewhere"].plan.preset == "small"
    class_files.forget_run("mine")
    assert [run.plan.name for run in class_files.list_runs().left] == ["elsewhere"]
    assert not (home / "data" / "runs" / "mine").exists()


def test_a_run_that_someone_lists_at_that_moment_is_forgotten_all_the_same(home: Path) -> None:
    leave("mine")
    looked, looking = threading.Event(), RunFolder("mine")

    def look() -> None:
        with looking:
            looked.set()
            time.sleep(0.3)

    listing = threading.Thread(target=look)
    listing.start()
    assert looked.wait(5)
    class_files.forget_run("mine")
    listing.join()
    assert not (home / "data" / "runs" / "mine").exists()


def test_a_run_of_another_kind_is_left_alone(home: Path) -> None:
    leave("taught", kind="tune")
    for name in ("taught", "nowhere"):
        class_files.forget_run(name)
    assert (home / "data" / "runs" / "taught").exists()


def test_a_kept_run_shows_what_it_has_shown_while_it_learnt() -> None:
    sample = Sample(4, "你好", "", "hello", ("你好",), ("hello",), ((1.0,),))
    receipt = {
        "preset": "small", "steps": 4, "best_step": 4, "seconds": 9.0, "ended_by": "stop",
        "held_out_loss": {"before": 3.0, "after": 2.0},
        "system": {"attention": "none"},
        "curves": {
            "training": [[1, 3.5], [2, 3.0], [4, 2.5]],
            "gradient_norms": [[1, 0.5], [2, 0.4], [4, 0.25]],
            "validations": [
                {"step": 0, "loss": 3.0, "best": True},
                {"step": 4, "loss": 2.0, "best": True, "bleu": 12.5, "exact_match": 0.5},
                {"loss": "of another program"},
            ],
        },
        "samples": [{"event": "sample", "step": 4, "source": "你好", "reference": "",
                     "translation": "hello", "source_words": ["你好"], "target_words": ["hello"],
                     "attention": [[1.0]]}, 7],
        "gradient_flows": [{"step": 0, "norms": [1.0]}, {"step": 4, "norms": [0.5, 0.25]}],
    }  # fmt: skip
    run = learning_from(KeptRun(OWN, receipt))  # type: ignore[arg-type]
    assert run.state is RunState.KEPT and run.best is not None and run.best.loss == 2.0
    assert (run.steps, run.norms) == ([1, 2, 4], [0.5, 0.4, 0.25])
    assert run.watched == [[sample]] and run.distances == (0.5, 0.25) and not run.attends
    assert score_text(run) == "BLEU 12.5 · 50 % exact"


@pytest.mark.parametrize(
    "receipt",
    [
        {},
        {"curves": 3},
        {"curves": {"training": [[1], "x"]}},
        {"steps": float("nan")},
        {"curves": {"training": [[float("inf"), 1.0], [1, 10**400]]}},
        {"seconds": 10**400},
    ],
)
def test_another_programs_receipt_shows_nothing(receipt: dict[str, object]) -> None:
    run = learning_from(KeptRun(OWN, receipt))  # type: ignore[arg-type]
    assert run.steps == [] and run.validations == [] and run.state is RunState.KEPT


def step(at: int, loss: float, norm: float) -> Step:
    return Step(at, loss, 1e-3, norm, 100.0, float(at), at / 10)


def learnt(number: int = 0) -> ClassRun:
    run = ClassRun(Learning(f"run-{number}", "small"), number)
    for event in (
        Validation(0, 4.0, best=True),
        *(step(at, 4.0 - at / 10, 1.0 / at) for at in range(1, 5)),
        GradientFlow(4, (0.5, 0.0, 0.125)),
        Validation(4, 3.5, best=True),
    ):
        run.learning.apply(event)
    return run


def test_curves_of_runs() -> None:
    runs = [learnt(0), ClassRun(Learning("new", "small"), 1), learnt(2)]
    first, third = curves_of(runs, LOSS, COLORS)
    assert (first.name, first.color, third.color) == ("run-0", COLORS[0], COLORS[0])
    assert (first.steps, first.values) == ((0, 4), (4.0, 3.5))
    assert (first.fine_steps, first.fine) == ((1, 2, 3, 4), (3.9, 3.8, 3.7, 3.6))
    assert curves_of(runs, NORM, COLORS)[0].fine == (1.0, 0.5, 1 / 3, 0.25)
    distances = curves_of(runs, DISTANCE, COLORS)[0]
    assert (distances.steps, distances.values) == ((0, 2), (0.5, 0.125))


def test_a_run_that_is_gone_on_with_takes_the_place_of_what_it_learns_again() -> None:
    old = learnt().learning
    again = Learning("run-0", "small")
    again.take_past(old)
    for event in (Validation(2, 3.8, best=True), step(3, 3.0, 0.1), Validation(3, 3.1, best=True)):
        again.apply(event)
    assert [(v.step, v.loss) for v in again.validations] == [(0, 4.0), (2, 3.8), (3, 3.1)]
    assert (again.steps, again.losses) == ([1, 2, 3], [3.9, 3.8, 3.0])
    assert len(again.norms) == 3
    again.apply(Finished("run-0", "/x", 3, 3, 4.0, 3.1, 1.0))
    assert again.state is RunState.KEPT


def test_a_plan_is_moved_to_where_its_pairs_are() -> None:
    assert PLAN.on(Path("/x.tsv")) == replace(PLAN, file=Path("/x.tsv"))
