"""The figures as tables, and how many times JoeyNMT's speed ours is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from benchmarks.measuring import summary
from benchmarks.speed.report import QUIET, Aim, spread, table

Run = Mapping[str, Any]
Turn = Mapping[str, float]

ASKED = 3.0  # times JoeyNMT's target tokens a second
_ORDERS = {
    "random": "pairs in random order",
    "alike": "pairs of like length together",
}


def rates(turns: Sequence[Turn]) -> list[float]:
    """Target tokens a second, turn by turn."""
    return [turn["tokens"] / turn["seconds"] for turn in turns]


def ratios(run: Run, mine: str, peer: str) -> dict[str, float]:
    """Our rate over the peer's of the same round."""
    turns = run["turns"]
    pairs = zip(rates(turns[mine]), rates(turns[peer]), strict=True)
    return summary([one / other for one, other in pairs], 2)


def aims(runs: Sequence[Run]) -> list[Aim]:
    """What is asked of our rate, for each pair of contenders."""
    return [aim for run in runs for aim in _aims(run)]


def _aims(run: Run) -> Iterator[Aim]:
    for mine in _names(run, "attune"):
        for peer in _names(run, "joeynmt"):
            found = ratios(run, mine, peer)
            yield Aim(
                f"{_title(run)}: {run['labels'][mine]} against {run['labels'][peer]}",
                found["median"],
                found["lower quartile"],
                found["upper quartile"],
                least=ASKED,
            )


def _names(run: Run, engine: str) -> list[str]:
    return [name for name in run["turns"] if name.startswith(engine)]


def _title(run: Run) -> str:
    return f"{run['about']}; {_ORDERS[run['order']]}"


def markdown(result: Mapping[str, Any]) -> str:
    """All tables."""
    parts = [_setting(result), *map(_times, result["runs"]), _verdict(result["aims"])]
    return "\n\n".join(part for part in parts if part) + "\n"


def _setting(result: Mapping[str, Any]) -> str:
    machine, plan = result["machine"], result["plan"]
    versions = sorted({one["version"] for run in result["runs"] for one in run["loaded"].values()})
    text = (
        f"Measured on {machine['processor']} ({machine['cores']} cores; "
        f"{', '.join(machine['features'])}), {result['threads']} thread(s) each, load "
        f"{machine['load']} at the start and {result['load at the end']} at the end; "
        f"{'; '.join(versions)}. {plan['rounds']} rounds of {plan['updates']} updates. "
        "Medians, quartiles in brackets."
    )
    if machine["load"] < QUIET:
        return text
    return f"{text}\n\n**The machine was busy (load {machine['load']}).** No figure holds."


def _times(run: Run) -> str:
    peers = _names(run, "joeynmt")
    header = [
        _title(run),
        "target tokens/s",
        *(f"times {run['labels'][peer]}" for peer in peers),
        "processor s per 1,000",
        "pairs an update",
        "loss, first and last turn",
        "weights, M",
        "memory, MB",
    ]
    return table(header, [_row(run, name, peers) for name in run["turns"]])


def _row(run: Run, name: str, peers: Sequence[str]) -> list[str]:
    turns = run["turns"][name]
    busy = [1000 * turn["processor"] / turn["tokens"] for turn in turns]
    pairs = sum(turn["pairs"] for turn in turns) / sum(turn["updates"] for turn in turns)
    return [
        run["labels"][name],
        spread([rates(turns)], 1, 0),
        *("–" if name in peers else _times_faster(run, name, peer) for peer in peers),
        spread([busy], 1, 2),
        f"{pairs:.0f}",
        f"{turns[0]['loss']:.2f}, {turns[-1]['loss']:.2f}",
        f"{run['loaded'][name]['parameters'] / 1e6:.1f}",
        f"{run['memory'][name]:,.0f}",
    ]


def _times_faster(run: Run, mine: str, peer: str) -> str:
    found = ratios(run, mine, peer)
    return f"{found['median']} ({found['lower quartile']}–{found['upper quartile']})"


def _verdict(found: Sequence[Mapping[str, Any]]) -> str:
    """Which comparisons reach what is asked."""
    if not found:
        return ""
    missed = [f"- {aim['what']}: {aim['measured']:g}" for aim in found if not aim["met"]]
    text = f"Asked: {ASKED:g} times. {len(found) - len(missed)} of {len(found)} medians reach it"
    return "\n".join([f"{text}; these do not:\n", *missed] if missed else [f"{text}."])
