"""What came of a lesson: the sentence before and after, where the model looks now, the rest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from core.events import Validation
from core.translation.result import Translation
from gui.i18n import number, tr
from gui.jobs.background import Background
from gui.jobs.rendering import HeatmapRequest
from gui.pages.teach_steps.marking import marked, rich
from gui.pages.teach_steps.parts import clear, scrolled, signed
from gui.theme import LARGE, MEDIUM, SMALL, TINY, Theme, set_role
from gui.tips import plain_tip
from gui.viewmodels.lesson import LessonViewModel
from gui.viewmodels.lesson_findings import Pair, differing
from gui.widgets.attention_heatmap import AttentionHeatmap
from gui.widgets.heatmap_drawing import HeatmapDrawing
from gui.widgets.label import label

# Standard errors that chance exceeds once in twenty times. The mean change of some 200 sentences is
# all but normal, and the child tells its error; a paired bootstrap, as for BLEU and chrF, which are
# no means of sentences, would need every sentence's change here and say the same.
_ERRORS_AT_95 = 1.96


class LessonResult(QWidget):
    """Words at the left, the change in attention at the right."""

    def __init__(self, model: LessonViewModel, theme: Theme, background: Background) -> None:
        super().__init__()
        self._model, self._theme = model, theme
        self.verdict = label(role="heading", wrap=True)
        self.before, self.after = rich(""), rich("")
        self.general = label(wrap=True)
        self.general.setToolTip(plain_tip(_general_tip()))
        self.others, self.pinned = label(wrap=True), label(wrap=True)
        self.heatmap = AttentionHeatmap(theme)
        HeatmapDrawing(self.heatmap, background, self._of_differences)
        self._shown: Translation | None = None
        self._lay_out()

    def _lay_out(self) -> None:
        inner = QWidget()
        words = QGridLayout(inner)
        words.setContentsMargins(0, 0, MEDIUM, 0)
        words.setHorizontalSpacing(MEDIUM)
        words.setVerticalSpacing(SMALL)
        words.setColumnStretch(1, 1)
        words.addWidget(self.verdict, 0, 0, 1, 2)
        rows = (
            (tr("Before"), self.before),
            (tr("After"), self.after),
            (tr("Everyday sentences"), self.general),
            (tr("Other sentences here"), self.others),
            (tr("Pinned sentences"), self.pinned),
        )
        for row, (caption, value) in enumerate(rows, start=1):
            top = Qt.AlignmentFlag.AlignTop
            words.addWidget(label(caption, "muted"), row, 0, top)
            words.addWidget(value, row, 1, top)
        self._changes = QGridLayout()
        self._changes.setVerticalSpacing(TINY)
        self._changes.setHorizontalSpacing(LARGE)
        for column in range(3):
            self._changes.setColumnStretch(column, 1)
        words.addLayout(self._changes, len(rows) + 1, 0, 1, 2)
        words.setRowStretch(len(rows) + 2, 1)
        maps = QVBoxLayout()
        maps.setSpacing(TINY)
        about = label(tr("Attention on your translation: after less before"), "caption")
        about.setToolTip(tr("Both models read your words (forced alignment)"))
        maps.addWidget(about)
        maps.addWidget(self.heatmap, 1)
        row_ = QHBoxLayout(self)
        row_.setContentsMargins(0, 0, 0, 0)
        row_.setSpacing(LARGE)
        row_.addWidget(scrolled(inner), 1)
        row_.addLayout(maps, 1)

    def refresh(self) -> None:
        """Show what is known so far."""
        model = self._model
        if model.subject is None or model.findings.learnt is None:
            return
        before, after = model.subject.sentence.translation, model.findings.learnt.translation
        colors = self._theme.colors
        self.before.setText(marked(after, before, colors.warning_soft))
        self.after.setText(marked(before, after, colors.accent_soft))
        self.verdict.setText(_verdict(model))
        set_role(self.verdict, "heading" if model.mastered else "error")
        self.general.setText(general_words(model.learning.validations if model.learning else []))
        self._show_others()
        if model.findings.attention is not self._shown:
            self._shown = model.findings.attention
            self.heatmap.show_sentence(model.findings.attention)

    def _show_others(self) -> None:
        found, subject = self._model.findings, self._model.subject
        assert subject is not None
        self.others.setText(how_many(found.others, len(subject.others)))
        self.pinned.setText(how_many(found.pinned, len(subject.pinned)))
        self.pinned.setToolTip(tr("Pin them on the page Teach, under Advanced"))
        clear(self._changes)
        for row, (old, new) in enumerate(found.differing):
            for column, cell in enumerate(self._cells(old, new)):
                self._changes.addWidget(cell, row, column, Qt.AlignmentFlag.AlignTop)

    def _cells(self, old: Translation, new: Translation) -> tuple[QLabel, QLabel, QLabel]:
        colors = self._theme.colors
        return (
            label(old.source, "muted", wrap=True),
            rich(marked(new.translation, old.translation, colors.warning_soft)),
            rich(marked(old.translation, new.translation, colors.accent_soft)),
        )

    def _of_differences(self, request: HeatmapRequest) -> HeatmapRequest:
        return replace(request, color_map=self._theme.differences, signed=True)


def _verdict(model: LessonViewModel) -> str:
    if model.forgot:
        return tr("Nothing was learnt: everyday sentences would have become worse.")
    if model.mastered:
        return tr("Learnt: it says what you wrote.")
    if not model.worth_repeating:
        return tr("Not learnt, strongly as it was taught: it does not say what you wrote.")
    if model.unchanged:
        return tr("Nothing was learnt: it came no nearer to your words. Teach it more strongly.")
    return tr("Not learnt yet: it does not say what you wrote. Teach it again, more strongly.")


def how_many(pairs: Sequence[Pair], total: int) -> str:
    """How many of ``total`` sentences changed, of which ``pairs`` are known before and after."""
    if not total:
        return tr("There are none.")
    if not pairs:
        return tr("Looking…")
    count = number(len(differing(pairs)))
    return tr("{changed} of {count} changed", changed=count, count=number(total))


def general_words(validations: list[Validation]) -> str:
    """How everyday sentences fared, from the first look to the last."""
    looks = [v for v in validations if v.general_loss is not None]
    if len(looks) < 2 or looks[-1].general_change is None or looks[-1].general_error is None:
        return "–"
    first, last = looks[0].general_loss, looks[-1].general_loss
    change, error = looks[-1].general_change, looks[-1].general_error
    assert first is not None and last is not None
    verdicts: dict[bool | None, Callable[[], str]] = {
        None: lambda: tr("may be chance"),
        True: lambda: tr("a little better"),
        False: lambda: tr("a little worse"),
    }
    sure = None if abs(change) <= _ERRORS_AT_95 * error else change > 0
    return tr(
        "loss {before} → {after} (less is better), change {change} ± {error}: {verdict}",
        before=number(first, 2),
        after=number(last, 2),
        change=signed(-change, 3),  # the child tells of log-probability: less loss, more of that
        error=number(_ERRORS_AT_95 * error, 3),
        verdict=verdicts[sure](),
    )


def _general_tip() -> str:
    return tr(
        "Cross-entropy of a piece of a word in sentences that come with Attune, in nats (less is "
        "better), and its mean change with its 95 % interval."
    )
