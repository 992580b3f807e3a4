"""Files of pairs read, checked and written; call these off the UI thread."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from core.cancel import CancelToken

if TYPE_CHECKING:
    from core.training.checks import CheckReport, Pair

_STALE = 86_400.0  # seconds after which no child is about to read a file any more


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """A file to check for one direction, or two whose lines of the same number belong together.

    ``fix_swapped`` takes pairs whose sides are swapped the right way round.
    """

    paths: tuple[Path, ...]
    source_language: str
    target_language: str
    fix_swapped: bool = False


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Pairs of a file, written to ``path`` for a child to look at, one a line."""

    path: Path
    pairs: tuple[Pair, ...]


def check_pairs(request: CheckRequest, cancel: CancelToken) -> CheckReport:
    """:func:`core.training.doctor.report.check`, imported when first used."""
    from core.training.doctor.report import check

    return check(
        request.paths,
        request.source_language,
        request.target_language,
        cancel,
        fix_swapped=request.fix_swapped,
    )


def write_excerpt(pairs: tuple[Pair, ...]) -> Excerpt:
    """:func:`write_pairs`, and what was written."""
    return Excerpt(write_pairs(pairs, "pairs.tsv"), pairs)


def write_pairs(pairs: Iterable[Pair], name: str) -> Path:
    """Write ``pairs`` to a new file ``name``, one a line; its path.

    It lies alone in a folder of the cache, for a child to read; :func:`remove_pairs` takes both
    away.

    Raises:
        StorageError: the file cannot be written.
    """
    from core.files import remove_stale, write_atomically
    from core.paths import cache_folder, ensure

    places = ensure(cache_folder() / "teach")
    remove_stale(places, _STALE)  # of windows that were killed
    path = ensure(places / secrets.token_hex(6)) / name
    lines = (f"{_cell(pair.source)}\t{_cell(pair.target)}\n" for pair in pairs)
    write_atomically(path, "".join(lines))
    return path


def remove_pairs(path: Path) -> None:
    """Remove what :func:`write_pairs` has written."""
    shutil.rmtree(path.parent, ignore_errors=True)


def _cell(text: str) -> str:
    return " ".join(text.split()) if any(sign in text for sign in "\t\n\r") else text
