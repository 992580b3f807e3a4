"""``attune-cli translate``: one output line per input line."""

from __future__ import annotations

import argparse
import sys

from core.cli.selection import model_folder
from core.cli.streams import STANDARD_INPUT, as_json, read_lines, write_line
from core.translation.lines import WINDOW, translate_lines
from core.translation.translator import TranslateOptions, Translator


def run(options: argparse.Namespace) -> int:
    """Translate the lines of a file or of standard input."""
    folder = model_folder(options)
    # Who types is answered line by line.
    typed = options.file == STANDARD_INPUT and sys.stdin is not None and sys.stdin.isatty()
    with read_lines(options.file) as lines:
        translator = Translator.load(folder, precision=options.precision, threads=options.threads)
        translations = translate_lines(
            translator,
            lines,
            TranslateOptions(beam=options.beam),
            window=1 if typed else WINDOW,
            aligned=options.json,
        )
        for translation in translations:
            write_line(as_json(translation) if options.json else translation.translation)
            if typed:
                sys.stdout.flush()
    return 0
