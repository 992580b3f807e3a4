"""The table of what each idea buys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from benchmarks.family.systems import SYSTEMS, TUTORIAL, System
from benchmarks.quality.sets import TestSet
from benchmarks.speed.report import table
from core.evaluation.comparison import Comparison, compare
from core.text.languages import ENGLISH

Result = Mapping[str, Any]
_HEADER = (
    "system", "what is new", "BLEU", "chrF", "against", "tokens/s", "updates", "weights, M",
    "ms a sentence",
)  # fmt: skip


def markdown(results: Sequence[Result], sets: Sequence[TestSet]) -> str:
    """The setting, a table for each set, and what each says of the tutorials' sentence."""
    by_name = {result["system"]: result for result in results}
    known = [system for system in (*SYSTEMS, TUTORIAL) if system.name in by_name]
    if not known:
        return "Not measured yet.\n"
    first = by_name[known[0].name]
    machine = first["machine"]
    parts = [
        f"Each on the same {first['pairs']:,} pairs for {first['minutes']:g} minutes, zh→en, on "
        f"{machine['processor']} ({machine['cores']} cores; {', '.join(machine['features'])}), "
        f"load {machine['load']} at the end of the first; greedy search. ± is half of a 95 % "
        "interval (bootstrap); *p* is that of a paired bootstrap of BLEU against the row named."
    ]
    for one in sets:
        rows = [list(_row(system, by_name, one)) for system in known]
        parts += [f"**{one.name}**, {len(one)} sentences:", table(list(_HEADER), rows)]
    said = [[system.name, by_name[system.name]["sentence"]] for system in known]
    parts += ["What each makes of 我喜欢学习机器学习。:", table(["system", "translation"], said)]
    return "\n\n".join(parts) + "\n"


def _row(system: System, results: Mapping[str, Result], one: TestSet) -> Iterator[str]:
    result = results[system.name]
    rival = results.get(system.against or "")
    found = _compared(rival or result, result, one)
    yield system.name
    yield system.about
    for estimate in (found.bleu, found.chrf):
        yield f"{estimate.after:.1f} ± {estimate.after_error:.1f}"
    gain = found.bleu.after - found.bleu.before
    chance = "" if found.bleu.p_value is None else f", *p* {found.bleu.p_value:.3f}"
    yield f"{system.against}: {gain:+.1f}{chance}" if rival else "–"
    yield f"{result['tokens/s']:,.0f}"
    yield f"{result['updates']:,}"
    yield f"{result['parameters'] / 1e6:.1f}"
    yield f"{result['ms a sentence']:.0f}"


def _compared(before: Result, after: Result, one: TestSet) -> Comparison:
    return compare(
        one.chinese,
        one.english,
        before["translations"][one.name],
        after["translations"][one.name],
        ENGLISH,
    )
