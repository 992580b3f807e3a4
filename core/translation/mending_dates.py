"""Mends dates that an output gets wrong, or loses: 8月12日 is no December 12."""

from __future__ import annotations

import re

from core.text.dates import Date, find_dates, lone_days, lone_months, write_date
from core.text.languages import CHINESE, ENGLISH
from core.text.numbers import Value, find_numbers
from core.text.numerals import MONTHS
from core.translation.adverbs import put_before
from core.translation.faults import Source
from core.translation.outputs import Output
from core.translation.splicing import LOOKS, attention_to, columns_of, own_text, replaced

_YEAR = re.compile(r" [12][0-9]{3}\b")
_SECOND_MONTH = re.compile(
    rf",? (?:{'|'.join(MONTHS)})(?= [12][0-9]{{3}}\b)", re.IGNORECASE
)  # as in December 12, August 2016


def mend_dates(output: Output, source: Source, language: str) -> Output:
    """``output`` with the days of its source's months.

    A wrong date, or a day or month alone, that looks at the right one becomes it. One of which
    neither month nor day is left is put before its clause.
    """
    if (source.language, language) not in ((CHINESE, ENGLISH), (ENGLISH, CHINESE)):
        return output
    for date in source.dates:
        columns = columns_of(source, date.start, date.end)
        shown = find_dates(output.joined.text, language)
        if not columns or date.when in [one.when for one in shown]:
            continue
        place = _wrong(output, source, date, columns, language)
        text = own_text(output)
        if place is not None:
            start, end = place
            written = write_date(date, language, text[start:end])
            if language == ENGLISH and (second := _SECOND_MONTH.match(text, end)):
                end = second.end()
            if _YEAR.match(text, end) and not written[0].isdigit():
                written += ","
            output = replaced(output, source, language, (start, end), written, columns)
        elif date.day not in _numbers(output.joined.text, language):
            written = write_date(date, language)
            written = written if language == CHINESE else f"on {written}"
            output = put_before(output, source, language, written, columns)
    return output


def _wrong(
    output: Output, source: Source, date: Date, columns: list[int], language: str
) -> tuple[int, int] | None:
    """Where ``date`` should stand: at a wrong date, or a day or month alone, that looks at it."""
    text, known = own_text(output), {one.when for one in source.dates}
    dates = [one for one in find_dates(text, language) if one.when not in known]
    places = [(one.start, one.end) for one in dates]
    if date.month not in _numbers(text, language):
        places += lone_days(text, date.day, language)
    if date.day not in _numbers(text, language):
        places += lone_months(text, language)
    looks = [attention_to(output, *place, columns) for place in places]
    best = max(range(len(places)), key=looks.__getitem__, default=None)
    return None if best is None or looks[best] < LOOKS else places[best]


def _numbers(text: str, language: str) -> frozenset[Value]:
    """The numbers in ``text``, months among them."""
    return frozenset(v for number in find_numbers(text, language) for v in number.values)
