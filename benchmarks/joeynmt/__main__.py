"""``python -m benchmarks.joeynmt``: train both in turn, and write JSON and tables."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.documents import fill
from benchmarks.joeynmt import report
from benchmarks.joeynmt.contenders import OURS, PEER, WAITING, Contender, ours, peers
from benchmarks.joeynmt.shapes import BATCH, SHAPES
from benchmarks.measuring import cores, machine
from benchmarks.speed.protocol import ROOT

RESULTS = ROOT / "benchmarks" / "results"
DOCUMENT = ROOT / "docs" / "training-speed.md"
ORDERS = ("random", "alike")
WARM_UP = 2  # updates before the first round


def say(what: str) -> None:
    """Tell what happens now."""
    print(f"joeynmt: {what}", file=sys.stderr, flush=True)


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    """The options of the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.joeynmt", description=__doc__)
    parser.add_argument("--threads", type=int, default=cores(), help="of every engine")
    parser.add_argument("--shapes", default="together,each", help="with commas")
    parser.add_argument("--orders", default="random,alike", help="of the pairs, with commas")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--updates", type=int, default=3, help="of every turn")
    parser.add_argument("--quick", action="store_true", help="a tiny shape: does it work?")
    parser.add_argument("--ours", action="store_true", help="JoeyNMT need not be installed")
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder for the results")
    parser.add_argument("--write-docs", action="store_true", help="fill docs/training-speed.md")
    parser.add_argument(
        "--from-results", action="store_true", help="measure nothing: read the results again"
    )
    options = parser.parse_args(given)
    if options.quick:
        options.shapes, options.rounds, options.updates = "tiny", 3, 2
    options.shapes, options.orders = options.shapes.split(","), options.orders.split(",")
    if unknown := (set(options.shapes) - set(SHAPES)) | (set(options.orders) - set(ORDERS)):
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    return options


def choose_waiting(folder: str, shape: str, threads: int, updates: int) -> dict[str, float]:
    """JoeyNMT's target tokens a second by how its threads wait, the faster way first."""
    found = {}
    for waiting in WAITING:
        peer = peers(waiting)[0]
        with peer.launch() as engine:
            engine.ask("load", folder=folder, shape=shape, threads=threads, **peer.fields)
            engine.ask("train", updates=WARM_UP)
            found[waiting] = report.rates([engine.ask("train", updates=updates)])[0]
    return dict(sorted(found.items(), key=lambda item: -item[1]))


def run(shape: str, order: str, options: argparse.Namespace) -> dict[str, Any]:
    """All contenders in turn on the same pairs."""
    with tempfile.TemporaryDirectory() as folder:
        pairs = BATCH * (WARM_UP + options.updates * options.rounds)
        with Contender("maker", "", OURS, {}).launch() as engine:
            made = engine.ask("make", folder=folder, shape=shape, pairs=pairs, order=order)
        contenders, tried = ours(made["precisions"], order), {}
        if not options.ours:
            if options.threads > 1:
                say("how JoeyNMT's threads wait best")
                tried = choose_waiting(folder, shape, options.threads, options.updates)
            contenders += peers(next(iter(tried), "as it comes"))
        say(f"{SHAPES[shape].about}, {order} order")
        fields = {"folder": folder, "shape": shape, "threads": options.threads}
        return {
            "shape": shape,
            "about": SHAPES[shape].about,
            "order": order,
            "material": made["material"],
            "waiting": tried,
            "labels": {contender.name: contender.label for contender in contenders},
            **rounds(contenders, fields, options.rounds, options.updates),
        }


def rounds(
    contenders: Sequence[Contender], fields: dict[str, Any], count: int, updates: int
) -> dict[str, Any]:
    """What every contender was (``loaded``), learnt (``turns``) and held (``memory``)."""
    turns: dict[str, list[Any]] = {contender.name: [] for contender in contenders}
    with contextlib.ExitStack() as stack:
        engines = {one.name: stack.enter_context(one.launch()) for one in contenders}
        loaded = {c.name: engines[c.name].ask("load", **fields, **c.fields) for c in contenders}
        for engine in engines.values():
            engine.ask("train", updates=WARM_UP)
        for number in range(1, count + 1):
            for name, engine in engines.items():
                turns[name].append(engine.ask("train", updates=updates) | {"updates": updates})
            say(f"round {number} of {count}")
        memory = {name: engine.ask("memory")["peak"] for name, engine in engines.items()}
    return {"loaded": loaded, "turns": turns, "memory": memory}


def measure(options: argparse.Namespace) -> dict[str, Any]:
    """Everything, as JSON values."""
    if not options.ours and not PEER.exists():
        sys.exit("joeynmt: it is not installed; type `make bench-training`, or give --ours")
    at_start = machine()
    runs = [run(shape, order, options) for shape in options.shapes for order in options.orders]
    return {
        "machine": at_start,
        "load at the end": round(os.getloadavg()[0], 2),
        "threads": options.threads,
        "plan": {"rounds": options.rounds, "updates": options.updates, "batch": BATCH},
        "runs": runs,
        "aims": [aim.to_dict() for aim in report.aims(runs)],
    }


def main(given: Sequence[str] | None = None) -> None:
    """Measure and write."""
    options = arguments(given)
    file = options.out / "joeynmt.json"
    if options.from_results:
        result = json.loads(file.read_text("utf-8"))
    else:
        result = measure(options)
        options.out.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", "utf-8")
    text = report.markdown(result)
    (options.out / "joeynmt.md").write_text(text, "utf-8")
    if options.write_docs:
        fill(DOCUMENT, text)
    print(text)


if __name__ == "__main__":
    main()
