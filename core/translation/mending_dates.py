"""Puts the day of a month that an output lacks beside its month, or both where it has neither."""

from __future__ import annotations

import re

from core.text.dates import find_month, month_of, write_day
from core.text.languages import CHINESE, ENGLISH
from core.text.numbers import Number
from core.translation.faults import Source
from core.translation.outputs import Output
from core.translation.splicing import columns_of, inserted, replaced

_YEAR = re.compile(r"\s[12][0-9]{3}\b")


def with_day(output: Output, source: Source, number: Number, language: str) -> Output | None:
    """``output`` with the day that ``number`` of its source is; nothing if it is none.

    A bare 16 between two words would be a riddle.
    """
    if (source.language, language) not in ((CHINESE, ENGLISH), (ENGLISH, CHINESE)):
        return None
    month = month_of(source.said, number.start, number.end, source.language)
    if month is None:
        return None
    columns = columns_of(source, number.start, number.end)
    text = write_day(month, int(source.said[number.start : number.end]), language)
    shown = output.joined.text
    place = find_month(shown, month, language)
    if place is None:
        text = text if language == CHINESE else f"on {text}"
        return inserted(output, source, language, text, columns)
    if language == ENGLISH and _YEAR.match(shown, place[1]):
        text += ","
    return replaced(output, source, language, place, text, columns)
