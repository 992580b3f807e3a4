"""How soon the views of the drawer "Inside" answer the pointer: the time of a frame.

    python -m benchmarks.inside

A heatmap of 80 × 80 words and a search of 60 steps with a beam of 8 are shown offscreen, as large
as in a window of 1920 × 1080. The pointer goes from cell to cell and from node to node; a frame is
everything from the movement until the widget is painted.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from core.insight.search_tree import SearchNode, SearchTree
from core.translation.result import Translation, Word
from gui.app import dress
from gui.jobs.rendering import HeatmapRequest, draw_heatmap
from gui.settings import Settings
from gui.theme import Theme
from gui.widgets.attention_heatmap import AttentionHeatmap
from gui.widgets.search_canvas import SearchCanvas

WORDS, STEPS, BEAM = 80, 60, 8
ROOM = QSize(1700, 560)  # pixels of the drawer


def sentence(words: int) -> Translation:
    """As many words on either side, each read from its own."""
    found = tuple(Word(f"word{i}", 7 * i, 7 * i + 6) for i in range(words))
    rows = tuple(
        tuple(0.8 if i == j else 0.2 / (words - 1) for j in range(words)) for i in range(words)
    )
    text = " ".join(word.text for word in found)
    return Translation(text, text, -0.5, found, found, rows)


def tree(steps: int, beam: int) -> SearchTree:
    """Two beams of hypotheses a step, of which the best half goes on."""
    nodes: list[SearchNode] = []
    kept = [-1]
    for step in range(1, steps + 1):
        first = len(nodes)
        for rank in range(1, 2 * beam + 1):
            parent = kept[(rank - 1) // 2 % len(kept)]
            fate = ("finished" if step == steps else "kept") if rank <= beam else "pruned"
            text = (nodes[parent].text if parent >= 0 else "") + f" word{rank}"
            total = -1.0 * step - 0.1 * rank
            score = total / step
            nodes.append(
                SearchNode(parent, step, rank, f"word{rank}", text, -1.0, total, score, fate)
            )
        kept = list(range(first, first + beam))
    return SearchTree("", "", nodes[kept[0]].text, beam, tuple(nodes), kept[0])


def frames(widget: QWidget, shown: QWidget, places: Iterable[QPoint]) -> list[float]:
    """Milliseconds of a frame for the pointer at each of ``places`` of ``widget``.

    All of ``shown`` is painted, more than a window would.
    """
    taken = []
    page = QPixmap(shown.size())
    for place in places:
        begin = time.perf_counter()
        at = QPointF(place)
        none = Qt.MouseButton.NoButton
        move = QMouseEvent(
            QMouseEvent.Type.MouseMove, at, widget.mapToGlobal(at), none, none,
            Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        QApplication.sendEvent(widget, move)
        shown.render(page)
        taken.append(1000 * (time.perf_counter() - begin))
    return taken


def report(name: str, taken: list[float]) -> None:
    """One line: the median, the 99th percentile, the longest."""
    ordered = sorted(taken)
    print(
        f"{name}: median {statistics.median(ordered):.1f} ms, "
        f"p99 {ordered[int(0.99 * (len(ordered) - 1))]:.1f} ms, longest {ordered[-1]:.1f} ms "
        f"({len(ordered)} frames)"
    )


def heatmap(theme: Theme) -> None:
    """Over the cells of a heatmap, as drawn and zoomed."""
    view = AttentionHeatmap(theme)
    view.resize(ROOM)
    asked: list[HeatmapRequest] = []
    view.wanted.connect(asked.append)
    view.show()
    view.show_sentence(sentence(WORDS))
    for name, zoom in ((f"heatmap {WORDS} × {WORDS}", 1.0), ("the same, zoomed", 2.0)):
        if zoom != 1.0:
            view.zoom_by(zoom)
        asked.clear()
        view._ask()
        begin = time.perf_counter()
        picture = draw_heatmap(asked[-1])
        drawn = 1000 * (time.perf_counter() - begin)
        view.set_heatmap(picture)
        cells = (view.canvas.cell_rect(i % 12, i % 20).center().toPoint() for i in range(400))
        report(
            f"{name} (drawn in {drawn:.0f} ms, off the UI thread)", frames(view.canvas, view, cells)
        )


def search(theme: Theme) -> None:
    """Over the nodes of a search, as designed and as small as it goes."""
    canvas = SearchCanvas(theme)
    area = QWidget()
    area.resize(ROOM)
    canvas.setParent(area)
    area.show()
    shown = tree(STEPS, BEAM)
    begin = time.perf_counter()
    canvas.show_tree(shown)
    laid = 1000 * (time.perf_counter() - begin)
    for name, zoom in ((f"search {STEPS} × {BEAM}", 1.0), ("the same, at 35 %", 0.35)):
        canvas.set_zoom(zoom)
        places = (canvas.rect_of(i).center().toPoint() for i in range(160))
        report(f"{name} (laid out in {laid:.0f} ms)", frames(canvas, area, places))


def main() -> None:
    """Measure and print."""
    app = QApplication([])
    dress(app)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ATTUNE_HOME"] = folder
        theme = Theme(Settings(Path(folder) / "settings.ini"))
        heatmap(theme)
        search(theme)


if __name__ == "__main__":
    main()
