"""``attune-cli translate``: one output line per input line, however many there are."""

from __future__ import annotations

import argparse
import contextlib
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from core import runtime
from core.cancel import Cancelled, CancelToken
from core.cli.journal import read_journal
from core.cli.line_memory import LineMemory
from core.cli.line_reader import LineReader, open_lines
from core.cli.output_file import OutputFile, open_output
from core.cli.progress import ProgressBar, counted
from core.cli.selection import model_folder, search_options
from core.cli.steer import write_steered
from core.cli.steer_options import is_steered
from core.cli.stopping import all_endings, stopped_by
from core.cli.streams import as_json, flush, write_line
from core.errors import AttuneError, InputError
from core.store.bundle import read_bundle
from core.store.manifest import PRECISIONS, SOURCE_TOKENIZER, TARGET_TOKENIZER, WEIGHTS
from core.translation.autotune import choose_setting
from core.translation.lines import translate_lines, windows
from core.translation.result import Translation
from core.translation.translator import Translator

STANDARD_OUTPUT = "-"

_PRECISION = "--precision"

Pairs = list[tuple[str, str]]  # input lines, each with its output line


def run(options: argparse.Namespace) -> int:
    """Translate the lines of a file or of standard input."""
    folder = model_folder(options)
    cancel = CancelToken()
    with open_lines(options.file, cancel) as lines:
        if is_steered(options):
            write_steered(lines, folder, options, cancel)
            return 0
        if options.output in (None, STANDARD_OUTPUT):
            _to_standard_output(lines, folder, options, cancel)
            return 0
        _settle_precision(options, folder)
        output = open_output(Path(options.output), _made_by(folder, options), resume=options.resume)
        if output is None:
            ProgressBar().line(f"{options.output} is there already: nothing is left to do")
            return 0
        told = "stopping; what is translated is kept (Ctrl+C again: at once)"
        with stopped_by(all_endings(), cancel.cancel, told):
            return _to_file(output, lines, folder, options, cancel)


def _settle_precision(options: argparse.Namespace, folder: Path) -> None:
    """Go on as the file was begun where no precision is asked for, whatever is fastest today."""
    if options.precision == "auto":
        begun = read_journal(Path(options.output)) if options.resume else None
        options.precision = begun.made_by.get(_PRECISION) if begun else None
    if options.precision not in PRECISIONS:
        stored = read_bundle(folder, verify=False).manifest.precision
        options.precision = choose_setting("auto", options.threads, stored=stored).precision


def _made_by(folder: Path, options: argparse.Namespace) -> dict[str, str]:
    """What the output hangs on, besides the input."""
    manifest = read_bundle(folder, verify=False).manifest
    parts = (WEIGHTS, SOURCE_TOKENIZER, TARGET_TOKENIZER)
    fingerprint = "-".join(manifest.files[part].sha256[:8] for part in parts)
    return {
        "the model": f"{manifest.name} ({fingerprint})",
        "--beam": str(search_options(options, folder).beam),
        _PRECISION: options.precision,
        "the format": ("JSON with alarms" if options.alarms else "JSON")
        if options.json
        else "text",
    }


def _to_standard_output(
    lines: LineReader, folder: Path, options: argparse.Namespace, cancel: CancelToken
) -> None:
    watched = lines.size is not None and not sys.stdout.isatty()
    progress = _Progress(lines) if watched else None
    try:
        for pairs in _translated(lines, folder, options, cancel, LineMemory()):
            for _, text in pairs:
                write_line(text)
            flush()  # who types, or reads a slow pipe, sees it at once
            if progress:
                progress.draw()
    finally:
        if progress:
            progress.bar.clear()


def _to_file(
    output: OutputFile,
    lines: LineReader,
    folder: Path,
    options: argparse.Namespace,
    cancel: CancelToken,
) -> int:
    with contextlib.closing(output):
        memory = _remembered(output, lines, cancel)
        progress = _Progress(lines)
        progress.draw()
        try:
            for pairs in _translated(lines, folder, options, cancel, memory):
                output.append(pairs)
                progress.draw()
            output.finish()
        except Cancelled:
            kept = _kept(output)
            progress.bar.line(f"stopped: {kept}" if kept else "stopped")
            return 1
        except AttuneError as error:
            progress.bar.clear()
            remedy = f"{error.remedy} {_kept(output)}".strip()
            raise type(error)(error.what, where=error.where, remedy=remedy) from error
    lines_are = counted(output.lines, "line is", "lines are")
    progress.bar.line(f"{lines_are} translated, in {options.output}")
    return 0


def _remembered(output: OutputFile, lines: LineReader, cancel: CancelToken) -> LineMemory:
    """Pass the lines that are done and remember them as if they had been translated now."""
    memory, bar = LineMemory(), ProgressBar()
    for source, text in output.replay(lines, lines.name):
        cancel.check()
        memory.put(source, text)
        if lines.number % 10_000 == 0:
            bar.draw(lines.number / output.lines, "finding the place")
    if output.lines:
        bar.line(f"going on after {counted(output.lines, 'line', 'lines')}")
    return memory


def _kept(output: OutputFile) -> str:
    """What to do with the part that is done, if there is one."""
    kept = output.close()
    if not kept:
        return ""
    lines = counted(kept, "line is", "lines are")
    return f"{lines} kept in {output.partial.name}; add --resume to go on."


def _translated(
    lines: LineReader,
    folder: Path,
    options: argparse.Namespace,
    cancel: CancelToken,
    memory: LineMemory,
) -> Iterator[Pairs]:
    """All lines with their output lines, in order, a window at a time.

    Raises:
        InputError: a line cannot be read or aligned; it comes after the lines before it.
    """
    translator = Translator.load(folder, precision=options.precision, threads=options.threads)
    search = search_options(options, folder)
    for window in windows(lines, ready=lines.ready):
        known = {line: text for line in window if (text := memory.get(line)) is not None}
        fresh = [line for line in dict.fromkeys(window) if line not in known]
        found = translate_lines(translator, fresh, search, cancel, aligned=options.json)
        pairs: Pairs = []
        try:
            for line in window:
                if line not in known:
                    known[line] = _rendered(next(found), options)
                memory.put(line, known[line])
                pairs.append((line, known[line]))
        except InputError as error:
            yield pairs
            number = lines.number - len(window) + len(pairs) + 1
            place = f"{lines.name}, line {number}"
            raise InputError(error.what, where=place, remedy=error.remedy) from error
        yield pairs
        runtime.release_memory()


def _rendered(translation: Translation, options: argparse.Namespace) -> str:
    if not options.json:
        return translation.translation
    return as_json(translation, alarms=options.alarms)


class _Progress:
    """How far the reading of ``lines`` is since this was made."""

    def __init__(self, lines: LineReader) -> None:
        self.bar = ProgressBar()
        self._lines = lines
        self._begin = (time.monotonic(), lines.number, lines.position)

    def draw(self) -> None:
        """Show it."""
        lines = self._lines
        begin, first, start = self._begin
        elapsed = max(time.monotonic() - begin, 1e-3)
        speed = (lines.number - first) / elapsed
        if lines.size is None:
            self.bar.draw(None, f"{lines.number:,} lines  {speed:.0f} lines/s")
            return
        read = lines.position - start
        self.bar.draw(
            lines.position / max(lines.size, 1),
            f"{lines.number:,} lines  {_bytes(lines.position)} of {_bytes(lines.size)}"
            f"  {speed:.0f} lines/s",
            elapsed * (lines.size - lines.position) / read if read else None,
        )


def _bytes(count: int) -> str:
    """``count`` as a person reads it: ``640 kB``, ``3.1 GB``."""
    value, unit = float(count), "B"
    for unit in ("B", "kB", "MB", "GB", "TB"):
        if value < 999.5 or unit == "TB":
            break
        value /= 1000
    return f"{value:.1f} {unit}" if value < 10 and unit != "B" else f"{value:.0f} {unit}"
