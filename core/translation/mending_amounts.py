"""Mends currencies that an output changes, loses or makes up: €50 is no 50美元."""

from __future__ import annotations

import re

from core.text.currencies import Amount, currency_at, find_amounts, unpriced, write_amount
from core.text.languages import CHINESE, ENGLISH
from core.text.number_sides import tells_side, write_side
from core.text.numbers import find_numbers
from core.translation.faults import Source
from core.translation.outputs import Output
from core.translation.splicing import (
    attention_to,
    columns_of,
    overlapping,
    own_text,
    replaced,
    spliced,
)

# A sign of money that a model makes up: before a percentage, and where nobody speaks of money.
_SIGNED = re.compile(r"[$€£¥]\s?(?P<number>[0-9][0-9.,]*)(?P<share>\s?[%％])?")
_MONEY_TALK = re.compile(
    "[元块钱价费金款资薪账币税债售买卖付花赚亏刀润]|收入|预算"
    r"|\b(?:cost|price|pa(?:y|id)|money|worth|earn|salar|spen[dt]|bought|buy|s[eo]ll?d?|fee|fund|rais"
    r"|budget|tax|debt|loan|profit|revenue|income|cash|bill|bet|owe|donat|invest|fine)",
    re.IGNORECASE,
)


def mend_amounts(output: Output, source: Source, language: str) -> Output:
    """``output`` with the currencies of its source."""
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
        output = replaced(output, source, language, place, written, columns)
    return output


def priced(
    text: str, place: tuple[int, int], shown: str, amount: Amount, language: str
) -> tuple[tuple[int, int], str]:
    """``shown``, which is to stand at ``place`` of ``text``, with currency; what it replaces."""
    start, end, currencies = currency_at(text, *place, language)
    if currencies & amount.currencies:
        return place, shown
    return (start, end), write_amount(shown, amount, language)


def drop_signs(output: Output, source: Source, language: str) -> Output:
    """``output`` without signs of money where its source has no amount and nobody speaks of any."""
    if source.amounts or source.language not in (CHINESE, ENGLISH):
        return output
    talks = _MONEY_TALK.search(source.said)
    for found in reversed(list(_SIGNED.finditer(own_text(output)))):
        if found["share"] or not talks:
            place = overlapping(output, found.start(), found.start() + 1)[0]
            piece = output.copied.pieces[place].replace(found[0][0], "", 1)
            new = [(piece, output.copied.attention[place], -1)]
            output = spliced(output, source, language, place, place + 1, new)
    return output
