"""``attune-cli align``: word alignments of given pairs, by forced decoding."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from core import runtime
from core.cli.line_reader import open_lines
from core.cli.selection import model_folder
from core.cli.streams import as_json, write_line
from core.errors import InputError
from core.insight.forced import ForcedAligner
from core.store.loading import load_model
from core.translation.result import Translation


def run(options: argparse.Namespace) -> int:
    """Align the pairs of a file, one output line per input line."""
    folder = model_folder(options)
    runtime.set_threads(options.threads)
    with open_lines(options.file) as lines:
        aligner = ForcedAligner(load_model(folder), tokenized=options.tokenized)
        for result in aligner.align(_pairs(lines, options.file), name=options.file):
            write_line(as_json(result) if options.json else pharaoh(result))
    return 0


def _pairs(lines: Iterator[str], name: str) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(lines, start=1):
        source, tab, target = line.partition("\t")
        if not tab:
            raise InputError(
                "it has no tab between source and target",
                where=f"{name}, line {number}",
                remedy="Give one pair a line.",
            )
        yield source, target


def pharaoh(result: Translation) -> str:
    """Each target word's strongest source word as ``source-target`` indices from 0."""
    links = []
    for target, row in enumerate(result.alignment):
        if any(row):
            links.append(f"{max(range(len(row)), key=row.__getitem__)}-{target}")
    return " ".join(links)
