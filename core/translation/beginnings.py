"""Beginnings of translations, as someone typed or chose them, in the model's pieces."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from core.decoding.constraints import Prefix
from core.text.encoding import EncodedSegment, Piece, place_pieces
from core.text.languages import CHINESE, is_han, is_spaced
from core.text.normalize import Normalized, normalize
from core.text.protected import TAG, Protected
from core.text.spelling import Spelling
from core.text.subword import MARKER, Vocabulary
from core.text.tokenizer import PlainEnglishTokenizer, Span, Tokenizer, words
from core.text.units import PIECES
from core.text.vocab import EOS, UNK

_COPY = "copy"
_OPEN_HAN = 4  # characters of Chinese that may be cut into words in another way


@dataclass(frozen=True, slots=True)
class Beginning:
    """The beginning of a translation.

    Attributes:
        ids: its pieces, but for those of its last word if that may go on.
        shown: what each of them shows, with a marker for a blank.
        columns: for each the piece of the source that it copies, -1 for none.
        rest: the last word if that may go on, with a marker for a blank.
        prefix: what outputs must begin with.
        spelled: how many places of that are pieces of the beginning.
    """

    ids: tuple[int, ...]
    shown: tuple[str, ...]
    columns: tuple[int, ...]
    rest: str
    prefix: Prefix
    spelled: int

    def given(self, ids: Sequence[int]) -> list[tuple[str, int] | None]:
        """What the first pieces of an output show and copy; ``None`` for their own text.

        Args:
            ids: the output.

        Returns:
            One for each piece that is of the beginning in part at least.
        """
        found: list[tuple[str, int] | None] = [*zip(self.shown, self.columns, strict=True)]
        place = len(found)
        while place < self.spelled:
            place = self.prefix.after(place, ids[len(found)])
            found.append(None)
        return found


class BeginningReader:
    """Reads beginnings of translations into ``language``.

    Args:
        language: of the translations.
        tokenizer: of that language, into the units of ``vocabulary``; pieces of English have one
            of their own.
        vocabulary: the target's.

    Attributes:
        language, tokenizer: the same.
    """

    def __init__(self, language: str, tokenizer: Tokenizer | None, vocabulary: Vocabulary) -> None:
        self.language = language
        self.tokenizer = tokenizer or PlainEnglishTokenizer()
        self._vocabulary = vocabulary
        self._spelling: Spelling | None = None

    def pieces(self, ids: Iterable[int]) -> list[str]:
        """The text of every piece."""
        return self._vocabulary.pieces(ids)

    @property
    def spelling(self) -> Spelling:
        """The vocabulary by its characters; made when first asked for."""
        if self._spelling is None:
            self._spelling = Spelling(self._vocabulary, self.language)
        return self._spelling

    def read(self, text: str, source: EncodedSegment, *, whole: bool) -> Beginning:
        """``text`` as the beginning of a translation of ``source``.

        Args:
            text: what stands there; its tags, which are put back later, count for nothing.
            source: the segment; its unknown pieces are copies where ``text`` has them.
            whole: whether its last word is complete. A blank behind it says so, too.
        """
        text = _without_tags(text, source)
        copies = dict(_copies(text, source))
        normalized = normalize(text, self.language, sorted(copies, key=lambda span: span.start))
        tokens = self.tokenizer.tokenize(normalized.text)
        spans = words(tokens, self.language, self.tokenizer.units)
        pieces = self._pieces(spans, normalized)
        columns = {span.start: column for span, column in copies.items()}
        whole = whole or not text or text[-1].isspace()
        first = len(spans) if whole else _open_from(spans, self.language)
        rest = "".join(span.form for span in spans[first:])
        moves = self.spelling.moves(rest) if rest else []
        if not moves:
            first, rest = len(spans), ""
        settled = [piece for piece in pieces if piece.word < first]
        ids = tuple(piece.id for piece in settled)
        prefix = Prefix.of(ids).then(*moves)
        spelled = prefix.most
        if whole and self._must_end(text):
            prefix = prefix.then(dict.fromkeys(self._after_word(), 1))
        return Beginning(
            ids=ids,
            shown=tuple(self._shown(settled, text)),
            columns=tuple(
                columns.get(piece.start, -1) if piece.id == UNK else -1 for piece in settled
            ),
            rest=rest,
            prefix=prefix,
            spelled=spelled,
        )

    def _pieces(self, spans: list[Span], normalized: Normalized) -> list[Piece]:
        encoded = self._vocabulary.encode([span.form for span in spans])
        return place_pieces(encoded, spans, normalized, self._vocabulary.units)

    def _shown(self, settled: Sequence[Piece], text: str) -> Iterator[str]:
        """The pieces' own texts; what the vocabulary lacks stays as it was typed."""
        before = ""
        for piece, own in zip(settled, self.pieces(piece.id for piece in settled), strict=True):
            if piece.id == UNK:
                blank = piece.start == 0 or text[piece.start - 1].isspace()
                marked = blank and is_spaced(self.language) and before != MARKER
                marker = MARKER if marked else ""
                # A marker that someone typed would be a blank.
                own = marker + text[piece.start : piece.end].replace(MARKER, "_")
            yield own
            before = own

    def _must_end(self, text: str) -> bool:
        """Whether a word must begin behind ``text``, lest its last one go on."""
        stripped = text.rstrip()
        return is_spaced(self.language) and stripped[-1:].isalnum()

    @property
    def tells_words(self) -> bool:
        """Whether a piece tells by itself where a word begins."""
        return is_spaced(self.language) or self._vocabulary.units != PIECES

    def _after_word(self) -> Iterator[int]:
        """The pieces that may follow a word that is complete."""
        yield from (EOS, UNK)
        yield from (index for index, begins in enumerate(self.spelling.begins) if begins)


def _without_tags(text: str, source: EncodedSegment) -> str:
    """``text`` without the tags of ``source``, nor the beginning of one at its end."""
    tags = [source.text[span.start : span.end] for span in source.protected if span.kind == TAG]
    for tag in tags:
        text = text.replace(tag, "", 1)
    last = text.rfind("<")
    begun = last >= 0 and any(tag.startswith(text[last:]) for tag in tags)
    return text[:last] if begun else text


def _copies(text: str, source: EncodedSegment) -> Iterator[tuple[Protected, int]]:
    """Where ``text`` has what is unknown in ``source``: the places, and the pieces of the source.

    The longest are looked for first, as a short one may be part of a longer one.
    """
    taken: list[tuple[int, int]] = []
    unknown = [column for column, piece in enumerate(source.ids) if piece == UNK]
    texts = {column: source.text[slice(*source.piece_spans[column])] for column in unknown}
    for column in sorted(unknown, key=lambda column: -len(texts[column])):
        start = text.find(texts[column])
        while start >= 0:
            end = start + len(texts[column])
            if not any(a < end and start < b for a, b in taken):
                taken.append((start, end))
                yield Protected(start, end, _COPY), column
                break
            start = text.find(texts[column], start + 1)


def _open_from(spans: list[Span], language: str) -> int:
    """The first of the words at the end that are not settled: none if the last is no word.

    In Chinese these are a few, for more characters behind them may cut them in another way.
    """
    first, taken = len(spans), 0
    while first:
        span = spans[first - 1]
        if not all(_of_word(character) for character in span.text):
            break
        first, taken = first - 1, taken + len(span.text)
        if language != CHINESE or not is_han(span.text[0]) or taken >= _OPEN_HAN:
            break
    return first


def _of_word(character: str) -> bool:
    """A letter, a digit, a mark over a letter, or a mark inside English words."""
    return unicodedata.category(character)[0] in "LNM" or character in "'-"
