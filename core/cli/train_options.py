"""The options of ``attune-cli train``; imports nothing heavy."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from core.cli.language_options import languages


def add_train_options(
    train: argparse.ArgumentParser,
    positive: Callable[[str], int],
    duration: Callable[[str], float],
) -> None:
    """Add every option of the command to its parser."""
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

    model = train.add_argument_group("what to make")
    model.add_argument("--name", required=True)
    model.add_argument("--out", type=Path, metavar="FOLDER", help="default: among your models")
    model.add_argument("--preset", default="small", help="default, small, bahdanau-gru, -lstm")
    model.add_argument("--from", dest="base", metavar="MODEL", help="start from this model")

    how = train.add_argument_group("how to learn it")
    how.add_argument("--minutes", type=duration, help="default 30, unless --steps is given")
    how.add_argument("--steps", type=positive, help="updates")
    how.add_argument("--batch-tokens", type=positive, default=2400)
    how.add_argument("--accumulate", type=positive, default=1, help="batches for one update")
    how.add_argument("--optimizer", choices=("muon", "adamw"), default="muon")
    how.add_argument("--learning-rate", type=float, default=2e-3)
    how.add_argument("--warmup", type=int, default=150, help="updates")
    how.add_argument("--decay", type=float, default=0.7, help="last share of the run")
    how.add_argument("--weight-decay", type=float, default=0.0)
    how.add_argument("--clip", type=float, default=1.0, help="largest norm of the gradient")
    how.add_argument("--label-smoothing", type=float, default=0.1)
    how.add_argument("--dropout", type=float, default=0.0)
    how.add_argument("--ema", type=float, help="decay of the weights' running average")
    how.add_argument("--guided", type=float, default=0.0, help="weight of the alignment loss")
    how.add_argument("--validations", type=positive, default=20, help="in the whole run")
    how.add_argument("--patience", type=positive, help="validations without a gain, then stop")
    how.add_argument("--save-seconds", type=float, default=300.0, help="between checkpoints")
    how.add_argument("--resume", action="store_true", help="go on from the last checkpoint")
    how.add_argument("--seed", type=int, default=1)
    how.add_argument("--precision", choices=("auto", "bf16", "fp32"), default="auto")
    how.add_argument("--device", choices=("auto", "cpu", "cuda"), default="auto")
