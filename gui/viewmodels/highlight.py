"""What is lit: the sentence under pointer or caret, a word and its partners."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from core.translation.result import Translation
from gui.viewmodels.links import Mark, Side, Spot, partners, word_at, words
from gui.viewmodels.segments import SegmentList


class Highlight(QObject):
    """Follows pointer, caret and clicks over the segments; the panes paint its marks.

    A pinned word stays lit until it is freed or its sentence changes. ``changed`` fires when
    the marks differ, ``sentence_changed`` when the sentence that is looked into does.
    """

    changed = Signal()
    sentence_changed = Signal()

    def __init__(self, segments: SegmentList, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._segments = segments
        self._pointer: tuple[Side, int] | None = None
        self._caret = (Side.SOURCE, 0)
        self._spot: Spot | None = None
        self._pinned = False
        self._lit_translation: Translation | None = None
        self._inside: Translation | None = None

    # -- what happens ---------------------------------------------------------------------

    def point(self, side: Side, offset: int | None) -> None:
        """The pointer is over character ``offset`` of a pane, or over no text."""
        self._pointer = None if offset is None else (side, offset)
        if not self._pinned:
            self._light(None if offset is None else self._spot_at(side, offset))
        self.changed.emit()

    def move_caret(self, side: Side, offset: int, *, light: bool) -> None:
        """The caret stands before ``offset``; ``light`` the word there unless one is pinned."""
        self._caret = (side, offset)
        if light and not self._pinned:
            self._light(self._spot_at(side, offset))
        self._update()

    def click(self, side: Side, offset: int) -> None:
        """Pin the word there; free it when it was pinned already or where no word is."""
        spot = self._spot_at(side, offset)
        again = self._pinned and spot == self._spot
        self._pinned = spot is not None and not again
        self._light(spot)
        self._update()

    def step(self, side: Side, direction: int) -> int | None:
        """Pin the next (1) or previous (-1) word of a pane; its offset, for the caret."""
        spot = self._neighbour(side, direction)
        if spot is None:
            return None
        self._pinned = True
        self._light(spot)
        offset = self._range(spot)[0]
        self._caret = (side, offset)
        self._update()
        return offset

    def free(self) -> bool:
        """Put the light out; whether there was any."""
        lit = self._spot is not None
        self._pinned = False
        self._light(None)
        self._update()
        return lit

    def light(self, spot: Spot | None) -> None:
        """Light ``spot`` as the pointer would (from the heatmap)."""
        if not self._pinned:
            self._light(spot)
            self.changed.emit()

    def refresh(self) -> None:
        """The segments changed: what was lit may be no more."""
        spot = self._spot
        if spot is not None:
            gone = spot.segment >= len(self._segments)
            if gone or self._segments[spot.segment].translation is not self._lit_translation:
                self._pinned = False
                self._light(None)
        if self._pointer is not None and not self._pinned:
            self._light(self._spot_at(*self._pointer))
        self._update()

    # -- what is to be seen ---------------------------------------------------------------

    @property
    def spot(self) -> Spot | None:
        """The lit word."""
        return self._spot

    @property
    def inside(self) -> int | None:
        """The sentence to look into: the pinned word's, else the one at or before the caret."""
        if self._pinned and self._spot is not None:
            return self._spot.segment
        return self.segment_near(*self._caret)

    @property
    def tinted(self) -> int | None:
        """The sentence to tint: under the pointer, else the one looked into."""
        if self._pointer is not None and not self._pinned:
            segment = self._segment_at(*self._pointer)
            if segment is not None:
                return segment
        return self.inside

    def marks(self, side: Side) -> tuple[Mark, ...]:
        """What a pane paints, from the back to the front."""
        marks = []
        tinted = self.tinted
        if tinted is not None and len(self._segments) > 1:
            marks.append(Mark("sentence", *self._extent(side, tinted)))
        if side is Side.TARGET:
            marks.extend(self._stale_marks())
        spot = self._spot
        if spot is None:
            return tuple(marks)
        if spot.side is side:
            marks.append(Mark("word", *self._range(spot)))
            return tuple(marks)
        translation = self._segments[spot.segment].translation
        for word, weight in partners(translation, spot.side, spot.word):
            place = self._range(Spot(side, spot.segment, word))
            marks.append(Mark("link", *place, weight))
        return tuple(marks)

    def counterpart(self) -> tuple[Side, int] | None:
        """Pane and offset of the caret's sentence on the other side, to be brought into view."""
        index = self.inside
        if index is None:
            return None
        side = self._caret[0].other
        return side, self._extent(side, index)[0]

    def segment_near(self, side: Side, offset: int) -> int | None:
        """The sentence at ``offset`` or the nearest one before it."""
        found = self._segment_at(side, offset)
        if found is not None:
            return found
        before = [i for i in range(len(self._segments)) if self._start(side, i) <= offset]
        return before[-1] if before else None

    def span(self, side: Side, index: int) -> tuple[int, int | None]:
        """Where sentence ``index`` begins, and the one after it (``None`` after the last)."""
        following = index + 1
        end = self._start(side, following) if following < len(self._segments) else None
        return self._start(side, index), end

    # -- inside ---------------------------------------------------------------------------

    def _update(self) -> None:
        index = self.inside
        translation = None if index is None else self._segments[index].translation
        self.changed.emit()
        if translation is not self._inside:
            self._inside = translation
            self.sentence_changed.emit()

    def _light(self, spot: Spot | None) -> None:
        self._spot = spot
        segment = None if spot is None else self._segments[spot.segment]
        self._lit_translation = None if segment is None else segment.translation

    def _segment_at(self, side: Side, offset: int) -> int | None:
        if side is Side.SOURCE:
            return self._segments.at_source(offset)
        return self._segments.at_output(offset)

    def _start(self, side: Side, segment: int) -> int:
        if side is Side.SOURCE:
            return self._segments[segment].start
        return self._segments.output_start(segment)

    def _extent(self, side: Side, segment: int) -> tuple[int, int]:
        found = self._segments[segment]
        if side is Side.SOURCE:
            return found.start, found.end
        start = self._segments.output_start(segment)
        return start, start + len(found.translation.translation)

    def _range(self, spot: Spot) -> tuple[int, int]:
        start = self._start(spot.side, spot.segment)
        word = words(self._segments[spot.segment].translation, spot.side)[spot.word]
        return start + word.start, start + word.end

    def _spot_at(self, side: Side, offset: int) -> Spot | None:
        segment = self._segment_at(side, offset)
        if segment is None or self._segments[segment].stale:
            return None
        translation = self._segments[segment].translation
        word = word_at(translation, side, offset - self._start(side, segment))
        return None if word is None else Spot(side, segment, word)

    def _neighbour(self, side: Side, direction: int) -> Spot | None:
        """The word beside the lit one; where none of this side is lit, the one at the caret."""
        spot = self._spot
        if spot is None or spot.side is not side:
            caret = self._caret[1] if self._caret[0] is side else 0
            found = self._spot_at(side, caret)
            if found is not None:
                return found
            segment = self._segment_at(side, caret) or 0
            if segment >= len(self._segments):
                return None
            spot = Spot(side, segment, -1 if direction > 0 else 0)
        segment, word = spot.segment, spot.word + direction
        while 0 <= segment < len(self._segments):
            count = len(words(self._segments[segment].translation, side))
            if 0 <= word < count and not self._segments[segment].stale:
                return Spot(side, segment, word)
            segment += direction
            if 0 <= segment < len(self._segments):
                following = len(words(self._segments[segment].translation, side))
                word = 0 if direction > 0 else following - 1
        return None

    def _stale_marks(self) -> list[Mark]:
        """Runs of stale sentences of the translation, merged."""
        marks: list[Mark] = []
        before = False
        for index in range(len(self._segments)):
            stale = self._segments[index].stale
            if stale:
                start, end = self._extent(Side.TARGET, index)
                if before:
                    start = marks.pop().start
                marks.append(Mark("stale", start, end))
            before = stale
        return marks
