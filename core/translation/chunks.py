"""Segments with more pieces than the model takes, in parts that it does take."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from core.text.encoding import EncodedSegment, SegmentEncoder
from core.text.segments import Segment, Segmented

LONGEST = 130  # source pieces decoded as one: the longest that the default models were taught
# They were taught few of more than this, and pass parts of them over: cut where a clause ends.
EASY = 64


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a text: where it begins there, and itself encoded."""

    start: int
    source: EncodedSegment


def encode_parts(
    text: str, encoder: SegmentEncoder, longest: int = LONGEST, easy: int = EASY
) -> list[Part]:
    """``text`` as parts of at most ``longest`` pieces, almost always one.

    What has more than ``easy`` pieces is cut where a clause ends, if one does. A single character
    is never cut, whatever pieces it has, nor is a protected span.
    """
    parts: list[Part] = []
    waiting = [(0, text)]
    while waiting:
        start, part = waiting.pop()
        encoded = encoder.encode(part, protect=True)
        cut = 0
        if len(encoded.ids) > longest:
            cut = _middle(encoded)
        elif len(encoded.ids) > easy and not encoded.plain:
            cut = _nearest(encoded, _clauses(encoded))
        if cut:
            waiting += [_stripped(start + cut, part[cut:]), _stripped(start, part[:cut])]
        else:
            parts.append(Part(start, encoded))
    return parts


def encode_clauses(source: EncodedSegment, encoder: SegmentEncoder) -> list[Part]:
    """``source`` as two parts, cut at the clause mark nearest its middle; as one if it has none."""
    cut = _nearest(source, _clauses(source))
    if not cut:
        return [Part(0, source)]
    halves = (_stripped(0, source.text[:cut]), _stripped(cut, source.text[cut:]))
    return [Part(start, encoder.encode(half, protect=True)) for start, half in halves]


def _middle(encoded: EncodedSegment) -> int:
    """The best offset for a cut: behind a clause, else before a word, else before a piece; or 0."""
    spans, words = encoded.piece_spans, encoded.piece_words
    cuts = [i for i in range(1, len(spans)) if spans[i][0] >= spans[i - 1][1]]
    between_words = [i for i in cuts if words[i] != words[i - 1]]
    return _nearest(encoded, _clauses(encoded) or between_words or cuts)


def _clauses(encoded: EncodedSegment) -> list[int]:
    """The pieces that begin a clause, but for those near an end of the sentence."""
    count = len(encoded.ids)
    spans = encoded.piece_spans
    return [
        i
        for i in range(max(1, math.ceil(count / 4)), math.floor(count * 3 / 4) + 1)
        if spans[i][0] >= spans[i - 1][1] and _ends_clause(encoded.text, spans[i - 1][1])
    ]


def _ends_clause(text: str, end: int) -> bool:
    """Whether a clause ends at ``end``: not so inside 1,250 and 3:45."""
    mark = text[end - 1]
    return mark in "，；：—" or (mark in ",;:" and not text[end : end + 1].isalnum())


def _nearest(encoded: EncodedSegment, cuts: Sequence[int]) -> int:
    """The offset of the piece of ``cuts`` nearest the middle, or 0."""
    count = len(encoded.ids)
    nearest = min(cuts, key=lambda i: abs(2 * i - count), default=None)
    if nearest is None:
        return 0
    before, cut = encoded.piece_spans[nearest - 1][1], encoded.piece_spans[nearest][0]
    tags = [span.start for span in encoded.protected if before <= span.start < cut]
    # A tag that opens goes with what it opens.
    return next((tag for tag in tags if not encoded.text.startswith("</", tag)), cut)


def _stripped(start: int, part: str) -> tuple[int, str]:
    return start + len(part) - len(part.lstrip()), part.strip()


def segmented(text: str, parts: Sequence[Part]) -> Segmented:
    """``text`` as cut into ``parts``."""
    segments: list[Segment] = []
    written = 0
    for part in parts:
        end = part.start + len(part.source.text)
        segments.append(Segment(part.start, end, part.source.text, text[written : part.start]))
        written = end
    return Segmented(tuple(segments), text[written:])
