"""Sentences drawn from files of pairs, for what is fitted and for what is measured."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.quality.sets import read_sets


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sentence and its reference translation; ``place`` tells set and line."""

    place: str
    source: str
    reference: str


def draw(
    places: Sequence[Path], source_language: str, count: int, seed: int, *, least: int = 4
) -> tuple[list[Drawn], list[Drawn]]:
    """Two disjoint draws of ``count`` sentences each, as many from each set as from any other.

    Args:
        places: folders of files of pairs, or such files.
        source_language: the code of the language to translate from.
        count: sentences of each draw.
        seed: of the draw.
        least: characters of a sentence on either side.

    Raises:
        InputError: the files cannot be read.
    """
    sets = read_sets(places)
    if source_language == "en":  # into Chinese, only sets whose Chinese is the translation
        sets = tuple(one for one in sets if not one.name.endswith("zh-en"))
    else:
        sets = tuple(one for one in sets if not one.name.endswith("en-zh"))
    chance = random.Random(seed)
    each = -(-2 * count // len(sets))
    drawn: list[Drawn] = []
    seen: set[str] = set()
    for one in sets:
        pairs = list(zip(*one.turned(source_language), strict=True))
        lines = [i for i, pair in enumerate(pairs) if min(map(len, pair)) >= least]
        for line in chance.sample(lines, min(each, len(lines))):
            if pairs[line][0] not in seen:
                seen.add(pairs[line][0])
                drawn.append(Drawn(f"{one.name}:{line + 1}", *pairs[line]))
    chance.shuffle(drawn)
    return drawn[:count], drawn[count : 2 * count]
