"""Mends times whose half of the day an output gets wrong, or leaves out."""

from __future__ import annotations

from core.text.clock import find_clocks, find_spoken, tells, write_clock
from core.text.languages import CHINESE, ENGLISH
from core.translation.faults import Source
from core.translation.outputs import Output
from core.translation.splicing import attention_to, columns_of, own_text, replaced


def mend_clocks(output: Output, source: Source, language: str) -> Output:
    """The Chinese ``output`` with the times of its English source (*9 p.m.* is no 凌晨9点)."""
    if (source.language, language) != (ENGLISH, CHINESE):
        return output
    for clock in find_clocks(source.said):
        columns = columns_of(source, clock.start, clock.end)
        text = own_text(output)
        alike = [one for one in find_spoken(text) if one.hour % 12 == clock.hour % 12]
        if not columns or not alike or any(tells(one, clock, text) for one in alike):
            continue
        looks = [attention_to(output, one.start, one.end, columns) for one in alike]
        place = alike[looks.index(max(looks))]
        span = place.start, place.end
        output = replaced(output, source, language, span, write_clock(clock), columns)
    return output
