"""What makes a pair that can be learnt from doubtful all the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from core.text.languages import CHINESE, is_chinese_english
from core.text.numbers import Number, find_numbers, missing
from core.text.protected import TAG, Protected, find_protected
from core.training.checks import Doubt, Pair
from core.training.doctor.damage import broken_encoding, mixed_scripts

DOUBTS = (
    "encoding",  # characters that a wrong decoding leaves behind
    "scripts",  # Traditional and Simplified characters in one side
    "markup",  # a tag or placeholder on one side only
    "numbers",  # a number on one side only
    "contradiction",  # the same source stands elsewhere with another target
    "misaligned",  # the model finds the target hardly likelier than after another source
)
_MOST_SHOWN = 3
_LONGEST_SHOWN = 40  # characters
# What a number of either side begins with.
_NUMERAL = re.compile(r"[0-9０-９一二三四五六七八九十百千万亿两]")
_BLANKS = re.compile(r"\s+")


def find_doubts(pair: Pair, source_language: str, target_language: str) -> Iterator[Doubt]:
    """All of :data:`DOUBTS` that the pair shows by itself."""
    broken = broken_encoding(pair.source) or broken_encoding(pair.target)
    if broken:
        yield Doubt(pair.line, "encoding", broken[:_LONGEST_SHOWN])
    if not is_chinese_english(source_language, target_language):
        return  # scripts, tags and numbers of a task may well differ
    mixed = mixed_scripts(pair.source if source_language == CHINESE else pair.target)
    if mixed:
        yield Doubt(pair.line, "scripts", mixed)
    source, target = find_protected(pair.source), find_protected(pair.target)
    odd = _odd_markup(_markup(pair.source, source), _markup(pair.target, target))
    if odd:
        yield Doubt(pair.line, "markup", _shown(odd))
    if _NUMERAL.search(pair.source) or _NUMERAL.search(pair.target):
        lost = _odd_numbers(
            _without(pair.source, source), source_language,
            _without(pair.target, target), target_language,
        )  # fmt: skip
        if lost:
            yield Doubt(pair.line, "numbers", _shown(lost))


def _markup(text: str, protected: tuple[Protected, ...]) -> Counter[str]:
    """How often each tag and placeholder stands in ``text``; of a tag its name counts."""
    found: Counter[str] = Counter()
    for span in protected:
        written = text[span.start : span.end]
        if span.kind == TAG:
            found[_tag_name(written)] += 1
        elif span.kind == "placeholder":
            found[_BLANKS.sub("", written)] += 1
    return found


def _tag_name(tag: str) -> str:
    """``<a href="…">`` and ``<A>`` as ``<a>``: what it says may well be translated."""
    name = re.match(r"<(/?)\s*([A-Za-z0-9:._-]+)", tag)
    if name:
        return f"<{name[1]}{name[2].rstrip('/').lower()}>"
    return "<!-- -->" if tag.startswith("<") else tag.partition("(")[0]


def _odd_markup(source: Counter[str], target: Counter[str]) -> list[str]:
    """What stands more often on one side than on the other."""
    return [*(source - target), *(target - source)] if source != target else []


def _odd_numbers(source: str, source_language: str, target: str, target_language: str) -> list[str]:
    """Numbers of one side that the other does not show, as they are written."""
    one, other = find_numbers(source, source_language), find_numbers(target, target_language)
    return [
        *_written(source, missing(one, other)),
        *_written(target, missing(other, one)),
    ]


def _written(text: str, numbers: list[Number]) -> Iterator[str]:
    return (text[number.start : number.end] for number in numbers)


def _without(text: str, protected: tuple[Protected, ...]) -> str:
    """``text`` with blanks in the place of addresses, tags and the like."""
    for span in protected:
        text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return text


def _shown(found: list[str]) -> str:
    more = " …" if len(found) > _MOST_SHOWN else ""
    return " ".join(text[:_LONGEST_SHOWN] for text in found[:_MOST_SHOWN]) + more
