"""The sentences that are translated again at every validation: which is shown, as of when."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from core.events import Sample
from core.translation.result import SegmentResult, Translation, Word
from gui.viewmodels.highlight import Highlight
from gui.viewmodels.segments import SegmentList


def placed(text: str, words: Sequence[str]) -> tuple[Word, ...]:
    """``words`` of ``text``, in their order, with their places.

    Two that were cut out of one sign lie over each other; one that is not there is empty.
    """
    found = []
    begin = end = 0  # of the word before
    for word in words:
        start = text.find(word, end)
        if start < 0:
            start = text.find(word, begin)
        if start < 0:
            begin, word = end, ""
        else:
            begin, end = start, start + len(word)
        found.append(Word(word, begin, begin + len(word)))
    return tuple(found)


class Watched(QObject):
    """One sentence at one time; the newest unless the user went back.

    Signals:
        changed(): there are more sentences or times, or another is shown.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._histories: dict[str, tuple[Sample, ...]] = {}
        self._source = ""
        self._at: int | None = None  # of the times; the newest if None
        self._placed: Sample | None = None
        self.segments = SegmentList()
        self.highlight = Highlight(self.segments, self)

    def take(self, histories: Sequence[Sequence[Sample]]) -> None:
        """Offer ``histories``, each of one sentence, the oldest first."""
        found = {history[0].source: tuple(history) for history in histories if history}
        if found == self._histories:
            return
        if self._source not in found:
            self._source, self._at = next(iter(found), ""), None
        self._histories = found
        self._update()

    @property
    def offered(self) -> tuple[Sample, ...]:
        """The sentences, each as it is newest."""
        return tuple(history[-1] for history in self._histories.values())

    @property
    def history(self) -> tuple[Sample, ...]:
        """The sentence that is shown, at all times; empty where there is none."""
        return self._histories.get(self._source, ())

    @property
    def at(self) -> int:
        """The time that is shown, as an index into :attr:`history`."""
        newest = max(0, len(self.history) - 1)
        return newest if self._at is None else min(self._at, newest)

    @property
    def sample(self) -> Sample | None:
        """What is shown."""
        return self.history[self.at] if self.history else None

    @property
    def before(self) -> Sample | None:
        """The same sentence at the validation before."""
        return self.history[self.at - 1] if self.at else None

    @property
    def translation(self) -> Translation | None:
        """What is shown, with its words; ``None`` where there is nothing."""
        return self.segments[0].translation if len(self.segments) else None

    def choose(self, source: str) -> None:
        """Show the sentence ``source``, as of the same time."""
        if source in self._histories and source != self._source:
            self._source = source
            self._update()

    def turn(self, way: int) -> None:
        """Show the next sentence (1) or the one before (-1), round and round."""
        sources = list(self._histories)
        if sources:
            self.choose(sources[(sources.index(self._source) + way) % len(sources)])

    def go(self, at: int) -> None:
        """Show the time ``at``; the last one, and then every newer one."""
        newest = len(self.history) - 1
        wanted = None if at >= newest else max(0, at)
        if wanted != self._at:
            self._at = wanted
            self._update()

    def _update(self) -> None:
        sample = self.sample
        if sample is not self._placed:
            self._placed = sample
            self.segments.clear()
            if sample is not None:
                self._place(sample)
        self.changed.emit()
        self.highlight.refresh()

    def _place(self, sample: Sample) -> None:
        translation = Translation(
            source=sample.source,
            translation=sample.translation,
            score=0.0,
            source_words=placed(sample.source, sample.source_words),
            target_words=placed(sample.translation, sample.target_words),
            alignment=sample.attention,
        )
        whole = SegmentResult(0, 1, 0, len(sample.source), "", translation)
        self.segments.type(sample.source)
        self.segments.begin()
        self.segments.apply([whole])
        self.segments.finish()
