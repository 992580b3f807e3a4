"""``attune-cli translate`` with ``--prefix``, ``--n-best`` or ``--sample``."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from core.cancel import CancelToken
from core.cli.line_reader import LineReader
from core.cli.selection import search_options
from core.cli.streams import as_json, flush, write_line
from core.decoding.options import SamplingOptions
from core.translation.joining import join
from core.translation.plain import segments
from core.translation.result import Translation
from core.translation.translator import TranslateOptions, Translator


def write_steered(
    lines: LineReader, folder: Path, options: argparse.Namespace, cancel: CancelToken
) -> None:
    """Write what is asked for of every line to standard output.

    Raises:
        OptionError: the temperature or the nucleus makes no sense.
    """
    draw = SamplingOptions(
        temperature=options.temperature, top_k=options.top_k or 0, top_p=options.top_p
    )
    search = search_options(options, folder)
    translator = Translator.load(folder, precision=options.precision, threads=options.threads)
    for number, line in enumerate(lines, start=1):
        if options.prefix is not None:
            found = _begun(translator, line, options.prefix, search, cancel)
            write_line(_rendered(found, options))
        else:
            for place, other in _others(translator, line, options, (search, draw), cancel):
                row = f"{number}\t{place}\t{other.score:.4f}\t"
                write_line(("" if options.json else row) + _rendered(other, options))
        flush()


def _begun(
    translator: Translator, line: str, prefix: str, search: TranslateOptions, cancel: CancelToken
) -> Translation:
    """The translation of ``line`` whose first sentence begins with ``prefix``."""
    segmented = segments(line, translator.source_language, translator.target_language)
    texts = [segment.text for segment in segmented.segments]
    parts = translator.translate_segments(texts, search, cancel)
    if parts:
        first = translator.complete(texts[0], prefix, search, cancel, shown=parts[0])
        parts[0] = first.translation
    return join(line, segmented, parts, translator.target_language)


def _others(
    translator: Translator,
    line: str,
    options: argparse.Namespace,
    ways: tuple[TranslateOptions, SamplingOptions],
    cancel: CancelToken,
) -> Iterator[tuple[int, Translation]]:
    """The translations of every sentence of ``line``, each with the number of its sentence.

    ``ways`` are how the best are searched for, and how others are drawn.
    """
    search, draw = ways
    segmented = segments(line, translator.source_language, translator.target_language)
    for place, segment in enumerate(segmented.segments, start=1):
        if options.sample:
            found = translator.sample(segment.text, options.sample, draw, options.seed, cancel)
        else:
            found = translator.n_best(segment.text, options.n_best, search, cancel)
        yield from ((place, other) for other in found)


def _rendered(translation: Translation, options: argparse.Namespace) -> str:
    if options.json:
        return as_json(translation, alarms=options.alarms)
    return translation.translation
