"""A formula: an image drawn elsewhere, as large as there is room for."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.jobs.background import Background
from gui.jobs.formula_rendering import FormulaImage, FormulaRequest, draw_formula
from gui.theme import TEXT, TINY, Theme

_MOST_KEPT = 400  # pictures
_LEAST_SCALE = 0.55  # of a formula in a narrow place; what is left over is cut


class FormulaDrawing(QObject):
    """Has formulas drawn off the UI thread, each once; ``drawn(FormulaRequest)`` tells of one.

    One that cannot be drawn is told of, too: there is no picture of it then.
    """

    drawn = Signal(object)

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._images: dict[FormulaRequest, QImage | None] = {}
        self._keys: dict[str, FormulaRequest] = {}
        self._count = 0
        background.done.connect(self._on_done)
        background.failed.connect(self._on_failed)

    def image(self, request: FormulaRequest) -> QImage | None:
        """The picture of ``request``, if there is one by now; else it is drawn."""
        if request in self._images:
            return self._images[request]
        if request not in self._keys.values():
            key = f"formula {id(self)} {self._count}"
            self._count += 1
            self._keys[key] = request
            self._background.request(key, partial(_drawn, request))
        return None

    def failed(self, request: FormulaRequest) -> bool:
        """Whether ``request`` cannot be drawn."""
        return request in self._images and self._images[request] is None

    def _on_done(self, key: str, found: object) -> None:
        request = self._keys.pop(key, None)
        if request is not None:
            self._keep(request, found.image if isinstance(found, FormulaImage) else None)

    def _on_failed(self, key: str, _failure: object) -> None:
        request = self._keys.pop(key, None)
        if request is not None:
            self._keep(request, None)

    def _keep(self, request: FormulaRequest, image: QImage | None) -> None:
        if len(self._images) >= _MOST_KEPT:
            self._images.pop(next(iter(self._images)))
        self._images[request] = image
        self.drawn.emit(request)


def _drawn(request: FormulaRequest) -> FormulaImage | None:
    """The picture; nothing where mathtext does not know the formula."""
    try:
        return draw_formula(request)
    except ValueError:
        return None


class FormulaLabel(QWidget):
    """Shows a formula in the theme's colour; as plain TeX where it cannot be drawn."""

    def __init__(self, theme: Theme, drawing: FormulaDrawing, text_size: int = TEXT) -> None:
        super().__init__()
        self._theme, self._drawing, self._size = theme, drawing, text_size
        self._formula = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._on_changed)
        drawing.drawn.connect(self._on_drawn)
        self.hide()

    @property
    def formula(self) -> str:
        """What is shown, in TeX."""
        return self._formula

    def set_formula(self, formula: str) -> None:
        """Show ``formula``, whose lines are divided by line ends; nothing hides it."""
        if formula != self._formula:
            self._formula = formula
            self.setAccessibleName(formula)
            self._on_changed()
        self.setVisible(bool(formula))

    def request(self) -> FormulaRequest:
        """What is to be drawn."""
        lines = tuple(line for line in self._formula.split("\n") if line.strip())
        size = self._theme.px(self._size)
        return FormulaRequest(lines, size, self.devicePixelRatioF(), self._theme.colors.text)

    def sizeHint(self) -> QSize:
        if not self._formula:
            return QSize(0, 0)
        image = self._drawing.image(self.request())
        if image is not None:
            size = image.deviceIndependentSize()
            width = max(1.0, min(size.width(), float(self.width() or size.width())))
            scale = max(_LEAST_SCALE, min(1.0, width / size.width()))
            return QSize(round(size.width()), round(size.height() * scale) + TINY)
        lines = self._formula.count("\n") + 1
        return QSize(10, round(self._theme.px(self._size) * 1.9 * lines))

    def minimumSizeHint(self) -> QSize:
        return QSize(40, self.sizeHint().height())

    def resizeEvent(self, event: object) -> None:
        self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._formula:
            return
        painter = QPainter(self)
        request = self.request()
        image = self._drawing.image(request)
        if image is not None:
            size = image.deviceIndependentSize()
            scale = max(_LEAST_SCALE, min(1.0, self.width() / size.width()))
            if scale == 1.0:
                painter.drawImage(QPointF(0, 0), image)
            else:
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.drawImage(QRectF(QPointF(0, 0), size * scale), image)
        elif self._drawing.failed(request):
            painter.setPen(self._theme.color("muted"))
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect(), flags, self._formula)

    def _on_changed(self) -> None:
        self.updateGeometry()
        self.update()

    def _on_drawn(self, request: FormulaRequest) -> None:
        if self._formula and request == self.request():
            self._on_changed()
