"""Alarms as marks, and in words. No Qt here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from core.translation.result import Alarm, AlarmKind
from gui.i18n import tr
from gui.viewmodels.links import Mark, Side
from gui.viewmodels.marks import start_of
from gui.viewmodels.segments import SegmentList

_Exact = Literal[AlarmKind.NUMBER, AlarmKind.WEEKDAY, AlarmKind.NAME]
_MOST = 40  # characters of what an alarm is about


def places(alarm: Alarm, side: Side) -> tuple[tuple[int, int], ...]:
    """Where ``alarm`` is, in the sentence's text of ``side``."""
    return alarm.source if side is Side.SOURCE else alarm.target


def alarm_marks(segments: SegmentList, side: Side) -> Iterator[Mark]:
    """The stretches to underline, in sentences that are not stale."""
    for index in range(len(segments)):
        segment = segments[index]
        if not segment.stale and segment.translation.alarms:
            start = start_of(segments, side, index)
            for alarm in segment.translation.alarms:
                for begin, end in places(alarm, side):
                    yield Mark("alarm", start + begin, start + end)


def alarms_at(segments: SegmentList, side: Side, index: int, offset: int) -> Iterator[Alarm]:
    """The alarms of sentence ``index`` at character ``offset`` of a pane."""
    inside = offset - start_of(segments, side, index)
    for alarm in segments[index].translation.alarms:
        if any(begin <= inside < end for begin, end in places(alarm, side)):
            yield alarm


def reason(alarm: Alarm) -> str:
    """What may be wrong, as a sentence."""
    text = _short(alarm.text)
    match alarm.kind:
        case AlarmKind.UNTRANSLATED:
            return tr("Nothing seems to translate “{text}”.", text=text)
        case AlarmKind.LOOP:
            return tr("“{text}” is said again, though the source says it once.", text=text)
        case AlarmKind.RUNAWAY:
            return tr("The translation is far longer than its source lets one expect.")
        case AlarmKind.TRUNCATED:
            return tr(
                "The translation seems to stop before the end: “{text}” is missing.", text=text
            )
        case AlarmKind.NEGATION:
            return tr("The source says “{text}”, but the translation denies nothing.", text=text)
        case AlarmKind.GUESSED:
            return tr("The model is only guessing here: “{text}”.", text=text)
        case AlarmKind.NUMBER | AlarmKind.WEEKDAY | AlarmKind.NAME as kind:
            return _lost(kind, text) if alarm.source else _made_up(kind, text)


def _lost(kind: _Exact, text: str) -> str:
    match kind:
        case AlarmKind.NUMBER:
            return tr("The number {text} is not in the translation.", text=text)
        case AlarmKind.WEEKDAY:
            return tr("The day “{text}” is not in the translation.", text=text)
        case AlarmKind.NAME:
            return tr("The name “{text}” is not in the translation.", text=text)


def _made_up(kind: _Exact, text: str) -> str:
    match kind:
        case AlarmKind.NUMBER:
            return tr("The source does not know the number {text}.", text=text)
        case AlarmKind.WEEKDAY:
            return tr("The source does not know the day “{text}”.", text=text)
        case AlarmKind.NAME:
            return tr("The source does not know the name “{text}”.", text=text)


def _short(text: str) -> str:
    """``text``, its middle left out where it is long."""
    if len(text) <= _MOST:
        return text
    half = _MOST // 2 - 1
    return f"{text[:half].rstrip()} … {text[-half:].lstrip()}"
