"""A cut sentence as one line of text: all that its ids depend on, on its way between processes.

Words stand in the form that vocabularies see, with blanks between. Where a word, or a character
in it, did not follow the one before at once in the text as typed, a :data:`BREAK` stands before
it: two ``<unk>`` melt into one only where nothing was between them. Normalised text holds
neither blanks inside words nor control characters.
"""

from __future__ import annotations

from collections.abc import Sequence

from core.text.encoding import place_pieces
from core.text.normalize import Normalized
from core.text.subword import MARKER, Vocabulary
from core.text.tokenizer import Span

BREAK = "\x1f"


def pack(normalized: Normalized, spans: Sequence[Span]) -> str:
    """The line of a normalised text cut into ``spans``."""
    origins, ends = normalized.origins, normalized.ends
    torn = {i for i in range(1, len(origins)) if origins[i] > ends[i - 1]}
    packed: list[str] = []
    previous_end: int | None = None
    for span in spans:
        form = span.form
        if torn:
            marker = len(form) - len(span.text)
            for place in range(span.end - 1, span.start, -1):
                if place in torn:
                    inside = marker + place - span.start
                    form = form[:inside] + BREAK + form[inside:]
        apart = previous_end is not None and origins[span.start] > previous_end
        packed.append(BREAK + form if apart else form)
        previous_end = ends[span.end - 1]
    return " ".join(packed)


def forms(line: str) -> list[str]:
    """The words of a packed line in the form that vocabularies see."""
    return line.replace(BREAK, "").split(" ") if line else []


def texts(line: str) -> str:
    """The words of a packed line as they read, with blanks between."""
    return line.replace(BREAK, "").replace(MARKER, "")


def seen_pieces(line: str, vocabulary: Vocabulary) -> tuple[list[int], list[int]]:
    """Ids of a packed line and for each its word's index, as ``SegmentEncoder`` makes them."""
    normalized, spans = _unpack(line)
    encoded = vocabulary.encode([span.form for span in spans])
    pieces = place_pieces(encoded, spans, normalized, vocabulary.units)
    return [piece.id for piece in pieces], [piece.word for piece in pieces]


def _unpack(line: str) -> tuple[Normalized, list[Span]]:
    """A text that is cut alike and has its gaps at the same places."""
    spans: list[Span] = []
    origins: list[int] = []
    place = 0
    for packed in line.split(" ") if line else ():
        start = len(origins)
        form = packed.replace(BREAK, "")
        text = form.removeprefix(MARKER)
        for character in packed:
            if character == BREAK:
                place += 1
            elif character != MARKER:
                origins.append(place)
                place += 1
        spans.append(Span(text, start, len(origins), form))
    ends = tuple(origin + 1 for origin in origins)
    return Normalized("".join(span.text for span in spans), tuple(origins), ends), spans
