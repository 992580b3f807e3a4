"""What the figures say: aims, tables, the document and the chart."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from benchmarks.speed import report
from benchmarks.speed.__main__ import write_document
from benchmarks.speed.chart import draw


@pytest.fixture
def result() -> dict[str, Any]:
    """Made up: ours takes 0.05 s, the peer of equal size 0.07 s, the large one 0.4 s."""
    ours, equal, opus = "attune-bf16", "ct2-equal-int8", "ct2-opus-int8"
    sentence = {ours: [[0.05], [0.1]], equal: [[0.07], [0.14]], opus: [[0.4], [0.8]]}
    lengths = {str(words): {ours: [[words / 1000 + 0.005]]} for words in (10, 25, 50, 100, 200)}
    found = {
        "machine": {"processor": "P", "cores": 2, "features": ["avx2"], "load": 0.1},
        "load at the end": 0.2,
        "threads": 2,
        "material": {
            "words": 25,
            "source pieces": 28,
            "target pieces": 27,
            "sentences": 1000,
            "source pieces of the document": 20_000,
            "target pieces of the document": 24_000,
        },
        "default": "bf16",
        "labels": {ours: "Attune bf16", equal: "CTranslate2 equal", opus: "CTranslate2 OPUS"},
        "settings": {
            "sentence": {opus: {"workers": [1, 2], "batch": 32, "waiting": "short"}},
            "document": {opus: {"workers": [2, 1], "batch": 64, "waiting": "short"}},
        },
        "sentence": {"beam 1": {}, "beam 4": sentence},
        "document": {ours: [[10.0]], equal: [[12.5]], opus: [[39.0]]},
        "start": {ours: [[2.0]]},
        "memory": {"sentence": {ours: 500.0}, "document": {ours: 550.0, opus: 400.0}},
        "terminal memory": {"document": {ours: [601.0]}, "one sentence": {ours: [540.0, 550.0]}},
        "lengths": lengths,
        "linearity": report.linearity(lengths_as_numbers(lengths)),
        "roofline": {
            "peaks": {
                "multiply_adds": {"fp32": 5e10, "bf16": 9e10},
                "reading": {"memory": 2e10},
                "copying": 3e10,
            },
            "sentence, beam 4": {
                "bf16": {"multiply-adds": 0.01, "memory": 0.02, "bound": 0.025, "measured": 0.05}
            },
        },
    }
    found["aims"] = [aim.to_dict() for aim in report.aims(found)]
    return found


def lengths_as_numbers(lengths: dict[str, Any]) -> dict[int, Any]:
    return {int(words): rounds for words, rounds in lengths.items()}


def test_aims_are_ratios_within_rounds(result: dict[str, Any]) -> None:
    found = [(aim["measured"], aim["least"], aim["most"], aim["met"]) for aim in result["aims"]]
    assert found == [
        (8.0, 6.0, None, True),
        (1.4, 1.5, None, False),
        (3.9, 4.0, None, False),
        (1.25, 1.2, None, True),
        (601.0, None, 600, False),
        (545.0, None, 600, True),
        (6.83, None, 8.0, True),  # 205 / 30
    ]


def test_linearity_is_that_of_the_medians(result: dict[str, Any]) -> None:
    line = result["linearity"]["attune-bf16"]
    assert line["R²"] == 1.0
    assert line["milliseconds per word"] == 1.0
    assert line["milliseconds"][200] == 205.0


def test_the_tables_show_medians_and_quartiles(result: dict[str, Any]) -> None:
    text = report.markdown(result)
    rows = {line.split("|")[1].strip(): line for line in text.splitlines() if line[:2] == "| "}
    assert "| 75 (62–88) | 10.0 (10.0–10.0) | 2.00 (2.00–2.00) | 500 | 550 |" in text
    assert "| 50 | 100 | 205 |" not in rows["CTranslate2 OPUS"]
    assert "2 x 1 thread, batches of 64, waiting short" in text
    assert "| Attune bf16 | 10.0 | 20.0 | 25.0 | 50.0 | 2.0 |" in text
    widths = [{line.count("|") for line in part.splitlines()} for part in text.split("\n\n")]
    assert all(len(width) == 1 for width in widths)  # every row of a table has its columns


def test_parts_left_out_leave_no_table(result: dict[str, Any]) -> None:
    result |= {"linearity": {}, "roofline": {}, "aims": [], "start": {}}
    text = report.markdown(result)
    assert "Roofline" not in text
    assert "| – |" in text


def test_a_busy_machine_is_told(result: dict[str, Any]) -> None:
    assert "busy" not in report.markdown(result)
    result["machine"]["load"] = 3.5
    assert "The machine was busy (load 3.5).** Threads" in report.markdown(result)
    result["threads"] = 1
    assert "The machine was busy (load 3.5).** Times" in report.markdown(result)


def test_the_chart_is_drawn_in_our_font(result: dict[str, Any], tmp_path: Path) -> None:
    vector, picture = tmp_path / "new" / "speed.svg", tmp_path / "speed.png"
    draw(result, vector, picture)
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert "Inter" in vector.read_text()  # the glyphs' names


def test_the_document_keeps_what_stands_around_the_figures(tmp_path: Path) -> None:
    page = tmp_path / "speed.md"
    before, after = "# Speed\n<!-- figures: begin -->\n", "<!-- figures: end -->\nHow.\n"
    page.write_text(before + "old\n" + after)
    write_document("new \\1\n", page)
    assert page.read_text() == before + "new \\1\n" + after
    page.write_text("nothing")
    with pytest.raises(SystemExit, match="lacks the marks"):
        write_document("new\n", page)
