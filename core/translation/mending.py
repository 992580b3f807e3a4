"""Mends what no hypothesis gets right: numbers, foreign words, the last mark, what is said thrice.

All mends are of pieces, so that offsets, copies and alignment stay true.
"""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Sequence

import numpy as np

from core.text.languages import CHINESE, ENGLISH
from core.text.number_sides import Side, unsided, with_unit, write_side
from core.text.numbers import Number, Rational, find_numbers, invented, missing
from core.text.numerals import MONTHS
from core.text.repetition import find_repetition
from core.text.subword import MARKER
from core.translation.copying import Copied, behind, word_end
from core.translation.faults import Source, without
from core.translation.outputs import Output, written

_LOOKS = 0.2  # how much a wrong number looks at the right one whose place it took, at least
_ALIKE = 0.6  # how like a foreign word its garbled copy is, at least (of 1)
_UNREAD = 0.2  # attention that a foreign word left out gets, at most
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9+#.'’-]*[A-Za-z0-9+#]")
_NUMBER_SIGNS = re.compile(r"[0-9.,]+")
_MOST_ROUNDS = 8
_LAST_MARKS = {
    CHINESE: {".": "。", "!": "！", "?": "？", "。": "。", "！": "！", "？": "？"},
    ENGLISH: {"。": ".", "！": "!", "？": "?", ".": ".", "!": "!", "?": "?"},
}
_SIZES = {
    CHINESE: (("亿", 10**8), ("万", 10**4)),
    ENGLISH: ((" trillion", 10**12), (" billion", 10**9), (" million", 10**6)),
}


def mend(output: Output, source: Source, target_language: str) -> Output:
    """``output`` with its source's numbers, foreign words and last mark, and no phrase thrice.

    A wrong number that looks at one left out becomes that one; else what was left out follows the
    output of what stands before it. One and two are often articles and pairs, so they are not
    added. What is said to a plain source stays as it is.
    """
    if source.encoded.plain:
        return output
    output = _mend_repetition(output, source, target_language)
    output = _mend_numbers(output, source, target_language)
    output = _mend_sides(output, source, target_language)
    output = _mend_words(output, source, target_language)
    return _mend_end(output, source, target_language)


def _mend_repetition(output: Output, source: Source, language: str) -> Output:
    for _ in range(_MOST_ROUNDS):
        times = () if source.repeats else find_repetition(_own_text(output))
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
        copied = output.copied
        shorter = Copied(
            tuple(copied.pieces[index] for index in kept),
            copied.attention[kept],
            tuple(copied.columns[index] for index in kept),
            tuple(copied.log_probabilities[index] for index in kept),
        )
        output = written(output.hypothesis, shorter, source.encoded, language)
    return output


def _own_text(output: Output) -> str:
    """The text without tags, and with blanks for copies."""
    spans = zip(output.joined.spans, output.copied.columns, strict=True)
    return without(output.joined.text, [span for span, column in spans if column >= 0])


def _mend_numbers(output: Output, source: Source, language: str) -> Output:
    sides = {one.number: one.side for one in source.sided}
    for number in missing(source.numbers, find_numbers(_own_text(output), language)):
        columns = _columns(source, number.start, number.end)
        if not columns:
            continue
        place = _taken(number, columns, output, source, language)
        side = sides.get(number)
        if place is not None:
            text = _dressed(number, source, language)
            if side is not None:
                place, text = _with_side(output, place, text, side, language)
            output = _replaced(output, source, language, place, text, columns[0])
        elif number.digits and not number.values & {1, 2}:
            text = _dressed(number, source, language, signs=True)
            text = text if side is None else write_side(text, side, language, "", "")
            output = _inserted(output, source, language, text, columns[0])
    return output


def _taken(
    number: Number, columns: Sequence[int], output: Output, source: Source, language: str
) -> tuple[int, int] | None:
    """Where ``number`` stands torn apart, or a wrong one in its place."""
    torn = _torn(number, source).search(_own_text(output))
    if torn:
        return torn.span()
    wrong = _groups(invented(source.numbers, find_numbers(_own_text(output), language)), output)
    looks = [_attention(output, start, end, columns) for start, end in wrong]
    best = max(range(len(wrong)), key=looks.__getitem__, default=None)
    return None if best is None or looks[best] < _LOOKS else wrong[best]


def _with_side(
    output: Output, place: tuple[int, int], shown: str, side: Side, language: str
) -> tuple[tuple[int, int], str]:
    """``shown``, which is to stand in the place of a number, with its side; what it replaces."""
    text = output.joined.text
    start, end = with_unit(text, *place, side, language)
    whole = text[start : place[0]] + shown + text[place[1] : end]
    return (start, end), write_side(whole, side, language, text[:start], text[end:])


def _mend_sides(output: Output, source: Source, language: str) -> Output:
    """Numbers below zero or before Christ, which the output shows without that."""
    for sided in unsided(source.sided, output.joined.text, language):
        text = _own_text(output)
        alike = [n for n in find_numbers(text, language) if n.values & sided.number.values]
        columns = _columns(source, sided.start, sided.end)
        if not alike or not columns:
            continue
        place = max(
            ((number.start, number.end) for number in alike),
            key=lambda span: _attention(output, span[0], span[1], columns),
        )
        shown = text[slice(*place)]
        place, shown = _with_side(output, place, shown, sided.side, language)
        output = _replaced(output, source, language, place, shown, columns[0])
    return output


def _groups(numbers: Sequence[Number], output: Output) -> list[tuple[int, int]]:
    """Where numbers stand in an output; those with only a mark and a blank between are one."""
    groups: list[tuple[int, int]] = []
    for number in sorted(numbers, key=lambda number: number.start):
        between = output.joined.text[groups[-1][1] : number.start] if groups else "no"
        if between.strip(" .,") == "" and len(between) <= 2:
            groups[-1] = (groups[-1][0], number.end)
        else:
            groups.append((number.start, number.end))
    return groups


def _torn(number: Number, source: Source) -> re.Pattern[str]:
    """A pattern of ``number`` with blanks in it, or with other marks."""
    groups = re.findall("[0-9]+", source.encoded.text[number.start : number.end])
    together = "[ ,.]{0,3}".join(groups) if len(groups) > 1 else r"(?!)"
    return re.compile(rf"(?<![0-9])(?<![0-9][.,]){together}(?![.,]?[0-9])")  # 77 of 7.77 is not 7.7


def _dressed(number: Number, source: Source, language: str, *, signs: bool = False) -> str:
    """``number`` as the target language writes it; with its currency or percent sign if asked."""
    text = source.encoded.text
    shown = text[number.start : number.end]
    before, behind_it = text[: number.start][-1:], text[number.end : number.end + 1]
    if number.digits and _NUMBER_SIGNS.fullmatch(shown):
        if behind_it == "月" and language == ENGLISH and shown.isdigit() and 0 < int(shown) <= 12:
            return MONTHS[int(shown) - 1].title()
    else:
        values = [value for value in number.values if isinstance(value, Rational)]
        shown = _scaled(max(values), language) if values else shown
    if signs and before in tuple("$€£¥￥"):
        shown = before + shown
    if signs and behind_it in tuple("%％‰℃°"):
        shown += "%" if behind_it == "％" else behind_it
    return shown


def _scaled(value: Rational, language: str) -> str:
    for sign, size in _SIZES[language]:
        if value >= size:
            return f"{float(value / size):.10g}{sign}"
    return f"{int(value):,}" if value.denominator == 1 else f"{float(value):,.10g}"


def _mend_words(output: Output, source: Source, language: str) -> Output:
    """Foreign words that stand in the source as they should in the output."""
    encoded = source.encoded
    spans = [(span.start, span.end) for span in encoded.protected]
    for match in _LATIN.finditer(without(encoded.text, spans)):
        word = match[0]
        if word.casefold() in output.joined.text.casefold():
            continue
        columns = _columns(source, *match.span())
        garbled = _garbled(output, word, columns)
        if garbled:
            output = _replaced(output, source, language, garbled, word, columns[0])
        elif source.language == CHINESE and output.copied.attention[:, columns].sum() < _UNREAD:
            output = _inserted(output, source, language, word, columns[0])
    return output


def _mend_end(output: Output, source: Source, language: str) -> Output:
    """The mark that ends the source, where the output ends with a word or a copy."""
    copied, shown = output.copied, source.encoded.text.rstrip()
    mark = _LAST_MARKS[language].get(shown[-1:])
    if mark is None or not copied.pieces:
        return output
    if copied.columns[-1] < 0 and not output.joined.text[-1:].isalnum():
        return output
    columns = _columns(source, len(shown) - 1, len(shown))
    if not columns:
        return output
    end = len(copied.pieces)
    return _spliced(output, source, language, end, end, [(mark, _copy_row(output, columns[0]), -1)])


def _garbled(output: Output, word: str, columns: Sequence[int]) -> tuple[int, int] | None:
    """Where the output has a word that is like ``word`` and looks at it."""
    found: list[tuple[float, tuple[int, int]]] = []
    for match in _LATIN.finditer(_own_text(output)):
        alike = difflib.SequenceMatcher(None, match[0].casefold(), word.casefold()).ratio()
        if alike >= _ALIKE and _attention(output, *match.span(), columns) >= _LOOKS:
            found.append((alike, match.span()))
    return max(found)[1] if found and len(word) > 3 else None


# --- pieces --------------------------------------------------------------------------------------


def _columns(source: Source, begin: int, end: int) -> list[int]:
    """The source pieces that overlap the characters ``begin`` to ``end``."""
    spans = enumerate(source.encoded.piece_spans)
    return [column for column, (start, stop) in spans if start < end and begin < stop]


def _overlapping(output: Output, begin: int, end: int) -> list[int]:
    spans = enumerate(output.joined.spans)
    return [index for index, (start, stop) in spans if start < end and begin < stop]


def _attention(output: Output, begin: int, end: int, columns: Sequence[int]) -> float:
    """What the output between two offsets attends to ``columns``, of 1."""
    rows = output.copied.attention[_overlapping(output, begin, end)]
    return float(rows[:, list(columns)].sum(axis=1).mean()) if len(rows) else 0.0


def _copy_row(output: Output, column: int) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    row = np.zeros(output.copied.attention.shape[1], np.float32)
    row[column] = 1
    return row


def _replaced(
    output: Output, source: Source, language: str, span: tuple[int, int], text: str, column: int
) -> Output:
    """``output`` with ``text``, a copy of source piece ``column``, in the place of ``span``."""
    copied, joined = output.copied, output.joined
    indices = _overlapping(output, *span)
    first, last = indices[0], indices[-1]
    before = joined.text[joined.spans[first][0] : span[0]]
    after = joined.text[span[1] : joined.spans[last][1]]
    marker = MARKER if copied.pieces[first].startswith(MARKER) else ""
    new = [(marker + before, copied.attention[first], -1)] if before else []
    new.append((("" if before else marker) + text, _copy_row(output, column), column))
    new += [(after, copied.attention[last], -1)] if after else []
    return _spliced(output, source, language, first, last + 1, new)


def _inserted(output: Output, source: Source, language: str, text: str, column: int) -> Output:
    """``output`` with ``text``, a copy of source piece ``column``, behind what stood before it."""
    copied = output.copied
    looks = [int(row.argmax()) for row in copied.attention]
    place = behind(looks, column, copied.attention.shape[1])
    if language == ENGLISH:
        place = word_end(copied.pieces, place)
        text = MARKER + text
    return _spliced(
        output, source, language, place, place, [(text, _copy_row(output, column), column)]
    )


def _spliced(
    output: Output,
    source: Source,
    language: str,
    first: int,
    behind_last: int,
    new: Sequence[tuple[str, np.ndarray[tuple[int], np.dtype[np.float32]], int]],
) -> Output:
    copied = output.copied
    rows = [row[None] for _, row, _ in new]
    changed = Copied(
        (*copied.pieces[:first], *(text for text, _, _ in new), *copied.pieces[behind_last:]),
        np.concatenate([copied.attention[:first], *rows, copied.attention[behind_last:]]),
        (*copied.columns[:first], *(c for _, _, c in new), *copied.columns[behind_last:]),
        (
            *copied.log_probabilities[:first],
            *(math.nan for _ in new),
            *copied.log_probabilities[behind_last:],
        ),
    )
    return written(output.hypothesis, changed, source.encoded, language)
