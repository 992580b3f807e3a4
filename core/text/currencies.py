"""Amounts of money in running text: which currency a number has, and how it is written.

A name may stand for several currencies (``$``, ``¥``), and agrees with each of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.text.languages import CHINESE, ENGLISH
from core.text.numbers import Number


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its currency: the offsets of both together, and what that may be."""

    start: int
    end: int
    number: Number
    currencies: frozenset[str]

    @property
    def certain(self) -> bool:
        """Whether it is money beyond doubt, of a currency that can be named."""
        return _MAYBE not in self.currencies


_ANY = "USD EUR GBP JPY HKD AUD CAD TWD SGD KRW RUB INR CHF CNY"
_MAYBE = "?"  # among the currencies: may as well be a weight (pounds), or slang for any of them
_DOLLARS = "USD HKD AUD CAD TWD SGD"
_NAMES = {
    CHINESE: {
        "美元|美金|美刀": "USD", "欧元": "EUR", "英镑": "GBP", "日元|日圆": "JPY",
        "港元|港币": "HKD", "澳元|澳币": "AUD", "加元|加币": "CAD", "新台币|台币": "TWD",
        "新元|新币": "SGD", "韩元|韩币": "KRW", "卢布": "RUB", "卢比": "INR",
        "瑞士法郎|瑞郎": "CHF", "元人民币|人民币|元": "CNY", "块|刀": f"{_ANY} {_MAYBE}",
        "磅": _MAYBE,
    },
    ENGLISH: {
        r"(?:U\.?S\.? |US |American )dollars?|USD": "USD", "euros?|EUR": "EUR",
        "GBP|pounds sterling": "GBP", "pounds?": f"GBP {_MAYBE}", "yen|JPY": "JPY",
        "Hong Kong dollars?|HKD": "HKD", "Australian dollars?|AUD": "AUD",
        "Canadian dollars?|CAD": "CAD", "(?:New )?Taiwan dollars?|TWD": "TWD",
        "Singapore(?:an)? dollars?|SGD": "SGD", "dollars?": _DOLLARS, "bucks?": f"{_ANY} {_MAYBE}",
        "(?:South )?Korean won|KRW": "KRW", "roubles?|rubles?|RUB": "RUB", "rupees?|INR": "INR",
        "Swiss francs?|CHF": "CHF", "(?:Chinese )?yuan|renminbi|RMB|CNY": "CNY",
    },
}  # fmt: skip
_SIGNS = {
    r"US ?\$|USD": "USD", r"HK ?\$|HKD": "HKD", r"AU?\$|AUD": "AUD", r"CA?\$|CAD": "CAD",
    r"NT\$|TWD": "TWD", r"S\$|SGD": "SGD", r"\$": _DOLLARS, "€|EUR": "EUR", "£|GBP": "GBP",
    "JPY": "JPY", "KRW": "KRW", "RUB": "RUB", r"Rs\.?|INR|₹": "INR", "CHF": "CHF",
    "[¥￥]": "CNY JPY", "人民币|RMB|CNY": "CNY",
}  # fmt: skip
_WRITTEN = {
    "USD": ("美元", "$", "dollars"), "EUR": ("欧元", "€", "euros"), "GBP": ("英镑", "£", "pounds"),
    "JPY": ("日元", "", "yen"), "HKD": ("港元", "HK$", "Hong Kong dollars"),
    "AUD": ("澳元", "A$", "Australian dollars"), "CAD": ("加元", "C$", "Canadian dollars"),
    "TWD": ("新台币", "NT$", "Taiwan dollars"), "SGD": ("新元", "S$", "Singapore dollars"),
    "KRW": ("韩元", "", "won"), "RUB": ("卢布", "", "rubles"), "INR": ("卢比", "", "rupees"),
    "CHF": ("瑞士法郎", "", "Swiss francs"), "CNY": ("元", "", "yuan"),
}  # fmt: skip


def _pattern(names: Iterable[str], shape: str) -> re.Pattern[str]:
    return re.compile(shape.format("|".join(f"({name})" for name in names)), re.IGNORECASE)


_BEFORE = _pattern(_SIGNS, r"(?<![A-Za-z])(?:{0})\s?\Z")
_BEHIND = {
    CHINESE: _pattern(_NAMES[CHINESE], r"[多余]?\s?(?:{0})(?![素首旦宵月件帅老年])"),
    ENGLISH: _pattern(_NAMES[ENGLISH], r"(?:[ -](?:of )?|(?<=[0-9]))(?:{0})(?![A-Za-z])"),
}


def find_amounts(text: str, language: str, numbers: Iterable[Number]) -> tuple[Amount, ...]:
    """Those of ``numbers`` in ``text`` that have a currency.

    In a language that is not read here each may have any.
    """
    if language not in _BEHIND:
        any_one = frozenset(f"{_ANY} {_MAYBE}".split())
        return tuple(Amount(n.start, n.end, n, any_one) for n in numbers)
    found = []
    for number in numbers:
        start, end, currencies = currency_at(text, number.start, number.end, language)
        if currencies:
            found.append(Amount(start, end, number, currencies))
    return tuple(found)


def currency_at(text: str, start: int, end: int, language: str) -> tuple[int, int, frozenset[str]]:
    """Offsets of the number from ``start`` to ``end`` with its currency, and what that may be."""
    before = _BEFORE.search(text, max(0, start - 5), start)
    behind = _BEHIND[language].match(text, end)
    meant = [_meant(before, _SIGNS.values()), _meant(behind, _NAMES[language].values())]
    told = [one for one in meant if one]
    currencies = (frozenset.intersection(*told) or told[-1]) if told else frozenset()
    return before.start() if before else start, behind.end() if behind else end, currencies


def _meant(match: re.Match[str] | None, currencies: Iterable[str]) -> frozenset[str]:
    """What ``match`` of one of as many names stands for; nothing if there is no match."""
    if not match or not match.lastindex:
        return frozenset()
    return frozenset(list(currencies)[match.lastindex - 1].split())


def unpriced(
    amounts: Sequence[Amount], numbers: Iterable[Number], shown: Sequence[Amount]
) -> tuple[Amount, ...]:
    """Those of ``amounts`` whose numbers another text has, but nowhere with their currency.

    Args:
        amounts: of the one text.
        numbers: of the other.
        shown: the amounts of the other.
    """
    values = frozenset(value for number in numbers for value in number.values)
    return tuple(
        amount
        for amount in amounts
        if amount.certain
        and not amount.number.values & {1, 2, 3}  # 独中三元
        and amount.number.values & values
        and not any(
            amount.number.values & other.number.values and amount.currencies & other.currencies
            for other in shown
        )
    )


def write_amount(number: str, amount: Amount, language: str) -> str:
    """``number``, in digits or words, with the currency of ``amount`` as ``language`` has it.

    Args:
        number: as it is to stand there.
        amount: one that is certain.
        language: a code.
    """
    known = "CNY" if amount.currencies == {"CNY", "JPY"} else min(amount.currencies)
    chinese, sign, word = _WRITTEN["USD" if "USD" in amount.currencies else known]
    if language == CHINESE:
        return number + chinese
    return sign + number if sign and number[:1].isdigit() else f"{number} {word}"
