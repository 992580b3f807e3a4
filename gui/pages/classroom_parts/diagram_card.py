"""The drawing of a system in a card, with what its arrows stand for and buttons to zoom."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from core.model.diagram import Diagram
from gui.i18n import tr
from gui.theme import MEDIUM, SMALL, TINY, Theme, set_role
from gui.tips import plain_tip
from gui.widgets.architecture_diagram import ArchitectureDiagram
from gui.widgets.card import Card
from gui.widgets.diagram_looks import arrow_pen, arrow_words, weights
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.label import label
from gui.widgets.zooming import STEP

_SAMPLE = 24  # pixels of a line in the legend
_HIGH = 400  # pixels of the card, from which on it has a legend


class DiagramCard(Card):
    """``drawing`` is the diagram itself."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.drawing = ArchitectureDiagram(theme)
        self.facts = label(role="caption")
        self.facts.setToolTip(tr("B sentences, S source pieces, T target pieces"))
        self._samples: dict[str, QLabel] = {}
        self._entries: dict[str, QWidget] = {}
        sizes = label(tr("B sentences, S source pieces, T target pieces"), "caption")
        entries = (self._entry(kind, words) for kind, words in arrow_words().items())
        legend = FlowLayout(*entries, sizes)
        legend.setSpacing(MEDIUM)
        head = QHBoxLayout()
        head.setSpacing(TINY)
        head.addWidget(self.facts, 1)
        self.zooms = []
        for sign, factor, name in (
            ("−", 1 / STEP, tr("Smaller")),
            ("1:1", 0.0, tr("As large as fits")),
            ("+", STEP, tr("Larger")),
        ):
            push = QToolButton()
            push.setText(sign)
            push.setAccessibleName(name)
            push.setToolTip(plain_tip(name))
            set_role(push, "turn")
            push.clicked.connect(partial(self._zoom, factor))
            self.zooms.append(push)
            head.addWidget(push)
        self.body.setContentsMargins(MEDIUM, SMALL, MEDIUM, SMALL)
        self.body.setSpacing(SMALL)
        self.body.addLayout(head)
        self.body.addWidget(self.drawing, 1)
        self._legend = QWidget()
        around = QVBoxLayout(self._legend)
        around.setContentsMargins(0, 0, 0, 0)
        around.addLayout(legend)
        self.body.addWidget(self._legend)
        theme.changed.connect(self._on_theme)
        self._on_theme()

    def show_diagram(self, diagram: Diagram | None) -> None:
        """Draw ``diagram``; the legend names the arrows that it has."""
        self.drawing.show_diagram(diagram)
        kinds = {arrow.kind for arrow in diagram.arrows} if diagram else set()
        for kind, entry in self._entries.items():
            entry.setVisible(kind in kinds)
        self.facts.setText("" if diagram is None else weights(diagram.parameters))
        self._show_legend()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_legend()

    def _show_legend(self) -> None:
        """The drawing needs the room more than the words about it."""
        some = self.drawing.diagram is not None
        self._legend.setVisible(some and self.height() >= self._theme.px(_HIGH))

    def _entry(self, kind: str, words: str) -> QWidget:
        entry = QWidget()
        row = QHBoxLayout(entry)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(TINY)
        self._samples[kind] = label()
        row.addWidget(self._samples[kind])
        row.addWidget(label(words, "caption"))
        self._entries[kind] = entry
        return entry

    def _zoom(self, factor: float, *_: object) -> None:
        self.drawing.zoom_by(factor)

    def _on_theme(self) -> None:
        for kind, sample in self._samples.items():
            sample.setPixmap(self._line(kind))
        for push in self.zooms:
            push.setFixedSize(self._theme.px(30), self._theme.px(22))

    def _line(self, kind: str) -> QPixmap:
        ratio = self.devicePixelRatioF()
        width, height = self._theme.px(_SAMPLE), self._theme.px(10)
        picture = QPixmap(QSize(round(width * ratio), round(height * ratio)))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(arrow_pen(self._theme, kind))
        painter.drawLine(QPointF(0, height / 2), QPointF(width, height / 2))
        painter.end()
        return picture
