"""Names that are offered are always allowed; names that are not allowed are explained."""

from __future__ import annotations

from pathlib import Path

import pytest

from gui.viewmodels.model_names import free_name, name_from, name_problem


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("tea house.tsv", "tea-house"),
        ("茶馆词汇.tsv", "茶馆词汇"),
        ("pairs.v2.tsv.gz", "pairs"),
        ("--.tsv", "model"),
        (".hidden", "model"),
        ("a" * 90 + ".tsv", "a" * 30),
    ],
)
def test_name_from_file(file: str, name: str) -> None:
    assert name_from(Path("/somewhere") / file) == name
    assert name_problem(name, ()) == ""


def test_free_name_counts_on() -> None:
    assert free_name("tea", ()) == "tea"
    assert free_name("tea", ("Tea",)) == "tea-2"
    assert free_name("tea-2", ("tea", "tea-2", "tea-3")) == "tea-4"


@pytest.mark.parametrize("name", ["", " ", "-x", "a/b", "a\\b", "..", "a\nb", "茶" * 60, "ZH-EN"])
def test_bad_names_are_explained(name: str) -> None:
    sentence = name_problem(name, ("zh-en",))
    assert sentence.endswith(".") and not sentence[0].islower()
