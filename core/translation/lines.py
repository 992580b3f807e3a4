"""Translating many lines: sentences of several lines in one batch, results in order."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator

from core.cancel import CancelToken
from core.errors import AttuneError, InputError
from core.translation.joining import join
from core.translation.plain import segments
from core.translation.result import Translation
from core.translation.translator import TranslateOptions, Translator

# Lines, and characters, read ahead: enough to fill batches of like length, few enough to answer
# within seconds.
WINDOW, WINDOW_CHARACTERS = 256, 16_000
BATCH = 32
# Weights in one line's alignment; there are as many as source words times target words.
MOST_CELLS = 20_000_000


def windows(
    lines: Iterable[str], size: int = WINDOW, ready: Callable[[], bool] = lambda: True
) -> Iterator[list[str]]:
    """``lines`` in groups to be translated together, in order.

    A group ends with ``size`` lines, with :data:`WINDOW_CHARACTERS`, or where ``ready`` says that
    the next line is not there yet. An error raised by ``lines`` comes after the lines before it.
    """
    group: list[str] = []
    room = WINDOW_CHARACTERS
    try:
        for line in lines:
            group.append(line)
            room -= len(line)
            if len(group) == size or room <= 0 or not ready():
                yield group
                group, room = [], WINDOW_CHARACTERS
    except AttuneError:
        if group:
            yield group
        raise
    if group:
        yield group


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

    A window's translations depend on its lines alone: whoever begins again where a window began
    gets the same. So the translator's own memory is emptied before each.

    Args:
        translator: the model.
        lines: texts without line ends; read ``window`` ahead.
        options: of the search.
        cancel: asked at every step of the search.
        window: lines translated together, as in :func:`windows`.
        aligned: give words and alignment, too; that of a line of several sentences has a block
            for each.

    Raises:
        InputError: a line is too long for an alignment.
        Cancelled: ``cancel`` was cancelled.
    """
    number = 0
    for group in windows(lines, window):
        languages = translator.source_language, translator.target_language
        segmented = [segments(line, *languages) for line in group]
        texts = [segment.text for whole in segmented for segment in whole.segments]
        translator.forget()
        found = _translations(translator, texts, options, cancel, aligned)
        for line, whole in zip(group, segmented, strict=True):
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
    aligned: bool,
) -> dict[str, Translation]:
    """The translation of every text."""
    # Sentences of like length waste least padding.
    ordered = sorted(set(texts), key=lambda text: (len(text), text))
    found: dict[str, Translation] = {}
    for begin in range(0, len(ordered), BATCH):
        batch = ordered[begin : begin + BATCH]
        translations = translator.translate_segments(batch, options, cancel)
        if not aligned:  # a line of a megabyte has some thousand of them
            translations = [_bare(translation) for translation in translations]
        found.update(zip(batch, translations, strict=True))
    return found


def _bare(translation: Translation) -> Translation:
    """``translation`` without what outweighs all the rest of it."""
    return dataclasses.replace(translation, alignment=(), source_words=())


def _check_size(parts: list[Translation], number: int) -> None:
    sources = sum(len(part.source_words) for part in parts)
    targets = sum(len(part.target_words) for part in parts)
    if sources * targets > MOST_CELLS:
        raise InputError(
            f"{sources} words by {targets} are too many to align",
            where=f"line {number}",
            remedy="Put each sentence on a line of its own.",
        )
