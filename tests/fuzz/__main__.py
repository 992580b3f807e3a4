"""``make fuzz``: random and damaged inputs for everything that reads what others wrote."""

from __future__ import annotations

import argparse
import os
import secrets
import sys
import tempfile
import time
from unittest import mock

from .running import Outcome, run_target
from .targets import TARGETS


def main() -> int:
    """Run the targets, tell what came of each; 1 if anything failed."""
    options = _parser().parse_args()
    chosen = [t for t in TARGETS if not options.targets or t.name in options.targets]
    if not chosen:
        print(f"there is no such target; there are: {', '.join(t.name for t in TARGETS)}")
        return 2
    shares = sum(target.share for target in chosen)
    print(f"{options.inputs:,} inputs for {len(chosen)} targets, seed {options.seed}", flush=True)
    print(f"{'target':24}{'inputs':>9}{'refused':>9}{'seconds':>9}{'slowest':>9}  result")
    outcomes = []
    began = time.perf_counter()
    for target in chosen:
        # Rounded up, so that all together are no fewer than asked for.
        inputs = -int(-options.inputs * target.share // shares)
        outcomes.append(run_target(target, inputs, options.seed))
        _tell(outcomes[-1])
    failed = sum(bool(outcome.finding) for outcome in outcomes)
    total = sum(outcome.inputs for outcome in outcomes)
    print(f"{total:,} inputs in {time.perf_counter() - began:.0f} s, {failed} targets failed")
    return 1 if failed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make fuzz", description=__doc__)
    parser.add_argument("--inputs", type=int, default=200_000, help="of all targets together")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    parser.add_argument("--targets", type=lambda text: text.split(","), help="their names")
    return parser


def _tell(outcome: Outcome) -> None:
    print(
        f"{outcome.name:24}{outcome.inputs:>9,}{outcome.refused:>9,}{outcome.seconds:>9.1f}"
        f"{outcome.slowest:>9.1f}  {'FAILED' if outcome.finding else 'sound'}",
        flush=True,
    )
    if outcome.finding:
        print(f"\n{outcome.finding}\n", flush=True)


if __name__ == "__main__":
    with (
        tempfile.TemporaryDirectory(prefix="attune-fuzz-") as home,
        mock.patch.dict(os.environ, ATTUNE_HOME=home, QT_QPA_PLATFORM="offscreen"),
        mock.patch("os.fsync"),  # whether a disk keeps its word is not what is asked
    ):
        sys.exit(main())
