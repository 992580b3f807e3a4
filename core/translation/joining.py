"""Parts of a text, each translated by itself, as one translation."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from core.text.function_words import FUNCTION_WORDS
from core.text.languages import ENGLISH
from core.text.segments import Segmented
from core.translation.result import Alarm, Alternative, Rows, Translation, Word

GOES_ON = (",", ";", ":")  # what a sentence goes on behind
# They are no names, so that they need no capital within a sentence.
_NO_NAMES = FUNCTION_WORDS[ENGLISH]


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
    parts = list(parts)
    for index, gap in enumerate(segmented.gaps(target_language)):
        if target_language == ENGLISH and text.endswith(GOES_ON):
            parts[index] = _begun_small(parts[index])
        part = parts[index]
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
        confidences=tuple(confidence for part in known for confidence in part.confidences),
        copied=_copied(known),
        alternatives=parts[0].alternatives if len(parts) == 1 else (Alternative(text, score),),
        notes=_notes(parts),
        seconds=sum(part.seconds for part in parts),
        alarms=tuple(
            _moved_alarm(alarm, start, begin)
            for part, start, begin in zip(parts, starts, begins, strict=True)
            for alarm in part.alarms
        ),
    )


def _begun_small(part: Translation) -> Translation:
    """``part``, amid a sentence, without the capital that it has as a sentence of its own."""
    first, blank, rest = part.translation.partition(" ")
    if first.lower() not in _NO_NAMES or not first[:1].isupper():
        return part
    first = first.lower()
    words = tuple(
        dataclasses.replace(word, text=first[word.start : word.end])
        if word.end <= len(first)
        else word
        for word in part.target_words
    )
    return dataclasses.replace(part, translation=first + blank + rest, target_words=words)


def _moved(parts: Sequence[tuple[Word, ...]], offsets: Sequence[int]) -> tuple[Word, ...]:
    return tuple(
        Word(word.text, word.start + offset, word.end + offset)
        for words, offset in zip(parts, offsets, strict=False)
        for word in words
    )


def _moved_alarm(alarm: Alarm, start: int, begin: int) -> Alarm:
    """``alarm`` of a part that stands at ``start`` in the source, ``begin`` in the translation."""
    return dataclasses.replace(
        alarm,
        source=tuple((first + start, end + start) for first, end in alarm.source),
        target=tuple((first + begin, end + begin) for first, end in alarm.target),
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
