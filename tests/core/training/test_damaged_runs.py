"""Runs whose files an editor, a disk or another program has changed: told, never a traceback."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest

from core.errors import InputError
from core.events import Event, Left, Step
from core.store.model_store import ModelStore
from core.training import tune_options, tuning
from core.training.control import Command, JobControl
from core.training.fresh import go_on
from core.training.run_folder import RunFolder, unfinished_runs
from core.training.train_options import TrainOptions
from core.training.tune_options import TuneOptions
from core.training.tuning import resume, tune

from .conftest import limited

NUMBERS = ["1e999", "-1e999", "NaN", "null", '"x"', "[]", "9" * 400]


def changed(file: Path, *keys: str, value: Any) -> None:
    """Another value at a place of a JSON file."""
    fields = inner = json.loads(file.read_text("utf-8"))
    for key in keys[:-1]:
        inner = inner[key]
    inner[keys[-1]] = value
    file.write_text(json.dumps(fields), "utf-8")


@pytest.mark.parametrize("number", NUMBERS)
def test_a_run_whose_updates_are_no_number_is_offered_all_the_same(number: str) -> None:
    with RunFolder("mine") as folder:
        folder.begin({}, [], [])
        folder.checkpoint.mkdir()
        (folder.checkpoint / "state.json").write_text(f'{{"steps": {number}}}')
    (found,) = unfinished_runs()
    assert found.name == "mine"
    assert type(found.steps) is int


@pytest.fixture
def left(
    tiny_store: ModelStore, lesson: Path, few_general: None, monkeypatch: pytest.MonkeyPatch
) -> ModelStore:
    """A store beside a run of fine-tuning that was left after its fifth update."""
    monkeypatch.setattr(tune_options, "Budget", limited(40))
    monkeypatch.setattr(tuning, "VALIDATION_SHARE", 1.0)
    control, last = JobControl(), Event()
    for last in tune(TuneOptions(lesson, "tiny", "mine", precision="fp32"), control, tiny_store):
        if isinstance(last, Step) and last.step == 5:
            control.give(Command.LEAVE)
    assert isinstance(last, Left)
    return tiny_store


def test_what_cannot_be_gone_on_with_is_told(left: ModelStore) -> None:
    folder = RunFolder("mine")
    state, run = folder.checkpoint / "state.json", folder.path / "run.json"
    cases: list[tuple[Path, tuple[str, ...], Any]] = [
        (state, ("steps",), float("inf")), (state, ("elapsed",), 10**400), (state, ("extra",), []),
        (state, ("extra", "position"), None), (state, ("extra", "history"), {}),
        (state, ("extra", "best"), {"loss": "x"}), (state, ("extra", "vain"), float("inf")),
        (run, ("asked",), {}), (run, ("asked", "minutes"), "three"),
        (run, ("asked", "rejected"), None), (run, ("asked", "pinned"), [3]),
        (run, ("asked", "batch_tokens"), 1.5), (run, ("asked", "frozen"), 7),
    ]  # fmt: skip
    for file, keys, value in cases:
        whole = file.read_bytes()
        changed(file, *keys, value=value)
        with pytest.raises(InputError) as caught:
            list(resume("mine", JobControl(), left))
        assert caught.value.where.startswith(str(folder.path)), (keys, value)
        assert caught.value.remedy
        file.write_bytes(whole)
    for name in ("best.safetensors", "random.safetensors"):
        file = folder.checkpoint / name
        whole = file.read_bytes()
        file.write_bytes(whole[:-5])
        with pytest.raises(InputError, match="no checkpoint"):
            list(resume("mine", JobControl(), left))
        file.write_bytes(whole)


@pytest.mark.parametrize(
    "change",
    [
        {"recipe": 3}, {"inputs": [["a"]]}, {"held": "pairs.tsv"}, {"pinned": [None]},
        {"system": {"width": []}}, {"threads": "2"}, {"budget": {"steps": "9"}}, {"seed": None},
    ],
)  # fmt: skip
def test_options_of_other_types_are_damage(change: dict[str, Any], tiny_store: ModelStore) -> None:
    options = TrainOptions("mine", tokens=Path("tokens")).to_json()
    for asked in ({"options": {**options, **change}}, {"options": [change]}, {}):
        with RunFolder("mine") as folder:
            folder.remember({"kind": "train", **asked})
        with pytest.raises(InputError, match="cannot be read"):
            list(go_on("mine", JobControl(), tiny_store))


def test_options_come_back() -> None:
    tuned = TuneOptions(Path("a.tsv"), "zh-en", "mine", 2, frozen=("encoder",), held=Path("h"))
    assert TuneOptions.from_json(json.loads(json.dumps(tuned.to_json()))) == tuned
    trained = TrainOptions("mine", tokens=Path("/t"), system={"width": 8}, epochs=2.0, threads=1)
    assert TrainOptions.from_json(json.loads(json.dumps(trained.to_json()))) == (
        dataclasses.replace(trained, tokens=Path("/t").absolute())
    )
