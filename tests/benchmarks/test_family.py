"""The comparison of presets: what is drawn for it, and what its table says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import sacrebleu

from benchmarks.family.__main__ import draw
from benchmarks.family.rare import rare_parts
from benchmarks.family.report import markdown
from benchmarks.family.systems import SYSTEMS, TUTORIAL
from benchmarks.quality.sets import TestSet, read_set
from benchmarks.speed.protocol import ROOT
from core.training.presets import PRESETS

LINES = [f"第{n}个茶馆在山上。\tTea house number {n} is on the mountain." for n in range(30)]


@pytest.fixture
def tea(tmp_path: Path) -> TestSet:
    path = tmp_path / "tea.tsv"
    path.write_text("\n".join(LINES) + "\n", encoding="utf-8")
    return read_set(path)


def result(system: str, translations: list[str]) -> dict[str, Any]:
    return {
        "system": system, "minutes": 2.0, "pairs": 30, "updates": 1234, "tokens/s": 5678.0,
        "parameters": 2_500_000, "ms a sentence": 7.0, "sentence": f"said by {system}",
        "machine": {"processor": "P", "cores": 2, "features": ["avx2"], "load": 0.1},
        "translations": {"tea": translations},
    }  # fmt: skip


def test_rows_are_of_presets_and_compared_with_rows_before_them() -> None:
    names = [system.name for system in SYSTEMS]
    for place, system in enumerate(SYSTEMS):
        assert system.preset in PRESETS
        assert system.against is None or system.against in names[:place]


def test_pairs_are_drawn_once_each_and_again_the_same(tmp_path: Path) -> None:
    file = tmp_path / "pairs.tsv"
    file.write_text("\n".join([*LINES, *LINES, "没有译文"]) + "\n", encoding="utf-8")
    one, two = (draw([file], 20, tmp_path / name).read_text("utf-8") for name in "ab")
    assert one == two
    assert len(set(one.splitlines())) == 20 and set(one.splitlines()) < set(LINES)


def test_the_table_tells_scores_and_gains(tea: TestSet) -> None:
    first, second = SYSTEMS[:2]
    assert second.against == first.name
    poor = [english.replace("mountain", "hill") for english in tea.english]
    text = markdown([result(second.name, list(tea.english)), result(first.name, poor)], [tea])
    rows = [row for row in text.splitlines() if row.startswith("|") and "5,678" in row]
    assert [row.split("|")[1].strip() for row in rows] == [first.name, second.name]
    score = sacrebleu.corpus_bleu(poor, [list(tea.english)]).score
    assert f"| {score:.1f} ± " in rows[0] and "| – |" in rows[0]
    assert "| 100.0 ± 0.0 |" in rows[1] and f"{first.name}: +{100 - score:.1f}, *p* 0.00" in rows[1]
    assert f"said by {second.name}" in text
    assert markdown([], [tea]) == "Not measured yet.\n"


def test_sentences_with_unknown_words_are_told_apart(tmp_path: Path, tea: TestSet) -> None:
    pairs = tmp_path / "pairs.tsv"
    pairs.write_text("".join(f"{line}\n" for line in LINES[:3] * 2), encoding="utf-8")
    given = result("default", [str(n) for n in range(len(tea))])
    [part] = rare_parts(pairs, [tea], [given], size=100)
    # The numbers that are in the pairs are known, and so are all other words.
    assert part.chinese == tea.chinese[3:] and part.english == tea.english[3:]
    assert given["translations"][part.name] == [str(n) for n in range(3, len(tea))]
    assert not list(rare_parts(tmp_path / "pairs.tsv", [read_set(pairs)], [], size=100))


def test_what_presets_say_of_themselves_is_in_the_table() -> None:
    rows = [
        [cell.strip() for cell in row.strip("|").split("|")]
        for row in (ROOT / "docs" / "presets.md").read_text("utf-8").splitlines()
        if row.startswith("| ") and "±" in row
    ]
    scores = {}
    for row in rows:  # the first table is of all sentences
        scores.setdefault(row[0], row[2].partition(" ")[0])
    told = {
        **{system.preset: system.name for system in SYSTEMS[::-1]},
        TUTORIAL.preset: TUTORIAL.name,
    }
    assert {name for name, preset in PRESETS.items() if preset.measured} == set(told)
    for preset, system in told.items():
        row = preset if preset in scores and preset != TUTORIAL.preset else system
        assert PRESETS[preset].measured.startswith(f"BLEU {scores[row]} "), preset
