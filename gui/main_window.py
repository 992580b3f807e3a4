"""The window: the rail, one page at a time, the status line."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from core.errors import AttuneError
from gui.enter_key import EnterKey
from gui.errors import Failure, describe
from gui.i18n import joined, tr
from gui.pages.translate import TranslatePage
from gui.settings import MOST_TEXT, Settings
from gui.sheets import DressedStack, dress, settle_sizes
from gui.theme import Colors, Theme
from gui.widgets.banner import Banner
from gui.widgets.crash_reports import CrashNotice
from gui.widgets.nav_rail import NavRail
from gui.widgets.shortcuts import ShortcutsDialog
from gui.widgets.status_line import StatusLine

LEAST_SIZE = (900, 600)
LEAST_WITH_LARGEST_TEXT = (1180, 760)
FIRST_SIZE = (1280, 800)
TITLE_BAR = 40  # pixels, at most
STEPS = 50  # milliseconds in which steps of the text size are taken together


class MainWindow(QWidget):
    """Holds the pages; those but the first are made when they are first opened.

    Args:
        make_pages: what makes the page of a key, in the rail's order (``translate`` is made).

    Attributes:
        keeps_open: asked when the user closes the window; ``True`` keeps it open, for what would
            be lost.

    Signals:
        painted(): the window is on screen for the first time.
        closing(): it closes; jobs should end.
    """

    painted = Signal()
    closing = Signal()

    def __init__(
        self,
        settings: Settings,
        theme: Theme,
        translate: TranslatePage,
        make_pages: dict[str, Callable[[], QWidget]],
    ) -> None:
        super().__init__()
        self._settings = settings
        self._theme = theme
        self._make = make_pages
        self._on_screen = False
        self._colors: Colors | None = None  # of the palette
        EnterKey(self)
        self.keeps_open: Callable[[], bool] = lambda: False
        self.translate = translate
        self.setObjectName("window")
        self.setWindowTitle("Attune · 对译")
        self.rail = NavRail(theme)
        self.rail.add("translate", "languages", tr("Translate"))
        self.rail.add("teach", "graduation-cap", tr("Teach"))
        self.rail.add("classroom", "blackboard", tr("Classroom"))
        self.rail.add("models", "layers", tr("Models"))
        self.rail.add("settings", "settings", tr("Settings"), foot=True)
        self.rail.opened.connect(self.open)
        self.status = StatusLine(theme)
        self.fault = Banner(theme, inset=True)
        self.crashes = CrashNotice(theme)
        self._stack = DressedStack(theme)
        self._pages: dict[str, QWidget] = {"translate": translate}
        self._lay_out()
        self._steps = 0  # of the text size, not taken yet
        self._stepping = QTimer(self, singleShot=True, interval=STEPS)
        self._stepping.timeout.connect(self._take_steps)
        self._add_actions()
        translate.facts_changed.connect(self._show_facts)
        theme.changed.connect(self._apply_theme)
        self._apply_theme()
        self._show_facts()
        self._place()
        self.open("translate")

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.crashes)
        column.addWidget(self.fault)
        column.addWidget(self._stack, 1)
        column.addWidget(self.status)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(column, 1)

    def _add_actions(self) -> None:
        for text, keys, slot in (
            (tr("Larger text"), ("Ctrl+=", "Ctrl++"), lambda: self._step(1)),
            (tr("Smaller text"), ("Ctrl+-",), lambda: self._step(-1)),
            (tr("Designed text size"), ("Ctrl+0",), self._reset_text_size),
            (tr("Open Translate"), ("Ctrl+1",), lambda: self.open("translate")),
            (tr("Open Teach"), ("Ctrl+2",), lambda: self.open("teach")),
            (tr("Open Classroom"), ("Ctrl+3",), lambda: self.open("classroom")),
            (tr("Open Models"), ("Ctrl+4",), lambda: self.open("models")),
            (tr("Open Settings"), ("Ctrl+,",), lambda: self.open("settings")),
            (tr("Show this overview"), ("F1",), self.show_shortcuts),
            (tr("Quit"), ("Ctrl+Q",), self.close),
        ):
            action = QAction(text, self)
            action.setShortcuts([QKeySequence(key) for key in keys])
            action.triggered.connect(slot)
            self.addAction(action)

    # -- pages ----------------------------------------------------------------------------

    def open(self, key: str) -> QWidget:
        """Show page ``key``; it is made on first use and keeps its state."""
        page = self._pages.get(key)
        if page is None:
            page = self._make[key]()
            self._pages[key] = page
        self._stack.show_page(page)
        self.rail.set_current(key)
        if page is self.translate:
            self.translate.source.editor.setFocus()
        return page

    def show_shortcuts(self) -> None:
        """The overview of all keys."""
        stepping = (tr("Step from word to word, showing its links"), "Alt+← / Alt+→")
        selecting = (tr("Show the links of several words at once"), "Shift+← / Shift+→")
        others = (tr("Other words in the place of a translated one"), f"{tr('Enter')} / Alt+↓")
        shown = [*_keys(self.translate.actions()), stepping, selecting, others]
        translate = (tr("Translate"), shown)
        models = (
            tr("Models, in the list"),
            [
                (tr("Translate with it"), tr("Enter")),
                (tr("Rename"), "F2"),
                (tr("Compare with another on a sentence"), "Ctrl+M"),
                (tr("Move to the trash"), tr("Del")),
            ],
        )
        classroom = (
            tr("Classroom"),
            [
                (tr("In the drawing: from block to block"), "← → ↑ ↓"),
                (tr("In the list of runs: show its curves"), tr("Space")),
                (tr("In the list of runs: rename, discard or delete"), f"F2 / {tr('Del')}"),
            ],
        )
        inside = (
            tr("Inside, in a heatmap or a search"),
            [
                (tr("Go from cell to cell, or along the search"), "← → ↑ ↓"),
                (tr("In “True?”: from word to word, source and translation"), "← → / ↑ ↓"),
                (tr("Continue the translation from there"), tr("Enter")),
                (tr("Larger, smaller, as designed"), "+  −  0"),
            ],
        )
        everywhere = (tr("Everywhere"), _keys(self.actions()))
        dialog = ShortcutsDialog(
            [[translate, inside], [everywhere, models, classroom]], self._stack.currentWidget()
        )
        settle_sizes(dialog)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def show_failure(self, failure: Failure) -> None:
        """A fault of ours: say it above whichever page is shown."""
        self.fault.say(failure.text, "error")

    def say_unkept(self, error: AttuneError) -> None:
        """The settings are those of a newer program."""
        unkept = tr("What you set now is forgotten when the window closes.")
        self.fault.say(joined(describe(error).text, unkept), "warning")

    # -- looks ----------------------------------------------------------------------------

    def _apply_theme(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication) and self._colors != self._theme.colors:
            self._colors = self._theme.colors
            app.setPalette(self._theme.palette())  # of which every widget is told
        for part in (self.rail, self.status, self.fault, self.crashes):
            dress(part, self._theme)
        self._stack.dress()
        self._leave_room()

    def _leave_room(self) -> None:
        """Let the window never be too small for its text; a screen that is smaller comes first."""
        share = max(0, self._settings.text_size.value - 100) / (MOST_TEXT - 100)
        usual, most = QSize(*LEAST_SIZE), QSize(*LEAST_WITH_LARGEST_TEXT)
        wanted = usual + (most - usual) * share
        self.setMinimumSize(wanted.boundedTo(self._room()).expandedTo(usual))

    def _room(self) -> QSize:
        return self.screen().availableSize() - QSize(0, TITLE_BAR)

    def _step(self, steps: int) -> None:
        """The text larger or smaller; what comes while the window is dressed is taken together."""
        self._steps += steps
        if not self._stepping.isActive():
            self._stepping.start()

    def _take_steps(self) -> None:
        steps, self._steps = self._steps, 0
        self._settings.step_text_size(steps)

    def _reset_text_size(self) -> None:
        self._steps = 0
        self._settings.text_size.reset()

    def _show_facts(self) -> None:
        self.status.set_facts(*self.translate.facts())

    def _place(self) -> None:
        geometry = self._settings.geometry.value
        if geometry and self.restoreGeometry(QByteArray(geometry)):
            return
        self.resize(QSize(*FIRST_SIZE).boundedTo(self._room()))

    # -- events ---------------------------------------------------------------------------

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and the wheel change the text size."""
        delta = event.angleDelta().y()
        if delta and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._step(1 if delta > 0 else -1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell when the window is first on screen."""
        super().paintEvent(event)
        if not self._on_screen:
            self._on_screen = True
            self.painted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the window's place, disappear at once, let the jobs end."""
        if self.keeps_open():
            event.ignore()
            self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
            self.activateWindow()
            return
        self._settings.geometry.set(bytes(self.saveGeometry().data()))
        self._settings.save()
        event.accept()
        self.hide()
        self.closing.emit()


def _keys(actions: Sequence[QAction]) -> list[tuple[str, str]]:
    """What each of ``actions`` is called, and its first key."""
    native = QKeySequence.SequenceFormat.NativeText
    return [(action.text(), action.shortcut().toString(native)) for action in actions]
