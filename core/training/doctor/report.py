"""All that is to be told of a file of pairs, at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from core.cancel import CancelToken
from core.training.checks import CheckReport, Doubt, Pair, Rejection
from core.training.doctor.examination import examine
from core.training.doctor.memory import HeldOut
from core.training.doctor.recognition import recognise
from core.training.doctor.sources import Choices, PairSource


def check(
    paths: Path | Sequence[Path],
    source_language: str,
    target_language: str,
    cancel: CancelToken | None = None,
    *,
    choices: Choices = Choices(),
    held_out: HeldOut | None = None,
    fix_swapped: bool = False,
    drop: Collection[str] = (),
) -> CheckReport:
    """Recognise a file of pairs of any form, or two aligned ones, and check every row.

    Columns in the other order are put right, and a header is left out.

    Args:
        paths: a file, or two.
        source_language, target_language: the direction to learn; overrides that of ``choices``.
        cancel: asked before every row.
        choices: what is known and not to be guessed.
        held_out, fix_swapped: as for :func:`examine`.
        drop: reasons for doubt that a pair is rejected for.

    Raises:
        InputError: a file cannot be read or holds no pairs.
        OptionError: ``choices`` do not fit the file.
        Cancelled: ``cancel`` was cancelled.
    """
    wanted = replace(choices, source_language=source_language, target_language=target_language)
    return collect(
        recognise(paths, wanted),
        cancel,
        held_out=held_out,
        fix_swapped=fix_swapped,
        drop=drop,
    )


def collect(
    source: PairSource,
    cancel: CancelToken | None = None,
    *,
    held_out: HeldOut | None = None,
    fix_swapped: bool = False,
    drop: Collection[str] = (),
) -> CheckReport:
    """:func:`check` of a file that is recognised already."""
    pairs: list[Pair] = []
    rejections: list[Rejection] = []
    doubts: list[Doubt] = []
    for found in examine(source, held_out=held_out, fix_swapped=fix_swapped, cancel=cancel):
        if isinstance(found, Pair):
            pairs.append(found)
        elif isinstance(found, Rejection):
            rejections.append(found)
        else:
            doubts.append(found)
    doubts.sort(key=lambda doubt: doubt.line)
    report = CheckReport(tuple(pairs), tuple(rejections), tuple(doubts))
    return without_doubtful(report, drop) if drop else report


def without_doubtful(report: CheckReport, drop: Collection[str]) -> CheckReport:
    """``report`` with the pairs that are doubtful for a reason in ``drop`` among the rejections."""
    dropped: dict[int, str] = {}
    for doubt in report.doubts:
        if doubt.reason in drop:
            dropped.setdefault(doubt.line, doubt.reason)
    more = [
        Rejection(pair.line, dropped[pair.line], f"{pair.source}\t{pair.target}")
        for pair in report.pairs
        if pair.line in dropped
    ]
    return CheckReport(
        tuple(pair for pair in report.pairs if pair.line not in dropped),
        tuple(sorted((*report.rejections, *more), key=lambda rejection: rejection.line)),
        tuple(doubt for doubt in report.doubts if doubt.line not in dropped),
    )
