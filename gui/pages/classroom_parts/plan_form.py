"""For how long a system is trained, in which languages, as what, and what is watched."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from gui.i18n import counted, direction_name, tr
from gui.pages.teach_steps.parts import button, stacked
from gui.pages.teach_steps.pin_field import PinField
from gui.theme import LARGE, SMALL, TINY, Theme, set_role
from gui.viewmodels.classroom import ClassroomViewModel
from gui.widgets.buttons import Chooser, Segments
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.label import label

_USUAL = (("zh", "en"), ("en", "zh"))
_OTHER = "other"
_CODE, _AMOUNT, _NAME = 90, 72, 190  # pixels


class LanguageFields(QWidget):
    """Chinese and English one way or the other, or two codes of one's own."""

    chosen = Signal(str, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.chooser = Chooser(theme, tr("Languages"))
        self.chooser.chosen.connect(self._on_chosen)
        self.source, self.target = QLineEdit(), QLineEdit()
        self.source.setAccessibleName(tr("Code of the language that it reads"))
        self.target.setAccessibleName(tr("Code of the language that it writes"))
        self._fields = QWidget()
        row = QHBoxLayout(self._fields)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(TINY)
        row.addWidget(self.source)
        row.addWidget(label("→", "muted"))
        row.addWidget(self.target)
        for field in (self.source, self.target):
            field.setMaxLength(16)
            field.setFixedWidth(theme.px(_CODE))
            field.setToolTip(tr("de, text, digits: what decides how words are cut and marks set"))
            field.editingFinished.connect(self._on_typed)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(SMALL)
        whole.addWidget(self.chooser)
        whole.addWidget(self._fields)
        self._other = False

    def show_languages(self, languages: tuple[str, str]) -> None:
        """Show these codes."""
        self._other = self._other or languages not in _USUAL
        key = _OTHER if self._other else "-".join(languages)
        entries = [("-".join(pair), direction_name(*pair), "") for pair in _USUAL]
        self.chooser.set_entries([*entries, (_OTHER, tr("Others…"), "")], key)
        self._fields.setVisible(self._other)
        for field, code in zip((self.source, self.target), languages, strict=True):
            if not field.hasFocus():
                field.setText(code)

    def _on_chosen(self, key: str) -> None:
        self._other = key == _OTHER
        if self._other:
            self._fields.show()
            self.source.setFocus()
            self.source.selectAll()
        else:
            source, target = key.split("-")
            self.chosen.emit(source, target)

    def _on_typed(self) -> None:
        self.chosen.emit(self.source.text(), self.target.text())


class PlanForm(QWidget):
    """The fields in a row that goes on in the next where room is short, and the button Train."""

    def __init__(self, model: ClassroomViewModel, theme: Theme) -> None:
        super().__init__()
        self._model, plan = model, model.plan
        self.languages = LanguageFields(theme)
        self.languages.chosen.connect(plan.set_languages)
        self.name = QLineEdit()
        self.name.setMaxLength(60)
        self.name.setMinimumWidth(theme.px(_NAME))
        self.name.setAccessibleName(tr("Name of the new model"))
        self.name.textEdited.connect(plan.set_name)
        self.name.returnPressed.connect(model.start)
        self.budget = Segments(
            [("minutes", tr("Minutes")), ("epochs", tr("Rounds")), ("steps", tr("Updates"))]
        )
        self.budget.chosen.connect(plan.set_budget)
        self.amount = QLineEdit()
        self.amount.setMaxLength(9)
        self.amount.setFixedWidth(theme.px(_AMOUNT))
        self.amount.textEdited.connect(plan.set_amount)
        self.amount.returnPressed.connect(model.start)
        self.processors = Segments([("half", tr("Half")), ("all", tr("All"))])
        self.processors.setToolTip(
            tr("With half of them two runs learn side by side; with all of them the next one waits")
        )
        self.processors.chosen.connect(lambda key: plan.set_alone(key == "all"))
        self.pins = PinField(plan, theme)
        self.trouble = label(role="error", wrap=True)
        self.remark = label(role="muted", wrap=True)
        self.train = button(tr("Train"), "primary")
        self.train.clicked.connect(self._on_train)
        self._name_caption = label(tr("Name of the new model"), "caption")
        self._lay_out()
        model.changed.connect(self.refresh)
        model.runs.listed.connect(self.refresh)
        self.refresh()

    def _lay_out(self) -> None:
        until = QWidget()
        row = QHBoxLayout(until)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SMALL)
        row.addWidget(self.budget)
        row.addWidget(self.amount)
        captions = (
            (label(tr("Languages"), "caption"), self.languages),
            (self._name_caption, self.name),
            (label(tr("Until"), "caption"), until),
            (label(tr("Processors"), "caption"), self.processors),
        )
        flow = FlowLayout(*(stacked(*pair) for pair in captions))
        flow.setSpacing(LARGE)
        foot = QHBoxLayout()
        foot.setSpacing(SMALL)
        foot.addWidget(self.trouble, 1)
        foot.addWidget(self.remark, 1)
        foot.addWidget(self.train)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SMALL)
        column.addLayout(flow)
        column.addWidget(self.pins)
        column.addLayout(foot)

    def refresh(self) -> None:
        """Show what the view model holds."""
        model, plan = self._model, self._model.plan
        self.languages.show_languages(plan.languages)
        if self.name.text().strip() != plan.name.strip():
            self.name.setText(plan.name)
        wrong = plan.name_problem()  # in the caption's place, so that nothing jumps
        self._name_caption.setText(wrong or tr("Name of the new model"))
        set_role(self._name_caption, "wrong" if wrong else "caption")
        self.budget.set_current(plan.budget)
        self.amount.setAccessibleName(_budget_name(plan.budget))
        if self.amount.text() != plan.amount:
            self.amount.setText(plan.amount)
        self.processors.set_current("all" if plan.alone else "half")
        self.processors.setEnabled(plan.cores > 1)
        trouble = "" if wrong else model.start_problem()
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))
        self.remark.setText(self._remark())
        self.remark.setVisible(not trouble)
        self.train.setEnabled(model.can_start)

    def _remark(self) -> str:
        plan, live = self._model.plan, len(self._model.runs.live)
        if not plan.pairs.paths:
            return tr("Choose a file of pairs.")
        if plan.pairs.choice is None:
            return ""
        pairs = counted(plan.pairs.choice.count, tr("1 pair"), tr("{count} pairs"))
        words = tr("{system}, {pairs}.", system=self._model.system.title, pairs=pairs)
        needed = plan.cores if plan.alone else max(1, plan.cores // 2)
        used = sum(run.plan.threads for run in self._model.runs.live if run.plan)
        if live and used + needed > plan.cores:
            return f"{words} {tr('It waits until a run has ended.')}"
        return words

    def _on_train(self) -> None:
        """Train, with the sentence that was typed but not pinned yet."""
        if self.pins.commit():
            self._model.start()


def _budget_name(budget: str) -> str:
    return {
        "minutes": tr("Minutes to learn"),
        "epochs": tr("Rounds through the pairs"),
        "steps": tr("Updates"),
    }[budget]
