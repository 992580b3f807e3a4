"""Every pair of a file judged: good, good but doubtful, or rejected; as a stream."""

from __future__ import annotations

from collections.abc import Iterator

from core.cancel import CancelToken
from core.training.checks import REASONS, Doubt, Pair, Rejection, find_fault
from core.training.doctor.doubts import find_doubts
from core.training.doctor.memory import Contradictions, HeldOut
from core.training.doctor.reading import read
from core.training.doctor.sources import PairSource, Row

REJECTIONS = (
    *REASONS,
    "unreadable",  # not of the file's form, as JSON that is none
    "leak",  # a side stands among the held-out lines
)

Finding = Pair | Rejection | Doubt


def examine(
    source: PairSource,
    *,
    held_out: HeldOut | None = None,
    fix_swapped: bool = False,
    doubts: bool = True,
    cancel: CancelToken | None = None,
    seen: set[int] | None = None,
) -> Iterator[Finding]:
    """A :class:`Pair` or a :class:`Rejection` for every row, and what is doubtful about pairs.

    A pair's doubts follow it; one about an earlier line comes when a later one contradicts it.
    Memory grows only by the hashes of what was read.

    Args:
        source: the file, recognised.
        held_out: pairs that nothing may learn; those that repeat a side of them are rejected.
        fix_swapped: take pairs whose sides are swapped the right way round.
        doubts: whether to look for them at all.
        cancel: asked before every row.
        seen: hashes of pairs that count as duplicates, added to; shared by several files.

    Raises, from the first ``next`` on:
        InputError: the file cannot be read.
        Cancelled: ``cancel`` was cancelled.
    """
    judge = _Judge(source, held_out, set() if seen is None else seen)
    contradictions = Contradictions()
    languages = source.source_language, source.target_language
    for row in read(source):
        if cancel is not None:
            cancel.check()
        found = judge(row)
        if isinstance(found, Rejection) and fix_swapped and found.fix is not None:
            found = judge(Row(row.number, found.fix.source, found.fix.target, row.text))
        yield found
        if doubts and isinstance(found, Pair):
            yield from find_doubts(found, *languages)
            yield from contradictions.find(found)


class _Judge:
    """Parts good pairs from bad ones."""

    def __init__(self, source: PairSource, held_out: HeldOut | None, seen: set[int]) -> None:
        self._languages = source.source_language, source.target_language
        self._held_out, self._seen = held_out, seen

    def __call__(self, row: Row) -> Pair | Rejection:
        if row.fault:
            return Rejection(row.number, row.fault, row.text)
        pair = Pair(row.number, row.source, row.target)
        reason = find_fault(row.source, row.target, *self._languages)
        if reason is not None:
            fix = self._turned(pair) if reason == "swapped" else None
            return Rejection(row.number, reason, row.text, fix)
        if self._held_out is not None and (row.source, row.target) in self._held_out:
            return Rejection(row.number, "leak", row.text)
        key = hash((row.source, row.target))
        if key in self._seen:
            return Rejection(row.number, "duplicate", row.text)
        self._seen.add(key)
        return pair

    def _turned(self, pair: Pair) -> Pair | None:
        """The pair with its sides swapped, if it is good so."""
        if find_fault(pair.target, pair.source, *self._languages) is not None:
            return None
        return Pair(pair.line, pair.target, pair.source)
