"""The options of ``attune-cli train``; imports nothing heavy."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from core.cli.language_options import languages
from core.cli.part_options import add_part_options
from core.training.system import PARTS


def add_train_options(
    train: argparse.ArgumentParser,
    positive: Callable[[str], int],
    duration: Callable[[str], float],
) -> None:
    """Add every option of the command to its parser."""
    _add_data(train, positive)
    _add_model(train)
    _add_run(train, positive, duration)
    add_part_options(train, PARTS)


def _add_data(train: argparse.ArgumentParser, positive: Callable[[str], int]) -> None:
    data = train.add_argument_group("what to learn")
    data.add_argument("files", nargs="*", type=Path, metavar="PAIRS.tsv[.xz|.gz]")
    data.add_argument("--source", type=Path, metavar="F", help="a text file, a sentence a line")
    data.add_argument("--target", type=Path, metavar="F", help="its translation, line by line")
    data.add_argument("--held", type=Path, metavar="PAIRS.tsv", help="what to validate on")
    data.add_argument("--mix", type=Path, metavar="F", help="JSON: how often each file is used")
    data.add_argument(
        "--min-agreement", type=positive, metavar="N", help="leave out pairs that score less"
    )
    data.add_argument("--alignments", type=Path, metavar="F", help="word links, i-j, line by line")
    data.add_argument("--languages", type=languages, default="zh-en", metavar="FROM-TO")
    data.add_argument("--tokens", type=Path, metavar="FOLDER", help="the tokenised store")
    data.add_argument("--tokenize-only", action="store_true", help="build the store and stop")
    data.add_argument("--keep-words", action="store_true", help="for an aligner, in the store")


def _add_model(train: argparse.ArgumentParser) -> None:
    model = train.add_argument_group("what to make")
    model.add_argument("--name")
    model.add_argument("--out", type=Path, metavar="FOLDER", help="default: among your models")
    model.add_argument("--preset", default="small", help="see attune-cli presets (default small)")
    model.add_argument("--from", dest="base", metavar="MODEL", help="start from this model")
    model.add_argument("--encoder-from", metavar="MODEL", help="start with this model's encoder")
    for side in ("source", "target"):
        model.add_argument(
            f"--{side}-vectors", type=Path, metavar="F", help=f"word vectors for the {side}'s words"
        )


def _add_run(
    train: argparse.ArgumentParser,
    positive: Callable[[str], int],
    duration: Callable[[str], float],
) -> None:
    run = train.add_argument_group("how long, and where")
    run.add_argument(
        "--minutes",
        type=duration,
        help="default 30, unless another limit is given or the preset has epochs",
    )
    run.add_argument("--steps", type=positive, help="updates")
    run.add_argument("--epochs", type=duration, help="rounds through the pairs")
    run.add_argument("--validations", type=positive, default=20, help="in the whole run")
    run.add_argument("--patience", type=positive, help="validations without a gain, then stop")
    run.add_argument(
        "--pin", action="append", default=[], metavar="SENTENCE",
        help="show how it is translated at every validation; up to five times",
    )  # fmt: skip
    run.add_argument("--save-seconds", type=float, default=300.0, help="between checkpoints")
    run.add_argument("--resume", action="store_true", help="go on from the last checkpoint")
    run.add_argument("--seed", type=int, default=1)
    run.add_argument("--precision", choices=("auto", "bf16", "fp32"), default="auto")
    run.add_argument("--device", choices=("auto", "cpu", "cuda"), default="auto")
    run.add_argument("--threads", type=positive, metavar="N", help="processors to use (all)")

    left = train.add_argument_group("runs that were left")
    left.add_argument("--go-on", metavar="NAME", help="go on with one as it was asked for")
    left.add_argument("--discard", metavar="NAME", help="forget one")
    left.add_argument("--unfinished", action="store_true", help="list them")


def check_train_options(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """End the program where the command line asks for nothing that can be done."""
    if not (options.name or options.go_on or options.discard or options.unfinished):
        parser.error("train needs --name: train PAIRS.tsv --name NEW")
