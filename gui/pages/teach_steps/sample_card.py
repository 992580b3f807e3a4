"""A sentence the model is judged by, and how its translation changes while it learns."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.events import Sample
from gui.i18n import number, tr
from gui.pages.teach_steps.parts import label, scrolled
from gui.theme import LARGE, MEDIUM, SMALL, TINY, Theme, set_role


class SampleCard(QFrame):
    """One sentence at a time, mostly a held-out one; a slider goes back in time."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        set_role(self, "card")
        self._samples: dict[str, list[Sample]] = {}
        self._at = 0
        self.count = label(role="caption")
        self.source = label(role="heading", wrap=True)
        self.reference = label(wrap=True)
        self.translation = label(role="heading", wrap=True)
        self.when = label(role="caption")
        self.empty = label(role="muted", wrap=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for text in (self.source, self.reference, self.translation):
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName(tr("Translation at an earlier step"))
        self.slider.setPageStep(1)
        self.slider.valueChanged.connect(self._show_translation)
        self._lay_out(theme)
        self.show_samples({})

    def _lay_out(self, theme: Theme) -> None:
        self.before, self.after = QToolButton(), QToolButton()
        self.before.setAccessibleName(tr("Sentence before"))
        self.after.setAccessibleName(tr("Next sentence"))
        for push, way, sign in ((self.before, -1, "‹"), (self.after, 1, "›")):
            push.setText(sign)
            set_role(push, "turn")
            push.setFixedSize(theme.px(26), theme.px(22))
            push.clicked.connect(partial(self._turn, way))
        self._scroll = scrolled(self._body())
        column = QVBoxLayout(self)
        column.setContentsMargins(LARGE, MEDIUM, LARGE, LARGE)
        column.setSpacing(SMALL)
        column.addLayout(self._head(theme))
        column.addWidget(self.empty, 1)
        column.addWidget(self._scroll, 1)
        column.addWidget(self.slider)

    def _head(self, theme: Theme) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(TINY)
        self.title = label(role="caption")
        self.title.setMinimumHeight(theme.px(22))
        self.set_taught(False)
        head.addWidget(self.title, 1)
        head.addWidget(self.count)
        head.addWidget(self.before)
        head.addWidget(self.after)
        return head

    def set_taught(self, taught: bool) -> None:
        """Say whether the sentences are among those that are learnt."""
        if taught:
            self.title.setText(tr("A sentence it learns"))
            self.title.setToolTip(tr("The pairs are too few to keep some aside"))
            self.empty.setText(tr("A sentence that it learns appears here."))
        else:
            self.title.setText(tr("A sentence it never learns"))
            tip = tr("One of the held-out pairs: kept aside to see whether it improves")
            self.title.setToolTip(tip)
            self.empty.setText(tr("A sentence that it never learns appears here."))

    def _body(self) -> QWidget:
        inner = QWidget()
        body = QVBoxLayout(inner)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(TINY)
        body.addWidget(self.source)
        body.addSpacing(MEDIUM)
        body.addWidget(self.when)
        body.addWidget(self.translation)
        body.addSpacing(MEDIUM)
        body.addWidget(label(tr("As the file has it"), "caption"))
        body.addWidget(self.reference)
        body.addStretch()
        return inner

    def show_samples(self, samples: dict[str, list[Sample]]) -> None:
        """Show ``samples`` (by source, oldest first); the slider stays where the user left it."""
        if len(samples) <= self._at:
            self._at = 0
        self._samples = samples
        some = bool(samples)
        self.empty.setVisible(not some)
        self._scroll.setVisible(some)
        several = len(samples) > 1
        for part in (self.count, self.before, self.after):
            part.setVisible(several)
        self.count.setText(
            tr("{at} of {count}", at=number(self._at + 1), count=number(len(samples)))
        )
        history = self._history()
        at_end = self.slider.value() == self.slider.maximum()
        self.slider.setMaximum(max(0, len(history) - 1))
        if at_end:
            self.slider.setValue(self.slider.maximum())
        self.slider.setVisible(len(history) > 1)
        self._show_translation()

    def _history(self) -> list[Sample]:
        return list(self._samples.values())[self._at] if self._samples else []

    def _turn(self, way: int) -> None:
        self._at = (self._at + way) % max(1, len(self._samples))
        self.slider.setMaximum(max(0, len(self._history()) - 1))
        self.slider.setValue(self.slider.maximum())
        self.show_samples(self._samples)

    def _show_translation(self) -> None:
        history = self._history()
        if not history:
            return
        at = min(self.slider.value(), len(history) - 1)
        sample = history[at]
        self.source.setText(sample.source)
        self.reference.setText(sample.reference)
        self.translation.setText(sample.translation or "–")
        if sample.step == 0:
            self.when.setText(tr("Before learning"))
        elif at == len(history) - 1:
            self.when.setText(tr("Now, at step {step}", step=number(sample.step)))
        else:
            self.when.setText(tr("At step {step}", step=number(sample.step)))
