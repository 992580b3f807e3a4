"""Repeats, medians and memory, shared by the measurements; needs the standard library alone."""

from __future__ import annotations

import os
import platform
import re
import resource
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_STATUS = Path("/proc/self/status")


def interleaved(
    cases: Mapping[str, Callable[[], Sequence[float]]], rounds: int, *, pause: float = 0.0
) -> dict[str, list[list[float]]]:
    """What every case measures in every round, taken in turn: A B C, A B C, ...

    A change of the machine's pace strikes all alike, so that ratios within a round are fair.

    Args:
        cases: by name; each call gives the seconds of one or several repeats.
        rounds: how often each has its turn.
        pause: seconds before each turn, for the threads of the one before to fall asleep.

    Returns:
        By name a list per round.
    """
    times: dict[str, list[list[float]]] = {name: [] for name in cases}
    for _ in range(rounds):
        for name, run in cases.items():
            time.sleep(pause)
            times[name].append(list(run()))
    return times


def summary(values: Sequence[float], digits: int = 4) -> dict[str, float]:
    """Minimum, quartiles, maximum, and how many there were."""
    low, middle, high = (
        statistics.quantiles(values, n=4, method="inclusive")
        if len(values) > 1
        else [values[0]] * 3
    )
    figures = {
        "min": min(values),
        "lower quartile": low,
        "median": middle,
        "upper quartile": high,
        "max": max(values),
    }
    return {name: round(value, digits) for name, value in figures.items()} | {"of": len(values)}


def paired_ratios(slow: Sequence[Sequence[float]], fast: Sequence[Sequence[float]]) -> list[float]:
    """Per round, the median of ``slow`` over the median of ``fast``."""
    return [
        statistics.median(one) / statistics.median(other)
        for one, other in zip(slow, fast, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line through points by least squares, and how much of their spread it explains.

    ``r_squared`` is 1 - sum of squared residuals / sum of squared deviations from the mean.
    """

    slope: float
    intercept: float
    r_squared: float


def fit_line(x: Sequence[float], y: Sequence[float]) -> Line:
    """The line through the points ``(x, y)``."""
    slope, intercept = statistics.linear_regression(x, y)
    mean = statistics.fmean(y)
    residuals = sum((b - slope * a - intercept) ** 2 for a, b in zip(x, y, strict=True))
    deviations = sum((b - mean) ** 2 for b in y)
    return Line(slope, intercept, 1 - residuals / deviations if deviations else 1.0)


def peak_memory() -> float:
    """Most memory this process ever held, in MB (10^6 bytes)."""
    status = _STATUS.read_text() if _STATUS.is_file() else ""
    # On Linux ru_maxrss counts what the program held that started this one.
    if found := re.search(r"^VmHWM:\s*(\d+) kB", status, re.MULTILINE):
        return int(found[1]) * 1024 / 1e6
    return megabytes(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def megabytes(maxrss: int) -> float:
    """A peak as the system reports it (kilobytes, on macOS bytes), in MB."""
    return maxrss / 1e6 if sys.platform == "darwin" else maxrss * 1024 / 1e6


def cores() -> int:
    """Processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def machine() -> dict[str, object]:
    """What the figures were measured on."""
    cpuinfo = Path("/proc/cpuinfo")
    text = cpuinfo.read_text() if cpuinfo.is_file() else ""
    known = ("avx2", "avx512f", "avx512_vnni", "avx512_bf16", "amx_bf16", "amx_int8")
    model = re.search(r"^model name\s*:\s*(.+)$", text, re.MULTILINE)
    return {
        "processor": model[1] if model else platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "features": [name for name in known if name in text.split()],
        "load": round(os.getloadavg()[0], 2),
        "python": platform.python_version(),
    }
