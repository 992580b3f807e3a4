"""Marks over the segments, and where sentences and words stand in their panes. No Qt here."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from gui.viewmodels.links import Mark, Side, Spot, copied_words, runs, shared_partners, words
from gui.viewmodels.segments import SegmentList


def start_of(segments: SegmentList, side: Side, index: int) -> int:
    """Where sentence ``index`` begins in the text of ``side``."""
    return segments[index].start if side is Side.SOURCE else segments.output_start(index)


def extent_of(segments: SegmentList, side: Side, index: int) -> tuple[int, int]:
    """Where sentence ``index`` begins and ends in the text of ``side``."""
    found = segments[index]
    if side is Side.SOURCE:
        return found.start, found.end
    start = segments.output_start(index)
    return start, start + len(found.translation.translation)


def place_of(segments: SegmentList, spot: Spot) -> tuple[int, int]:
    """Where a word begins and ends in the text of its side."""
    start = start_of(segments, spot.side, spot.segment)
    word = words(segments[spot.segment].translation, spot.side)[spot.word]
    return start + word.start, start + word.end


def link_marks(segments: SegmentList, lit: Sequence[Spot]) -> Iterator[Mark]:
    """The words that are linked with the ``lit`` ones, which are of one side, on the other one."""
    for index, group in itertools.groupby(lit, lambda spot: spot.segment):
        chosen = list(group)
        own, translation = chosen[0].side, segments[index].linked
        for word, weight in shared_partners(translation, own, [spot.word for spot in chosen]):
            yield Mark("link", *place_of(segments, Spot(own.other, index, word)), weight)


def copied_marks(segments: SegmentList, side: Side) -> Iterator[Mark]:
    """Runs of words that were copied as they are, in sentences that are not stale."""
    for index in range(len(segments)):
        if segments[index].stale:
            continue
        for first, last in runs(copied_words(segments[index].translation, side)):
            start, _ = place_of(segments, Spot(side, index, first))
            _, end = place_of(segments, Spot(side, index, last))
            yield Mark("copied", start, end)


def locked_marks(segments: SegmentList) -> Iterator[Mark]:
    """The beginnings of translations that were asked for by hand."""
    for index in range(len(segments)):
        if segments[index].locked:
            start = segments.output_start(index)
            yield Mark("locked", start, start + segments[index].locked)


def stale_marks(segments: SegmentList) -> list[Mark]:
    """Runs of stale sentences of the translation, merged."""
    marks: list[Mark] = []
    before = False
    for index in range(len(segments)):
        stale = segments[index].stale
        if stale:
            start, end = extent_of(segments, Side.TARGET, index)
            if before:
                start = marks.pop().start
            marks.append(Mark("stale", start, end))
        before = stale
    return marks
