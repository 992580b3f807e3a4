"""Translating many lines: sentences of several lines in one batch, results in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from core.cancel import CancelToken
from core.errors import InputError
from core.text.segments import split
from core.translation.joining import join
from core.translation.result import Translation
from core.translation.translator import TranslateOptions, Translator

# Lines read ahead: enough to fill batches of like length, few enough to answer soon.
WINDOW = 256
BATCH = 32
# Weights in one line's alignment; there are as many as source words times target words.
MOST_CELLS = 20_000_000


def translate_lines(
    translator: Translator,
    lines: Iterable[str],
    options: TranslateOptions,
    cancel: CancelToken | None = None,
    *,
    window: int = WINDOW,
    aligned: bool = False,
) -> Iterator[Translation]:
    """One :class:`Translation` per line, in order.

    Args:
        translator: the model.
        lines: texts without line ends; read ``window`` ahead.
        options: of the search.
        cancel: asked at every step of the search.
        window: lines translated together.
        aligned: give words and alignment, too; that of a line of several sentences has a block
            for each.

    Raises:
        InputError: a line is too long for an alignment.
        Cancelled: ``cancel`` was cancelled.
    """
    source = iter(lines)
    number = 0
    while chunk := list(islice(source, window)):
        segmented = [split(line, translator.source_language) for line in chunk]
        found = _translations(
            translator, [s.text for whole in segmented for s in whole.segments], options, cancel
        )
        for line, whole in zip(chunk, segmented, strict=True):
            number += 1
            parts = [found[segment.text] for segment in whole.segments]
            if aligned:
                _check_size(parts, number)
            yield join(line, whole, parts, translator.target_language, aligned=aligned)


def _translations(
    translator: Translator,
    texts: Iterable[str],
    options: TranslateOptions,
    cancel: CancelToken | None,
) -> dict[str, Translation]:
    """The translation of every text."""
    # Sentences of like length waste least padding.
    ordered = sorted(set(texts), key=lambda text: (len(text), text))
    found: dict[str, Translation] = {}
    for begin in range(0, len(ordered), BATCH):
        batch = ordered[begin : begin + BATCH]
        translations = translator.translate_segments(batch, options, cancel)
        found.update(zip(batch, translations, strict=True))
    return found


def _check_size(parts: list[Translation], number: int) -> None:
    sources = sum(len(part.source_words) for part in parts)
    targets = sum(len(part.target_words) for part in parts)
    if sources * targets > MOST_CELLS:
        raise InputError(
            f"{sources} words by {targets} are too many to align",
            where=f"line {number}",
            remedy="Put each sentence on a line of its own.",
        )
