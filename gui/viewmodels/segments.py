"""The translated text as a list of segments that follows both typing and results.

No Qt here. Offsets are Python character offsets; every change of the translated text comes out
as one :class:`Edit`, so that a view replaces only what differs.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from core.translation.result import Rows, SegmentResult, Translation
from gui.viewmodels.segment import Edit, Segment

_SENTENCE_END = frozenset('。！？!?.…"”」』\n')


def text_change(old: str, new: str) -> Edit:
    """The one edit that makes ``new`` from ``old``: all but their common ends."""
    limit = min(len(old), len(new))
    prefix = _common_prefix(old, new, limit)
    limit -= prefix
    suffix = _common_prefix(old[::-1], new[::-1], limit)
    return Edit(prefix, len(old) - prefix - suffix, new[prefix : len(new) - suffix])


def _common_prefix(a: str, b: str, limit: int) -> int:
    """Length of the common prefix, at most ``limit``; bisection keeps the comparing in C."""
    if a[:limit] == b[:limit]:
        return limit
    low, high = 0, limit
    while high - low > 1:
        middle = (low + high) // 2
        if a[low:middle] == b[low:middle]:
            low = middle
        else:
            high = middle
    return low


class SegmentList:
    """The segments shown, in order, with the source text they belong to.

    What was done to a translation by hand stays until its source changes, whatever is translated
    again.

    A run of results is opened by :meth:`begin`, fed by :meth:`apply` and closed by
    :meth:`finish`; its results replace old segments from the first on. Typing (:meth:`type`) may
    come in between: results of the older wording are moved along with the text, and marked stale
    where the typing touched them.
    """

    def __init__(self) -> None:
        self._segments: list[Segment] = []
        self._starts: list[int] = []
        self._output_starts: list[int] = []
        self._source = ""
        self._asked = ""
        self._done = 0

    @property
    def source(self) -> str:
        """The source text as it is now."""
        return self._source

    @property
    def output(self) -> str:
        """The whole translated text."""
        return "".join(segment.output for segment in self._segments)

    def __len__(self) -> int:
        return len(self._segments)

    def __getitem__(self, index: int) -> Segment:
        return self._segments[index]

    # -- typing ---------------------------------------------------------------------------

    def type(self, text: str) -> Edit:
        """The source is now ``text``: move the segments, mark those touched as stale.

        Segments that a pure deletion removed are dropped; the returned edit removes their
        translations.
        """
        change = text_change(self._source, text)
        self._source = text
        if change.empty:
            return Edit(0, 0, "")
        if not text.strip():
            return self.clear()
        moved = [_move(segment, change, text) for segment in self._segments]
        gone = [i for i, segment in enumerate(moved) if segment is None]
        self._segments = [new or old for new, old in zip(moved, self._segments, strict=True)]
        self._index()
        if not gone:
            return Edit(0, 0, "")
        self._done -= sum(i < self._done for i in gone)
        return self._replace(gone[0], gone[-1] + 1, [])

    def clear(self) -> Edit:
        """Drop all segments."""
        self._done = 0
        return self._replace(0, len(self._segments), [])

    def mark_stale(self) -> None:
        """All translations are of another model or search: dim them until they are replaced."""
        self._segments = [replace(segment, stale=True) for segment in self._segments]

    # -- results --------------------------------------------------------------------------

    def begin(self) -> None:
        """Results for the source as it is now follow."""
        self._asked = self._source
        self._done = 0

    def apply(self, results: Iterable[SegmentResult]) -> Edit:
        """Put the next results, in order, in the place of the old segments they cover."""
        if not self._source.strip():
            return Edit(0, 0, "")
        change = text_change(self._asked, self._source)
        old = self._segments[self._done :]
        sources = {segment.translation.source for segment in old if segment.steps}
        old = [segment for segment in old if segment.translation.source in sources]
        new: list[Segment] = []
        for result in results:
            segment = Segment(result.start, result.end, result.gap, result.translation)
            moved = segment if change.empty else _move(segment, change, self._source)
            if moved is not None:
                new.append(_steered_again(moved, old))
        if not new:
            return Edit(0, 0, "")
        first = self._done
        last = first
        while last < len(self._segments) and self._segments[last].start < new[-1].end:
            last += 1
        edit = self._replace(first, last, new)
        self._done = first + len(new)
        return edit

    def finish(self) -> Edit:
        """The run is complete: what it did not cover is gone."""
        return self._replace(self._done, len(self._segments), [])

    # -- by hand --------------------------------------------------------------------------

    def put(self, index: int, segment: Segment) -> Edit:
        """``segment`` stands in the place of segment ``index``: the same sentence, otherwise."""
        return self._replace(index, index + 1, [segment])

    def find(self, shown: Translation) -> int | None:
        """The segment whose translation is ``shown`` itself, unless its source changed."""
        found = (i for i, s in enumerate(self._segments) if s.translation is shown and not s.stale)
        return next(found, None)

    def link(self, shown: Translation, rows: Rows) -> bool:
        """The words of ``shown`` are linked by ``rows``, wherever it stands; whether it does.

        A sentence that the text has twice has one translation.
        """
        places = [i for i, segment in enumerate(self._segments) if segment.translation is shown]
        for index in places:
            self._segments[index] = replace(self._segments[index], links=rows)
        return bool(places)

    # -- looking up -----------------------------------------------------------------------

    def at_source(self, offset: int) -> int | None:
        """Index of the segment that holds or touches source offset ``offset``."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0:
            return None
        if offset > self._segments[index].end:
            return None
        return index

    def at_output(self, offset: int) -> int | None:
        """Index of the segment that holds or touches offset ``offset`` of the translation."""
        index = bisect_right(self._output_starts, offset) - 1
        if index < 0:
            return 0 if self._segments and offset >= 0 else None
        if offset > self._output_starts[index] + len(self._segments[index].translation.translation):
            following = index + 1
            return following if following < len(self._segments) else None
        return index

    def output_start(self, index: int) -> int:
        """Where segment ``index``'s translation begins in the translated text."""
        return self._output_starts[index]

    # -- inside ---------------------------------------------------------------------------

    def _replace(self, first: int, last: int, new: Sequence[Segment]) -> Edit:
        """Segments ``first`` to ``last`` become ``new``; the least edit of the translated text."""
        old = self._segments[first:last]
        start = self._begin_of(first)
        self._segments[first:last] = new
        self._index()
        low = 0
        while low < min(len(old), len(new)) and old[low].output == new[low].output:
            start += len(old[low].output)
            low += 1
        high = 0
        limit = min(len(old), len(new)) - low
        while high < limit and old[-1 - high].output == new[-1 - high].output:
            high += 1
        removed = sum(len(s.output) for s in old[low : len(old) - high])
        inserted = "".join(s.output for s in new[low : len(new) - high])
        return Edit(start, removed, inserted)

    def _begin_of(self, index: int) -> int:
        """Where segment ``index``'s part of the translated text begins, its gap included."""
        if index == 0:
            return 0
        before = self._segments[index - 1]
        return self._output_starts[index - 1] + len(before.translation.translation)

    def _index(self) -> None:
        self._starts = [segment.start for segment in self._segments]
        position = 0
        self._output_starts = []
        for segment in self._segments:
            self._output_starts.append(position + len(segment.gap))
            position += len(segment.output)


def _steered_again(new: Segment, old: list[Segment]) -> Segment:
    """``new`` with what was done by hand to the same sentence in ``old``, the nearest one."""
    same = [before for before in old if before.translation.source == new.translation.source]
    if not same:
        return new
    nearest = min(same, key=lambda before: abs(before.start - new.start))
    old.remove(nearest)
    return new.again(nearest) if nearest.steps else new


def _move(segment: Segment, change: Edit, text: str) -> Segment | None:
    """``segment`` after ``change`` gave the source ``text``; ``None`` when it was deleted.

    What was typed right after a finished sentence is not counted to that sentence. Ends that
    fell inside replaced text keep their share of it, so that segments stay in order.
    """
    low, high = change.start, change.start + change.removed
    shift = len(change.inserted) - change.removed
    if segment.end < low or (segment.end == low and text[low - 1] in _SENTENCE_END):
        return segment
    if segment.start > high or (segment.start == high and change.removed):
        return replace(segment, start=segment.start + shift, end=segment.end + shift)
    if not change.inserted and low <= segment.start and segment.end <= high:
        return None

    def moved(offset: int, after: bool) -> int:
        if offset < low or (offset == low and not after):
            return offset
        if offset >= high:
            return offset + shift
        return low + (offset - low) * len(change.inserted) // change.removed

    return replace(
        segment, start=moved(segment.start, False), end=moved(segment.end, True), stale=True
    )
