"""The sentences with a word that a vocabulary of words lacks: where pieces should pay."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.quality.sets import TestSet
from core.text.languages import CHINESE
from core.text.tokenizer import make_tokenizer
from core.text.vocab import UNK, WordVocabulary

WORDS = 10_000  # what the presets' vocabularies of words hold, specials included


def rare_parts(
    pairs: Path, sets: Sequence[TestSet], results: Sequence[dict[str, Any]], size: int = WORDS
) -> Iterator[TestSet]:
    """Of each set the sentences with a Chinese word beyond the ``size`` most frequent of ``pairs``.

    Each result's translations of them are added to it, under the part's name.
    """
    tokenizer = make_tokenizer(CHINESE)
    with pairs.open(encoding="utf-8") as file:
        chinese = (tokenizer.tokenize(line.partition("\t")[0]) for line in file)
        known = WordVocabulary.build(chinese, max_size=size)
    for one in sets:
        words = map(tokenizer.tokenize, one.chinese)
        rows = [n for n, cut in enumerate(words) if UNK in known.encode(cut).ids]
        if not rows:
            continue
        part = dataclasses.replace(
            one,
            name=f"{one.name}, sentences with an unknown word",
            chinese=tuple(one.chinese[n] for n in rows),
            english=tuple(one.english[n] for n in rows),
        )
        for result in results:
            found = result["translations"]
            found[part.name] = [found[one.name][n] for n in rows]
        yield part
