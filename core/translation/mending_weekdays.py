"""Mends days of the week that no hypothesis names."""

from __future__ import annotations

import re

from core.text.function_words import FUNCTION_WORDS
from core.text.languages import CHINESE
from core.text.subword import MARKER
from core.text.weekdays import Weekday, find_weekdays, unnamed, write_adverb, write_weekday
from core.translation.copying import behind
from core.translation.faults import Source
from core.translation.outputs import Output
from core.translation.splicing import (
    LOOKS,
    attention_to,
    columns_of,
    copy_row,
    own_text,
    replaced,
    spliced,
)

_CLAUSE_ENDS = re.compile(
    r"(?:(?<![0-9])[,:;]|[,:;](?![0-9])|(?<!\b[A-Z])(?<!\b[DJMS][rst])[.!?](?= )|[，：；。！？])"
    r"[”’」』）)]*\s*"
)  # but not in 1,250, U. S., Dr. Li
_SENTENCE_ENDS = (".", "!", "?")


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
            output = _put_before(output, source, language, day, columns[0])
    return output


def _put_before(output: Output, source: Source, language: str, day: Weekday, column: int) -> Output:
    """``output`` with ``day``, of the source piece ``column``, before the clause it belongs to."""
    place = _clause(output, column)
    pieces = output.copied.pieces
    text = write_adverb(day, source.said, language)
    row = copy_row(output, [column])
    if language == CHINESE:
        return spliced(
            output, source, language, place, place, [(text, row, column), ("，", row, -1)]
        )
    if place == 0 or pieces[place - 1].endswith(_SENTENCE_ENDS):
        text = text[0].upper() + text[1:]
    new = [(MARKER + text, row, column), (",", row, -1)]
    following = place
    if following < len(pieces) and _serves(pieces, following, language):
        new.append((pieces[place].lower(), output.copied.attention[place], -1))
        following += 1
    return spliced(output, source, language, place, following, new)


def _clause(output: Output, column: int) -> int:
    """Where the clause begins that holds the output of what stands before the piece ``column``."""
    copied, spans = output.copied, output.joined.spans
    looks = [int(row.argmax()) for row in copied.attention]
    place = behind(looks, column, copied.attention.shape[1])
    until = spans[place - 1][1] if place else 0
    begin = max((end.end() for end in _CLAUSE_ENDS.finditer(own_text(output), 0, until)), default=0)
    return next((i for i, (start, _) in enumerate(spans) if start >= begin), len(spans))


def _serves(pieces: tuple[str, ...], place: int, language: str) -> bool:
    """Whether a word of grammar, which has no capital inside a sentence, begins at ``place``."""
    whole = place + 1 == len(pieces) or pieces[place + 1].startswith(MARKER)
    word = pieces[place].removeprefix(MARKER).lower()
    return whole and word in FUNCTION_WORDS[language]
