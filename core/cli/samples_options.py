"""The options of ``attune-cli samples``; imports nothing heavy."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path


def add_samples_options(parser: argparse.ArgumentParser, number: Callable[[str], int]) -> None:
    """Add every option of the command to its parser.

    Args:
        parser: of the command.
        number: the type of counts.
    """
    parser.add_argument(
        "task", nargs="?", metavar="TASK", help="its name; left out, all are listed"
    )
    parser.add_argument("--pairs", type=number, default=10_000, help="to learn (default 10,000)")
    parser.add_argument("--out", type=Path, metavar="F.tsv", help="where they go")
    parser.add_argument("--test-pairs", type=number, default=500, help="others, to measure with")
    parser.add_argument("--test-out", type=Path, metavar="F.tsv", help="where those go")
    parser.add_argument("--seed", type=number, default=1, help="draws others (default 1)")


def check_samples_options(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """End with a usage error where the options do not go together."""
    if options.task is not None and options.out is None:
        parser.error("samples TASK goes with --out FILE")
