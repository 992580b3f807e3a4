"""The receipt as a page."""

from __future__ import annotations

import math
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from core.errors import BundleError
from core.store.loading import load_model
from core.store.model_store import ModelStore
from core.store.receipt_page import HEIGHT, WIDTH, chart, receipt_page, write_receipt_page

CHANGE = {"source": "源", "reference": "r", "before": "<script>x", "after": "a & b", "gain": 12.3}
ESTIMATE = {
    "before": 10.0, "before_error": 1.0, "after": 12.0, "after_error": 1.0, "p_value": 0.01,
}  # fmt: skip
RECEIPT: dict[str, Any] = {
    "file": "课<b>.tsv",
    "pairs": 1234,
    "held_out": 100,
    "steps": 60,
    "best_step": 40,
    "seconds": 90.0,
    "share_of_learnt": 0.75,
    "ended_by": "forgetting",
    "held_out_loss": {"before": 3.0, "after": 2.5},
    "options": {"minutes": 2, "strength": "normal"},
    "curves": {
        "training": [[1, 4.0], [30, 3.0], [60, 2.0]],
        "validations": [
            {"step": 0, "loss": 3.0, "general_loss": 2.25},
            {"step": 60, "loss": 2.5, "general_loss": 2.5},
        ],
    },
    "comparisons": {
        "held-out": {
            "sentences": 100, "bleu": ESTIMATE, "chrf": ESTIMATE, "better": [CHANGE], "worse": [],
        }
    },
}  # fmt: skip


class Text(HTMLParser):
    """What a reader sees, and the tags."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words = ""
        self._style = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._style = tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self._style = False

    def handle_data(self, data: str) -> None:
        if not self._style:
            self.words += data


@pytest.fixture
def page(tiny_store: ModelStore, tiny_bundle: Path) -> str:
    loaded = load_model(tiny_bundle)
    folder = tiny_store.user_folder("课 & 本")
    loaded.save(
        folder, name="课 & 本", weights=loaded.model.state_dict(), receipt=RECEIPT, parent="tiny",
        precision="bf16",
    )  # fmt: skip
    return receipt_page(tiny_store.find("课 & 本"))


def test_it_tells_what_the_receipt_tells(page: str) -> None:
    words = Text(page).words
    for expected in (
        "课 & 本", "tiny", "课<b>.tsv", "1,234", "75%", "1.5 minutes", "3.000 → 2.500",
        "everyday sentences had become clearly worse", "10.0 ± 1.0", "12.0 ± 1.0", "better",
        "<script>x", "a & b", "+12.3", "strength", "normal",
    ):  # fmt: skip
        assert expected in words, expected


def test_it_needs_nothing_else_and_runs_nothing(page: str) -> None:
    tags = Text(page).tags
    assert not {"script", "link", "img", "iframe", "b"} & set(tags)
    assert not re.search(r"https?:|url\(|@import|\bon\w+=", page)


def points(line: str) -> list[tuple[float, float]]:
    return [tuple(map(float, pair.split(","))) for pair in line.split()]  # type: ignore[misc]


def test_curves_lie_where_their_figures_say() -> None:
    found = chart(RECEIPT["curves"])
    assert found is not None
    assert [line.name for line in found.lines] == ["training", "held-out", "general"]
    ups = {float(tick.text): tick.place for tick in found.up}
    low, high = min(ups), max(ups)

    def height(loss: float) -> float:
        return ups[low] + (loss - low) / (high - low) * (ups[high] - ups[low])

    for line, wanted in zip(
        found.lines,
        ([(1, 4.0), (30, 3.0), (60, 2.0)], [(0, 3.0), (60, 2.5)], [(0, 2.25), (60, 2.5)]),
        strict=True,
    ):
        for (x, y), (step, loss) in zip(points(line.points), wanted, strict=True):
            assert x == pytest.approx(found.left + step / 60 * (found.right - found.left), abs=0.1)
            assert y == pytest.approx(height(loss), abs=0.1)
            assert 0 <= x <= WIDTH
            assert 0 <= y <= HEIGHT


@pytest.mark.parametrize("loss", [0.0, 1e-6, 3.0, 1e5])
def test_a_flat_curve_has_an_axis(loss: float) -> None:
    found = chart({"training": [[1, loss], [2, loss]], "validations": []})
    assert found is not None
    assert len({tick.text for tick in found.up}) == len(found.up) >= 2
    assert all(math.isfinite(y) for _, y in points(found.lines[0].points))


@pytest.mark.parametrize(
    "change",
    [
        {"curves": None},
        {"curves": {"training": [["x", 1]]}},
        {"comparisons": {"x": {}}},
        {"curves": {"training": [[1, 1e308], [2, -1e308]]}},
        {"held_out_loss": {"before": 1}},
        {"share_of_learnt": "all"},
        {"options": [1]},
        {"scores": 3},
        {"held_out_loss": "less"},
    ],
)
def test_a_receipt_that_makes_no_sense_is_told(
    change: dict[str, Any], tmp_path: Path, tiny_bundle: Path
) -> None:
    load_model(tiny_bundle).save(
        tmp_path / "odd", name="odd", weights=load_model(tiny_bundle).model.state_dict(),
        receipt=RECEIPT | change, precision="fp32",
    )  # fmt: skip
    card = ModelStore(tiny_bundle.parent, tmp_path).find("odd")
    with pytest.raises(BundleError, match="the receipt is senseless") as caught:
        receipt_page(card)
    assert caught.value.where.endswith("receipt.json")


def test_a_model_that_tells_little_has_a_page_too(
    tiny_store: ModelStore, tmp_path: Path, tiny_bundle: Path
) -> None:
    assert chart({}) is None
    file = tmp_path / "页.html"
    write_receipt_page(tiny_store.find("tiny"), file)
    assert "tiny" in Text(file.read_text("utf-8")).words


def test_the_built_in_models_have_pages() -> None:
    for card in ModelStore().list():
        words = Text(receipt_page(card)).words
        assert "flores200-dev" in words
        assert "Trained on" in words
