"""The one place for looks: colours, spacing, sizes and the style sheet, light and dark.

Widgets take their look from a *role*, a dynamic property that the style sheet knows:

=============  ======================================================================
``QPushButton``  ``primary`` · ``danger`` · ``ghost`` · none (quiet, with a border)
``QToolButton``  ``icon`` (square, no border)
``QLabel``       ``title`` · ``heading`` · ``muted`` · ``caption`` · ``error`` · ``badge`` with
                 ``tone`` as a banner
``QFrame``       ``card`` · ``line`` (a hairline) · ``banner`` with ``tone``: ``info``,
                 ``warning`` or ``error``
``QPlainTextEdit``  ``reading`` · ``report`` (of a program, in one width)
=============  ======================================================================
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QWidget

from gui.settings import Settings
from gui.stylesheet import style_sheet

# Spacing in pixels; nothing in the window stands at another distance.
TINY, SMALL, MEDIUM, LARGE, HUGE = 4, 8, 12, 16, 24
RADIUS = 8

PANE_TEXT = 18  # pixels at text size 100 %
TEXT = 13
CAPTION = 12
HEADING = 15
TITLE = 20
FIGURE = 26  # a result that is read from afar
CONTROL = 18  # least height inside a button or a field
PANE_LINE = 31  # from one line of a pane to the next; fixed, so that both panes' lines keep level


@dataclass(frozen=True, slots=True)
class Colors:
    """The colours of one theme, ``#rrggbb``.

    Attributes:
        window, surface: behind the cards, and of the cards.
        hover, border, border_strong: under the pointer; hairlines; edges of controls.
        text, muted: words that matter, and words beside them (both at least 4.5:1).
        accent, accent_hover, on_accent: filled buttons, under the pointer, and their label.
        accent_text, accent_soft: the accent as text, and as a tint behind text.
        link: full opacity of the alignment's one hue; text on it keeps 4.5:1.
        copied, evidence: the line under words that were copied; bars beside those of attention.
        warning, warning_soft, error, error_soft: text, and the tint behind it.
    """

    window: str
    surface: str
    hover: str
    border: str
    border_strong: str
    text: str
    muted: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_text: str
    accent_soft: str
    link: str
    copied: str
    unsure: str
    evidence: str
    warning: str
    warning_soft: str
    error: str
    error_soft: str


LIGHT = Colors(
    window="#f4f5f8",
    surface="#ffffff",
    hover="#ebedf2",
    border="#e0e3ea",
    border_strong="#c3c8d2",
    text="#14171f",
    muted="#596170",
    accent="#2563eb",
    accent_hover="#1d4fd7",
    on_accent="#ffffff",
    accent_text="#1d4ed8",
    accent_soft="#edf2ff",
    link="#8fb4ff",
    copied="#d97706",
    unsure="#f5b95f",
    evidence="#0f766e",
    warning="#a6560a",
    warning_soft="#fff6e8",
    error="#b42318",
    error_soft="#fef1f0",
)

DARK = Colors(
    window="#111318",
    surface="#1a1d24",
    hover="#262a33",
    border="#2b303a",
    border_strong="#474e5c",
    text="#e7e9ee",
    muted="#a0a8b6",
    accent="#2563eb",
    accent_hover="#2e69ea",
    on_accent="#ffffff",
    accent_text="#8ab0ff",
    accent_soft="#202b45",
    link="#2a57c4",
    copied="#e08a1e",
    unsure="#7d5210",
    evidence="#2dd4bf",
    warning="#f2b04c",
    warning_soft="#33270f",
    error="#ff8f85",
    error_soft="#3b1d1c",
)

# Lines of a chart, told apart without colour vision (Okabe and Ito 2008) and by their dashes.
LINE_COLORS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#8a6d00", "#4b5563")
LINE_COLORS_DARK = ("#56b4e9", "#e69f00", "#2fc59b", "#e39ac4", "#f0e442", "#c3c8d2")
HEATMAP = "cividis"
DIFFERENCES, DIFFERENCES_DARK = "RdBu_r", "berlin"  # 0 is near the colour of a card


class Theme(QObject):
    """Colours and sizes that hold now; ``changed`` fires when either does.

    Follows the settings ``theme`` and ``text_size`` and, for the theme ``system``, the desktop.
    """

    changed = Signal()

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._hints = QGuiApplication.styleHints()
        settings.theme.changed.connect(self._update)
        settings.text_size.changed.connect(self._update)
        self._hints.colorSchemeChanged.connect(self._update)

    def _update(self) -> None:
        self.changed.emit()

    @property
    def dark(self) -> bool:
        """Whether the dark colours hold."""
        choice = self._settings.theme.value
        if choice == "system":
            return self._hints.colorScheme() == Qt.ColorScheme.Dark
        return choice == "dark"

    @property
    def colors(self) -> Colors:
        """The colours that hold."""
        return DARK if self.dark else LIGHT

    @property
    def line_colors(self) -> tuple[str, ...]:
        """Colours of a chart's lines, in their order."""
        return LINE_COLORS_DARK if self.dark else LINE_COLORS

    @property
    def differences(self) -> str:
        """The colour map for what has grown and what has shrunk."""
        return DIFFERENCES_DARK if self.dark else DIFFERENCES

    @property
    def scale(self) -> float:
        """The user's text size, 1 as designed."""
        return self._settings.text_size.value / 100

    def px(self, size: int) -> int:
        """``size`` (pixels as designed) times the user's text size."""
        return max(1, round(size * self.scale))

    def color(self, name: str, opacity: float = 1.0) -> QColor:
        """Colour ``name`` of :class:`Colors` for a painter."""
        color = QColor(getattr(self.colors, name))
        color.setAlphaF(opacity)
        return color

    def style_sheet(self) -> str:
        """The style sheet of the whole application."""
        return style_sheet(self.colors, {**self.sizes, "radius": RADIUS})

    @property
    def sizes(self) -> dict[str, int]:
        """The sizes of text and of controls in pixels, by the names that style sheets use."""
        designed = {
            "text_size": TEXT,
            "caption": CAPTION,
            "heading": HEADING,
            "title": TITLE,
            "figure": FIGURE,
            "pane": PANE_TEXT,
            "control": CONTROL,
        }
        return {name: self.px(size) for name, size in designed.items()}

    def palette(self) -> QPalette:
        """The palette behind the style sheet: selections, tool tips, native parts."""
        roles = QPalette.ColorRole
        palette = QPalette()
        for role, name in {
            roles.Window: "window",
            roles.Base: "surface",
            roles.AlternateBase: "hover",
            roles.Button: "surface",
            roles.WindowText: "text",
            roles.Text: "text",
            roles.ButtonText: "text",
            roles.PlaceholderText: "muted",
            roles.ToolTipBase: "surface",
            roles.ToolTipText: "text",
            roles.Highlight: "accent",
            roles.HighlightedText: "on_accent",
            roles.Link: "accent_text",
        }.items():
            palette.setColor(role, self.color(name))
        return palette


def set_role(widget: QWidget, role: str) -> None:
    """Give ``widget`` the look of ``role`` (see the module's table)."""
    widget.setProperty("role", role)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
