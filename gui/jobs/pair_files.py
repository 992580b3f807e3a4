"""Files of pairs read, checked and written; call these off the UI thread."""

from __future__ import annotations

import secrets
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from core.cancel import CancelToken

if TYPE_CHECKING:
    from core.training.checks import CheckReport
    from gui.viewmodels.pair_choice import PairChoice

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


def write_pairs(choice: PairChoice, name: str) -> Path:
    """Write the pairs that are to be learnt to a new file ``name``, one a line; its path.

    It lies alone in a folder of the cache, for a child to read; :func:`remove_pairs` takes both
    away.

    Raises:
        StorageError: the file cannot be written.
    """
    from core.files import write_atomically
    from core.paths import cache_folder, ensure

    places = ensure(cache_folder() / "teach")
    for stale in places.iterdir():  # of windows that were killed
        if time.time() - stale.stat().st_mtime > _STALE:
            shutil.rmtree(stale, ignore_errors=True)
    path = ensure(places / secrets.token_hex(6)) / name
    lines = (f"{_cell(pair.source)}\t{_cell(pair.target)}\n" for pair in choice.pairs())
    write_atomically(path, "".join(lines))
    return path


def remove_pairs(path: Path) -> None:
    """Remove what :func:`write_pairs` has written."""
    shutil.rmtree(path.parent, ignore_errors=True)


def _cell(text: str) -> str:
    return " ".join(text.split()) if any(sign in text for sign in "\t\n\r") else text
