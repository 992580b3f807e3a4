"""What ``attune-cli translate`` takes to translate single sentences otherwise."""

from __future__ import annotations

import argparse
from collections.abc import Callable

MOST = 64  # translations of a sentence

Number = Callable[[str], int]


def add_steer_options(parser: argparse.ArgumentParser, number: Callable[[int], Number]) -> None:
    """Add ``--prefix``, ``--n-best``, ``--sample`` and what belongs to them.

    Args:
        parser: of the command.
        number: makes the type of whole numbers up to a most.
    """
    kinds = parser.add_mutually_exclusive_group()
    kinds.add_argument(
        "--prefix",
        metavar="TEXT",
        help="begin each translation so; its last word may go on unless a blank follows it",
    )
    kinds.add_argument(
        "--n-best",
        type=number(MOST),
        metavar="N",
        help="list the N best of each sentence: line, sentence, score, translation",
    )
    kinds.add_argument(
        "--sample", type=number(MOST), metavar="N", help="the same of N drawn at random"
    )
    parser.add_argument("--temperature", type=float, default=0.7, help="of samples (default 0.7)")
    parser.add_argument(
        "--top-k", type=number(65_536), metavar="K", help="draw from the K most probable alone"
    )
    parser.add_argument("--top-p", type=float, default=0.9, help="their nucleus (default 0.9)")
    parser.add_argument("--seed", type=number(2**31), default=1, help="of samples (default 1)")


def check_steer_options(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """End with a usage error where the options do not go together."""
    if is_steered(options) and options.output:
        parser.error("--prefix, --n-best and --sample do not go with --output")


def is_steered(options: argparse.Namespace) -> bool:
    """Whether ``options`` ask for any of it."""
    return any((options.prefix is not None, options.n_best, options.sample))
