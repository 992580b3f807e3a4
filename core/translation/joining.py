"""Parts of a text, each translated by itself, as one translation."""

from __future__ import annotations

from collections.abc import Sequence

from core.text.segments import Segmented
from core.translation.alignment import Rows
from core.translation.result import Alternative, Translation, Word


def join(
    source: str,
    segmented: Segmented,
    parts: Sequence[Translation],
    target_language: str,
    *,
    aligned: bool = True,
) -> Translation:
    """The translations of the segments of ``source`` as one.

    Its alignment has a block for each part and so grows with the square of the source's length;
    without ``aligned`` it is left out, and words and copies with it.
    """
    text = ""
    begins: list[int] = []
    for gap, part in zip(segmented.gaps(target_language), parts, strict=True):
        text += gap
        begins.append(len(text))
        text += part.translation
    text += segmented.tail
    starts = [segment.start for segment in segmented.segments]
    weights = [max(1, len(part.target_words)) for part in parts]
    scores = [part.score * weight for part, weight in zip(parts, weights, strict=True)]
    score = sum(scores) / sum(weights) if parts else 0.0
    known = parts if aligned else ()
    return Translation(
        source=source,
        translation=text,
        score=score,
        source_words=_moved([part.source_words for part in known], starts),
        target_words=_moved([part.target_words for part in known], begins),
        alignment=_blocks(known),
        copied=_copied(known),
        alternatives=parts[0].alternatives if len(parts) == 1 else (Alternative(text, score),),
        notes=_notes(parts),
        seconds=sum(part.seconds for part in parts),
    )


def _moved(parts: Sequence[tuple[Word, ...]], offsets: Sequence[int]) -> tuple[Word, ...]:
    return tuple(
        Word(word.text, word.start + offset, word.end + offset)
        for words, offset in zip(parts, offsets, strict=False)
        for word in words
    )


def _blocks(parts: Sequence[Translation]) -> Rows:
    """The alignments of the parts along the diagonal."""
    width = sum(len(part.source_words) for part in parts)
    rows: list[tuple[float, ...]] = []
    before = 0
    for part in parts:
        behind = width - before - len(part.source_words)
        rows += ((0.0,) * before + row + (0.0,) * behind for row in part.alignment)
        before += len(part.source_words)
    return tuple(rows)


def _copied(parts: Sequence[Translation]) -> tuple[int, ...]:
    indices: list[int] = []
    before = 0
    for part in parts:
        indices += (index + before for index in part.copied)
        before += len(part.target_words)
    return tuple(indices)


def _notes(parts: Sequence[Translation]) -> tuple[str, ...]:
    """The notes of all parts; ``"copied"`` only if it is true of every part."""
    notes = dict.fromkeys(note for part in parts for note in part.notes)
    if not all("copied" in part.notes for part in parts):
        notes.pop("copied", None)
    return tuple(notes)
