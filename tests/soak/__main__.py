"""``python -m tests.soak``: a mad user at the real window, watched; see docs/soak.md."""

from __future__ import annotations

import argparse
import os
import secrets
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path

from tests.soak.memory import Sample, growth
from tests.soak.session import Limits
from tests.soak.watching import Outcome, Watcher

_MEGABYTE = 1e6


def main() -> int:
    """Run a session; 1 where something is wrong."""
    options = _parser().parse_args()
    only = tuple(filter(None, options.only.split(",")))
    limits = Limits(options.translations, options.actions, options.seconds, only, options.patience)
    if not (limits.translations or limits.actions or limits.seconds):
        limits = replace(limits, seconds=120.0)
    print(f"seed {options.seed}, {limits}", flush=True)
    hear = partial(print, flush=True) if options.verbose else lambda _line: None
    with open(options.samples or os.devnull, "w", encoding="ascii") as table:

        def write(sample: Sample) -> None:
            print(sample.translations, sample.window, sample.children, file=table, flush=True)

        outcome = Watcher(options.seed, limits, hear, write).run()
    return _report(outcome)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("tests.soak", description=__doc__)
    parser.add_argument("--seed", default=secrets.token_hex(4), help="repeats a run")
    parser.add_argument(
        "--translations", type=int, default=0, metavar="N", help="end after so many"
    )
    parser.add_argument("--actions", type=int, default=0, metavar="N", help="end after so many")
    parser.add_argument("--seconds", type=float, default=0.0, metavar="S", help="end after so long")
    parser.add_argument("--only", default="", metavar="ACTS", help="do these, joined by commas")
    parser.add_argument("--patience", type=float, default=300.0, metavar="S",
                        help="seconds after which what does not come is a fault")  # fmt: skip
    parser.add_argument("--samples", type=Path, metavar="FILE", help="write all samples of memory")
    parser.add_argument("--verbose", action="store_true", help="tell of every act")
    return parser


def _report(outcome: Outcome) -> int:
    print(
        f"{outcome.texts} texts translated ({outcome.sentences} sentences), "
        f"{outcome.acts.total()} acts, {outcome.seconds:.0f} s "
        f"({outcome.processor:.0f} s of the processor)"
    )
    print("acts:", ", ".join(f"{name} {n}" for name, n in outcome.acts.most_common()))
    print("children:", ", ".join(f"{name} {n}" for name, n in outcome.children.most_common()))
    wrong = [*outcome.faults, *(f"left behind: {what}" for what in outcome.left)]
    try:
        found = growth(outcome.samples)
    except ValueError as error:
        print(f"memory: {error}")
    else:
        start, warm, end, most, below = (
            size / _MEGABYTE
            for size in (found.start, found.warm, found.end, found.most, found.most_children)
        )
        print(
            f"memory of the window: {start:.0f} MB at the start, {warm:.0f} warm, {end:.0f} at the "
            f"end ({found.share:+.1%}, {found.per_thousand / _MEGABYTE:+.1f} MB per 1,000 "
            f"translations), {most:.0f} at most; of its children {below:.0f} at most"
        )
        if not found.flat:
            wrong.append(f"memory grew by {found.share:.1%}")
    if wrong:
        print(f"\n{len(wrong)} faults with --seed {outcome.seed}; the last acts:")
        print("\n".join(outcome.last))
        print("\n".join(wrong))
    else:
        print("no fault; no thread, process or file left")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
