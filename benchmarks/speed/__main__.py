"""``python -m benchmarks.speed``: measure, and write JSON, a table and a chart."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from benchmarks.measuring import cores, machine
from benchmarks.speed import phases, report
from benchmarks.speed.contenders import OURS, PEERS, Contender, Settings, ours, peers
from benchmarks.speed.phases import QUICK, Jobs, Plan, Running
from benchmarks.speed.protocol import ROOT, Engine
from benchmarks.speed.roofline import Peaks, least_seconds, working_sets

RESULTS = ROOT / "benchmarks" / "results"
DOCUMENT = ROOT / "docs" / "speed.md"
PICTURE = ROOT / "docs" / "images" / "speed.png"
_BEGIN, _END = "<!-- figures: begin -->", "<!-- figures: end -->"


def say(what: str) -> None:
    """Tell what happens now."""
    print(f"speed: {what}", file=sys.stderr, flush=True)


def arguments() -> argparse.Namespace:
    """The options of the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__)
    parser.add_argument("--model", type=Path, default=ROOT / "resources" / "models" / "zh-en")
    parser.add_argument("--threads", type=int, default=cores(), help="of every engine")
    parser.add_argument("--quick", action="store_true", help="few repeats: does it work?")
    parser.add_argument("--only", default="", help="names of engines, commas between")
    parser.add_argument("--ours", action="store_true", help="no peers: they need not be installed")
    parser.add_argument("--skip", default="", help="of lengths, document, start: with commas")
    parser.add_argument("--no-trials", action="store_true", help="peers in their first settings")
    parser.add_argument("--rounds", type=int, help="of one sentence and of the lengths")
    parser.add_argument("--length-rounds", type=int, help="of the lengths alone")
    parser.add_argument("--start-rounds", type=int)
    parser.add_argument("--document-rounds", type=int)
    parser.add_argument("--sentences", type=int, help="of the document")
    parser.add_argument("--trial-sentences", type=int, help="for each setting of a peer")
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder for the results")
    parser.add_argument(
        "--write-docs", action="store_true", help="put the table and the chart into docs/speed.md"
    )
    parser.add_argument(
        "--from-results", action="store_true", help="measure nothing: read the results again"
    )
    return parser.parse_args()


def make_plan(options: argparse.Namespace) -> Plan:
    """How often, and how much."""
    given = {
        "sentence": options.rounds,
        "lengths": options.length_rounds or options.rounds,
        "document": options.document_rounds,
        "start": options.start_rounds,
        "sentences": options.sentences,
        "trial_sentences": options.trial_sentences,
    }
    plan = QUICK if options.quick else Plan()
    return replace(plan, **{name: count for name, count in given.items() if count})


def choose(options: argparse.Namespace) -> tuple[list[Contender], str]:
    """The engines to measure, and our default precision."""
    probe = Contender("probe", "", OURS, {})
    with probe.launch({}) as engine:
        precisions = engine.ask("describe")["precisions"]
        fields = {"model": str(options.model), "precision": "auto", "threads": options.threads}
        default = engine.ask("load", **fields)["computes"]
    found = ours(options.model, precisions, default, options.threads)
    if not options.ours:
        if not (PEERS / "bin" / "python").exists():
            sys.exit("speed: the peers are not installed; type `make bench`, or give --ours")
        found += peers(options.threads)
    wanted = [name for name in options.only.split(",") if name]
    if unknown := set(wanted) - {contender.name for contender in found}:
        sys.exit(f"speed: no engine is called {', '.join(sorted(unknown))}")
    return [c for c in found if not wanted or c.name in wanted], default


def trials(
    contenders: Sequence[Contender], jobs: Jobs, plan: Plan, *, some: bool
) -> tuple[dict[str, dict[str, Settings]], dict[str, Any]]:
    """The fastest settings of every engine for a sentence and for a document, and the trials.

    Without ``some`` trials, those to begin from.
    """
    part = jobs.document.first(plan.trial_sentences)
    chosen: dict[str, dict[str, Settings]] = {"sentence": {}, "document": {}}
    tried: dict[str, Any] = {"sentence": {}, "document": {}}
    for contender in contenders:
        if not contender.ours:
            say(f"settings of {contender.label}")
            with contender.launch(contender.start) as engine:  # writes the model the first time
                contender.load(engine, contender.start)
        for where, job, choices, calls in (
            ("sentence", jobs.sentence, contender.sentence, plan.trial_calls),
            ("document", part, contender.document, 1),
        ):
            tries = choices if some else {}
            best, found = phases.choose_settings(contender, job, tries, calls)
            chosen[where][contender.name] = best
            tried[where][contender.name] = found
    return chosen, tried


def roofline(
    config: Mapping[str, Any], result: Mapping[str, Any], jobs: Jobs, threads: int
) -> dict[str, Any]:
    """Our measured time of one sentence beside the least that this machine allows."""
    known = ("fp32", "bf16", "int8")
    measured = result["sentence"].get("beam 4", {})
    precisions = [name for name in known if f"attune-{name}" in measured]
    sets = working_sets(dict(config), precisions)
    with Engine("peaks", [sys.executable, "-m", "benchmarks.speed.peaks"]) as engine:
        found = engine.ask("measure", threads=threads, sets=sets)
    peaks = Peaks(found["multiply_adds"], found["reading"])
    steps = jobs.sentence.targets[0] + 1
    lines = {}
    for name in precisions:
        bound = least_seconds(dict(config), jobs.sentence.sources[0], steps, 4, name, peaks)
        lines[name] = bound | {"measured": report.median(measured[f"attune-{name}"])}
    return {"peaks": found, "sentence, beam 4": lines}


def measure(options: argparse.Namespace) -> dict[str, Any]:
    """Everything, as JSON values."""
    plan, skip = make_plan(options), options.skip.split(",")
    at_start = machine()
    contenders, default = choose(options)
    with contenders[0].launch({}) as engine:
        if not contenders[0].ours:
            sys.exit("speed: at least one engine must be ours")
        config = contenders[0].load(engine, {})["config"]
        jobs = phases.make_jobs(engine, plan.sentences)
    chosen, tried = trials(contenders, jobs, plan, some=not options.no_trials)
    if "lengths" in skip:
        jobs.lengths.clear()
    with Running(contenders, chosen["sentence"]) as running:
        sentence = phases.sentence_phase(running, jobs, plan, say)
        loaded = running.loaded
    document: dict[str, Any] = {"times": {}, "memory": {}}
    if "document" not in skip:
        say(f"a document of {plan.sentences} sentences")
        with Running(contenders, chosen["document"]) as running:
            document = phases.document_phase(running, jobs, plan)
    started, terminal = {}, {}
    if "start" not in skip:
        say("start to first translation")
        started, one = phases.start_phase(contenders, chosen["sentence"], jobs, plan)
        mine = [c for c in contenders if c.ours and c.fixed]
        many = {c.name: [phases.run_terminal(c, jobs.document.texts)["memory"]] for c in mine}
        terminal = {"one sentence": one, "document": many}
    result: dict[str, Any] = {
        "machine": at_start,
        "load at the end": round(os.getloadavg()[0], 2),
        "threads": options.threads,
        "plan": asdict(plan),
        "material": jobs.material,
        "default": default,
        "labels": {contender.name: contender.label for contender in contenders},
        "loaded": loaded,
        "settings": chosen,
        "trials": tried,
        "sentence": {name: sentence[name] for name in ("beam 1", "beam 4")},
        "lengths": sentence["lengths"],
        "document": document["times"],
        "start": started,
        "memory": {"sentence": sentence["memory"], "document": document["memory"]},
        "terminal memory": terminal,
        "linearity": report.linearity(sentence["lengths"]),
    }
    say("what the processor reaches")
    result["roofline"] = roofline(config, result, jobs, options.threads)
    result["aims"] = [aim.to_dict() for aim in report.aims(result)]
    return result


def write_document(text: str, document: Path = DOCUMENT) -> None:
    """Put ``text`` between the marks in ``document``."""
    pattern = re.compile(f"(?<={re.escape(_BEGIN)}\n).*?(?={re.escape(_END)})", re.DOTALL)
    written, count = pattern.subn(lambda _: text, document.read_text("utf-8"))
    if count != 1:
        sys.exit(f"speed: {document} lacks the marks {_BEGIN} and {_END}")
    document.write_text(written, "utf-8")


def main() -> None:
    """Measure and write."""
    options = arguments()
    file = options.out / "speed.json"
    if options.from_results:
        result = json.loads(file.read_text("utf-8"))
    else:
        # As read again: keys are strings.
        result = json.loads(json.dumps(measure(options)))
        options.out.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", "utf-8")
    text = report.markdown(result)
    (options.out / "speed.md").write_text(text, "utf-8")
    # Matplotlib is imported last: a program's peak of memory counts what its parent held.
    from benchmarks.speed.chart import draw

    draw(result, options.out / "speed.svg", options.out / "speed.png")
    if options.write_docs:
        write_document(text)
        draw(result, PICTURE)
    print(text)


if __name__ == "__main__":
    main()
