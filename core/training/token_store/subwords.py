"""Vocabularies of a store: the same lines give the same bytes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from core.errors import OptionError
from core.text.languages import CHINESE, ENGLISH
from core.text.subword import SubwordVocabulary
from core.text.vocab import SPECIALS
from core.training.token_store.packing import BREAK, forms

# Characters kept in a vocabulary; rarer ones are copied from the source.
ALPHABET = {CHINESE: 5000, ENGLISH: 160}
MOST_ENTRIES = 1 << 16  # ids are stored in 16 bits
FEWEST_ENTRIES = len(SPECIALS) + 1


def check_size(size: int) -> None:
    """Raise :class:`OptionError` for a number of entries that cannot be."""
    if not FEWEST_ENTRIES <= size <= MOST_ENTRIES:
        raise OptionError(
            f"a vocabulary of {size} entries",
            remedy=f"Choose between {FEWEST_ENTRIES} and {MOST_ENTRIES}.",
        )


def learn(lines: Callable[[], Iterable[str]], size: int, alphabet: int) -> SubwordVocabulary:
    """Subwords of packed lines.

    Args:
        lines: gives the lines anew at each call.
        size: entries, specials and alphabet included.
        alphabet: characters kept, at most half of ``size``.
    """
    known = _frequent(lines(), min(alphabet, size // 2))
    # The library would choose among equally frequent characters at random.
    rare = _Rare(known)

    def sentences() -> Iterator[list[str]]:
        for line in lines():
            yield forms(line.translate(rare))

    return SubwordVocabulary.train(sentences(), size=size, alphabet=len(known))


def _frequent(lines: Iterable[str], count: int) -> set[str]:
    found: Counter[str] = Counter()
    for line in lines:
        found.update(line)
    for character in (" ", BREAK):
        del found[character]
    ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return {character for character, _ in ranked[:count]}


class _Rare(dict[int, int | None]):
    """A table for ``str.translate`` that drops characters outside ``known``."""

    def __init__(self, known: set[str]) -> None:
        super().__init__({ord(character): ord(character) for character in {*known, " "}})

    def __missing__(self, character: int) -> None:
        return None
