"""Heatmaps in files, read back by other programs' readers."""

from __future__ import annotations

import csv
import re
import xml.etree.ElementTree as ElementTree
from html.parser import HTMLParser
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from core.errors import StorageError
from gui.app import Composition
from gui.jobs.heatmap_export import ExportRequest, PageWords, export_heatmap
from gui.viewmodels.exhibit import Exhibit, Panel
from tests.gui.translate.conftest import translated

ROWS, COLUMNS = ("I", "like", "<b>&"), ("我", "喜欢", "=1+1", "。")
WEIGHTS = tuple(
    tuple((1 + row * 4 + column) / 13 / (1 + 1e-9) for column in range(4)) for row in range(3)
)
OTHERS = tuple(tuple(1 - weight for weight in row) for row in WEIGHTS)
ONE = Exhibit("我喜欢。", "I like", ROWS, COLUMNS, (Panel("Alignment", WEIGHTS),))
TWO = Exhibit("我喜欢。", "I like", ROWS, COLUMNS, (Panel("One", WEIGHTS), Panel("Two", OTHERS)))
WORDS = PageWords("en", "Attention", "Point at a cell.", "Share:")


def export(exhibit: Exhibit, path: Path) -> Path:
    return export_heatmap(ExportRequest(exhibit, path, "cividis", WORDS))


def test_a_table_has_every_weight_in_full(tmp_path: Path) -> None:
    with export(ONE, tmp_path / "one.csv").open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.reader(file))
    assert table[0] == ["", "我", "喜欢", "'=1+1", "。"]  # a formula that computes nothing
    assert [row[0] for row in table[1:]] == list(ROWS)
    assert tuple(tuple(map(float, row[1:])) for row in table[1:]) == WEIGHTS


def test_words_of_a_table_are_no_formulas(tmp_path: Path) -> None:
    words = ("=HYPERLINK(1)", "+1", "-2+3", "@SUM", "-", "=", "a=b")
    rows = Exhibit("", "", words, ("=A1",), (Panel("-1", ((1.0,),) * len(words)),))
    with export(rows, tmp_path / "one.csv").open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.reader(file))
    assert [row[0] for row in table[1:]] == [
        "'=HYPERLINK(1)", "'+1", "'-2+3", "'@SUM", "-", "=", "a=b"
    ]  # fmt: skip
    assert table[0] == ["", "'=A1"]


def test_several_tables_stand_below_each_other(tmp_path: Path) -> None:
    with export(TWO, tmp_path / "two.csv").open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.reader(file))
    assert [row[0] for row in table[1:]] == ["One"] * 3 + ["Two"] * 3
    assert tuple(tuple(map(float, row[2:])) for row in table[4:]) == OTHERS


class _Page(HTMLParser):
    """Cells by what they say, and addresses that a browser would fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.cells: dict[str, str] = {}
        self.fetched: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.fetched += [str(found[name]) for name in ("src", "href") if name in found]
        if "data-say" in found:
            self.cells[str(found["data-say"])] = str(found["style"])


def test_a_page_needs_no_network_and_tells_every_weight(tmp_path: Path) -> None:
    import matplotlib

    text = export(ONE, tmp_path / "one.html").read_text("utf-8")
    assert "http" not in text
    assert not re.search(r"<script|@import|url\(", text)
    page = _Page()
    page.feed(text)
    assert not page.fetched
    assert len(page.cells) == 12
    for row, word in enumerate(ROWS):
        for column, source in enumerate(COLUMNS):
            weight = WEIGHTS[row][column]
            style = page.cells[f"{source} → {word}   {100 * weight:.1f} %"]
            rgb = matplotlib.colormaps["cividis"](weight, bytes=True)[:3]
            assert style == "background:#{:02x}{:02x}{:02x}".format(*rgb)
    assert "&lt;b&gt;&amp;" in text
    assert "<b>" not in text


def test_a_page_shows_every_head(tmp_path: Path) -> None:
    text = export(TWO, tmp_path / "two.html").read_text("utf-8")
    assert re.findall(r"<h2>(.*?)</h2>", text) == ["One", "Two"]
    assert text.count('data-say="') == 24


@pytest.mark.parametrize("exhibit", [ONE, TWO], ids=["one", "two"])
def test_a_drawing_has_the_words_as_text(exhibit: Exhibit, tmp_path: Path) -> None:
    root = ElementTree.parse(export(exhibit, tmp_path / "drawing.svg")).getroot()
    assert root.tag.endswith("svg")
    words = ["".join(text.itertext()).strip() for text in root.iter() if text.tag.endswith("text")]
    for word in (*ROWS, *COLUMNS):
        assert words.count(word) == len(exhibit.panels)
    if len(exhibit.panels) > 1:
        assert {"One", "Two"} <= set(words)


@pytest.mark.parametrize("exhibit", [ONE, TWO], ids=["one", "two"])
def test_a_picture_can_be_opened(exhibit: Exhibit, tmp_path: Path) -> None:
    picture = QImage(str(export(exhibit, tmp_path / "picture.png")))
    assert picture.width() > 300
    colors = {
        picture.pixelColor(x, y).rgb()
        for x in range(0, picture.width(), 3)
        for y in range(0, picture.height(), 3)
    }
    assert len(colors) > 12


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        export(ONE, tmp_path / "nowhere" / "one.csv")


def test_the_button_asks_for_a_file_and_says_what_was_written(
    parts: Composition, qtbot: QtBot, tmp_path: Path
) -> None:
    parts.window.translate.open_drawer(True)
    translated(parts, qtbot, "我喜欢学习。")
    view = parts.window.translate.drawer.attention
    view.export.asked.emit("csv")
    dialog = view.findChild(QFileDialog)
    assert dialog is not None
    assert dialog.selectedFiles()[0].endswith("我喜欢学习.csv")
    path = tmp_path / "mine.csv"
    dialog.fileSelected.emit(str(path))
    dialog.reject()
    qtbot.waitUntil(lambda: str(path) in view.note.text())
    assert path.read_text("utf-8-sig").splitlines()[0].startswith(",我喜")
