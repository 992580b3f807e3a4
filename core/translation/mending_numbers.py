"""Mends numbers that no hypothesis gets right, and their signs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.text.currencies import write_amount
from core.text.languages import CHINESE, ENGLISH
from core.text.number_sides import Side, tells_side, unsided, with_unit, write_side
from core.text.numbers import Number, Rational, find_numbers, first_year, invented, missing
from core.text.numerals import MONTHS
from core.translation.faults import Source
from core.translation.mending_amounts import priced
from core.translation.outputs import Output
from core.translation.splicing import (
    LOOKS,
    attention_to,
    columns_of,
    copied_columns,
    inserted,
    overlapping,
    own_text,
    replaced,
)

_GROUPS = re.compile(r"(?:,[0-9]{3})+(?![0-9])")
_SIGNED = re.compile(  # 3, A3, 3B and 3-b, but of 3Ronan the number alone
    r"#(?P<code>[A-Za-z-]*[0-9]+(?:(?:-[A-Za-z0-9]+)+|[A-Z]?(?![A-Za-z]))?)号?"
)
_PLURAL = re.compile(r"['’]?s\b")
_YEARS = re.compile(r"(?<=[0-9]0)['’]?s\b")
_GREAT = 100  # less is said in words for much else: one of them, a second time
_CLOCK = re.compile(r"\s?[点點]\s?\Z")
_NUMBER_SIGNS = re.compile(r"[0-9.,]+")
_SIZES = {
    CHINESE: (("万亿", 10**12), ("亿", 10**8), ("万", 10**4)),
    ENGLISH: ((" trillion", 10**12), (" billion", 10**9), (" million", 10**6)),
}


def mend_numbers(output: Output, source: Source, language: str) -> Output:
    """``output`` with the numbers that it lacks, where it can be told where they belong."""
    sides = {one.number: one.side for one in source.sided}
    amounts = {one.number: one for one in source.amounts if one.certain}
    copies = copied_columns(output)  # those of COVID-19 among them
    for number in missing(source.numbers, find_numbers(own_text(output), language)):
        columns = columns_of(source, number.start, number.end)
        if copies.issuperset(columns):
            continue
        place = _taken(number, columns, output, source, language)
        side = sides.get(number)
        if place is not None:
            text = _dressed(number, source, language)
            if plural := text.endswith("s") and _PLURAL.match(own_text(output), place[1]):
                place = place[0], plural.end()
            if number in amounts:
                shown = own_text(output)
                place, text = priced(shown, place, text, amounts[number], language)
            if side is not None:
                place, text = _with_side(output, place, text, side, language)
            output = replaced(output, source, language, place, text, columns)
        elif number.digits and not number.values & {1, 2}:
            text = _dressed(number, source, language, signs=number not in amounts)
            if number in amounts:
                text = write_amount(text, amounts[number], language)
            text = text if side is None else write_side(text, side, language, "", "")
            output = inserted(output, source, language, text, columns)
    return output


def _taken(
    number: Number, columns: Sequence[int], output: Output, source: Source, language: str
) -> tuple[int, int] | None:
    """Where ``number`` stands torn apart, or a wrong one in its place."""
    text = own_text(output)
    shown = find_numbers(text, language)
    torn = _torn(number, source).search(text)
    if torn:
        return _whole(torn.span(), shown, text)
    wrong = [*_groups(invented(source.numbers, shown), output), *_in_words(source.numbers, shown)]
    looks = [attention_to(output, start, end, columns) for start, end in wrong]
    best = max(range(len(wrong)), key=looks.__getitem__, default=None)
    return None if best is None or looks[best] < LOOKS else _whole(wrong[best], shown, text)


def _in_words(known: Sequence[Number], shown: Sequence[Number]) -> list[tuple[int, int]]:
    """Where numbers in words stand that are too great to be a manner of speaking, and unknown."""
    values = frozenset(value for number in known for value in number.values)
    return [
        (number.start, number.end)
        for number in shown
        if not number.digits
        and isinstance(number.value, Rational)
        and number.value >= _GREAT
        and not number.values & values
    ]


def _whole(place: tuple[int, int], shown: Sequence[Number], text: str) -> tuple[int, int]:
    """``place`` with all of the numbers that it is a part of, and of groups of digits behind it."""
    start, end = place
    for number in shown:
        if number.start < end and start < number.end:
            start, end = min(start, number.start), max(end, number.end)
    groups = _GROUPS.match(text, end)
    return start, groups.end() if groups else end


def _with_side(
    output: Output, place: tuple[int, int], shown: str, side: Side, language: str
) -> tuple[tuple[int, int], str]:
    """``shown``, which is to stand in the place of a number, with its side; what it replaces."""
    text = output.joined.text
    if tells_side(text, *place, side, language):
        return place, shown
    start, end = with_unit(text, *place, side, language)
    whole = text[start : place[0]] + shown + text[place[1] : end]
    return (start, end), write_side(whole, side, language, text[:start], text[end:])


def name_signs(output: Output, source: Source, language: str) -> Output:
    """The Chinese ``output`` with 号 for the # that a *no.* of the source was read as."""
    if language != CHINESE or "#" in source.encoded.text:
        return output
    for found in reversed(list(_SIGNED.finditer(own_text(output)))):
        rows = output.copied.attention[overlapping(output, *found.span())]
        column = int(rows.sum(axis=0).argmax())
        shown = f"{found['code']}号"
        output = replaced(output, source, language, found.span(), shown, [column])
    return output


def mend_sides(output: Output, source: Source, language: str) -> Output:
    """Numbers below zero or before Christ, which the output shows without that."""
    for sided in unsided(source.sided, output.joined.text, language):
        text = own_text(output)
        alike = [n for n in find_numbers(text, language) if n.values & sided.number.values]
        columns = columns_of(source, sided.start, sided.end)
        if not alike or not columns:
            continue
        place = max(
            ((number.start, number.end) for number in alike),
            key=lambda span: attention_to(output, span[0], span[1], columns),
        )
        shown = text[slice(*place)]
        place, shown = _with_side(output, place, shown, sided.side, language)
        output = replaced(output, source, language, place, shown, columns)
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
    shown = source.encoded.text[number.start : number.end]
    groups = re.findall("[0-9]+", shown)
    torn = len(groups) > 1 and first_year(shown) is None
    together = "[ ,.]{0,3}".join(groups) if torn else r"(?!)"
    return re.compile(rf"(?<![0-9])(?<![0-9][.,]){together}(?![.,]?[0-9])")  # 77 of 7.77 is not 7.7


def _dressed(number: Number, source: Source, language: str, *, signs: bool = False) -> str:
    """``number`` as the target language writes it; with its currency or percent sign if asked."""
    text = source.encoded.text
    shown = text[number.start : number.end]
    before, behind_it = text[: number.start][-1:], text[number.end : number.end + 1]
    minutes = language == ENGLISH and _CLOCK.search(text, 0, number.start)
    if minutes and behind_it == "分" and isinstance(number.value, Rational):
        hours = [one.value for one in source.numbers if one.end == minutes.start()]
        return f"{hours[0]}:{int(number.value):02}" if hours else shown
    if (year := first_year(shown)) is not None:
        return f"{year}s" if language == ENGLISH else str(year)
    if number.digits and _NUMBER_SIGNS.fullmatch(shown):
        if behind_it == "月" and language == ENGLISH and shown.isdigit() and 0 < int(shown) <= 12:
            return ("in " if signs else "") + MONTHS[int(shown) - 1].title()
    else:
        shown = shown if isinstance(number.value, str) else _scaled(number.value, language)
    if signs and language == CHINESE and _YEARS.match(text, number.end):
        shown += "年代"
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
