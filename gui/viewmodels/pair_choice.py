"""A checked file, and which of its pairs are to be learnt. No Qt."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.training.checks import CheckReport, Doubt, Pair, Rejection


@dataclass(frozen=True, slots=True)
class PairChoice:
    """What a check has found, without the pairs that the user has dropped.

    Attributes:
        report: what the check has found.
        dropped: reasons for doubt whose pairs are left out, in the order of the user's wishes.
        turned: whether swapped sides were put right.
    """

    report: CheckReport
    dropped: tuple[str, ...] = ()
    turned: bool = False

    @property
    def changed(self) -> bool:
        """Whether a plain check of the file would find other pairs."""
        return self.turned or bool(self.dropped)

    @property
    def count(self) -> int:
        """How many pairs are to be learnt."""
        return len(self.report.pairs) - len(self._dropped_lines())

    @property
    def fixable(self) -> int:
        """How many lines left out would be good pairs with their sides turned."""
        return sum(rejection.fix is not None for rejection in self.report.rejections)

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """The doubts about pairs that are to be learnt."""
        gone = self._dropped_lines()
        return tuple(doubt for doubt in self.report.doubts if doubt.line not in gone)

    @property
    def doubt_counts(self) -> dict[str, int]:
        """Doubtful lines by reason; a line with two counts twice."""
        return dict(Counter(doubt.reason for doubt in _once(self.doubts)))

    @property
    def rejections(self) -> tuple[Rejection, ...]:
        """The lines left out, those that the user has dropped among them."""
        from core.training.checks import Rejection  # in memory since the check

        found = ((reason, self.pair(line)) for line, reason in self._dropped_lines().items())
        more = [
            Rejection(pair.line, reason, f"{pair.source}\t{pair.target}")
            for reason, pair in found
            if pair is not None
        ]
        return tuple(sorted((*self.report.rejections, *more), key=attrgetter("line")))

    @property
    def rejection_counts(self) -> dict[str, int]:
        """Lines left out by reason, those that the user has dropped last."""
        return self.report.counts | dict(Counter(self._dropped_lines().values()))

    def pairs(self) -> Iterator[Pair]:
        """The pairs that are to be learnt."""
        gone = self._dropped_lines()
        return (pair for pair in self.report.pairs if pair.line not in gone)

    def pair(self, line: int) -> Pair | None:
        """The good pair in ``line``."""
        pairs = self.report.pairs
        at = bisect_left(pairs, line, key=attrgetter("line"))
        return pairs[at] if at < len(pairs) and pairs[at].line == line else None

    def drop(self, reason: str) -> PairChoice:
        """Without the pairs that are doubtful for ``reason``."""
        return replace(self, dropped=(*self.dropped, reason))

    def checked_again(self, report: CheckReport, *, turned: bool) -> PairChoice:
        """The same choice of another check of the file."""
        return replace(self, report=report, turned=turned)

    def _dropped_lines(self) -> dict[int, str]:
        """The lines dropped, each with the first reason for that."""
        lines: dict[int, str] = {}
        for reason in self.dropped:
            for doubt in self.report.doubts:
                if doubt.reason == reason:
                    lines.setdefault(doubt.line, reason)
        return lines


def _once(doubts: tuple[Doubt, ...]) -> tuple[Doubt, ...]:
    """One of each line and reason."""
    return tuple({(doubt.line, doubt.reason): doubt for doubt in doubts}.values())
