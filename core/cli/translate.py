"""``attune-cli translate``: one output line per input line."""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from collections.abc import Iterator

from core.cli.selection import model_folder
from core.errors import InputError
from core.translation.lines import WINDOW, translate_lines
from core.translation.result import Translation
from core.translation.translator import TranslateOptions, Translator


def run(options: argparse.Namespace) -> int:
    """Translate the lines of a file or of standard input."""
    folder = model_folder(options)
    lines = input_lines(options.file)
    first = next(lines, None)  # a missing file is told before a model is loaded
    if first is None:
        return 0
    translator = Translator.load(folder, precision=options.precision, threads=options.threads)
    window = 1 if options.file == "-" and sys.stdin.isatty() else WINDOW
    wanted = TranslateOptions(beam=options.beam)
    rest = (line for part in ([first], lines) for line in part)
    for result in translate_lines(translator, rest, wanted, window=window):
        shown = as_json(result) if options.json else result.translation
        sys.stdout.write(shown + "\n")
        if window == 1:
            sys.stdout.flush()
    sys.stdout.flush()
    return 0


def input_lines(name: str) -> Iterator[str]:
    r"""Lines of the UTF-8 file ``name`` (``-`` is standard input); lines end at ``\n`` only.

    Raises:
        InputError: there is no such file, or a line is not UTF-8.
    """
    shown = "standard input" if name == "-" else name
    try:
        # Closed by the ``with`` below; opened here so that a missing file is told by name.
        source = open(  # noqa: SIM115
            sys.stdin.fileno() if name == "-" else name, "rb", closefd=name != "-"
        )
    except OSError as error:
        raise InputError(
            f"it cannot be opened ({error.strerror})", where=name, remedy="Check the name."
        ) from error
    with source as file:
        for number, raw in enumerate(file, start=1):
            try:
                yield raw.removesuffix(b"\n").decode("utf-8-sig" if number == 1 else "utf-8")
            except UnicodeDecodeError as error:
                raise InputError(
                    f"byte {error.start + 1} is not UTF-8",
                    where=f"{shown}, line {number}",
                    remedy="Save the file as UTF-8.",
                ) from error


def as_json(translation: Translation) -> str:
    """The JSON object that stands for a line."""
    return json.dumps(
        {
            "source": translation.source,
            "translation": translation.translation,
            "score": translation.score,
            "source_words": [dataclasses.asdict(word) for word in translation.source_words],
            "target_words": [dataclasses.asdict(word) for word in translation.target_words],
            "alignment": [[round(w, 6) for w in row] for row in translation.alignment],
        },
        ensure_ascii=False,
    )
