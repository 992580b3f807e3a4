"""Mends currencies that an output changes or loses: €50 is no 50美元."""

from __future__ import annotations

import re

from core.text.currencies import Amount, currency_at, find_amounts, unpriced, write_amount
from core.text.number_sides import tells_side, write_side
from core.text.numbers import find_numbers
from core.translation.faults import Source
from core.translation.outputs import Output
from core.translation.splicing import attention_to, columns_of, overlapping, own_text, replaced

_SIGNED_SHARE = re.compile(r"[$€£¥]\s?(?P<share>[0-9][0-9.,]*)(?=\s?[%％])")


def mend_amounts(output: Output, source: Source, language: str) -> Output:
    """``output`` with the currencies of its source, and none before a percentage."""
    sides = {one.number: one.side for one in source.sided}
    for amount in source.amounts:
        text = own_text(output)
        numbers = find_numbers(text, language)
        shown = find_amounts(text, language, numbers)
        columns = columns_of(source, amount.start, amount.end)
        if not columns or not unpriced([amount], numbers, shown):
            continue
        places = [(n.start, n.end) for n in numbers if n.values & amount.number.values]
        looks = {place: attention_to(output, *place, columns) for place in places}
        place = max(looks, key=looks.__getitem__)
        place, written = priced(text, place, text[slice(*place)], amount, language)
        side = sides.get(amount.number)
        if side is not None and not tells_side(text, *place, side, language):
            written = write_side(written, side, language, text[: place[0]], text[place[1] :])
        output = replaced(output, source, language, place, written, columns[0])
    return output if source.amounts else _without_signs(output, source, language)


def priced(
    text: str, place: tuple[int, int], shown: str, amount: Amount, language: str
) -> tuple[tuple[int, int], str]:
    """``shown``, which is to stand at ``place`` of ``text``, with currency; what it replaces."""
    start, end, currencies = currency_at(text, *place, language)
    if currencies & amount.currencies:
        return place, shown
    return (start, end), write_amount(shown, amount, language)


def _without_signs(output: Output, source: Source, language: str) -> Output:
    """``output``, whose source speaks of no money, with no sign of it before percentages."""
    found = _SIGNED_SHARE.search(own_text(output))
    while found:
        rows = output.copied.attention[overlapping(output, *found.span())]
        column = int(rows.sum(axis=0).argmax())
        output = replaced(output, source, language, found.span(), found["share"], column)
        found = _SIGNED_SHARE.search(own_text(output))
    return output
