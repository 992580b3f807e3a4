"""``attune-cli align``: word alignments of given pairs, by forced decoding."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from itertools import islice

from core import runtime
from core.cli.selection import model_folder
from core.cli.translate import as_json, input_lines
from core.errors import InputError
from core.insight.forced import ForcedAligner
from core.store.loading import load_model
from core.translation.result import Translation

WINDOW = 64


def run(options: argparse.Namespace) -> int:
    """Align the pairs of a file, one output line per input line."""
    runtime.set_threads(options.threads)
    pairs = _pairs(options.file)
    aligner = ForcedAligner(load_model(model_folder(options)), tokenized=options.tokenized)
    while chunk := list(islice(pairs, WINDOW)):
        for result in aligner.align(chunk):
            print(as_json(result) if options.json else pharaoh(result))
    return 0


def _pairs(name: str) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(input_lines(name), start=1):
        source, tab, target = line.partition("\t")
        if not tab or not source.strip() or not target.strip():
            raise InputError(
                "it is not a source, a tab and a target",
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
