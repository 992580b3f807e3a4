"""Tags put back around the translation of what they stood around.

A model sees a text without its tags, those of Markdown among them. An element, a tag and the one
that closes it, goes around the stretch of the output that attends to what was inside, as in
translators of web pages; elements keep inside or beside one another as they were, so that every
tag is there once and pairs are balanced. A tag that stands alone follows the output of what stood
before it.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from core.text.encoding import EncodedSegment
from core.text.protected import TAG, Protected, closes, tag_name
from core.text.target import TargetText
from core.translation.copying import behind

_LETTERS = re.compile(r"\w\w", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Element:
    """A tag before source piece ``begin``, and perhaps the one before ``end`` that closes it."""

    opening: str
    begin: int
    closing: str = ""
    end: int = -1
    inner: tuple[_Element, ...] = ()


@dataclass(frozen=True, slots=True)
class Tagged:
    """A text with tags: the text, the offsets of its pieces, and those of its tags."""

    text: str
    spans: tuple[tuple[int, int], ...]
    tags: tuple[tuple[int, int], ...] = ()


def put_tags(joined: TargetText, attention: NDArray[np.float32], source: EncodedSegment) -> Tagged:
    """``joined`` with the tags of ``source``.

    Args:
        joined: the output, of T pieces.
        attention: ``[T, S]``.
        source: the input, of S pieces.
    """
    tags = [span for span in source.protected if span.kind == TAG]
    if not tags:
        return Tagged(joined.text, joined.spans)
    words = _words(joined)
    looks = [int(attention[begin:end].sum(axis=0).argmax()) for begin, end in words]
    spans = [(joined.spans[begin][0], joined.spans[end - 1][1]) for begin, end in words]
    placing = _Placing(spans, looks, len(source.ids), len(joined.text))
    placing.place(_elements(tags, source), 0, len(words))
    return _inserted(joined, placing.found)


def _words(joined: TargetText) -> list[tuple[int, int]]:
    """The pieces, first and behind the last, of each run of Latin letters; others one by one."""
    starts: list[int] = []
    text, before = joined.text, 0
    for index, (start, end) in enumerate(joined.spans):
        inside = 0 < before == start < end and _LETTERS.fullmatch(text, start - 1, start + 1)
        if not inside:
            starts.append(index)
        before = end
    return list(itertools.pairwise([*starts, len(joined.spans)]))


def _elements(tags: Sequence[Protected], source: EncodedSegment) -> tuple[_Element, ...]:
    """The tags as elements inside elements; what opens or closes nothing stands alone."""
    texts = [source.text[tag.start : tag.end] for tag in tags]
    starts = [start for start, _ in source.piece_spans]
    columns = [bisect_left(starts, tag.start) for tag in tags]
    closings = _closings(texts)

    def between(first: int, behind_last: int) -> tuple[_Element, ...]:
        elements: list[_Element] = []
        while first < behind_last:
            last = closings.get(first)
            if last is None:
                elements.append(_Element(texts[first], columns[first]))
            else:
                inner = between(first + 1, last)
                elements.append(
                    _Element(texts[first], columns[first], texts[last], columns[last], inner)
                )
            first = (last or first) + 1
        return tuple(elements)

    return between(0, len(tags))


def _closings(tags: Sequence[str]) -> dict[int, int]:
    """For each tag that is closed, which closes it: the next of its name, none crossing."""
    found: dict[int, int] = {}
    opened: list[int] = []
    names = [tag_name(tag) for tag in tags]
    for index, tag in enumerate(tags):
        if not closes(tag, [names[place] for place in opened]):
            opened.append(index)
            continue
        same = [place for place, other in enumerate(opened) if names[other] == names[index]]
        if same:
            found[opened[same[-1]]] = index
            del opened[same[-1] :]
    return found


@dataclass
class _Placing:
    """Finds the places of tags in an output of words.

    Attributes:
        spans: where each word begins and ends.
        looks: the source piece that each attends to most.
        columns: how many pieces the source has.
        length: characters of the output.
        found: offsets and tags, in order.
    """

    spans: Sequence[tuple[int, int]]
    looks: Sequence[int]
    columns: int
    length: int
    found: list[tuple[int, str]] = field(default_factory=list)

    def place(self, elements: Sequence[_Element], low: int, high: int) -> None:
        """Place ``elements`` between the words ``low`` and ``high``, disjoint and in order."""
        wanted = [(self._stretch(element, low, high), element) for element in elements]
        wanted.sort(key=lambda found: found[0])
        for (begin, end), element in wanted:
            begin = max(begin, low)
            end = max(begin, end)
            self.found.append((self._start(begin), element.opening))
            self.place(element.inner, begin, end)
            if element.closing:
                offset = self.spans[end - 1][1] if end > begin else self._start(begin)
                self.found.append((offset, element.closing))
            low = end

    def _start(self, word: int) -> int:
        return self.spans[word][0] if word < len(self.spans) else self.length

    def _stretch(self, element: _Element, low: int, high: int) -> tuple[int, int]:
        """The words between ``low`` and ``high`` that ``element`` wants to go around.

        Of all stretches the one with the most words that attend into the element, less those
        that do not.
        """
        if element.begin == 0 and element.end == self.columns:
            return low, high
        best, best_sum = (low, low), 0
        begin, total = low, 0
        for word in range(low, high):
            total += 1 if element.begin <= self.looks[word] < element.end else -1
            if total > best_sum:
                best, best_sum = (begin, word + 1), total
            if total < 0:
                begin, total = word + 1, 0
        if best_sum:
            return best
        at_start, at_end = element.begin == 0, element.begin == self.columns
        place = high if at_end else low + behind(self.looks[low:high], element.begin, -1)
        place = low if at_start else place
        # Marks of Markdown around nothing would be read as stars.
        around = bool(element.closing) and not element.opening.startswith("<") and place < high
        return place, place + around


def _inserted(joined: TargetText, tags: Sequence[tuple[int, str]]) -> Tagged:
    """``joined`` with ``tags``, given their offsets in it, ascending."""
    parts: list[str] = []
    places: list[tuple[int, int]] = []
    written = length = 0
    for offset, tag in tags:
        parts += [joined.text[written:offset], tag]
        length += offset - written + len(tag)
        places.append((length - len(tag), length))
        written = offset
    parts.append(joined.text[written:])
    offsets = [offset for offset, _ in tags]
    before = [0, *itertools.accumulate(len(tag) for _, tag in tags)]
    spans: list[tuple[int, int]] = []
    for start, end in joined.spans:
        first = start + before[bisect_right(offsets, start)]
        spans.append((first, max(first, end + before[bisect_left(offsets, end)])))
    return Tagged("".join(parts), tuple(spans), tuple(places))
