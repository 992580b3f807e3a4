"""Joins the Translate page with what may be wrong in the translation: shades, alarms, a new try."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QPushButton

from gui import icons
from gui.i18n import counted, number, tr
from gui.pages.translate import TranslatePage
from gui.pages.translate_looking import Looking
from gui.settings import Settings
from gui.theme import Theme
from gui.tips import plain_tip
from gui.viewmodels.findings import Findings, Phase
from gui.widgets.banner import Banner, OneAtATime
from gui.widgets.buttons import IconButton
from gui.widgets.sureness_legend import SurenessLegend

_SHADE_KEY, _NEXT_KEY, _TRY_KEY = "Ctrl+U", "F8", "F9"


class FindingsOnPage(QObject):
    """Shows the findings on ``page``, which owns it.

    Attributes:
        strip: says what is wrong with the sentence that is looked into, and offers to try again.
        next: how many alarms there are; goes to the next one.
        switch: shades words by how sure they are.
        legend: what the shades mean.
    """

    def __init__(
        self, page: TranslatePage, findings: Findings, settings: Settings, theme: Theme
    ) -> None:
        super().__init__(page)
        self._page, self._findings, self._settings, self._theme = page, findings, settings, theme
        self.strip = Banner(theme, inset=True)
        self.legend = SurenessLegend(theme)
        self.next = QPushButton()
        self.switch = IconButton(theme, "highlighter", "")
        self._lay_out()
        self._add_actions()
        page.with_notes = findings.with_marks
        looking = page.findChild(Looking)
        if looking is not None:
            looking.remarks = findings.remarks
        for side, pane in page.panes.items():
            pane.clicked.connect(partial(findings.look, side))
            pane.tip_at = partial(_both, pane.tip_at, partial(findings.tip, side))
        findings.changed.connect(page.show_marks)
        findings.notice_changed.connect(self._show)
        theme.changed.connect(self._show)
        settings.show_sureness.changed.connect(self._shade)
        self._shade(settings.show_sureness.value)
        self._show()

    def _lay_out(self) -> None:
        target = self._page.target
        place = target.body.indexOf(target.banner)
        target.body.insertWidget(place, self.strip)
        target.body.insertWidget(place, self.legend)
        OneAtATime((self.strip, target.banner), target)
        self.next.setProperty("role", "ghost")
        self.next.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.next.clicked.connect(self._go_on)
        self.switch.setCheckable(True)
        self.switch.set_name(tr("Show how sure it is"), _SHADE_KEY)
        self.switch.clicked.connect(self._settings.show_sureness.set)
        target.foot.insertWidget(1, self.next)
        target.foot.insertWidget(2, self.switch)
        self.strip.acted.connect(self._findings.try_again)
        self.strip.dismissed.connect(self._findings.dismiss)

    def _add_actions(self) -> None:
        for text, key, slot in (
            (tr("Show how sure it is"), _SHADE_KEY, self.switch.click),
            (tr("Go to the next place that looks wrong"), _NEXT_KEY, self._go_on),
            (tr("Try again against it"), _TRY_KEY, self._findings.try_again),
        ):
            action = QAction(text, self._page)
            action.setShortcut(QKeySequence(key))
            action.triggered.connect(slot)
            self._page.addAction(action)

    def _go_on(self) -> None:
        """To the next alarm."""
        place = self._findings.step()
        if place is not None:
            side, offset = place
            self._page.panes[side].setFocus()
            self._page.panes[side].move_caret(offset)
            self._page.model.highlight.move_caret(side, offset, light=True)

    def _shade(self, on: bool) -> None:
        self.switch.setChecked(on)
        self.legend.setVisible(on)

    def _show(self) -> None:
        findings, size = self._findings, self._theme.px(16)
        count = findings.count
        color = self._theme.colors.warning
        self.next.setIcon(icons.icon("circle-alert", color, size))
        self.next.setIconSize(QSize(size, size))
        self.next.setVisible(count > 0)
        self.next.setText(number(count))
        shown = counted(count, tr("1 place looks wrong"), tr("{count} places look wrong"))
        self.next.setAccessibleName(shown)
        self.next.setToolTip(
            plain_tip(tr("{places}: go to the next one ({key})", places=shown, key=_NEXT_KEY))
        )
        notice = findings.notice
        if notice is None:
            self.strip.hide()
            return
        action = tr("Try again") if findings.can_try else ""
        tone = "info" if notice.phase is Phase.GONE else "warning"
        self.strip.say(notice.words, tone, action)


def _both(first: Callable[[int], str], second: Callable[[int], str], offset: int) -> str:
    """What two know of a character, a line each."""
    return "\n".join(filter(None, (second(offset), first(offset))))
