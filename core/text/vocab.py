"""Special symbols, and plain word vocabularies."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.errors import BundleError, OptionError
from core.text.units import UNITS, WORDS

UNK, PAD, SOS, EOS = 0, 1, 2, 3
SPECIALS = ("<unk>", "<pad>", "<sos>", "<eos>")
_SPECIAL_IDS = range(len(SPECIALS))


@dataclass(frozen=True, slots=True)
class Encoded:
    """Ids of a sentence.

    ``words`` holds for each id the index of its word, ``spans`` its characters in that word.
    """

    ids: tuple[int, ...]
    words: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]


def plain(index: int) -> int:
    """``index``, or ``<unk>`` for any special: a text that spells ``<eos>`` does not end."""
    return UNK if index in _SPECIAL_IDS else index


class WordVocabulary:
    """One id per word; words outside the vocabulary are ``<unk>``.

    Args:
        words: every word, in id order, without the specials.
        units: what texts are cut into for it: words, characters, or what stands between blanks.
    """

    kind = "word"

    def __init__(self, words: Sequence[str], units: str = WORDS) -> None:
        if units not in UNITS:
            raise BundleError(f"a vocabulary of {units!r}, which this program does not know")
        self.units = units
        self._words = [*SPECIALS, *words]
        self._ids = {word: index for index, word in enumerate(self._words)}
        if len(self._ids) != len(self._words):
            raise BundleError("a vocabulary holds the same word twice")

    @classmethod
    def build(
        cls,
        sentences: Iterable[Sequence[str]],
        *,
        max_size: int | None = None,
        min_freq: int = 1,
        units: str = WORDS,
    ) -> WordVocabulary:
        """Count words and keep the most frequent, ties in the order of first sight.

        Args:
            sentences: sequences of words.
            max_size: most entries, the four specials included; ``None`` keeps all.
            min_freq: how often a word must occur to be kept, at least 1.
            units: what ``sentences`` are cut into.
        """
        if max_size is not None and max_size <= len(SPECIALS):
            raise OptionError(f"max_size is {max_size}", remedy="It must exceed 4, the specials.")
        if min_freq < 1:
            raise OptionError(f"min_freq is {min_freq}", remedy="It must be at least 1.")
        counts = Counter(word for sentence in sentences for word in sentence)
        for special in SPECIALS:
            counts.pop(special, None)
        limit = None if max_size is None else max_size - len(SPECIALS)
        kept = [word for word, count in counts.most_common(limit) if count >= min_freq]
        return cls(kept, units)

    def __len__(self) -> int:
        return len(self._words)

    def encode(self, words: Sequence[str]) -> Encoded:
        """Ids of ``words``, one each."""
        return Encoded(
            tuple(plain(self._ids.get(word, UNK)) for word in words),
            tuple(range(len(words))),
            tuple((0, len(word)) for word in words),
        )

    def pieces(self, ids: Iterable[int]) -> list[str]:
        """The word of every id."""
        return [self._words[index] for index in ids]

    def to_json(self) -> str:
        """The vocabulary as JSON."""
        fields = {"kind": self.kind, "version": 1, "units": self.units}
        return json.dumps({**fields, "words": self._words[len(SPECIALS) :]}, ensure_ascii=False)
