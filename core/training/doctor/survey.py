"""A file of pairs in figures, with a few examples of each; in memory that does not grow with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from core.training.checks import Doubt, Pair, Rejection
from core.training.doctor.examination import Finding

EXAMPLES = 3
_LONGEST = 120  # characters of an example


@dataclass(frozen=True, slots=True)
class Example:
    """A row that shows a reason: its number, its beginning, and what is doubtful about it."""

    line: int
    text: str
    note: str = ""


@dataclass
class Survey:
    """What was found so far.

    Attributes:
        drop: reasons for doubt that pairs are left out for.
        pairs: good pairs, the doubtful ones among them.
        rejected, doubtful: rows by reason; a pair doubtful in two ways counts twice.
        examples: the first of each reason.
        dropped: the lines of pairs left out.
    """

    drop: Collection[str] = ()
    pairs: int = 0
    rejected: Counter[str] = field(default_factory=Counter)
    doubtful: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[Example]] = field(default_factory=dict)
    dropped: set[int] = field(default_factory=set)
    _last: Pair | None = None

    @property
    def usable(self) -> int:
        """Good pairs that are not left out."""
        return self.pairs - len(self.dropped)

    @property
    def rows(self) -> int:
        """All rows, good and bad."""
        return self.pairs + self.rejected.total()

    def take(self, found: Finding) -> None:
        """Count what :func:`examine` found next; a pair's doubts follow it."""
        if isinstance(found, Pair):
            self._last = found
            self.pairs += 1
        elif isinstance(found, Rejection):
            self.rejected[found.reason] += 1
            self._keep(found.reason, found.line, found.text)
        else:
            self.doubt(found, self._last)

    def doubt(self, doubt: Doubt, pair: Pair | None) -> None:
        """Count a doubt; ``pair`` is shown if it is the one in doubt."""
        self.doubtful[doubt.reason] += 1
        if doubt.reason in self.drop:
            self.dropped.add(doubt.line)
        if pair is not None and pair.line == doubt.line:
            note = f"see {doubt.other}" if doubt.other else doubt.note
            self._keep(doubt.reason, doubt.line, f"{pair.source}\t{pair.target}", note)

    def kept(self, findings: Iterable[Finding]) -> Iterator[Pair]:
        """The pairs among ``findings``, those of the same file, that are not left out."""
        for found in findings:
            if isinstance(found, Pair) and found.line not in self.dropped:
                yield found

    def _keep(self, reason: str, line: int, text: str, note: str = "") -> None:
        examples = self.examples.setdefault(reason, [])
        if len(examples) < EXAMPLES:
            examples.append(Example(line, text[:_LONGEST], note))
