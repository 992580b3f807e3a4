"""Vocabularies of a store, learnt from packed lines: the same lines give the same bytes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from core.errors import OptionError
from core.text.languages import CHINESE, ENGLISH, is_spaced
from core.text.options import FEWEST_ENTRIES, MOST_ENTRIES
from core.text.subword import SubwordVocabulary, Vocabulary
from core.text.units import PIECES
from core.text.vocab import WordVocabulary
from core.training.token_store.packing import BREAK, forms

# Characters kept in a vocabulary; rarer ones are copied from the source.
ALPHABET = {CHINESE: 5000, ENGLISH: 160}
_ALPHABET_SPACED, _ALPHABET_UNSPACED = 1000, ALPHABET[CHINESE]  # of other languages


def check_size(size: int) -> None:
    """Raise :class:`OptionError` for a number of entries that cannot be."""
    if not FEWEST_ENTRIES <= size <= MOST_ENTRIES:
        raise OptionError(
            f"a vocabulary of {size} entries",
            remedy=f"Choose between {FEWEST_ENTRIES} and {MOST_ENTRIES}.",
        )


def alphabet_of(language: str) -> int:
    """How many characters a vocabulary of ``language`` keeps."""
    return ALPHABET.get(language, _ALPHABET_SPACED if is_spaced(language) else _ALPHABET_UNSPACED)


def learn(
    lines: Callable[[], Iterable[str]],
    size: int,
    alphabet: int,
    *,
    units: str = PIECES,
    min_freq: int = 2,
) -> Vocabulary:
    """The vocabulary of packed lines.

    Args:
        lines: gives the lines anew at each call.
        size: most entries, specials and alphabet included.
        alphabet: characters kept for pieces, at most half of ``size``.
        units: what the lines were cut into.
        min_freq: how often a unit must occur to get an entry, or two pieces to be joined.
    """
    if units != PIECES:
        whole = map(forms, lines())
        return WordVocabulary.build(whole, max_size=size, min_freq=min_freq, units=units)
    known = _frequent(lines(), min(alphabet, size // 2))
    # The library would choose among equally frequent characters at random.
    rare = _Rare(known)

    def sentences() -> Iterator[list[str]]:
        for line in lines():
            yield forms(line.translate(rare))

    return SubwordVocabulary.train(sentences(), size=size, alphabet=len(known), min_freq=min_freq)


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
