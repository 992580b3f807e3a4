"""The view "True?": attention beside erasure and input gradient for the chosen word."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from core.insight.agreement import Evidence, Verdict
from core.translation.result import Translation
from gui.i18n import tr
from gui.theme import MEDIUM, SMALL, TINY, Theme, set_role
from gui.tips import plain_tip
from gui.viewmodels.truth import TruthViewModel
from gui.widgets.banner import ErrorPane
from gui.widgets.evidence_bars import BarRow, EvidenceBars
from gui.widgets.inside import InsideView
from gui.widgets.label import label

_PATIENCE = 90  # milliseconds before it says that it asks: no flicker where the answer comes sooner
WEAK = 0.1  # nats: a word that loses less than this by every erasure needs none of them


class TruthView(InsideView):
    """A badge and a sentence, below them three rows of bars over the source words.

    Attributes:
        model: what is asked and answered.

    Signals:
        stepped(int): the user asks for the next (1) or the previous (-1) translated word.
    """

    key = "truth"
    stepped = Signal(int)

    def __init__(self, model: TruthViewModel, theme: Theme, parent: QWidget | None = None) -> None:
        about = tr("Whether attention names the words that the model really needed")
        super().__init__(tr("True?"), about, parent)
        self.model = model
        self.badge, self.sentence = label(), label(wrap=True)
        for each in (self.badge, self.sentence):
            each.setToolTip(plain_tip(_papers()))
        self.bars = EvidenceBars(theme)
        self.bars.stepped.connect(self.stepped)
        self.bars.setToolTip(plain_tip(_papers()))
        self.error = ErrorPane(theme)
        self.error.acted.connect(model.retry)
        self._asking = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._asking.timeout.connect(self._say)
        self._lay_out()
        model.changed.connect(self._refresh)
        self._refresh()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(MEDIUM)
        head.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.sentence, 1)
        shown = QWidget()
        column = QVBoxLayout(shown)
        column.setContentsMargins(TINY, TINY, 0, 0)
        column.setSpacing(SMALL)
        column.addLayout(head)
        column.addWidget(self.bars, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(shown)
        self._stack.addWidget(self.error)
        self._stack.addWidget(_hint())
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)

    # -- who looks ------------------------------------------------------------------------

    def show_sentence(self, sentence: Translation | None) -> None:
        """The view model follows what is looked at by itself, word by word."""

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to ask."""
        super().showEvent(event)
        self.model.watch(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Ask no more, and let the model go."""
        super().hideEvent(event)
        self.model.watch(False)

    # -- what is shown --------------------------------------------------------------------

    def _refresh(self) -> None:
        model = self.model
        self._stack.setCurrentIndex(1 if model.failure else 2 if model.word is None else 0)
        if model.failure is not None:
            self.error.show_failure(model.failure, tr("Try again"))
        if model.answered or model.word is None:
            self._asking.stop()
            self._say()
        else:
            self._asking.start()
        self._show_bars()

    def _show_bars(self) -> None:
        model, evidence = self.model, self.model.evidence
        if model.sentence is None or model.word is None:
            self.bars.show_rows((), ())
            return
        attention = model.sentence.alignment[model.word] if model.sentence.alignment else ()
        self.bars.show_rows(
            [word.text for word in model.sentence.source_words],
            [
                BarRow(tr("Attention"), "accent_text", attention),
                BarRow(tr("Erasure"), "evidence", evidence.erasure.weights if evidence else ()),
                BarRow(tr("Gradient"), "evidence", evidence.gradient.weights if evidence else ()),
            ],
        )

    def _say(self) -> None:
        model = self.model
        badge = tone = said = ""
        if model.sentence is not None and model.word is not None:
            target = model.sentence.target_words[model.word].text
            if not model.answered:
                said = tr("Asking the model about “{word}”…", word=target)
            elif model.evidence is None:
                said = tr(
                    "“{word}” was copied, not translated: there is nothing to ask.", word=target
                )
            else:
                badge, tone = _badge(model.evidence)
                said = verdict_words(model.sentence, model.evidence)
        self.badge.setText(badge)
        self.badge.setVisible(bool(badge))
        self.badge.setProperty("tone", tone)
        set_role(self.badge, "badge")
        self.sentence.setText(said)
        self.bars.canvas.setAccessibleName(said or tr("Evidence for the chosen word"))


def _hint() -> QLabel:
    """What stands there where no word can be asked about."""
    words = tr("Translate a sentence and put the caret into it to look inside.")
    hint = label(words, "muted", wrap=True)
    hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return hint


def _badge(evidence: Evidence) -> tuple[str, str]:
    """What the badge says, and its tone; nothing where there is nothing to judge."""
    if evidence.verdict is Verdict.AGREES:
        return tr("They agree"), "info"
    if evidence.verdict is Verdict.DOUBTFUL:
        return tr("Doubtful"), "warning"
    if evidence.verdict is Verdict.DISAGREES:
        return tr("They disagree"), "error"
    return "", ""


def verdict_words(sentence: Translation, evidence: Evidence) -> str:
    """What the verdict means, in plain words."""
    target = sentence.target_words[evidence.word].text
    words = [word.text for word in sentence.source_words]
    if evidence.verdict is None:
        return tr("There is one source word only: nothing to compare for “{word}”.", word=target)
    looked = words[_most(evidence.attention)]
    tops = (words[_most(each.weights)] for each in (evidence.erasure, evidence.gradient))
    needed = next((word for word in tops if word != looked), None)
    if evidence.verdict is Verdict.AGREES:
        return tr(
            "Attention looks at “{source}”, and the model needed it for “{word}”.",
            source=looked,
            word=target,
        )
    if evidence.drop < WEAK:
        return tr(
            "The model needed no single word for “{word}”: what stands before it was enough. "
            "Do not read its attention as a reason.",
            word=target,
        )
    if evidence.verdict is Verdict.DOUBTFUL or needed is None:
        return tr(
            "Attention looks at “{source}”; the evidence for “{word}” is divided: "
            "take its links as a hint.",
            source=looked,
            word=target,
        )
    return tr(
        "Attention looks at “{source}”, but the model needed “{needed}” more for “{word}”: do not "
        "read its attention as a reason.",
        source=looked,
        needed=needed,
        word=target,
    )


def _most(weights: tuple[float, ...]) -> int:
    return max(range(len(weights)), key=weights.__getitem__)


def _papers() -> str:
    return tr(
        "Attention is a weight inside the model and need not be the reason for a word (Jain & "
        "Wallace 2019, “Attention is not Explanation”).\n"
        "Erasure: how much less likely the word becomes when one source word is left out (Li et "
        "al. 2016).\n"
        "Gradient: how strongly its probability hangs on each source word, gradient times input "
        "(Ding et al. 2019).\n"
        "Both are computed in fp32 for the word, given all that stands before it."
    )
