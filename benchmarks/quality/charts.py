"""Where bars, whiskers and ticks of a chart lie; a template draws them as SVG.

The drawing has classes instead of colours, so that the page's style sheet gives it those of the
light or the dark theme.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from unicodedata import east_asian_width

from benchmarks.quality.scoring import Estimate, Group

_BAR, _BETWEEN, _ROW_GAP = 13, 3, 15  # heights in pixels
_TOP, _BOTTOM, _VALUE = 6, 26, 52
_LABEL_GAP = 12
_LETTER, _IDEOGRAPH = 7, 13  # widths; the letters' is that of a wide one
_MOST_TICKS = 6
_STEPS = (1, 2, 5, 10, 20, 50)


@dataclass(frozen=True, slots=True)
class Bar:
    """A score from the left edge to ``end``, its interval from ``low`` to ``high``.

    ``kind`` is ``"now"`` or ``"before"``, ``y`` the upper edge; all in pixels.
    """

    kind: str
    y: float
    end: float
    low: float
    high: float
    estimate: Estimate


@dataclass(frozen=True, slots=True)
class Row:
    """The bars of one group; ``middle`` is their centre, ``label`` the name as far as it fits."""

    group: Group
    label: str
    middle: float
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Horizontal bars; ``ticks`` are places and labels on the axis at the bottom."""

    width: int
    height: float
    left: float
    right: float
    bottom: float
    bar: float
    ticks: tuple[tuple[float, str], ...]
    rows: tuple[Row, ...]


def bar_chart(groups: Sequence[Group], *, width: int, labels: int) -> Chart:
    """BLEU of ``groups``, the previous model's beside the new one's.

    Args:
        groups: a row each, from the top.
        width: of the whole chart in pixels.
        labels: pixels on the left that are kept for the names.
    """
    estimates = [e for group in groups for _, e in _estimates(group)]
    ticks = ticks_to(max(max(e.high, e.score) for e in estimates))
    right = width - _VALUE
    scale = (right - labels) / ticks[-1]

    def place(score: float) -> float:
        return round(labels + score * scale, 1)

    rows, y = [], float(_TOP)
    for group in groups:
        row = _row(group, fitting(group.name, labels - _LABEL_GAP), y, place)
        rows.append(row)
        y = row.bars[-1].y + _BAR + _ROW_GAP
    bottom = y - _ROW_GAP / 2
    axis = tuple((place(tick), str(tick)) for tick in ticks)
    return Chart(width, bottom + _BOTTOM, labels, right, bottom, _BAR, axis, tuple(rows))


def _estimates(group: Group) -> list[tuple[str, Estimate]]:
    found = [("now", group.now.bleu)]
    return [*found, ("before", group.before.bleu)] if group.before else found


def _row(group: Group, label: str, y: float, place: Callable[[float], float]) -> Row:
    bars = tuple(
        Bar(kind, y + i * (_BAR + _BETWEEN), place(e.score), place(e.low), place(e.high), e)
        for i, (kind, e) in enumerate(_estimates(group))
    )
    return Row(group, label, (bars[0].y + bars[-1].y + _BAR) / 2, bars)


def fitting(name: str, pixels: int) -> str:
    """``name``, its end replaced by an ellipsis if it is wider than ``pixels``."""
    widths = [_IDEOGRAPH if east_asian_width(sign) in "WF" else _LETTER for sign in name]
    if sum(widths) <= pixels:
        return name
    kept = sum(end <= pixels - _IDEOGRAPH for end in accumulate(widths))
    return name[:kept] + "…"


def ticks_to(top: float) -> list[int]:
    """Round numbers from 0 to the first that is not below ``top``, at most six of them."""
    for step in _STEPS:
        count = max(1, -int(-top // step))
        if count < _MOST_TICKS:
            break
    return [step * i for i in range(count + 1)]
