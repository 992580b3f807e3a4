"""What may be wrong in the translation that is shown: how sure each word is, and the alarms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import partial

from PySide6.QtCore import QObject, Signal

from core.cancel import CancelToken
from core.translation.result import Alarm, Translation
from gui.errors import Failure
from gui.i18n import tr
from gui.jobs.translation import TranslationThread
from gui.jobs.translation_engine import Engine
from gui.settings import Settings
from gui.viewmodels.alarm_words import alarm_marks, alarms_at, places, reason
from gui.viewmodels.links import Marks, Side, Spot
from gui.viewmodels.marks import place_of, start_of
from gui.viewmodels.sureness import sureness_marks, sureness_tip
from gui.viewmodels.translate import TranslateViewModel

_KEY = "against an alarm"


class Phase(Enum):
    """What became of the alarm that is shown."""

    FOUND = auto()
    TRYING = auto()  # the sentence is decoded again against it
    GONE = auto()  # and has it no more
    STILL = auto()  # nothing better was found
    FAILED = auto()


@dataclass(frozen=True, slots=True)
class Notice:
    """The alarm that is shown: its sentence, itself (none once it is gone), what became of it."""

    sentence: Translation
    alarm: Alarm | None
    phase: Phase
    failure: Failure | None = None

    @property
    def words(self) -> str:
        """What to say of it."""
        why = "" if self.alarm is None else reason(self.alarm)
        match self.phase:
            case Phase.TRYING:
                return tr("{reason} Trying again…", reason=why)
            case Phase.GONE:
                return tr("Translated again, without that fault.")
            case Phase.STILL:
                return tr("{reason} Nothing better was found: check it yourself.", reason=why)
            case Phase.FAILED:
                return self.failure.sentence if self.failure else why
        return why


class Findings(QObject):
    """Marks and tips of words and alarms, and trying again; lives in the UI thread.

    Signals:
        changed(): :meth:`with_marks` adds others.
        notice_changed(): :attr:`notice` or :attr:`count` does.
        bettered(Translation, Translation): the second is to stand in the place of the first.

    Attributes:
        notice: the alarm to speak of: of the sentence that is looked into; ``None`` for silence.
    """

    changed = Signal()
    notice_changed = Signal()
    bettered = Signal(object, object)

    def __init__(
        self,
        model: TranslateViewModel,
        thread: TranslationThread,
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._model, self._thread, self._settings = model, thread, settings
        self._marks: dict[Side, Marks] = dict.fromkeys(Side, ())
        self._number = 0
        self._passed: Translation | None = None  # the user wants to hear no more of it
        self.notice: Notice | None = None
        thread.answered.connect(self._on_answered)
        thread.refused.connect(self._on_refused)
        model.highlight.refreshed.connect(self._on_segments)
        model.highlight.sentence_changed.connect(self._choose)
        settings.show_sureness.changed.connect(self._on_segments)

    # -- what is to be seen ---------------------------------------------------------------

    def with_marks(self, side: Side, lit: Marks) -> Marks:
        """The marks of a pane, given those of what is ``lit``: a lit word is not shaded."""
        words = {(mark.start, mark.end) for mark in lit if mark.kind in ("link", "word")}
        own = [
            mark
            for mark in self._marks[side]
            if mark.kind != "unsure" or (mark.start, mark.end) not in words
        ]
        behind = sum(mark.kind == "sentence" for mark in lit)  # they come first
        return (*lit[:behind], *own, *lit[behind:])

    def tip(self, side: Side, offset: int) -> str:
        """What a tool tip says of a character of a pane."""
        segments, highlight = self._model.segments, self._model.highlight
        lines = [reason(alarm) for _, alarm in self._at(side, offset)]
        if self._settings.show_sureness.value:
            lines.append(sureness_tip(segments, highlight.word_at(side, offset)))
        return "\n".join(filter(None, lines))

    def _at(self, side: Side, offset: int) -> list[tuple[Translation, Alarm]]:
        """The alarms at a character of a pane, with their sentence."""
        segments = self._model.segments
        index = segments.at_source(offset) if side is Side.SOURCE else segments.at_output(offset)
        if index is None or segments[index].stale:
            return []
        found = segments[index].translation
        return [(found, alarm) for alarm in alarms_at(segments, side, index, offset)]

    def remarks(self, lit: Sequence[Spot]) -> str:
        """What is to be heard of one lit word: as its tool tip, in one line."""
        if len(lit) != 1:
            return ""
        offset, _ = place_of(self._model.segments, lit[0])
        return ", ".join(self.tip(lit[0].side, offset).splitlines())

    @property
    def count(self) -> int:
        """How many alarms there are."""
        return len(self._all())

    def _all(self) -> list[tuple[int, Alarm]]:
        """All alarms with the sentences they are of."""
        segments = self._model.segments
        return [
            (index, alarm)
            for index in range(len(segments))
            if not segments[index].stale
            for alarm in segments[index].translation.alarms
        ]

    def _on_segments(self) -> None:
        segments = self._model.segments
        shades = tuple(sureness_marks(segments)) if self._settings.show_sureness.value else ()
        self._marks = {side: tuple(alarm_marks(segments, side)) for side in Side}
        self._marks[Side.TARGET] = shades + self._marks[Side.TARGET]
        self.changed.emit()
        self._choose()
        self.notice_changed.emit()

    def _choose(self) -> None:
        """Speak of the sentence that is looked into."""
        index = self._model.highlight.inside
        segment = None if index is None else self._model.segments[index]
        if segment is None or segment.stale or segment.translation is self._passed:
            self._say(None)
            return
        found = segment.translation
        if self.notice is not None and self.notice.sentence is found:
            return
        alarms = found.alarms
        self._say(Notice(found, alarms[0], Phase.FOUND) if alarms else None)

    def _say(self, notice: Notice | None) -> None:
        if notice != self.notice:
            self.notice = notice
            self.notice_changed.emit()

    # -- what the user does ---------------------------------------------------------------

    def step(self) -> tuple[Side, int] | None:
        """Speak of the next alarm; pane and character where it is."""
        found = self._all()
        if not found:
            return None
        segments = self._model.segments
        current = self.notice
        here = [
            i
            for i, (index, alarm) in enumerate(found)
            if current is not None
            and segments[index].translation is current.sentence
            and alarm is current.alarm
        ]
        index, alarm = found[(here[0] + 1) % len(found) if here else 0]
        self._passed = None
        self._say(Notice(segments[index].translation, alarm, Phase.FOUND))
        side = Side.TARGET if alarm.target else Side.SOURCE
        return side, start_of(segments, side, index) + places(alarm, side)[0][0]

    def look(self, side: Side, offset: int) -> None:
        """Speak of the alarm at a character of a pane, if there is one."""
        for sentence, alarm in self._at(side, offset)[:1]:
            self._passed = None
            if self.notice is None or self.notice.alarm is not alarm:
                self._say(Notice(sentence, alarm, Phase.FOUND))

    def dismiss(self) -> None:
        """Hear no more of this sentence until it is translated otherwise."""
        self._passed = self.notice.sentence if self.notice else None
        self._say(None)

    def try_again(self) -> None:
        """Decode the sentence again against its alarm."""
        notice, card = self.notice, self._model.models.current
        if notice is None or notice.alarm is None or card is None or not self.can_try:
            return
        ask = partial(_ask, notice.sentence, notice.alarm, self._settings.beam.value)
        self._say(Notice(notice.sentence, notice.alarm, Phase.TRYING))
        self._number = self._thread.ask(_KEY, card.path, ask)

    @property
    def can_try(self) -> bool:
        """Whether there is an alarm that was not tried against."""
        found = self.notice
        return found is not None and found.phase in (Phase.FOUND, Phase.FAILED)

    # -- what the thread says -------------------------------------------------------------

    def _on_answered(self, number: int, answer: object) -> None:
        notice = self.notice
        if not isinstance(answer, Tried) or number != self._number or notice is None:
            return
        if answer.after is None:
            self._say(Notice(notice.sentence, notice.alarm, Phase.STILL))
            return
        if self._model.segments.find(notice.sentence) is not None:
            self.notice = Notice(answer.after, None, Phase.GONE)
            self.bettered.emit(notice.sentence, answer.after)
            self.notice_changed.emit()

    def _on_refused(self, number: int, failure: Failure) -> None:
        notice = self.notice
        if number == self._number and notice is not None and notice.phase is Phase.TRYING:
            self._say(Notice(notice.sentence, notice.alarm, Phase.FAILED, failure))


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of trying again: another translation, or none."""

    after: Translation | None


def _ask(
    before: Translation, alarm: Alarm, beam: int, engine: Engine, cancel: CancelToken
) -> Tried:
    """Asked in the thread of the translator."""
    return Tried(engine.try_again(before, alarm, beam, cancel))
