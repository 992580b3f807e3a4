"""``attune-cli align``: word alignments of given pairs, by forced decoding."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from core import runtime
from core.cli.line_reader import open_lines
from core.cli.selection import model_folder, named_folder
from core.cli.streams import as_json, write_line
from core.errors import InputError
from core.evaluation.alignment import BY_ALIGNER, BY_ATTENTION, LinkRule, links_of
from core.insight.forced import ForcedAligner
from core.insight.two_way import TwoWayAligner
from core.store.loading import Loaded, load_model
from core.translation.result import Translation


def run(options: argparse.Namespace) -> int:
    """Align the pairs of a file, one output line per input line."""
    folder = model_folder(options)
    runtime.set_threads(options.threads)
    aligner, rule = _aligner(options, load_model(folder))
    with open_lines(options.file) as lines:
        for result in aligner.align(_pairs(lines, options.file), name=options.file):
            write_line(as_json(result) if options.json else pharaoh(result, rule))
    return 0


def _aligner(
    options: argparse.Namespace, forward: Loaded
) -> tuple[ForcedAligner | TwoWayAligner, LinkRule]:
    """What aligns, and how its weights become links: two models that disagree say no."""
    tokenized, attention = options.tokenized, options.attention
    if options.backward is None:
        alone = ForcedAligner(forward, tokenized=tokenized, attention=attention)
        return alone, LinkRule() if alone.by_attention else BY_ALIGNER
    backward = load_model(named_folder(options.backward))
    both = TwoWayAligner(forward, backward, tokenized=tokenized, attention=attention)
    return both, BY_ATTENTION if both.by_attention else BY_ALIGNER


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


def pharaoh(result: Translation, rule: LinkRule) -> str:
    """The links as ``source-target`` indices from 0, by target and source."""
    links = sorted(links_of(result.alignment, rule), key=lambda link: link[::-1])
    return " ".join(f"{source}-{target}" for source, target in links)
