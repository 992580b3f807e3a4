"""What every head of a model's attention looked at: plain frozen values (see ``head_reading``)."""

from __future__ import annotations

from dataclasses import dataclass

from core.translation.result import Translation


@dataclass(frozen=True, slots=True)
class HeadView:
    """A translation with the alignment of one head.

    Attributes:
        head: which, from 0; ``None`` for the mean of all.
        words: the translation, aligned by that head.
        pieces: the same with pieces for words: their texts as a reader may see them.
    """

    head: int | None
    words: Translation
    pieces: Translation


@dataclass(frozen=True, slots=True)
class AttentionHeads:
    """A sentence by all heads.

    Attributes:
        source: the sentence.
        translation: its translation as these heads made it.
        alignment_head: the head that translations show as their alignment; ``None`` for the mean.
        views: of each head, and the mean at the end.
    """

    source: str
    translation: str
    alignment_head: int | None
    views: tuple[HeadView, ...]

    @property
    def count(self) -> int:
        """The number of heads."""
        return len(self.views) - 1

    def view(self, head: int | None) -> HeadView:
        """The view of ``head``, from 0, or of the mean."""
        return self.views[-1 if head is None else head]

    @property
    def alignment(self) -> HeadView:
        """What translations show."""
        return self.view(self.alignment_head)
