"""Mends what no hypothesis gets right.

Foreign words, dates, numbers, amounts, times, days, the last mark, and what is said thrice.

All mends are of pieces, so that offsets, copies and alignment stay true.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence

from core.text.languages import CHINESE, ENGLISH
from core.text.repetition import find_repetition
from core.translation.faults import Source, without
from core.translation.mending_amounts import drop_signs, mend_amounts
from core.translation.mending_clock import mend_clocks
from core.translation.mending_dates import mend_dates
from core.translation.mending_numbers import mend_numbers, mend_sides, name_signs
from core.translation.mending_weekdays import mend_weekdays
from core.translation.outputs import Output
from core.translation.splicing import (
    LOOKS,
    arranged,
    attention_to,
    columns_of,
    copy_row,
    inserted,
    own_text,
    replaced,
    spliced,
)

_ALIKE = 0.6  # how like a foreign word its garbled copy is, at least (of 1)
_UNREAD = 0.2  # attention that a foreign word left out gets, at most
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9+#.'’-]*[A-Za-z0-9+#]")
_ENDING = re.compile(r"['’]s?\Z|(?<=[A-Z0-9])s\Z")
_MOST_ROUNDS = 8
_LAST_MARKS = {
    CHINESE: {".": "。", "!": "！", "?": "？", "。": "。", "！": "！", "？": "？"},
    ENGLISH: {"。": ".", "！": "!", "？": "?", ".": ".", "!": "!", "?": "?"},
}


def mend(output: Output, source: Source, target_language: str) -> Output:
    """``output`` with its source's foreign words, dates, numbers, amounts, times and last mark.

    What it says thrice it says once. A wrong number that looks at one left out becomes that one;
    else what was left out follows the output of what stands before it. One and two are often
    articles and pairs, so they are not added. What is said to a plain source stays as it is.
    """
    if source.encoded.plain:
        return output
    output = _mend_repetition(output, source, target_language)
    output = _mend_words(output, source, target_language)
    output = drop_signs(output, source, target_language)
    output = mend_dates(output, source, target_language)
    output = mend_numbers(output, source, target_language)
    output = mend_amounts(output, source, target_language)
    output = mend_sides(output, source, target_language)
    output = name_signs(output, source, target_language)
    output = mend_clocks(output, source, target_language)
    output = mend_weekdays(output, source, target_language)
    return _mend_end(output, source, target_language)


def _mend_repetition(output: Output, source: Source, language: str) -> Output:
    for _ in range(_MOST_ROUNDS):
        times = () if source.repeats else find_repetition(own_text(output))
        if not times:
            break
        begin, end = times[0][1], times[-1][1]
        kept = [
            index
            for index, (start, stop) in enumerate(output.joined.spans)
            if output.copied.columns[index] >= 0 or not (start >= begin and start < stop <= end)
        ]
        if len(kept) == len(output.joined.spans):
            break
        output = arranged(output, source, language, kept)
    return output


def _mend_words(output: Output, source: Source, language: str) -> Output:
    """Foreign words that stand in the source as they should in the output."""
    encoded = source.encoded
    spans = [(span.start, span.end) for span in encoded.protected]
    for match in _LATIN.finditer(without(encoded.text, spans)):
        word = _own_form(match[0])
        if word.casefold() in output.joined.text.casefold():
            continue
        columns = columns_of(source, match.start(), match.start() + len(word))
        garbled = _garbled(output, word, columns)
        if garbled:
            output = replaced(output, source, language, garbled, word, columns)
        elif source.language == CHINESE and output.copied.attention[:, columns].sum() < _UNREAD:
            output = inserted(output, source, language, word, columns)
    return output


def _mend_end(output: Output, source: Source, language: str) -> Output:
    """The mark that ends the source, where the output ends with a word or a copy."""
    copied, shown = output.copied, source.encoded.text.rstrip()
    mark = _LAST_MARKS[language].get(shown[-1:])
    if mark is None or not copied.pieces:
        return output
    if copied.columns[-1] < 0 and not output.joined.text[-1:].isalnum():
        return output
    columns = columns_of(source, len(shown) - 1, len(shown))
    if not columns:
        return output
    end = len(copied.pieces)
    early = _mark_before_signs(output, source, mark)
    if early is not None:
        order = [*range(early), *range(early + 1, end), early]
        return arranged(output, source, language, order)
    return spliced(output, source, language, end, end, [(mark, copy_row(output, columns), -1)])


def _mark_before_signs(output: Output, source: Source, mark: str) -> int | None:
    """Where ``mark`` stands before the copied signs that end the output, which it ends in the
    source: *Good 😀!* became 好！😀."""
    copied, encoded = output.copied, source.encoded
    first = len(copied.pieces)
    while first > 1 and copied.columns[first - 1] >= 0:
        first -= 1
    columns = copied.columns[first:]
    if not columns or output.joined.text[slice(*output.joined.spans[first - 1])] != mark:
        return None
    signs = "".join(encoded.text[slice(*encoded.piece_spans[column])] for column in columns)
    before = encoded.text[: min(encoded.piece_spans[column][0] for column in columns)].rstrip()
    words = any(map(str.isalnum, signs))
    return None if words or before[-1:] in _LAST_MARKS[ENGLISH] else first - 1


def _garbled(output: Output, word: str, columns: Sequence[int]) -> tuple[int, int] | None:
    """Where the output has a word that is like ``word`` and looks at it."""
    found: list[tuple[float, tuple[int, int]]] = []
    for match in _LATIN.finditer(own_text(output)):
        shown = _own_form(match[0])
        place = match.start(), match.start() + len(shown)
        alike = difflib.SequenceMatcher(None, shown.casefold(), word.casefold()).ratio()
        if alike >= _ALIKE and attention_to(output, *place, columns) >= LOOKS:
            found.append((alike, place))
    return max(found)[1] if found and len(word) > 3 else None


def _own_form(word: str) -> str:
    """``word`` without the s of an owner (*NASA's*), or of several (*F-16s*)."""
    return _ENDING.sub("", word)
