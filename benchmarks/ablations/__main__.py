"""``python -m benchmarks.ablations STORE SETS...``: train small models, and compare them.

Every run is a file in the folder of results, and is not repeated where that is there: runs may be
made one after the other, side by side (``--only``), and on several days.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from core.environment import prepare_environment

prepare_environment()

from benchmarks.ablations.arms import ARMS, Arm, make_options  # noqa: E402
from benchmarks.ablations.scores import measure  # noqa: E402
from benchmarks.choosing import choose  # noqa: E402
from benchmarks.documents import fill  # noqa: E402
from benchmarks.measuring import machine  # noqa: E402
from benchmarks.quality.sets import TestSet, read_sets  # noqa: E402
from benchmarks.speed.report import table  # noqa: E402
from core.events import Finished, Step  # noqa: E402
from core.files import write_atomically  # noqa: E402
from core.store.model_store import ModelStore  # noqa: E402
from core.training.control import JobControl  # noqa: E402
from core.training.fresh import train  # noqa: E402

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs" / "recipe.md"
COLUMNS = ("loss", "typed in haste", "three in one", "BLEU")
Figures = Mapping[str, float]


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    """The command line's."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ablations", description=__doc__)
    parser.add_argument("store", type=Path, nargs="?", help="tokenised, linked and scored")
    parser.add_argument("sets", type=Path, nargs="*", help="test sets, or folders of them")
    parser.add_argument("--steps", type=int, default=1000, help="updates of each run")
    parser.add_argument("--lines", type=int, default=500, help="pairs of each test set")
    parser.add_argument("--translated", type=int, default=200, help="of these, for BLEU")
    parser.add_argument("--only", default="", help="names of runs, commas between")
    parser.add_argument("--out", type=Path, default=ROOT / "benchmarks" / "results" / "ablations")
    parser.add_argument("--from-results", action="store_true", help="run nothing more")
    parser.add_argument(
        "--write-docs", action="store_true", help="put the table into docs/recipe.md"
    )
    options = parser.parse_args(given)
    if not options.from_results and not options.sets:
        parser.error("give the store and at least one test set")
    options.arms = choose(parser, options.only, ARMS, ",")
    return options


def run(arm: Arm, options: argparse.Namespace, sets: Sequence[TestSet]) -> dict[str, Any]:
    """Train ``arm`` and measure what it has become."""
    began, tokens = time.perf_counter(), 0
    with tempfile.TemporaryDirectory() as place:
        made = make_options(arm, options.store, Path(place), options.steps)
        for event in train(made, JobControl(), ModelStore()):
            if isinstance(event, Step):
                tokens += event.tokens
            if isinstance(event, Finished):
                bundle = Path(event.path)
        seconds = time.perf_counter() - began
        return {
            "arm": arm.name,
            "steps": options.steps,
            "seconds": round(seconds, 1),
            "target pieces": tokens,
            "machine": machine(),
            "sets": {one.name: len(one) for one in sets},
            "figures": measure(bundle, sets, options.translated),
        }


def summary(figures: Figures) -> dict[str, float]:
    """Means over the test sets, and the error rate of alignments."""
    found = {}
    for column in COLUMNS:
        values = [value for name, value in figures.items() if name.endswith(f", {column}")]
        found[column] = statistics.fmean(values)
    return found | {"AER": figures["AER"]}


def markdown(results: Sequence[Mapping[str, Any]]) -> str:
    """The setting, and a row for each run with how far it is from the first."""
    first, *_ = results
    whole = summary(first["figures"])
    rows = []
    for result in results:
        found = summary(result["figures"])
        cells = [f"{found[column]:.3f}" for column in COLUMNS[:3]]
        cells += [f"{found['BLEU']:.2f}", f"{found['AER']:.1f}"]
        if result is not first:
            places = (3, 3, 3, 2, 1)
            cells = [
                f"{cell} ({found[column] - whole[column]:+.{digits}f})"
                for cell, column, digits in zip(cells, whole, places, strict=True)
            ]
        rows.append([result["arm"], *cells])
    header = ["run", "loss", "loss, typed in haste", "loss, three in one", "BLEU", "AER"]
    sets = ", ".join(f"{name} ({count})" for name, count in first["sets"].items())
    pieces = statistics.fmean(result["target pieces"] for result in results)
    text = (
        f"Preset `small`, {first['steps']:,} updates, some {pieces / 1e6:.1f} million target "
        f"pieces each. Means over {sets}: natural-log loss of a target piece, and BLEU (greedy). "
        "In brackets: the difference from the whole recipe."
    )
    return f"{text}\n\n{table(header, rows)}\n"


def main(given: Sequence[str] | None = None) -> None:
    """Train, measure and write."""
    options = arguments(given)
    options.out.mkdir(parents=True, exist_ok=True)
    if not options.from_results:
        sets = read_sets(options.sets, options.lines)
        for arm in options.arms:
            file = options.out / f"{arm.name}.json"
            if not file.exists():
                print(arm.name, flush=True)
                write_atomically(file, json.dumps(run(arm, options, sets), indent=1) + "\n")
    files = [options.out / f"{arm.name}.json" for arm in ARMS]
    text = markdown([json.loads(file.read_text("utf-8")) for file in files if file.exists()])
    if options.write_docs:
        fill(DOCUMENT, text, "ablations")
    print(text)


if __name__ == "__main__":
    main()
