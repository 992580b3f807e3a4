"""Each row changes what its name says; measures that vocabularies share; the table."""

from __future__ import annotations

import dataclasses
import json
import math
from pathlib import Path
from typing import Any

import pytest

from benchmarks.shapes import __main__ as program
from benchmarks.shapes.__main__ import arguments
from benchmarks.shapes.arms import SHAPES, Shape, make_options
from benchmarks.shapes.report import markdown
from benchmarks.shapes.scores import nats_a_character
from core.store.loading import load_model
from core.training.schedule import Budget
from tests.core.training.test_min_agreement import linked_store

FIGURES = {"first, nats": 1.25, "first, BLEU": 10.0, "first, chrF": 30.0, "AER": 40.0}
PACE = {"update": 2.0, "pieces": 1234.0, "milliseconds": 12.5, "weights": 8_400_000}


def result(name: str, **figures: float) -> dict[str, Any]:
    named = {key.replace("_", ", "): value for key, value in figures.items()}
    return {
        "shape": name, "minutes": 3.0, "steps": 90, "target pieces": 1000,
        "sets": {"first": 10}, "translated": 5, "figures": FIGURES | named,
    }  # fmt: skip


@pytest.mark.parametrize("row", SHAPES[1:], ids=lambda row: row.name)
def test_a_row_changes_the_system_or_the_store_or_the_seed(row: Any, tmp_path: Path) -> None:
    base = dataclasses.asdict(make_options(SHAPES[0], tmp_path, tmp_path, 7))
    found = dataclasses.asdict(make_options(row, tmp_path, tmp_path, 7))
    changed = {name for name in base if base[name] != found[name]} - {"name"}
    assert changed in ({"system"}, {"tokens"}, {"seed"})


@pytest.mark.parametrize("row", SHAPES, ids=lambda row: row.name)
def test_every_shape_can_be_composed(row: Any, tmp_path: Path) -> None:
    base = make_options(SHAPES[0], tmp_path, tmp_path, 7).shape(100, 100)
    shape = make_options(row, tmp_path, tmp_path, 7).shape(100, 100)
    assert (shape != base) == bool(row.system)


def test_a_model_that_knows_nothing_needs_the_pieces_logarithms(tiny_bundle: Path) -> None:
    loaded = load_model(tiny_bundle)
    for parameter in loaded.model.parameters():
        parameter.data.zero_()
    text = "I like tea."
    pieces = len(loaded.target_vocabulary.encode([["I", "like", "tea", "."]][0]).ids) + 1
    expected = pieces * math.log(len(loaded.target_vocabulary)) / len(text)
    assert nats_a_character(loaded, ["我喜欢茶。"], [text]) == pytest.approx(expected, rel=1e-3)


def test_the_table_tells_differences_from_its_first_row() -> None:
    measured = {
        "machine": {"processor": "A processor", "features": ["avx2"]},
        "set": "first",
        "pace": {"base": PACE, "a GRU writes": PACE | {"pieces": 2000.0}},
    }
    text = markdown(measured, [result("base"), result("a GRU writes", first_BLEU=9.5, AER=41.0)])
    assert "| base | 8.4 | 1,234 | 90 | 12.5 | 1.250 | 10.0 | 40.0 |" in text
    assert "| 2,000 | 90 | 12.5 | 1.250 (+0.000) | 9.5 (-0.5) | 41.0 (+1.0) |" in text
    assert "**3 minutes**" in text and "first (10)" in text
    assert markdown(measured, []) == "Not measured yet.\n"


def test_runs_last_as_long_as_the_pace_says_and_are_not_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[tuple[str, Budget]] = []
    paces = {row.name: PACE | {"update": float(n)} for n, row in enumerate(SHAPES, start=1)}

    def stopped(made: Any, *_: Any) -> Any:
        asked.append((made.system.get("cell", ""), made.budget))
        raise KeyboardInterrupt

    one = tmp_path / "one.tsv"
    one.write_text("你好。\tHello.\n", "utf-8")
    out = tmp_path / "out"
    monkeypatch.setattr(program, "measure_pace", lambda *_: paces)
    monkeypatch.setattr(program, "train", stopped)
    call = [str(tmp_path), str(one), "--out", str(out), "--minutes", "3", "--only"]
    with pytest.raises(KeyboardInterrupt):
        program.main([*call, "a GRU writes"])
    place = next(n for n, row in enumerate(SHAPES, start=1) if row.name == "a GRU writes")
    assert asked == [("gru", Budget(steps=round(180 / place)))]
    done = result("a GRU writes")
    (out / "a GRU writes, 3.json").write_text(json.dumps(done), "utf-8")
    program.main([*call, "a GRU writes"])
    assert len(asked) == 1 and "| a GRU writes |" in capsys.readouterr().out


def test_an_unknown_row_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        arguments(["stores", "sets", "--only", "a GRU writes;no sense"])
    assert "no sense" in capsys.readouterr().err
    assert arguments(["stores", "sets"]).shapes == [*SHAPES]


def test_a_shape_learns_at_its_pace_and_is_scored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = linked_store(tmp_path).folder
    tiny = Shape(
        "tiny", store=store.name,
        system={
            "width": 32, "encoder_layers": 1, "encoder_heads": 2, "feed_forward": 32,
            "decoder_width": 32, "decoder_layers": 1, "attention_heads": 2,
        },
    )  # fmt: skip
    rows = (tiny, dataclasses.replace(tiny, name="again", seed=2))
    monkeypatch.setattr(program, "SHAPES", rows)
    test = tmp_path / "held.tsv"
    out = tmp_path / "out"
    program.main(
        [str(store.parent), str(test), "--out", str(out), "--rounds", "2", "--minutes", "0.02"]
    )
    paces = json.loads((out / "pace.json").read_text("utf-8"))["pace"]
    for name in ("tiny", "again"):
        found = json.loads((out / f"{name}, 0.02.json").read_text("utf-8"))
        pace = paces[name]
        assert found["steps"] == max(1, round(1.2 / pace["update"]))
        assert pace["milliseconds"] > 0 and pace["weights"] == paces["tiny"]["weights"]
        assert 0 < found["figures"]["held, nats"] < 5 and "held, BLEU" in found["figures"]
