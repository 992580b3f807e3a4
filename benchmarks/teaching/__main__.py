"""``python -m benchmarks.teaching LEARN HELD``: what runs of teaching win, forget and cost.

One kind of run after the other, each with every seed, all in a home of their own:

- ``taught``: the pairs of LEARN with the usual options; ``strong``: at twice the rate;
- ``general``: as long on the pairs of ``--general-pairs`` instead, which teach nothing of the kind;
- ``pushed`` and ``unbraked``: LEARN at ten times the rate and without replay, which
  forgets, with the brake and without.

Each kept model is scored on HELD, which no run learns, and on every ``--set``.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.measuring import machine
from benchmarks.speed.protocol import ROOT
from benchmarks.speed.report import table
from benchmarks.teaching.trial import (
    after_the_last_update,
    evaluated,
    receipt_of,
    run_trial,
    share_within,
    told_time_left,
)
from core.events import Compared, Finished, Validation

RESULTS = ROOT / "benchmarks" / "results"
BASE = "base"
_PUSHED = ("--learning-rate=1e-3", "--replay=0")
KINDS: dict[str, tuple[str, ...]] = {
    "taught": (),
    "strong": ("--strength=strong",),
    "general": (),
    "pushed": _PUSHED,
    "unbraked": (*_PUSHED, "--no-brake"),
}
WITHIN = 0.25  # the time left is to be right by this share


def say(what: str) -> None:
    """Tell what happens now."""
    print(f"teaching: {what}", file=sys.stderr, flush=True)


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    """The options of the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.teaching",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("learn", type=Path, help="pairs to teach")
    parser.add_argument("held", type=Path, help="pairs to judge by")
    parser.add_argument("--general-pairs", type=Path, help="pairs of other kinds, as many")
    parser.add_argument("--set", dest="sets", type=Path, action="append", default=[],
                        help="another file of pairs to score on")  # fmt: skip
    parser.add_argument("--base", default="zh-en")
    parser.add_argument("--kinds", default="taught", help=f"of {', '.join(KINDS)}, by commas")
    parser.add_argument("--seeds", default="1", help="numbers, by commas")
    parser.add_argument("--minutes", type=float, default=4.5)
    parser.add_argument("--precision", default="bf16", help="to score in")
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder for the results")
    options = parser.parse_args(given)
    options.kinds = [kind.strip() for kind in options.kinds.split(",")]
    options.seeds = [int(seed) for seed in options.seeds.split(",")]
    for kind in options.kinds:
        if kind not in KINDS:
            parser.error(f"there is no kind {kind!r}: give some of {', '.join(KINDS)}")
    if "general" in options.kinds and options.general_pairs is None:
        parser.error("the kind general needs --general-pairs")
    return options


def scores(options: argparse.Namespace, model: str, home: Path) -> dict[str, Any]:
    """A model's scores on every set."""
    return {
        file.stem: evaluated(model, file, home, options.precision)
        for file in (options.held, *options.sets)
    }


def one_run(options: argparse.Namespace, kind: str, seed: int, home: Path) -> dict[str, Any]:
    """Teach and score, as JSON values."""
    model = f"{kind}-{seed}"
    learn = options.general_pairs if kind == "general" else options.learn
    say(f"{kind}, seed {seed}")
    given = (str(learn), f"--held={options.held}", f"--base={options.base}", f"--name={model}")
    run = run_trial((*given, f"--minutes={options.minutes}", f"--seed={seed}", *KINDS[kind]), home)
    finished: Finished = run.all_of(Finished)[-1]
    wrong = told_time_left(run)
    return {
        "kind": kind,
        "seed": seed,
        "updates": finished.steps,
        "kept at update": finished.best_step,
        "ended by": finished.ended_by,
        "share of learnt": receipt_of(model, home)["share_of_learnt"],
        "learning and validating, s": round(finished.seconds, 1),
        "start to kept, s": round(run.seconds, 1),
        "peak memory, MB": round(run.peak),
        "time left": {
            "asked": len(wrong),
            "within a quarter": round(share_within(wrong, WITHIN), 3),
            "median": round(statistics.median(wrong), 3) if wrong else None,
            "worst": round(max(wrong, key=abs), 3) if wrong else None,
            **after_the_last_update(run),
        },
        "general change": [
            [event.step, event.general_change] for event in run.all_of(Validation)
        ],
        "compared": [
            {"name": event.name, "chrf before": event.chrf_before, "chrf after": event.chrf_after,
             "p": event.chrf_p_value}
            for event in run.all_of(Compared)
        ],
        "scores": scores(options, model, home),
    }  # fmt: skip


def markdown(result: Mapping[str, Any]) -> str:
    """A row for every run, and means by kind."""
    sets = list(result["base"])
    header = ["run", "seed", "updates", "ended by", "seconds", "MB", "time left within 25 %"]
    rows = [[BASE, *[""] * 6, *(_scores(result["base"][name]) for name in sets)]]
    for run in result["runs"]:
        rows.append(
            [
                run["kind"],
                str(run["seed"]),
                str(run["updates"]),
                run["ended by"],
                f"{run['start to kept, s']:.0f}",
                f"{run['peak memory, MB']:,}",
                f"{run['time left']['within a quarter']:.0%}",
                *(_scores(run["scores"][name]) for name in sets),
            ]
        )
    for kind in dict.fromkeys(run["kind"] for run in result["runs"]):
        found = [run["scores"] for run in result["runs"] if run["kind"] == kind]
        if len(found) > 1:
            rows.append([f"{kind}, mean", *[""] * 6, *(_mean(found, name) for name in sets)])
    return table([*header, *(f"{name}: BLEU / chrF" for name in sets)], rows) + "\n"


def _scores(found: Mapping[str, Any]) -> str:
    return f"{found['bleu']:.1f} / {found['chrf']:.1f}"


def _mean(found: Sequence[Mapping[str, Any]], name: str) -> str:
    parts = []
    for metric in ("bleu", "chrf"):
        values = [scored[name][metric] for scored in found]
        parts.append(f"{statistics.fmean(values):.1f} ± {statistics.stdev(values):.1f}")
    return " / ".join(parts)


def main(given: Sequence[str] | None = None) -> None:
    """Measure and write; runs that the results hold already are not done again."""
    options = arguments(given)
    options.out.mkdir(parents=True, exist_ok=True)
    file = options.out / "teaching.json"
    result: dict[str, Any] = {"base": {}, "runs": []}
    if file.exists():
        result = json.loads(file.read_text("utf-8"))
    done = {(run["kind"], run["seed"]) for run in result["runs"]}
    with tempfile.TemporaryDirectory(prefix="attune-teaching-") as folder:
        home = Path(folder)
        result["machine"] = machine()
        result["base"] = result["base"] or scores(options, options.base, home)
        for kind in options.kinds:
            for seed in options.seeds:
                if (kind, seed) not in done:
                    result["runs"].append(one_run(options, kind, seed, home))
                file.write_text(json.dumps(result, indent=1) + "\n", "utf-8")
    text = markdown(result)
    (options.out / "teaching.md").write_text(text, "utf-8")
    print(text)


if __name__ == "__main__":
    main()
