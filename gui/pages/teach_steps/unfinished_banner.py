"""The runs that ended before their time, each with a way on and a way out."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.i18n import counted, tr
from gui.jobs.unfinished import UnfinishedRun
from gui.pages.teach_steps.banners import Banner, ConfirmBar
from gui.pages.teach_steps.parts import button, clear
from gui.theme import SMALL
from gui.viewmodels.teach import TeachViewModel

_SHOWN = 3  # runs; the others follow as these go


class UnfinishedBanner(QWidget):
    """One run: go on with it, or discard it after a question in the same place."""

    def __init__(self, run: UnfinishedRun, model: TeachViewModel) -> None:
        super().__init__()
        self._model = model
        self._run = run
        self.offer = Banner("info")
        self.discard = button(tr("Discard…"), "danger")
        self.go_on = button(tr("Go on"), "primary")
        self.offer.add_button(self.discard)
        self.offer.add_button(self.go_on)
        self.confirm = ConfirmBar(
            tr("Discard what {name} has learnt so far?", name=run.name),
            tr("This cannot be undone; {base} stays as it is.", base=run.base),
            yes=tr("Discard"),
            no=tr("Keep"),
        )
        self.discard.clicked.connect(self._ask)
        self.go_on.clicked.connect(self._on_go_on)
        self.confirm.answered.connect(self._on_answer)
        self.confirm.confirmed.connect(partial(model.unfinished.discard, run.name))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.offer)
        column.addWidget(self.confirm)
        self._show_offer()

    def refresh(self) -> None:
        """Only one run goes on at a time."""
        busy = self._model.run.busy
        self.go_on.setEnabled(not busy)
        self.go_on.setToolTip(tr("A model is learning now.") if busy else "")

    def _show_offer(self) -> None:
        run = self._run
        self.offer.say(
            tr("{name} was being taught when Attune ended.", name=run.name),
            _progress(run.steps, run.base),
        )

    def _ask(self) -> None:
        self.offer.say("")
        self.confirm.ask()

    def _on_answer(self) -> None:
        self._show_offer()
        self.discard.setFocus()

    def _on_go_on(self, *_: object) -> None:
        self._model.go_on(self._run.name)


class UnfinishedList(QWidget):
    """A banner for each unfinished run, and what is wrong where they cannot be looked at."""

    def __init__(self, model: TeachViewModel) -> None:
        super().__init__()
        self._model = model
        self._runs: tuple[UnfinishedRun, ...] = ()
        self.banners: list[UnfinishedBanner] = []
        self.problem = Banner()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(SMALL)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SMALL)
        column.addWidget(self.problem)
        column.addLayout(self._rows)

    def refresh(self) -> None:
        """Show what the view model holds."""
        unfinished = self._model.unfinished
        self.problem.show_failure(unfinished.problem)
        runs = unfinished.runs[:_SHOWN]
        if runs != self._runs:
            self._runs = runs
            clear(self._rows)
            self.banners = [UnfinishedBanner(run, self._model) for run in runs]
            for banner in self.banners:
                self._rows.addWidget(banner)
        for banner in self.banners:
            banner.refresh()
        self.setVisible(bool(runs) or unfinished.problem is not None)


def _progress(steps: int, base: str) -> str:
    if not steps:
        return tr("It had not yet learnt anything from {base}.", base=base)
    updates = counted(steps, tr("1 update"), tr("{count} updates"))
    return tr("Kept: {updates} from {base}.", updates=updates, base=base)
