"""From a segment as typed to ids, keeping where in it each piece and word stands."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.text.capitals import unshouted
from core.text.emoji import EMOJI_SEQUENCE
from core.text.languages import CHINESE, ENGLISH, HAN_PATTERN, LETTER_PATTERN
from core.text.normalize import Normalized, normalize
from core.text.numerals import in_digits, with_signs
from core.text.protected import ATOM, Protected, find_protected, with_phrases
from core.text.subword import MARKER, Vocabulary
from core.text.tokenizer import Span, Tokenizer, make_tokenizer, words, words_of_tokenized
from core.text.units import PIECES
from core.text.vocab import UNK, Encoded

_MANY = 1_000  # pieces


@dataclass(frozen=True, slots=True)
class EncodedSegment:
    """An encoded segment; all offsets are into ``text``.

    Attributes:
        text: the segment as typed.
        ids: its pieces; a run of characters without vocabulary entry is one ``<unk>``, in a
            vocabulary of whole units each of these is.
        piece_words: for each piece the index of its word.
        piece_spans: for each piece where it begins and ends.
        words: where each word begins and ends.
        traditional: whether Traditional characters were converted.
        translatable: whether it holds any text of its language at all that a model can read.
        protected: its protected spans, each but the tags one ``<unk>``; none if not asked for.
        plain: it is a task's (see :class:`SegmentEncoder`): its output is taken as it is.
    """

    text: str
    ids: tuple[int, ...]
    piece_words: tuple[int, ...]
    piece_spans: tuple[tuple[int, int], ...]
    words: tuple[tuple[int, int], ...]
    traditional: bool
    translatable: bool
    protected: tuple[Protected, ...] = ()
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece, its word's index, and its offsets in the text as typed."""

    id: int
    word: int
    start: int
    end: int


class SegmentEncoder:
    """Normalises, cuts and encodes segments of one language.

    Args:
        language: a code.
        tokenizer: of that language, into the units of ``vocabulary``.
        vocabulary: its entries.
        plain: whatever a segment holds is for the model, as in a task: nothing of it is protected,
            and it needs no letters of its language to be translatable.
    """

    def __init__(
        self, language: str, tokenizer: Tokenizer, vocabulary: Vocabulary, *, plain: bool = False
    ) -> None:
        self.language = language
        self._tokenizer = tokenizer
        self._vocabulary = vocabulary
        self._plain = plain

    @classmethod
    def of(cls, language: str, vocabulary: Vocabulary, *, plain: bool = False) -> SegmentEncoder:
        """One with a tokenizer of its own."""
        tokenizer = make_tokenizer(language, vocabulary.units)
        return cls(language, tokenizer, vocabulary, plain=plain)

    def encode(
        self, text: str, *, tokenized: bool = False, protect: bool = False
    ) -> EncodedSegment:
        """Encode ``text``.

        Args:
            text: a segment.
            tokenized: its blanks are its word boundaries.
            protect: make each of its protected spans one ``<unk>``, so that it is copied, and
                leave out its tags; take English in capitals and Chinese years for what is meant.
        """
        protect = protect and not self._plain
        protected = find_protected(text) if protect else ()
        if protect and self.language == CHINESE:
            protected = with_phrases(text, protected)
        if tokenized:
            normalized = normalize(text, self.language)
            spans = words_of_tokenized(text, normalized, self.language)
            places = tuple(match.span() for match in re.finditer(r"\S+", text))
        else:
            normalized = normalize(text, self.language, protected)
            if protect:
                normalized = dataclasses.replace(normalized, text=self._plainer(normalized.text))
            spans = _spans(normalized, self._tokenizer)
            origins, ends = normalized.origins, normalized.ends
            places = tuple((origins[span.start], ends[span.end - 1]) for span in spans)
        encoded = self._vocabulary.encode([span.form for span in spans])
        pieces = place_pieces(encoded, spans, normalized, self._vocabulary.units)
        return EncodedSegment(
            text=text,
            ids=tuple(piece.id for piece in pieces),
            piece_words=tuple(piece.word for piece in pieces),
            piece_spans=tuple((piece.start, piece.end) for piece in pieces),
            words=places,
            traditional=normalized.traditional,
            translatable=self._has_letters(normalized) and any(piece.id != UNK for piece in pieces),
            protected=protected,
            plain=self._plain,
        )

    def _plainer(self, text: str) -> str:
        """``text`` as it is written oftener, its length unchanged."""
        if self.language == ENGLISH:
            return with_signs(unshouted(text, self._cost))
        return in_digits(text) if self.language == CHINESE else text

    def _has_letters(self, normalized: Normalized) -> bool:
        """Whether there is anything of the language; of a task, whatever there is."""
        letters = HAN_PATTERN if self.language == CHINESE else LETTER_PATTERN
        return self._plain or letters.search(normalized.text) is not None

    def _cost(self, word: str) -> tuple[int, int]:
        """How many pieces ``word`` has behind a blank, a great many if one is unknown; the last."""
        ids = self._vocabulary.encode([MARKER + word]).ids
        return (_MANY if UNK in ids else len(ids)), max(ids)


def cut(text: str, tokenizer: Tokenizer) -> tuple[Normalized, list[Span]]:
    """``text`` normalised, and its words."""
    normalized = normalize(text, tokenizer.language)
    return normalized, _spans(normalized, tokenizer)


def _spans(normalized: Normalized, tokenizer: Tokenizer) -> list[Span]:
    """The words of ``normalized``, or whatever the tokenizer cuts it into."""
    return words(tokenizer.tokenize(normalized.text), tokenizer.language, tokenizer.units)


def place_pieces(
    encoded: Encoded, spans: Sequence[Span], normalized: Normalized, units: str
) -> list[Piece]:
    """The pieces that a model sees: at their places, of words' pieces adjacent ``<unk>`` made one.

    Args:
        encoded: the encoded forms of ``spans``.
        spans: words of ``normalized``, of which only the offsets are asked.
        units: what the vocabulary counts.
    """
    located = _located(encoded, spans, normalized)
    return _merge_unknown(located) if units == PIECES else list(located)


def _located(encoded: Encoded, spans: Sequence[Span], normalized: Normalized) -> Iterator[Piece]:
    """The pieces at their places; those of an emoji known only in part are all ``<unk>``."""
    torn = {
        word
        for index, word in zip(encoded.ids, encoded.words, strict=True)
        if index == UNK and EMOJI_SEQUENCE.fullmatch(spans[word].text)
    }
    torn |= {word for word, span in enumerate(spans) if span.text == ATOM}
    for index, word, (begin, stop) in zip(encoded.ids, encoded.words, encoded.spans, strict=True):
        span = spans[word]
        if not span.text:  # a word of a tokenised corpus that normalisation left nothing of
            continue
        marker = len(span.form) - len(span.text)  # takes no place in the text
        first = span.start + max(0, begin - marker)
        last = span.start + max(0, stop - marker - 1)
        piece = UNK if word in torn and stop > marker else index
        yield Piece(piece, word, normalized.origins[first], normalized.ends[last])


def _merge_unknown(pieces: Iterator[Piece]) -> list[Piece]:
    """The pieces with adjacent ``<unk>`` made one."""
    merged: list[Piece] = []
    for piece in pieces:
        before = merged[-1] if merged else None
        if before and before.id == piece.id == UNK and piece.start <= before.end:
            merged[-1] = Piece(UNK, before.word, before.start, piece.end)
        else:
            merged.append(piece)
    return merged
