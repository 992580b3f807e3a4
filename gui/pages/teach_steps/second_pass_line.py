"""A quiet line about the second pass: how far it is, and at its end what it has found."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.i18n import counted, joined, number, tr
from gui.pages.teach_steps.parts import button
from gui.theme import SMALL
from gui.tips import plain_tip
from gui.viewmodels.run_words import duration
from gui.viewmodels.second_pass import LookState, SecondPass
from gui.widgets.label import label


class SecondPassLine(QWidget):
    """Tells of ``second`` while there is something to tell, and lets it be stopped."""

    def __init__(self, second: SecondPass) -> None:
        super().__init__()
        self._second = second
        self.words = label(role="muted", wrap=True)
        self.stop = button(tr("Stop"), "ghost")
        self.stop.setToolTip(tr("Leave the rest of the pairs unread"))
        self.stop.clicked.connect(second.stop)
        policy = self.stop.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # the line keeps its height
        self.stop.setSizePolicy(policy)
        row = QHBoxLayout(self)
        row.setContentsMargins(SMALL, 0, 0, 0)
        row.setSpacing(SMALL)
        row.addWidget(self.words, 1)
        row.addWidget(self.stop)
        second.changed.connect(self.refresh)
        self.refresh()

    @property
    def has_words(self) -> bool:
        """Whether there is something to tell."""
        return bool(self.words.text())

    def refresh(self) -> None:
        """Show what the second pass is at."""
        second = self._second
        looking = second.state is LookState.LOOKING
        self.words.setText(_progress(second) if looking else _result(second))
        self.words.setToolTip(plain_tip(_cost(second) if looking else ""))
        self.stop.setVisible(looking)
        parent = self.parentWidget()
        if parent is not None:
            self.setVisible(self.has_words)


def _progress(second: SecondPass) -> str:
    parts = [
        tr("Looking for pairs that do not belong together… {share} %",
           share=number(100 * second.done / second.total))
    ]  # fmt: skip
    if second.late:
        parts.append(tr("not begun yet: busy programs go first"))
    if second.total < second.in_file:
        parts.append(tr("only the first {count} pairs", count=number(second.total)))
    if second.seconds_left is not None:
        parts.append(tr("{time} left", time=duration(second.seconds_left)))
    return " · ".join(parts)


def _cost(second: SecondPass) -> str:
    """What there is to know of a search that takes a while."""
    parts = [tr("A model reads every pair. You need not wait: start learning when you like.")]
    if second.pace:
        pace = counted(round(second.pace), tr("1 pair a second."), tr("{count} pairs a second."))
        parts.insert(0, pace)
    return joined(*parts)


def _result(second: SecondPass) -> str:
    counts = {
        "found": number(second.count),
        "done": number(second.done),
        "all": number(second.in_file),
    }
    match second.state:
        case LookState.FAILED if second.problem is not None:
            why = second.problem.text
            return tr("Pairs that do not belong together were not looked for. {why}", why=why)
        case LookState.STOPPED:
            return tr(
                "Stopped after {done} of {all} pairs: {found} may not belong together.", **counts
            )
        case LookState.DONE if second.total < second.in_file:
            return tr(
                "Of the first {done} of {all} pairs {found} may not belong together.", **counts
            )
        case LookState.DONE if not second.count:
            some = tr("All {count} pairs seem to belong together.")
            return counted(second.in_file, tr("The pair seems to belong together."), some)
        case LookState.DONE:
            return tr("{found} of {all} pairs may not belong together.", **counts)
    return ""
