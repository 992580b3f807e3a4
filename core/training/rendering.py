"""How a sentence came out while a model learns: its text and, where asked for, its words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from core.text.encoding import EncodedSegment
from core.text.tokenizer import Tokenizer
from core.translation.alignment import word_alignment
from core.translation.outputs import Output
from core.translation.result import Rows

DECIMALS = 3  # of a weight: a thousandth cannot be seen
# Words of the source, words of the translation, and a row of attention per word of the latter.
Words = tuple[tuple[str, ...], tuple[str, ...], Rows]


def _unknown() -> Words:
    return (), (), ()


@dataclass(frozen=True, slots=True)
class Rendering:
    """A translation.

    Attributes:
        text: in the target language.
        words: finds the words and their attention; of most sentences nobody asks.
    """

    text: str
    words: Callable[[], Words] = _unknown

    @classmethod
    def of(
        cls, output: Output, source: EncodedSegment, language: str, tokenizer: Tokenizer | None
    ) -> Rendering:
        """What the search found.

        Args:
            output: as running text.
            source: what was translated.
            language: of the output.
            tokenizer: of that language; English needs none.
        """
        return cls(output.text, partial(_words, output, source, language, tokenizer))


def _words(
    output: Output, source: EncodedSegment, language: str, tokenizer: Tokenizer | None
) -> Words:
    spans = output.words(source, language, tokenizer)
    rows = word_alignment(
        output.copied.attention,
        source.piece_words,
        len(source.words),
        output.tagged.spans,
        spans,
    )
    return (
        tuple(source.text[start:end] for start, end in source.words),
        tuple(output.text[start:end] for start, end in spans),
        tuple(tuple(round(weight, DECIMALS) for weight in row) for row in rows),
    )
