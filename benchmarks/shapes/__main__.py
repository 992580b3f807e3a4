"""``python -m benchmarks.shapes STORES SETS...``: what learns most in as many seconds.

STORES is a folder with a tokenised, linked store of the same pairs for each size of vocabulary,
called 4000, 8000 and so on. First each shape's pace is measured, in turns; then each makes as many
updates as fit into the minutes at that pace, so that other work on the machine costs it nothing.
Every run is a file in the folder of results, and is not repeated where that is there: runs may be
made one after the other, side by side (``--only``), and on several days.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from core.environment import prepare_environment

prepare_environment()

from benchmarks.choosing import choose  # noqa: E402
from benchmarks.documents import fill  # noqa: E402
from benchmarks.measuring import machine  # noqa: E402
from benchmarks.quality.sets import TestSet, read_sets  # noqa: E402
from benchmarks.shapes.arms import SHAPES, Shape, make_options  # noqa: E402
from benchmarks.shapes.pace import measure_pace  # noqa: E402
from benchmarks.shapes.report import markdown  # noqa: E402
from benchmarks.shapes.scores import measure  # noqa: E402
from benchmarks.speed.protocol import ROOT  # noqa: E402
from core.events import Finished, Step  # noqa: E402
from core.files import write_atomically  # noqa: E402
from core.store.model_store import ModelStore  # noqa: E402
from core.training.control import JobControl  # noqa: E402
from core.training.fresh import train  # noqa: E402

_TOLD = 20  # how often a run tells where it is
DOCUMENT = ROOT / "docs" / "recipe.md"


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    """The command line's."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.shapes", description=__doc__)
    parser.add_argument("stores", type=Path, nargs="?", help="folder of the stores")
    parser.add_argument("sets", type=Path, nargs="*", help="test sets, or folders of them")
    parser.add_argument("--minutes", type=float, default=8.0, help="of each, on one core")
    parser.add_argument("--rounds", type=int, default=5, help="turns in which pace is measured")
    parser.add_argument("--lines", type=int, default=1000, help="pairs of each test set")
    parser.add_argument("--translated", type=int, default=400, help="of these, for BLEU")
    parser.add_argument("--only", default="", help="names of rows, semicolons between")
    parser.add_argument("--out", type=Path, default=ROOT / "benchmarks" / "results" / "shapes")
    parser.add_argument("--from-results", action="store_true", help="run nothing more")
    parser.add_argument("--write-docs", action="store_true", help="put the table into the docs")
    options = parser.parse_args(given)
    if not options.from_results and not options.sets:
        parser.error("give the folder of the stores and at least one test set")
    options.shapes = choose(parser, options.only, SHAPES)
    return options


def run(shape: Shape, options: argparse.Namespace, pace: Any, sets: Sequence[TestSet]) -> Any:
    """Train ``shape`` for as long as it may, and measure what it has become."""
    steps = max(1, round(options.minutes * 60 / pace["update"]))
    tokens = 0
    with tempfile.TemporaryDirectory(prefix="attune-shape-") as place:
        made = make_options(shape, options.stores, Path(place), steps)
        for event in train(made, JobControl(), ModelStore()):
            if isinstance(event, Step):
                tokens += event.tokens
                if event.step % max(1, steps // _TOLD) == 0:
                    print(f"{event.step} of {steps} after {event.elapsed:.0f} s", flush=True)
            if isinstance(event, Finished):
                bundle = Path(event.path)
        return {
            "shape": shape.name,
            "minutes": options.minutes,
            "steps": steps,
            "target pieces": tokens,
            "translated": options.translated,
            "sets": {one.name: len(one) for one in sets},
            "figures": measure(bundle, sets, options.translated),
        }


def _file(shape: Shape, options: argparse.Namespace) -> Path:
    return Path(options.out / f"{shape.name}, {options.minutes:g}.json")


def main(given: Sequence[str] | None = None) -> None:
    """Measure the pace, train, measure the quality and write."""
    options = arguments(given)
    options.out.mkdir(parents=True, exist_ok=True)
    place = options.out / "pace.json"
    if not options.from_results:
        sets = read_sets(options.sets, options.lines)
        if not place.exists():
            print("pace", flush=True)
            found = measure_pace(SHAPES, options.stores, sets[0], options.rounds)
            _write(place, {"machine": machine(), "set": sets[0].name, "pace": found})
        paces = json.loads(place.read_text("utf-8"))["pace"]
        for shape in options.shapes:
            file = _file(shape, options)
            if not file.exists():
                print(shape.name, flush=True)
                _write(file, run(shape, options, paces[shape.name], sets))
    results = [
        json.loads(file.read_text("utf-8"))
        for shape in SHAPES
        for file in sorted(options.out.glob(f"{shape.name}, *.json"))
    ]
    text = markdown(json.loads(place.read_text("utf-8")), results)
    if options.write_docs:
        fill(DOCUMENT, text, "shapes")
    print(text)


def _write(file: Path, values: Any) -> None:
    write_atomically(file, json.dumps(values, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
