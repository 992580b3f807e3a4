"""The figures as a table, and what they say of the aims."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from benchmarks.measuring import fit_line, paired_ratios, summary

Result = Mapping[str, Any]

MOST_MEMORY = 600  # MB, of the terminal program
QUIET = 0.5  # load above which a machine is busy
_SHORT, _LONG = 25, 200  # words
GROWTH = f"time({_LONG}) / time({_SHORT})"


@dataclass(frozen=True, slots=True)
class Aim:
    """Something promised, and what was measured.

    Attributes:
        what: in words.
        measured: the median.
        low, high: quartiles where there are several measurements.
        least, most: what is asked for.
        met: whether the median is within.
    """

    what: str
    measured: float
    low: float
    high: float
    least: float | None = None
    most: float | None = None

    @property
    def met(self) -> bool:
        """Whether the median is within what is asked for."""
        return (self.least is None or self.measured >= self.least) and (
            self.most is None or self.measured <= self.most
        )

    def to_dict(self) -> dict[str, Any]:
        """The fields as JSON values."""
        return asdict(self) | {"met": self.met}


def flat(rounds: list[list[float]]) -> list[float]:
    """The measurements of all rounds."""
    return [time for turn in rounds for time in turn]


def median(rounds: list[list[float]]) -> float:
    """Of the measurements of all rounds."""
    return statistics.median(flat(rounds))


def aims(result: Result) -> list[Aim]:
    """All aims whose measurements are there."""
    return [*_ratios(result), *_memory(result), *_linearity(result)]


def _ratios(result: Result) -> Iterator[Aim]:
    """How many times as long a peer takes, round by round."""
    default = f"attune-{result['default']}"
    sentence, document = result["sentence"].get("beam 4", {}), result["document"]
    places = {"one sentence, beam 4": sentence, "document, beam 4": document}
    for place, ours, peer, least in (
        ("one sentence, beam 4", default, "ct2-opus-int8", 6.0),
        ("one sentence, beam 4", "attune-fp32", "ct2-opus-int8", 2.5),
        ("one sentence, beam 4", default, "ct2-equal-int8", 1.5),
        ("document, beam 4", default, "ct2-opus-int8", 4.0),
        ("document, beam 4", default, "ct2-equal-int8", 1.2),
    ):
        rounds = places[place]
        if ours in rounds and peer in rounds:
            found = summary(paired_ratios(rounds[peer], rounds[ours]), 2)
            labels = result["labels"]
            yield Aim(
                f"{place}: {labels[peer]} takes so many times as long as {labels[ours]}",
                found["median"],
                found["lower quartile"],
                found["upper quartile"],
                least=least,
            )


def _memory(result: Result) -> Iterator[Aim]:
    default = f"attune-{result['default']}"
    for what, found in result["terminal memory"].items():
        values = found.get(default, [])
        if values:
            spread = summary(values, 0)
            yield Aim(
                f"memory of the terminal program, {what}, {result['default']}, MB",
                spread["median"],
                spread["lower quartile"],
                spread["upper quartile"],
                most=MOST_MEMORY,
            )


def _linearity(result: Result) -> Iterator[Aim]:
    default = f"attune-{result['default']}"
    if default in result["linearity"]:
        growth = result["linearity"][default][GROWTH]
        # No more than linear: sentences cut in parts are searched together, and take less.
        most = _LONG / _SHORT
        yield Aim(f"{GROWTH} words, {result['default']}", *[growth] * 3, most=most)


def linearity(lengths: Mapping[int, Mapping[str, list[list[float]]]]) -> dict[str, Any]:
    """For every engine the line through its medians by length, and time(200) / time(25)."""
    names = next(iter(lengths.values()), {})
    found = {}
    for name in names:
        times = {words: median(rounds[name]) for words, rounds in lengths.items()}
        line = fit_line(list(times), list(times.values()))
        found[name] = {
            "milliseconds": {words: round(time * 1000, 1) for words, time in times.items()},
            "milliseconds per word": round(line.slope * 1000, 3),
            "R²": round(line.r_squared, 4),
            GROWTH: round(times[_LONG] / times[_SHORT], 2),
        }
    return found


def table(header: list[str], rows: list[list[str]]) -> str:
    """Markdown, the columns but the first to the right."""
    marks = ["---", *["---:"] * (len(header) - 1)]
    return "\n".join("| " + " | ".join(row) + " |" for row in (header, marks, *rows))


def spread(rounds: list[list[float]] | None, scale: float, digits: int) -> str:
    """``median (lower quartile-upper quartile)``, or a dash."""
    if not rounds:
        return "–"
    found = summary(flat(rounds))
    low, middle, high = (
        f"{found[name] * scale:,.{digits}f}"
        for name in ("lower quartile", "median", "upper quartile")
    )
    return f"{middle} ({low}–{high})"


def markdown(result: Result) -> str:
    """All tables."""
    parts = [
        _setting(result),
        _times(result),
        _aims(result),
        _lengths(result),
        _roofline(result),
        _settings(result),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _setting(result: Result) -> str:
    machine, material = result["machine"], result["material"]
    features = ", ".join(machine["features"])
    return (
        f"Measured on {machine['processor']} ({machine['cores']} cores; {features}), "
        f"{_threads(result['threads'])} each, load {machine['load']} at the start and "
        f"{result['load at the end']} at the end. The sentence has {material['words']} words, "
        f"{material['source pieces']} pieces in and {material['target pieces']} out; the document "
        f"{material['sentences']:,} sentences, {material['source pieces of the document']:,} "
        f"pieces in and {material['target pieces of the document']:,} out. "
        f"Medians, quartiles in brackets.{_warning(result)}"
    )


def _threads(count: int) -> str:
    return "1 thread" if count == 1 else f"{count} threads"


def _warning(result: Result) -> str:
    """Whether other programs computed, too."""
    load, threads = result["machine"]["load"], result["threads"]
    if load < QUIET:
        return ""
    if threads > 1:
        what = "Threads that wait for each other wait for other programs, too: no figure holds."
    else:
        what = "Times are longer than on a quiet one."
    return f"\n\n**The machine was busy (load {load}).** {what}"


def _times(result: Result) -> str:
    sentence, memory = result["sentence"], result["memory"]
    columns: list[tuple[str, Callable[[str], str]]] = [
        ("beam 1, ms", lambda n: spread(sentence.get("beam 1", {}).get(n), 1000, 0)),
        ("beam 4, ms", lambda n: spread(sentence.get("beam 4", {}).get(n), 1000, 0)),
        ("document, s", lambda n: spread(result["document"].get(n), 1, 1)),
        ("start, s", lambda n: spread(result["start"].get(n), 1, 2)),
        ("memory, sentence, MB", lambda n: f"{memory['sentence'].get(n, 0):,.0f}"),
        ("memory, document, MB", lambda n: f"{memory['document'].get(n, 0):,.0f}"),
    ]
    rows = [[label, *(show(name) for _, show in columns)] for name, label in _labels(result)]
    return table(["engine", *(title for title, _ in columns)], rows)


def _labels(result: Result) -> list[tuple[str, str]]:
    return list(result["labels"].items())


def _aims(result: Result) -> str:
    rows = []
    for aim in result["aims"]:
        asked = f"≥ {aim['least']:g}" if aim["least"] is not None else f"≤ {aim['most']:g}"
        shown = f"{aim['measured']:g}"
        if aim["low"] != aim["high"]:
            shown += f" ({aim['low']:g}–{aim['high']:g})"
        rows.append([aim["what"], shown, asked, "yes" if aim["met"] else "no"])
    return table(["aim", "measured", "asked", "met"], rows) if rows else ""


def _lengths(result: Result) -> str:
    found = result["linearity"]
    if not found:
        return ""
    labels = dict(_labels(result))
    words = list(next(iter(found.values()))["milliseconds"])
    rows = [
        [labels[name], *(f"{line['milliseconds'][n]:,.0f}" for n in words)]
        + [f"{line['milliseconds per word']:.2f}", f"{line['R²']:.3f}", f"{line[GROWTH]:.1f}"]
        for name, line in found.items()
    ]
    header = ["beam 4, ms", *(f"{n} words" for n in words), "ms a word", "R²", GROWTH]
    return table(header, rows)


def _roofline(result: Result) -> str:
    found = result["roofline"]
    if not found:
        return ""
    peaks = found["peaks"]
    speeds = ", ".join(f"{name} {v / 1e9:.0f}" for name, v in peaks["multiply_adds"].items())
    sentence = (
        f"Roofline: this processor reaches {speeds} thousand million multiply-adds a second in "
        f"large matrix products, reads {peaks['reading']['memory'] / 1e9:.0f} GB/s from memory "
        f"and copies {peaks['copying'] / 1e9:.0f} GB/s (read and written)."
    )
    rows = [
        [
            f"Attune {precision}",
            *(f"{line[part] * 1000:.1f}" for part in ("multiply-adds", "memory", "bound")),
            f"{line['measured'] * 1000:.1f}",
            f"{line['measured'] / line['bound']:.1f}",
        ]
        for precision, line in found["sentence, beam 4"].items()
    ]
    header = ["one sentence, beam 4, ms", "multiply-adds", "memory", "bound", "measured", "times"]
    return f"{sentence}\n\n{table(header, rows)}"


def _settings(result: Result) -> str:
    """What was chosen for each peer."""
    rows = [
        [label, _shown(result, "sentence", name), _shown(result, "document", name)]
        for name, label in _labels(result)
        if result["settings"]["sentence"].get(name)
    ]
    header = ["fastest settings found", "for a sentence", "for a document"]
    return table(header, rows) if rows else ""


def _shown(result: Result, part: str, name: str) -> str:
    settings = result["settings"][part].get(name, {})
    shown = []
    if workers := settings.get("workers"):
        shown.append(f"{workers[0]} x {_threads(workers[1])}")
    if part == "document" and settings.get("batch"):
        shown.append(f"batches of {settings['batch']}")
    shown.append(f"waiting {settings.get('waiting', 'as it comes')}")
    return ", ".join(shown)
