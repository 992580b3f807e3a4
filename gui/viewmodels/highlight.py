"""What is lit: the sentence under pointer or caret, a word or several, and their partners."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from core.translation.result import Translation
from gui.viewmodels.links import Mark, Side, Spot, word_at, words, words_between
from gui.viewmodels.marks import (
    copied_marks,
    extent_of,
    link_marks,
    locked_marks,
    place_of,
    stale_marks,
    start_of,
)
from gui.viewmodels.segments import SegmentList

MOST_SELECTED = 60  # words that are lit together: who selects more wants to copy or delete them


class Highlight(QObject):
    """Follows pointer, caret, clicks and selections over the segments; the panes paint its marks.

    A pinned word stays lit until it is freed or its sentence changes. Selected words are lit
    instead of it as long as they are selected. ``changed`` fires when the marks differ,
    ``sentence_changed`` when the sentence that is looked into does,
    ``refreshed`` when the segments do.
    """

    changed = Signal()
    sentence_changed = Signal()
    refreshed = Signal()

    def __init__(self, segments: SegmentList, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._segments = segments
        self._pointer: tuple[Side, int] | None = None
        self._caret = (Side.SOURCE, 0)
        self._lit_spot: Spot | None = None
        self._pinned = False
        self._selection: tuple[Side, int, int] | None = None
        self._copied = self._copied_marks()
        self._lit_translation: Translation | None = None
        self._inside: Translation | None = None

    # -- what happens ---------------------------------------------------------------------

    def point(self, side: Side, offset: int | None) -> None:
        """The pointer is over character ``offset`` of a pane, or over no text."""
        self._pointer = None if offset is None else (side, offset)
        if not self._pinned:
            self._light(None if offset is None else self.word_at(side, offset))
        self.changed.emit()

    def move_caret(self, side: Side, offset: int, *, light: bool) -> None:
        """The caret stands before ``offset``; ``light`` the word there unless one is pinned."""
        self._caret = (side, offset)
        if light and not self._pinned:
            self._light(self.word_at(side, offset))
        self._update()

    def select(self, side: Side, start: int, end: int) -> None:
        """The characters from ``start`` to ``end`` of a pane are selected; none where they meet."""
        if start < end:
            self._selection = (side, start, end)
        elif self._selection is not None and self._selection[0] is side:
            self._selection = None
        self.refresh()  # a selection moves, too, where the segments have just changed

    def click(self, side: Side, offset: int) -> None:
        """Pin the word there; free it when it was pinned already or where no word is."""
        spot = self.word_at(side, offset)
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
        offset = place_of(self._segments, spot)[0]
        self._caret = (side, offset)
        self._update()
        return offset

    def free(self) -> bool:
        """Put the light out; whether there was any."""
        lit = bool(self.lit)
        self._pinned, self._selection = False, None
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
        if self._lit_spot is not None and self._spot is None:
            self._pinned = False
            self._light(None)
        if self._pointer is not None and not self._pinned:
            self._light(self.word_at(*self._pointer))
        self._copied = self._copied_marks()
        self.refreshed.emit()
        self._update()

    # -- what is to be seen ---------------------------------------------------------------

    @property
    def spot(self) -> Spot | None:
        """The lit word."""
        return self._spot

    @property
    def pinned(self) -> Spot | None:
        """The lit word if it was pinned."""
        return self._spot if self._pinned else None

    @property
    def lit(self) -> tuple[Spot, ...]:
        """The lit words, of one side: those that are selected, else the one that is lit."""
        selected = self._selected()
        if selected:
            return selected
        return () if self._spot is None else (self._spot,)

    @property
    def chosen(self) -> Spot | None:
        """The word that was chosen by click or caret, not by the pointer passing over it."""
        return self._spot if self._pinned else self.word_at(*self._caret)

    @property
    def inside(self) -> int | None:
        """The sentence to look into: the pinned word's, else the one at or before the caret."""
        spot = self._spot
        if self._pinned and spot is not None and spot.segment < len(self._segments):
            return spot.segment
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
            marks.append(Mark("sentence", *extent_of(self._segments, side, tinted)))
        if side is Side.TARGET:
            marks.extend(stale_marks(self._segments))
            marks.extend(locked_marks(self._segments))
        marks.extend(self._copied[side])
        lit = self.lit
        if not lit:
            return tuple(marks)
        if lit[0].side is not side:
            return (*marks, *link_marks(self._segments, lit))
        if lit == (self._spot,):  # selected ones are marked by being so
            marks.append(Mark("word", *place_of(self._segments, lit[0])))
        return tuple(marks)

    def counterpart(self) -> tuple[Side, int] | None:
        """Pane and offset of the caret's sentence on the other side, to be brought into view."""
        index = self.inside
        if index is None:
            return None
        side = self._caret[0].other
        return side, extent_of(self._segments, side, index)[0]

    def segment_near(self, side: Side, offset: int) -> int | None:
        """The sentence at ``offset`` or the nearest one before it."""
        found = self._segment_at(side, offset)
        if found is not None:
            return found
        before = [
            i for i in range(len(self._segments)) if start_of(self._segments, side, i) <= offset
        ]
        return before[-1] if before else None

    def word_at(self, side: Side, offset: int) -> Spot | None:
        """The word of a pane that holds character ``offset``, unless its sentence is stale."""
        segment = self._segment_at(side, offset)
        if segment is None or self._segments[segment].stale:
            return None
        translation = self._segments[segment].translation
        word = word_at(translation, side, offset - start_of(self._segments, side, segment))
        return None if word is None else Spot(side, segment, word)

    def span(self, side: Side, index: int) -> tuple[int, int | None]:
        """Where sentence ``index`` begins, and the one after it (``None`` after the last)."""
        following = index + 1
        end = start_of(self._segments, side, following) if following < len(self._segments) else None
        return start_of(self._segments, side, index), end

    # -- inside ---------------------------------------------------------------------------

    def _update(self) -> None:
        index = self.inside
        translation = None if index is None else self._segments[index].translation
        self.changed.emit()
        if translation is not self._inside:
            self._inside = translation
            self.sentence_changed.emit()

    def _copied_marks(self) -> dict[Side, tuple[Mark, ...]]:
        return {side: tuple(copied_marks(self._segments, side)) for side in Side}

    def _light(self, spot: Spot | None) -> None:
        self._lit_spot = spot
        segment = None if spot is None else self._segments[spot.segment]
        self._lit_translation = None if segment is None else segment.translation

    @property
    def _spot(self) -> Spot | None:
        """The lit word. Between a change of the segments and :meth:`refresh` caret and pointer
        move already; of a sentence that has changed no word is lit."""
        spot = self._lit_spot
        if spot is None or spot.segment >= len(self._segments):
            return None
        same = self._segments[spot.segment].translation is self._lit_translation
        return spot if same else None

    def _segment_at(self, side: Side, offset: int) -> int | None:
        if side is Side.SOURCE:
            return self._segments.at_source(offset)
        return self._segments.at_output(offset)

    def _neighbour(self, side: Side, direction: int) -> Spot | None:
        """The word beside the lit one; where none of this side is lit, the one at the caret."""
        spot = self._spot
        if spot is None or spot.side is not side:
            caret = self._caret[1] if self._caret[0] is side else 0
            found = self.word_at(side, caret)
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

    def _selected(self) -> tuple[Spot, ...]:
        """The selected words; none where there are too many."""
        if self._selection is None:
            return ()
        side, start, end = self._selection
        spots: list[Spot] = []
        first = self.segment_near(side, start) or 0
        for index in range(first, len(self._segments)):
            begin = start_of(self._segments, side, index)
            if begin >= end or len(spots) > MOST_SELECTED:
                break
            segment = self._segments[index]
            if not segment.stale:
                found = words_between(segment.translation, side, start - begin, end - begin)
                spots += (Spot(side, index, word) for word in found)
        return tuple(spots) if len(spots) <= MOST_SELECTED else ()
