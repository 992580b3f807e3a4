"""The drawn architecture: nothing overlaps, arrows meet their blocks, keys and pointer choose."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from core.model.config import ModelConfig
from core.model.diagram import diagram_of
from gui.theme import Theme
from gui.viewmodels.diagram_layout import Box, DiagramLayout, lay_out
from gui.widgets.architecture_diagram import ArchitectureDiagram
from gui.widgets.diagram_looks import arrow_words, block_facts, weights

BASE = ModelConfig(
    100, 120, width=32, encoder_heads=2, feed_forward=64, decoder_width=32, attention_heads=2
)
RECURRENT = replace(BASE, encoder="bidirectional", attention="additive")
CONFIGS = {
    "default": BASE,
    "input feeding": replace(RECURRENT, input_feeding=True, attention="general"),
    "initial state": replace(
        RECURRENT, decoder="initial-state", attention="none", encoder_layers=2, decoder_layers=2
    ),
    "context": replace(RECURRENT, decoder="context", attention="none"),
    "transformer": replace(BASE, decoder="transformer", embeddings="separate"),
    "shared": replace(BASE, target_vocabulary=100, embeddings="shared"),
}
SIZES = [(400.0, 260.0, 12.0), (1400.0, 800.0, 12.0), (380.0, 200.0, 18.0)]


def apart(one: Box, other: Box) -> bool:
    beside = one.x + one.width < other.x or other.x + other.width < one.x
    return beside or one.y + one.height < other.y or other.y + other.height < one.y


def layout(name: str, size: tuple[float, float, float]) -> DiagramLayout:
    return lay_out(diagram_of(CONFIGS[name]), *size)


@pytest.mark.parametrize("name", CONFIGS)
@pytest.mark.parametrize("size", SIZES)
def test_no_block_covers_another_and_all_are_inside(
    name: str, size: tuple[float, float, float]
) -> None:
    placed = layout(name, size)
    for one, other in itertools.combinations(placed.boxes, 2):
        assert apart(one, other), (one.block.name, other.block.name)
    for box in placed.boxes:
        assert box.x >= 0 and box.x + box.width <= placed.width
        assert box.y >= 0 and box.y + box.height <= placed.height
    assert placed.width >= size[0] and placed.height >= size[1]


@pytest.mark.parametrize("name", CONFIGS)
def test_every_arrow_begins_and_ends_at_its_blocks(name: str) -> None:
    placed = layout(name, SIZES[0])
    boxes = {box.block.name: box for box in placed.boxes}
    assert len(placed.lines) == len(diagram_of(CONFIGS[name]).arrows)
    for line in placed.lines:
        for end, point in ((line.arrow.begin, line.begin), (line.arrow.end, line.end)):
            box = boxes[end]
            assert box.holds(*point), (end, line.arrow)
            at_edge = point[0] in (box.x, box.x + box.width) or point[1] in (
                box.y,
                box.y + box.height,
            )
            assert at_edge
        assert line.arrow.kind in arrow_words()


def test_words_go_upwards() -> None:
    placed = {box.block.name: box for box in layout("default", SIZES[1]).boxes}
    assert placed["source"].y > placed["source-embedding"].y > placed["encoder"].y
    assert placed["target"].y > placed["decoder"].y > placed["output"].y
    assert placed["source"].x < placed["attention"].x < placed["decoder"].x


@pytest.fixture
def drawing(qtbot: QtBot, theme: Theme) -> ArchitectureDiagram:
    drawing = ArchitectureDiagram(theme)
    qtbot.addWidget(drawing)
    drawing.resize(700, 480)
    drawing.show()
    drawing.show_diagram(diagram_of(BASE))
    return drawing


def test_a_click_and_the_keys_choose_blocks(qtbot: QtBot, drawing: ArchitectureDiagram) -> None:
    chosen: list[str] = []
    drawing.chosen.connect(chosen.append)
    qtbot.waitUntil(lambda: drawing.canvas.layout_ is not None)
    assert drawing.canvas.layout_ is not None
    box = next(b for b in drawing.canvas.layout_.boxes if b.block.name == "encoder")
    place = QPoint(round(box.middle[0]) + 2, round(box.middle[1]) + 2)
    qtbot.mouseClick(drawing.canvas, Qt.MouseButton.LeftButton, pos=place)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right):
        qtbot.keyClick(drawing.canvas, key)
    assert chosen[:3] == ["encoder", "source-embedding", "source"]
    assert chosen[3] in ("target", "first-state")
    assert "in [" in drawing.canvas.accessibleDescription() or chosen[3] == "target"


def test_it_zooms_and_fits_again(qtbot: QtBot, drawing: ArchitectureDiagram) -> None:
    fits = drawing.canvas.minimumSize()
    for _ in range(6):
        qtbot.keyClick(drawing.canvas, Qt.Key.Key_Plus)
    assert drawing.canvas.minimumWidth() > 2 * fits.width()
    qtbot.keyClick(drawing.canvas, Qt.Key.Key_0)
    assert drawing.canvas.minimumSize() == fits
    drawing.show_diagram(None)
    drawing.canvas.repaint()


def test_facts_tell_shapes_and_weights() -> None:
    diagram = diagram_of(BASE)
    facts = block_facts(diagram.block("encoder"))
    assert facts[0] == "Transformer × 6" and facts[1] == "in [B, S, 32]"
    assert weights(999) == "999 weights" and weights(25_000) == "25 k weights"
    assert weights(26_640_000) == "26.6 M weights"
