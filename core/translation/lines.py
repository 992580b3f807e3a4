"""Translating many lines: sentences of several lines in one batch, results in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from core.cancel import CancelToken
from core.text.segments import Segmented, split
from core.translation.result import Translation, Word
from core.translation.translator import TranslateOptions, Translator

# Lines read ahead: enough to fill batches of like length, few enough to answer soon.
WINDOW = 256
BATCH = 32


@dataclass(frozen=True, slots=True)
class _Place:
    line: int
    segment: int


def translate_lines(
    translator: Translator,
    lines: Iterable[str],
    options: TranslateOptions,
    cancel: CancelToken | None = None,
    *,
    window: int = WINDOW,
) -> Iterator[Translation]:
    """One :class:`Translation` per line, in order.

    A line of several sentences gives one translation whose alignment has a block for each.

    Args:
        translator: the model.
        lines: texts without line ends; read ``window`` ahead.
        options: of the search.
        cancel: asked at every step of the search.
        window: lines translated together.
    """
    source = iter(lines)
    while chunk := list(islice(source, window)):
        segmented = [split(line, translator.source_language) for line in chunk]
        places = [
            _Place(i, j) for i, whole in enumerate(segmented) for j in range(len(whole.segments))
        ]
        # Sentences of like length waste least padding.
        places.sort(key=lambda p: len(segmented[p.line].segments[p.segment].text))
        results: dict[_Place, Translation] = {}
        for begin in range(0, len(places), BATCH):
            batch = places[begin : begin + BATCH]
            texts = [segmented[p.line].segments[p.segment].text for p in batch]
            found = translator.translate_segments(texts, options, cancel)
            results.update(zip(batch, found, strict=True))
        for i, whole in enumerate(segmented):
            parts = [results[_Place(i, j)] for j in range(len(whole.segments))]
            yield join(chunk[i], whole, parts, translator.target_language)


def join(
    line: str, segmented: Segmented, parts: list[Translation], target_language: str
) -> Translation:
    """The translations of a line's segments as one, offsets and alignment included."""
    text = ""
    source_words: list[Word] = []
    target_words: list[Word] = []
    copied: list[int] = []
    rows: list[tuple[int, tuple[float, ...]]] = []
    gaps = segmented.gaps(target_language)
    for segment, gap, part in zip(segmented.segments, gaps, parts, strict=True):
        text += gap
        copied += [index + len(target_words) for index in part.copied]
        rows += [(len(source_words), row) for row in part.alignment]
        source_words += [_moved(word, segment.start) for word in part.source_words]
        target_words += [_moved(word, len(text)) for word in part.target_words]
        text += part.translation
    width = len(source_words)
    alignment = tuple(
        (0.0,) * begin + row + (0.0,) * (width - begin - len(row)) for begin, row in rows
    )
    weights = [max(1, len(part.target_words)) for part in parts]
    scores = [part.score * weight for part, weight in zip(parts, weights, strict=True)]
    return Translation(
        source=line,
        translation=text + segmented.tail,
        score=sum(scores) / sum(weights) if parts else 0.0,
        source_words=tuple(source_words),
        target_words=tuple(target_words),
        alignment=alignment,
        copied=tuple(copied),
        alternatives=parts[0].alternatives if len(parts) == 1 else (),
        notes=tuple(dict.fromkeys(note for part in parts for note in part.notes)),
        seconds=sum(part.seconds for part in parts),
    )


def _moved(word: Word, by: int) -> Word:
    return Word(word.text, word.start + by, word.end + by)
