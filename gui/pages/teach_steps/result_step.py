"""Step 4: what became better, and what to do with the new model."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from core.events import Sample
from gui.i18n import counted, joined, number, tr
from gui.pages.teach_steps.changes_card import ChangesCard
from gui.pages.teach_steps.comparison_card import ComparisonCard
from gui.pages.teach_steps.marking import marked, rich
from gui.pages.teach_steps.parts import Scores, button, card, centred, clear, scrolled
from gui.theme import HUGE, LARGE, MEDIUM, SMALL, Theme, set_role
from gui.tips import plain_tip
from gui.viewmodels.learning import Learning
from gui.viewmodels.run_words import duration
from gui.viewmodels.teach import TeachViewModel
from gui.widgets.label import label


class ResultStep(QWidget):
    """Scores before and after, sentences before and after, translate with it, teach again."""

    translate_with = Signal(str)
    compare_asked = Signal(str, str)  # the new model, on this sentence

    def __init__(self, model: TeachViewModel, theme: Theme) -> None:
        super().__init__()
        self._model = model
        self._theme = theme
        self.heading = label(role="title", wrap=True)
        self.remark = label(role="muted", wrap=True)
        captions = {"loss": tr("Held-out loss"), "bleu": "BLEU", "chrf": "chrF"}
        self.scores = Scores(captions, role="score", gap=2 * HUGE)
        self.use = button(tr("Translate with it"), "primary")
        self.use.clicked.connect(self._on_use)
        self.again = button(tr("Teach again"))
        self.again.setToolTip(tr("The same file again, for another while or on another model"))
        self.again.clicked.connect(model.again)
        self.comparison = ComparisonCard()
        self.changes = ChangesCard(theme)
        self.changes.compare_asked.connect(self._on_compare)
        self._sentences = QGridLayout()
        self._shown: tuple[object, ...] = ()
        self._lay_out()
        self.setFocusProxy(self.use)
        theme.changed.connect(self.refresh)

    def _lay_out(self) -> None:
        self._sentences.setHorizontalSpacing(LARGE)
        self._sentences.setVerticalSpacing(MEDIUM)
        for share in range(3):
            self._sentences.setColumnStretch(share, 1)
        self._sentence_card = QFrame()
        set_role(self._sentence_card, "card")
        self._sentence_card.setLayout(self._sentences)
        self._sentences.setContentsMargins(LARGE, LARGE, LARGE, LARGE)
        scores = QVBoxLayout()
        scores.addWidget(self.scores)
        buttons = QHBoxLayout()
        buttons.setSpacing(SMALL)
        buttons.addStretch()
        buttons.addWidget(self.again)
        buttons.addWidget(self.use)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addSpacing(SMALL // 2)
        column.addWidget(self.remark)
        column.addSpacing(LARGE)
        column.addWidget(card(scores))
        column.addSpacing(MEDIUM)
        for part in (self.comparison, self.changes, self._sentence_card):
            column.addWidget(part)
            column.addSpacing(MEDIUM)
        column.addStretch(1)
        row = centred(column, self._theme.px(960))
        row.setContentsMargins(0, 0, 0, 0)
        inner = QWidget()
        inner.setLayout(row)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(MEDIUM)
        outer.addWidget(scrolled(inner), 1)
        outer.addLayout(buttons)  # in sight, however far the sentences reach

    def refresh(self) -> None:
        """Show the run that was kept."""
        run = self._model.learning
        shown = (run, self._theme.dark, self._theme.scale)
        if run is None or run.finished is None or shown == self._shown:
            return
        self._shown = shown
        kept = run.finished
        self.heading.setText(tr("{name} is ready", name=kept.model))
        self.remark.setText(_remark(run))
        self.scores.set(
            "loss",
            _change(kept.loss_before, kept.loss_after, 2),
            tr("Cross-entropy per piece of a word. Lower is better."),
        )
        taught = tr("Loss on the taught pairs") if run.all_taught else tr("Held-out loss")
        self.scores.set_caption("loss", taught)
        before, best = run.before, run.best
        for key in ("bleu", "chrf"):
            old = getattr(before, key, None)
            new = getattr(best, key, None)
            words = "" if old is None or new is None else _change(old, new, 1)
            words = "" if run.compared else words  # the table below tells more
            tip = tr("Likeness to the file's own translations. Higher is better.")
            self.scores.set(key, words, tip)
        self.comparison.show_compared(run.compared)
        self.changes.show_changes(run.changes)
        self._show_sentences(run)

    def _show_sentences(self, run: Learning) -> None:
        clear(self._sentences)
        pairs = [history for history in run.samples.values() if history]
        self._sentence_card.setVisible(bool(pairs) and not run.changes)
        for column, words in enumerate((tr("Sentence"), tr("Before"), tr("After"))):
            self._sentences.addWidget(label(words, "caption"), 0, column)
        for row, history in enumerate(pairs, start=1):
            first, last = history[0], _at_best(run, history)
            color = self._theme.colors.accent_soft
            cells = (
                label(first.source, wrap=True),
                label(first.translation or "–", "muted", wrap=True),
                rich(marked(first.translation, last.translation, color)),
            )
            for column, cell in enumerate(cells):
                top = Qt.AlignmentFlag.AlignTop
                self._sentences.addWidget(cell, row, column, top)
            if not first.pinned:
                told = tr("The file has: {text}", text=first.reference)
                cells[2].setToolTip(plain_tip(told))

    def _on_compare(self, sentence: str) -> None:
        run = self._model.learning
        if run is not None and run.finished is not None:
            self.compare_asked.emit(run.finished.model, sentence)

    def _on_use(self) -> None:
        run = self._model.learning
        if run is not None and run.finished is not None:
            self.translate_with.emit(run.finished.model)


def _remark(run: Learning) -> str:
    kept = run.finished
    if kept is None:
        return ""
    words = tr(
        "Learnt from {base} in {time}, {steps}; kept as it was at step {best}.",
        base=run.base,
        time=duration(kept.seconds),
        steps=counted(kept.steps, tr("1 step"), tr("{count} steps")),
        best=number(kept.best_step),
    )
    judged = ""
    if run.all_taught:
        judged = tr("There were too few pairs to keep some aside to test on.")
    elif kept.loss_after >= kept.loss_before:
        judged = tr("It did not become better on sentences it had not seen.")
    return joined(words, judged, _why_it_ended(kept.ended_by))


def _why_it_ended(code: str) -> str:
    """In one sentence why a run ended before its time; empty where it did not."""
    return {
        "forgetting": tr("It ended early, for everyday sentences had become clearly worse."),
        "vain": tr("It ended early, for going on brought nothing better."),
        "divergence": tr("It ended early, for learning had got out of hand."),
    }.get(code, "")


def _change(old: float, new: float, decimals: int) -> str:
    return f"{number(old, decimals)} → {number(new, decimals)}"


def _at_best(run: Learning, history: list[Sample]) -> Sample:
    """The sample of the step that was kept; the last one where there is none."""
    best = run.finished.best_step if run.finished else 0
    return next((sample for sample in history if sample.step == best), history[-1])
