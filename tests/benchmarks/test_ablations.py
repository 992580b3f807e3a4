"""Each run differs from the whole recipe in one thing; what is measured is what is said."""

from __future__ import annotations

import dataclasses
import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks.ablations import __main__ as program
from benchmarks.ablations.__main__ import arguments, markdown
from benchmarks.ablations.arms import ARMS, make_options
from benchmarks.ablations.scores import hasty, long, loss
from core.store.loading import load_model


def flat(arm: Any, folder: Path) -> dict[str, Any]:
    """All options of a run, its mix read."""
    folder.mkdir()
    options = make_options(arm, Path("store"), folder, 7)
    fields = dataclasses.asdict(options)
    assert options.mix is not None
    fields["mix"] = json.loads(options.mix.read_text("utf-8"))
    nested = {
        f"{part}.{name}": value
        for part in ("recipe", "batch")
        for name, value in fields.pop(part).items()
    }
    return fields | nested | {"name": "", "out": ""}


@pytest.mark.parametrize("arm", ARMS[1:], ids=lambda arm: arm.name)
def test_a_run_lacks_one_part_of_the_recipe(arm: Any, tmp_path: Path) -> None:
    whole, found = flat(ARMS[0], tmp_path / "whole"), flat(arm, tmp_path / "arm")
    changed = {name for name in whole if whole[name] != found[name]}
    together = [
        {"recipe.optimizer", "recipe.learning_rate"},
        {"batch.untidy", "batch.drop_stop"},
    ]
    assert len(changed) == 1 or changed in together
    assert whole["budget"]["steps"] == 7


def test_runs_on_files_change_what_they_say(tmp_path: Path) -> None:
    arms = {arm.name: arm for arm in ARMS}
    machine = "newsarchive-nyt-mt.tsv.xz"
    mixes = {
        name: flat(arms[name], tmp_path / name)["mix"]
        for name in ("every file once", "no tag", "no machine-translated pairs")
    }
    assert all(use["repeats"] == 1.0 for use in mixes["every file once"].values())
    assert mixes["every file once"][machine]["synthetic"]
    assert not any(use["synthetic"] for use in mixes["no tag"].values())
    assert mixes["no tag"][machine]["repeats"] > 0
    without = mixes["no machine-translated pairs"]
    assert without[machine]["repeats"] == 0.0 and without["tatoeba.tsv.xz"]["repeats"] > 0


def test_typed_in_haste() -> None:
    assert hasty("你好，吃了吗？", "zh") == "你好吃了吗"
    assert hasty("Well, I paid 3.50 for it. Why?", "en") == "well i paid 3.50 for it why"
    assert hasty("？", "zh") == "？"


def test_three_in_one() -> None:
    assert long(["a.", "b.", "c.", "d."], "en") == ["a. b. c.", "d."]
    assert long(["甲。", "乙。"], "zh") == ["甲。乙。"]


def test_loss_of_a_model_that_knows_nothing_is_the_vocabularys_logarithm(tiny_bundle: Path) -> None:
    loaded = load_model(tiny_bundle)
    for parameter in loaded.model.parameters():
        parameter.data.zero_()
    found = loss(loaded, ["我喜欢茶。"], ["I like tea."])
    np.testing.assert_allclose(found, math.log(len(loaded.target_vocabulary)), rtol=1e-3)


def result(name: str, value: float) -> dict[str, Any]:
    figures = {
        f"{one}, {column}": value + shift
        for one, shift in (("first", 0.0), ("second", 1.0))
        for column in program.COLUMNS
    }
    return {
        "arm": name,
        "steps": 1200,
        "target pieces": 3_400_000,
        "sets": {"first": 10, "second": 20},
        "figures": figures | {"AER": 20 * value},
    }


def test_the_table_tells_means_and_differences() -> None:
    text = markdown([result("whole recipe", 2.0), result("no tag", 2.25)])
    assert "1,200 updates" in text and "3.4 million" in text and "second (20)" in text
    assert "| whole recipe | 2.500 | 2.500 | 2.500 | 2.50 | 40.0 |" in text
    assert "| no tag | 2.750 (+0.250) |" in text and "| 45.0 (+5.0) |" in text


def test_runs_that_are_there_are_not_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made: list[str] = []

    def run(arm: Any, options: Any, sets: Any) -> dict[str, Any]:
        made.append(arm.name)
        return result(arm.name, 2.0)

    monkeypatch.setattr(program, "run", run)
    one = tmp_path / "one.tsv"
    one.write_text("你好。\tHello.\n", "utf-8")
    call = ["store", str(one), "--out", str(tmp_path / "out")]
    program.main([*call, "--only", "whole recipe,no tag"])
    program.main([*call, "--only", "no tag,AdamW"])
    assert made == ["whole recipe", "no tag", "AdamW"]
    assert capsys.readouterr().out.count("| AdamW |") == 1


def test_an_unknown_run_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        arguments(["store", "sets", "--only", "no sense"])
    assert "no sense" in capsys.readouterr().err
