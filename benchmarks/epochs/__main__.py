"""``python -m benchmarks.epochs STORE``: a round's cost and memory at several numbers of pairs."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.documents import fill
from benchmarks.epochs.memory import Watch
from benchmarks.measuring import cores, machine
from benchmarks.speed.protocol import ROOT, Engine
from benchmarks.speed.report import QUIET, table

RESULTS = ROOT / "benchmarks" / "results"
DOCUMENT = ROOT / "docs" / "training-speed.md"
SIZES = (10_000, 100_000, 1_000_000, 10**9)  # the last: all
ENGINE = [sys.executable, "-m", "benchmarks.epochs.engine"]


def say(what: str) -> None:
    """Tell what happens now."""
    print(f"epochs: {what}", file=sys.stderr, flush=True)


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    """The options of the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.epochs", description=__doc__)
    parser.add_argument("store", type=Path, help="folder of a tokenised store; is only read")
    parser.add_argument("--threads", type=int, default=cores())
    parser.add_argument("--seconds", type=float, default=10.0, help="of whole rounds, at least")
    parser.add_argument("--updates", type=int, default=30, help="with the model")
    parser.add_argument("--preset", default="default")
    parser.add_argument("--precision", default="auto")
    parser.add_argument("--quick", action="store_true", help="few pairs: does it work?")
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder for the results")
    parser.add_argument("--write-docs", action="store_true", help="fill docs/training-speed.md")
    parser.add_argument(
        "--from-results", action="store_true", help="measure nothing: read the results again"
    )
    options = parser.parse_args(given)
    options.sizes = SIZES
    if options.quick:
        options.sizes, options.seconds, options.updates = (1_000, 3_000), 0.0, 3
        options.preset = "small"
    return options


def read_through(store: Path) -> None:
    """Bring the store's arrays into the system's cache, so that no size pays for the disk."""
    for path in store.glob("*.safetensors"):
        with path.open("rb") as file:
            while file.read(1 << 24):
                pass


def one_size(options: argparse.Namespace, pairs: int) -> dict[str, Any]:
    """A round's batches, and updates of a model, each in a process of its own."""
    found: dict[str, Any] = {}
    jobs: dict[str, dict[str, Any]] = {
        "batches": {"at_least": options.seconds},
        "train": {
            "preset": options.preset,
            "updates": options.updates,
            "precision": options.precision,
        },
    }
    for name, fields in jobs.items():
        with Engine(name, ENGINE) as engine:
            opened = engine.ask(
                "open", store=str(options.store), pairs=pairs, threads=options.threads
            )
            with Watch(opened.pop("process")) as watch:
                found[name] = engine.ask(name, **fields)
            found |= opened
            found[name]["memory"] = {
                "before": watch.before,
                "own peak": watch.peak,
                "peak with the mapped store": engine.ask("memory")["peak"],
            }
        say(f"{found['pairs']:,} pairs: {name}")
    return found


def measure(options: argparse.Namespace) -> dict[str, Any]:
    """Everything, as JSON values."""
    at_start = machine()
    read_through(options.store)
    return {
        "machine": at_start,
        "sizes": [one_size(options, pairs) for pairs in options.sizes],
        "threads": options.threads,
        "preset": options.preset,
        "load at the end": round(os.getloadavg()[0], 2),
    }


def costs(size: Mapping[str, Any]) -> dict[str, float]:
    """What follows from the measurements of one size; seconds and MB."""
    batches, train = size["batches"], size["train"]
    drawing = batches["drawing"] / batches["batches"]  # of a round, shared out to its batches
    update = train["seconds"] / train["updates"] + drawing
    making = train["making"] / train["updates"] + drawing
    examples = batches["examples"] / batches["pairs"]  # joined ones are longer, not more
    return {
        "batching per 1,000 pairs": 1000 * batches["seconds"] / batches["pairs"],
        "drawing per 1,000 pairs": 1000 * batches["drawing"] / batches["pairs"],
        "training per 1,000 pairs": 1000 * update * train["updates"] / train["examples"] * examples,
        "training per 1,000 target pieces": 1000
        * update
        * train["updates"]
        / train["target pieces"],
        "share of batching": making / update,
        "own peak, batching": batches["memory"]["own peak"],
        "own peak, training": train["memory"]["own peak"],
    }


def markdown(result: Mapping[str, Any]) -> str:
    """The setting, a table, and how cost grows from the fewest pairs to all."""
    sizes = result["sizes"]
    found = [costs(size) for size in sizes]
    rows = [
        [
            f"{size['pairs']:,}",
            f"{size['pieces']:.1f}",
            f"{cost['batching per 1,000 pairs'] * 1000:.2f}",
            f"{cost['drawing per 1,000 pairs'] * 1000:.2f}",
            f"{cost['training per 1,000 pairs']:.2f}",
            f"{cost['training per 1,000 target pieces']:.3f}",
            f"{cost['share of batching']:.1%}",
            f"{cost['own peak, batching']:,.0f}",
            f"{cost['own peak, training']:,.0f}",
        ]
        for size, cost in zip(sizes, found, strict=True)
    ]
    header = [
        "pairs",
        "pieces a pair",
        "batches, ms per 1,000 pairs",
        "of that drawing and cutting",
        "training, s per 1,000 pairs",
        "training, s per 1,000 target pieces",
        "batches' share of an update",
        "memory, batches, MB",
        "memory, training, MB",
    ]
    few, most = found[0], found[-1]
    growth = most["batching per 1,000 pairs"] / few["batching per 1,000 pairs"]
    pieces = most["training per 1,000 target pieces"] / few["training per 1,000 target pieces"]
    more = most["own peak, batching"] - few["own peak, batching"]
    between = (sizes[-1]["pairs"] - sizes[0]["pairs"]) or 1
    summary = (
        f"From {sizes[0]['pairs']:,} to {sizes[-1]['pairs']:,} pairs the batches of one pair cost "
        f"{growth:.2f} times as much, and training on one target piece {pieces:.2f} times; the "
        f"memory for batches grows by {more:,.0f} MB, {more * 1e6 / between:.0f} bytes a pair."
    )
    return f"{_setting(result)}\n\n{table(header, rows)}\n\n{summary}\n"


def _setting(result: Mapping[str, Any]) -> str:
    at_start = result["machine"]
    text = (
        f"Measured on {at_start['processor']} ({at_start['cores']} cores; "
        f"{', '.join(at_start['features'])}), {result['threads']} thread(s), load "
        f"{at_start['load']} at the start and {result['load at the end']} at the end. Model "
        f"`{result['preset']}`, {result['sizes'][0]['train']['precision']}, "
        f"{result['sizes'][0]['train']['updates']} updates at each size."
    )
    if at_start["load"] < QUIET:
        return text
    return f"{text}\n\n**The machine was busy (load {at_start['load']}).** No time holds."


def main(given: Sequence[str] | None = None) -> None:
    """Measure and write."""
    options = arguments(given)
    file = options.out / "epochs.json"
    if options.from_results:
        result = json.loads(file.read_text("utf-8"))
    else:
        result = measure(options)
        options.out.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", "utf-8")
    text = markdown(result)
    (options.out / "epochs.md").write_text(text, "utf-8")
    if options.write_docs:
        fill(DOCUMENT, text, "epochs")
    print(text)


if __name__ == "__main__":
    main()
