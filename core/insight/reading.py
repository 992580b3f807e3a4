"""A shown translation as a model reads it: pieces, and the shown words that they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.text.encoding import EncodedSegment, SegmentEncoder
from core.translation.result import Translation, Word

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence, its translation, and where the pieces of both belong.

    Attributes:
        source: ids ``[S]``.
        words: for each shown source word its pieces, indices into ``source``.
        target: ids ``[T]``, without ``<sos>`` and ``<eos>``.
        target_words: for each shown word of the translation its pieces, indices into ``target``.
    """

    source: tuple[int, ...]
    words: tuple[tuple[int, ...], ...]
    target: tuple[int, ...]
    target_words: tuple[tuple[int, ...], ...]


def read(translation: Translation, source: SegmentEncoder, target: SegmentEncoder) -> Reading:
    """``translation`` in the pieces of a model's encoders.

    Both sides are encoded as for translating, so that what is copied is ``<unk>`` to the model here
    as it was there.
    """
    one = source.encode(translation.source, protect=True)
    other = target.encode(translation.translation, protect=True)
    return Reading(
        source=one.ids,
        words=_pieces_by_word(one, translation.source_words),
        target=other.ids,
        target_words=_pieces_by_word(other, translation.target_words),
    )


def _pieces_by_word(encoded: EncodedSegment, words: Sequence[Word]) -> tuple[tuple[int, ...], ...]:
    """The pieces that overlap each of ``words``; a piece may belong to several."""
    return tuple(
        tuple(
            piece
            for piece, (start, end) in enumerate(encoded.piece_spans)
            # A marker alone takes no room in the text: it belongs to the word that begins there.
            if start < word.end and max(end, start + 1) > word.start
        )
        for word in words
    )
