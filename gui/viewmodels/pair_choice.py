"""A checked file, and which of its pairs are to be learnt. No Qt."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.training.checks import CheckReport, Doubt, Pair, Rejection

_LINE = attrgetter("line")


@dataclass(frozen=True)
class PairChoice:
    """What a check has found, without the pairs that the user has dropped.

    What follows from that is computed once: a file may have a hundred thousand doubtful pairs.

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
        return len(self.report.pairs) - len(self._gone)

    @cached_property
    def fixable(self) -> int:
        """How many lines left out would be good pairs with their sides turned."""
        return sum(rejection.fix is not None for rejection in self.report.rejections)

    @cached_property
    def doubts(self) -> tuple[Doubt, ...]:
        """The doubts about pairs that are to be learnt."""
        gone = self._gone
        if not gone:
            return self.report.doubts
        return tuple(doubt for doubt in self.report.doubts if doubt.line not in gone)

    @cached_property
    def doubt_counts(self) -> dict[str, int]:
        """Doubtful lines by reason; a line with two counts twice."""
        lines: dict[str, set[int]] = {}
        for doubt in self.doubts:
            lines.setdefault(doubt.reason, set()).add(doubt.line)
        return {reason: len(of_it) for reason, of_it in lines.items()}

    @cached_property
    def doubtful(self) -> int:
        """How many pairs that are to be learnt are doubtful."""
        return len({doubt.line for doubt in self.doubts})

    @cached_property
    def left_out(self) -> tuple[Rejection | Doubt, ...]:
        """What is left out in the file's order: by the check, and by the user for a doubt."""
        if not self._gone:
            return self.report.rejections
        return tuple(sorted((*self.report.rejections, *self._gone.values()), key=_LINE))

    @cached_property
    def left_out_counts(self) -> dict[str, int]:
        """Lines left out by reason, those that the user has dropped last."""
        return self.report.counts | dict(Counter(doubt.reason for doubt in self._gone.values()))

    def pairs(self) -> Iterator[Pair]:
        """The pairs that are to be learnt."""
        gone = self._gone
        return (pair for pair in self.report.pairs if pair.line not in gone)

    def pair(self, line: int) -> Pair | None:
        """The good pair in ``line``."""
        pairs = self.report.pairs
        at = bisect_left(pairs, line, key=_LINE)
        return pairs[at] if at < len(pairs) and pairs[at].line == line else None

    def drop(self, reason: str) -> PairChoice:
        """Without the pairs that are doubtful for ``reason``."""
        return replace(self, dropped=(*self.dropped, reason))

    def with_doubts(self, found: Iterable[tuple[Pair, Doubt]]) -> PairChoice:
        """The same choice once more doubts are known, those about its own pairs."""
        known = {(doubt.line, doubt.reason) for doubt in self.report.doubts}
        more = {
            (doubt.line, doubt.reason): doubt
            for pair, doubt in found
            if (doubt.line, doubt.reason) not in known and self.pair(pair.line) == pair
        }
        if not more:
            return self
        doubts = tuple(sorted((*self.report.doubts, *more.values()), key=_LINE))
        return replace(self, report=replace(self.report, doubts=doubts))

    def grew_from(self, other: PairChoice | None) -> bool:
        """Whether it is ``other`` with more doubts, if any."""
        if other is None or self.report.pairs is not other.report.pairs:
            return False
        return (self.dropped, self.turned) == (other.dropped, other.turned)

    def checked_again(self, report: CheckReport, *, turned: bool) -> PairChoice:
        """The same choice of another check of the file."""
        return replace(self, report=report, turned=turned)

    @cached_property
    def _gone(self) -> dict[int, Doubt]:
        """The lines dropped, each with the doubt that was the first reason for that."""
        lines: dict[int, Doubt] = {}
        for reason in self.dropped:
            for doubt in self.report.doubts:
                if doubt.reason == reason:
                    lines.setdefault(doubt.line, doubt)
        return lines
