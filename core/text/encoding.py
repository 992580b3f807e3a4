"""From a segment as typed to ids, keeping where in it each piece and word stands."""

from __future__ import annotations

from dataclasses import dataclass

from core.text.languages import CHINESE, HAN_PATTERN, LETTER_PATTERN
from core.text.normalize import normalize
from core.text.subword import Vocabulary
from core.text.tokenizer import Span, Tokenizer, words, words_of_tokenized
from core.text.vocab import UNK


@dataclass(frozen=True, slots=True)
class WordSpan:
    """A word: offsets into the text as typed."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class EncodedSegment:
    """An encoded segment.

    Attributes:
        text: the segment as typed.
        ids: its pieces; a run of characters without vocabulary entry is one ``<unk>``.
        piece_words: for each piece the index of its word.
        piece_spans: for each piece its offsets in ``text``.
        words: the words as offsets in ``text``.
        traditional: whether Traditional characters were converted.
        translatable: whether it holds any text of its language at all.
    """

    text: str
    ids: tuple[int, ...]
    piece_words: tuple[int, ...]
    piece_spans: tuple[tuple[int, int], ...]
    words: tuple[WordSpan, ...]
    traditional: bool
    translatable: bool

    def word_spans(self) -> list[tuple[int, int]]:
        """The words as plain offsets."""
        return [(word.start, word.end) for word in self.words]


class SegmentEncoder:
    """Normalises, cuts and encodes segments of one language."""

    def __init__(self, language: str, tokenizer: Tokenizer, vocabulary: Vocabulary) -> None:
        self.language = language
        self._tokenizer = tokenizer
        self._vocabulary = vocabulary

    def encode(self, text: str, *, tokenized: bool = False) -> EncodedSegment:
        """Encode ``text``; if ``tokenized``, its blanks are its word boundaries."""
        normalized = normalize(text, self.language)
        if tokenized:
            spans = words_of_tokenized(normalized.text, self.language)
        else:
            spans = words(self._tokenizer.tokenize(normalized.text), self.language)
        encoded = self._vocabulary.encode([span.form for span in spans])
        ids: list[int] = []
        piece_words: list[int] = []
        places: list[tuple[int, int]] = []
        for piece, word, inner in zip(encoded.ids, encoded.words, encoded.spans, strict=True):
            start, end = _place(spans[word], inner)
            if piece == UNK and ids and ids[-1] == UNK and places[-1][1] == start:
                places[-1] = (places[-1][0], end)
                continue
            ids.append(piece)
            piece_words.append(word)
            places.append((start, end))
        pattern = HAN_PATTERN if self.language == CHINESE else LETTER_PATTERN
        origins, ends = normalized.origins, normalized.ends
        return EncodedSegment(
            text=text,
            ids=tuple(ids),
            piece_words=tuple(piece_words),
            piece_spans=tuple((origins[a], ends[max(a, b - 1)]) for a, b in places),
            words=tuple(WordSpan(origins[s.start], ends[s.end - 1]) for s in spans),
            traditional=normalized.traditional,
            translatable=pattern.search(normalized.text) is not None,
        )


def _place(span: Span, inner: tuple[int, int]) -> tuple[int, int]:
    """Offsets of a piece in the normalised text; the marker takes none of it."""
    marker = len(span.form) - len(span.text)
    return (
        span.start + max(0, inner[0] - marker),
        span.start + max(0, inner[1] - marker),
    )
