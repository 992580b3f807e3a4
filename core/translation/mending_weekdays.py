"""Mends days of the week that no hypothesis names."""

from __future__ import annotations

from core.text.weekdays import find_weekdays, unnamed, write_adverb, write_weekday
from core.translation.adverbs import put_before
from core.translation.faults import Source
from core.translation.outputs import Output
from core.translation.splicing import LOOKS, attention_to, columns_of, own_text, replaced


def mend_weekdays(output: Output, source: Source, language: str) -> Output:
    """``output`` with the days that it lacks.

    A wrong day that looks at the right one becomes it. Else, where a single day is lost, it is put
    before the clause that it would have stood in; where more are, much else is lost as well.
    """
    lost = unnamed(source.weekdays, find_weekdays(own_text(output), language))
    for day in lost:
        columns = columns_of(source, day.start, day.end)
        if not columns:
            continue
        wrong = unnamed(find_weekdays(own_text(output), language), source.weekdays)
        looks = {one: attention_to(output, one.start, one.end, columns) for one in wrong}
        best = max(looks, key=looks.__getitem__, default=None)
        if best is not None and looks[best] >= LOOKS:
            place = best.start, best.end
            text = write_weekday(day, language, own_text(output)[slice(*place)])
            output = replaced(output, source, language, place, text, columns)
        elif len(lost) == 1:
            text = write_adverb(day, source.said, language)
            output = put_before(output, source, language, text, columns)
    return output
