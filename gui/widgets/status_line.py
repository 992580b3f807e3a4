"""The line at the foot of the window, and the thin bar that says that something runs."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QRectF, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from gui import icons
from gui.i18n import tr
from gui.theme import CAPTION, LARGE, SMALL, TINY, Theme
from gui.widgets.label import label

PATIENCE = 600  # milliseconds before a bar appears
LEAST = 500  # milliseconds that it stays
BETWEEN = "\u2003"  # an em of room between two facts


class StatusLine(QFrame):
    """Facts at the left, the promise at the right."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._facts = label(role="caption")
        self._lock = label()
        promise = label(tr("nothing leaves this computer"), "caption")
        promise.setToolTip(
            tr("Attune opens no connection to any network: texts, models and settings stay here.")
        )
        self._facts.setAccessibleName(tr("Status"))
        row = QHBoxLayout(self)
        row.setContentsMargins(LARGE, TINY, LARGE, SMALL)
        row.setSpacing(6)
        row.addWidget(self._facts, 1)
        row.addWidget(self._lock)
        row.addWidget(promise)
        theme.changed.connect(self._tint)
        self._tint()

    @property
    def text(self) -> str:
        """The facts."""
        return self._facts.text()

    def set_facts(self, *facts: str) -> None:
        """Show ``facts``, the empty ones left out."""
        self._facts.setText(BETWEEN.join(fact for fact in facts if fact))

    def _tint(self) -> None:
        ratio, size = self.devicePixelRatioF(), self._theme.px(CAPTION + 1)
        self._lock.setPixmap(icons.pixmap("lock", self._theme.colors.muted, size, ratio))


class ThinBar(QWidget):
    """Progress, two pixels high; appears late, then stays long enough to be read."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._share: float | None = 0.0
        self._shown = False
        self._clock = QElapsedTimer()
        self._appear = QTimer(self, singleShot=True, interval=PATIENCE)
        self._appear.timeout.connect(self._show)
        self._vanish = QTimer(self, singleShot=True)
        self._vanish.timeout.connect(self._hide)
        self._sweep = QTimer(self, interval=33)
        self._sweep.timeout.connect(self.update)
        self.setFixedHeight(2)

    @property
    def shown(self) -> bool:
        """Whether it can be seen."""
        return self._shown

    def set_progress(self, share: float | None) -> None:
        """Something runs: ``share`` of it is done, ``None`` where that cannot be told."""
        self._share = share
        self._vanish.stop()
        if self._shown:
            self._show()
        elif not self._appear.isActive():
            self._appear.start()

    def finish(self) -> None:
        """Nothing runs any more."""
        self._appear.stop()
        if self._shown and not self._vanish.isActive():
            self._vanish.start(max(0, LEAST - self._clock.elapsed()))

    def _show(self) -> None:
        if not self._shown:
            self._clock.start()
            self._shown = True
        if self._share is None:
            self._sweep.start()
        else:
            self._sweep.stop()
        self.update()

    def _hide(self) -> None:
        self._shown = False
        self._sweep.stop()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The part that is done, or a stretch that wanders."""
        if not self._shown:
            return
        painter = QPainter(self)
        width = self.width()
        if self._share is None:
            place = (self._clock.elapsed() % 1600) / 1600 * 1.3 - 0.3
            part = QRectF(place * width, 0, 0.3 * width, self.height())
        else:
            part = QRectF(0, 0, self._share * width, self.height())
        painter.fillRect(part, self._theme.color("accent"))
