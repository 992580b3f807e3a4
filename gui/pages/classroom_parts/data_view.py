"""What a system learns from: a file of pairs, checked, and for how long."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from gui.core_words import from_core
from gui.errors import Failure
from gui.i18n import counted, direction_name, tr
from gui.pages.classroom_parts.plan_form import PlanForm
from gui.pages.teach_steps.banners import Banner
from gui.pages.teach_steps.file_dialog import ask_for_pairs
from gui.pages.teach_steps.lines_area import LinesArea, add_undo_key
from gui.pages.teach_steps.parts import BusyBar, button, card, scrolled
from gui.theme import LARGE, MEDIUM, Theme, set_role
from gui.tips import plain_tip
from gui.viewmodels.class_plan import SampleTask
from gui.viewmodels.classroom import ClassroomViewModel
from gui.widgets.drop_zone import DropZone
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.label import label


class DataView(QWidget):
    """A drop zone; once a file is there, its lines; below, the form that trains."""

    def __init__(
        self, model: ClassroomViewModel, theme: Theme, samples: Sequence[SampleTask]
    ) -> None:
        super().__init__()
        self._model, self._plan = model, model.plan
        self.banner = Banner()
        self.zone = DropZone(theme)
        self.zone.files_dropped.connect(lambda paths: self._plan.choose(*paths))
        self.zone.refused.connect(self._refuse)
        self.zone.browse_requested.connect(self.browse)
        self.samples = self._sample_menu(samples)
        self.zone.sample.setText(tr("Samples"))
        self.zone.sample.setToolTip(tr("Pairs that come with Attune, to try systems with"))
        self.zone.sample.setMenu(self.samples)
        self.file_name = ElidedLabel()
        set_role(self.file_name, "heading")
        self.summary = label(role="muted")
        self.busy = BusyBar()
        self.again = button(tr("Check again"), "ghost")
        self.again.clicked.connect(self._plan.check)
        self.other = button(tr("Choose another file"))
        self.other.clicked.connect(self._choose_another)
        self.lines = LinesArea(self._plan.pairs, self._put_right, theme)
        add_undo_key(self, self._plan.pairs)
        self.form = PlanForm(model, theme)
        self.stack = QStackedWidget()
        self._file = self._file_area()
        self.stack.addWidget(self.zone)
        self.stack.addWidget(self._file)
        self._lay_out()
        model.changed.connect(self.refresh)
        self.refresh()

    def _sample_menu(self, samples: Sequence[SampleTask]) -> QMenu:
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        for sample in samples:
            hint = direction_name(*sample.languages)
            action = menu.addAction(f"{from_core(sample.title)}\t{hint}")
            action.setToolTip(plain_tip(from_core(sample.about)))
            action.triggered.connect(partial(self._take_sample, sample))
        return menu

    def _take_sample(self, sample: SampleTask, *_: object) -> None:
        self._plan.take_sample(sample)

    def _file_area(self) -> QWidget:
        head = QHBoxLayout()
        head.setSpacing(MEDIUM)
        head.addWidget(self.file_name, 1)
        for part in (self.summary, self.again, self.other):
            head.addWidget(part)
        area = QWidget()
        column = QVBoxLayout(area)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(MEDIUM)
        column.addLayout(head)
        column.addWidget(self.busy)
        column.addWidget(self.lines, 1)
        column.addStretch()
        return area

    def _lay_out(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(MEDIUM)
        column.addWidget(self.banner)
        column.addWidget(self.stack, 1)
        around = QVBoxLayout()
        around.addWidget(self.form)
        column.addWidget(card(around, LARGE))
        outer = QVBoxLayout(self)  # large text in a small window does not fit
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inner))
        self.setFocusProxy(self.zone.browse)

    def refresh(self) -> None:
        """Show what the view model holds."""
        pairs = self._plan.pairs
        self.banner.show_failure(pairs.problem)
        self.stack.setCurrentWidget(self._file if pairs.paths else self.zone)
        self.file_name.setText(pairs.name)
        self.busy.set_busy(pairs.busy)
        self.again.setVisible(not pairs.busy)
        choice = pairs.choice
        self.lines.setVisible(choice is not None)
        self.summary.setText("")
        if choice is not None:
            lines = choice.count + sum(choice.left_out_counts.values())
            self.summary.setText(counted(lines, tr("1 line"), tr("{count} lines")))
            self.lines.refresh(self._plan.languages)

    def browse(self) -> QFileDialog:
        """Let the user pick a file, or two, with the system's own chooser."""
        recent = self._plan.pairs.recent
        return ask_for_pairs(self, self.zone.take, recent[0][0].parent if recent else None)

    def _choose_another(self) -> None:
        self._plan.pairs.choose()
        self._model.changed.emit()
        self.zone.browse.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put_right(self) -> None:
        self._plan.pairs.put_right(*self._plan.languages)

    def _refuse(self, what: str, remedy: str) -> None:
        self._plan.pairs.fail(Failure(what, remedy))
        self.refresh()
