"""Entries of the shelf and what is read from a receipt that may hold anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.store.model_store import ModelCard
from gui.viewmodels.shelf import Comparison, Entry, Shelf, Taught, taught_from


def entry(name: str, parent: str | None = None, source: str = "zh", *, yours: bool = True) -> Entry:
    target = "en" if source == "zh" else "zh"
    path = Path("/models") / name
    card = ModelCard(name, path, source, target, not yours, 1, 1, parent, "", "fp32")
    return Entry(name, path, 0, yours, card)


def test_numbers_that_no_float_can_hold_are_not_told() -> None:
    endless = {
        "seconds": 10**400,
        "pairs": float("inf"),
        "held_out_loss": {"before": 1, "after": 2},
    }
    assert taught_from(endless | {"held_out": 10**400}) == Taught(loss=(1.0, 2.0))


def test_a_receipt_tells_file_pairs_minutes_and_scores() -> None:
    sides = {"bleu": {"before": 12.5, "after": 38}, "chrf": {"before": 33.0, "after": 58.0}}
    told = taught_from(
        {
            "file": "a.tsv",
            "pairs": 124,
            "seconds": 90,
            "held_out_loss": {"before": 3, "after": 2.5},
            "comparisons": {"held-out": {"sentences": 12, **sides}},
        }
    )
    scores = (("BLEU", 12.5, 38.0), ("chrF", 33.0, 58.0))
    assert told == Taught("a.tsv", 124, 1.5, (Comparison("held-out", 12, scores),), (3.0, 2.5))


def test_loss_on_taught_pairs_is_not_called_held_out() -> None:
    assert taught_from({"held_out": 0, "held_out_loss": {"before": 3, "after": 1}}).loss is None


@pytest.mark.parametrize(
    "receipt",
    [
        {},
        {"file": 3, "pairs": "many", "seconds": None, "held_out_loss": [], "comparisons": []},
        {"pairs": float("nan"), "seconds": True, "held_out_loss": {"before": "x", "after": 1}},
        {"comparisons": {"held-out": None, "general": {"bleu": 3, "chrf": {"before": 1}}}},
    ],
)
def test_a_strange_receipt_tells_nothing(receipt: dict[str, object]) -> None:
    assert taught_from(receipt) == Taught()


def test_the_parent_translates_instead_else_the_likest_model() -> None:
    base, other = entry("base", yours=False), entry("aa-other")
    mine, turned = entry("mine", "base"), entry("0-turned", source="en", yours=False)
    shelf = Shelf((turned, other, base, mine))
    assert shelf.instead_of(mine) == base
    assert shelf.instead_of(entry("orphan", "gone")) == base
    assert Shelf((turned, mine)).instead_of(mine) == turned
    assert Shelf((mine,)).instead_of(mine) is None
