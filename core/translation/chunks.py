"""Segments with more pieces than the model takes, in parts that it does take."""

from __future__ import annotations

from core.text.encoding import EncodedSegment, SegmentEncoder
from core.text.segments import Segment, Segmented

LONGEST = 130  # source pieces decoded as one: the longest that the default models were taught


def encode_parts(
    text: str, encoder: SegmentEncoder, longest: int = LONGEST
) -> tuple[Segmented, list[EncodedSegment]]:
    """``text`` as parts of at most ``longest`` pieces, almost always one; and these encoded.

    A single character is never cut, whatever pieces it has.
    """
    parts: list[EncodedSegment] = []
    starts: list[int] = []
    waiting = [(0, text)]
    while waiting:
        start, part = waiting.pop()
        encoded = encoder.encode(part, protect=True)
        cut = _middle(encoded) if len(encoded.ids) > longest else 0
        if cut:
            waiting += [_stripped(start + cut, part[cut:]), _stripped(start, part[:cut])]
        else:
            starts.append(start)
            parts.append(encoded)
    return _segmented(text, starts, parts), parts


def _middle(encoded: EncodedSegment) -> int:
    """The offset nearest the middle, counted in pieces, that begins a word; else a piece; or 0."""
    count = len(encoded.ids)
    spans, words = encoded.piece_spans, encoded.piece_words
    cuts = [i for i in range(1, count) if spans[i][0] >= spans[i - 1][1]]
    between_words = [i for i in cuts if words[i] != words[i - 1]]
    nearest = min(between_words or cuts, key=lambda i: abs(2 * i - count), default=None)
    return 0 if nearest is None else spans[nearest][0]


def _stripped(start: int, part: str) -> tuple[int, str]:
    return start + len(part) - len(part.lstrip()), part.strip()


def _segmented(text: str, starts: list[int], parts: list[EncodedSegment]) -> Segmented:
    segments: list[Segment] = []
    written = 0
    for start, part in zip(starts, parts, strict=True):
        end = start + len(part.text)
        segments.append(Segment(start, end, part.text, text[written:start]))
        written = end
    return Segmented(tuple(segments), text[written:])
