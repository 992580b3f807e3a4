"""The table of shapes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from benchmarks.speed.report import table

Result = Mapping[str, Any]


def markdown(measured: Result, results: Sequence[Result]) -> str:
    """The setting, and for each number of minutes a table with differences from its first row."""
    if not results:
        return "Not measured yet.\n"
    machine, pace = measured["machine"], measured["pace"]
    sets = ", ".join(f"{name} ({count})" for name, count in results[0]["sets"].items())
    columns = [(kind, name) for name in results[0]["sets"] for kind in ("nats", "BLEU")]
    header = ["", "weights, M", "pieces", "updates", "ms"]
    header += [*(f"{kind}, {name}" for kind, name in columns), "AER"]
    figures = [*(f"{name}, {kind}" for kind, name in columns), "AER"]
    parts = [
        f"One core of {machine['processor']} ({', '.join(machine['features'])}), fp32. *Pieces* "
        "are target pieces learnt in a second, *ms* the processor's time for a sentence of "
        f"{measured['set']} by itself (beam 4, outputs as long as the references). Test sets: "
        f"{sets}; BLEU is that of the first {results[0]['translated']} of each."
    ]
    for minutes in sorted({result["minutes"] for result in results}):
        found = [result for result in results if result["minutes"] == minutes]
        rows = [list(_row(result, pace, figures, found[0])) for result in found]
        parts += [f"**{minutes:g} minutes**", table(header, rows)]
    return "\n\n".join(parts) + "\n"


def _row(result: Result, pace: Result, kinds: Sequence[str], base: Result) -> Iterator[str]:
    own, figures = pace[result["shape"]], result["figures"]
    yield result["shape"]
    yield f"{own['weights'] / 1e6:.1f}"
    yield f"{own['pieces']:,.0f}"
    yield f"{result['steps']:,}"
    yield f"{own['milliseconds']:.1f}"
    for kind in kinds:
        digits = 3 if kind.endswith("nats") else 1
        told = f"{figures[kind]:.{digits}f}"
        if result is not base:
            told += f" ({figures[kind] - base['figures'][kind]:+.{digits}f})"
        yield told
