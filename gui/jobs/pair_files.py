"""Files of pairs read, checked and written; call these off the UI thread."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from core.cancel import CancelToken

if TYPE_CHECKING:
    from core.training.checks import CheckReport
    from gui.viewmodels.pair_choice import PairChoice


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


def chosen_file(name: str) -> Path:
    """Where the pairs that were chosen among those of ``name`` are put for a child to learn."""
    from core.paths import cache_folder

    return cache_folder() / "teach" / f"{name}.tsv"


def write_pairs(choice: PairChoice, path: Path) -> Path:
    """Write the pairs that are to be learnt to ``path``, one a line; the path.

    Raises:
        StorageError: the file cannot be written.
    """
    from core.files import write_atomically
    from core.paths import ensure

    ensure(path.parent)
    lines = (f"{_cell(pair.source)}\t{_cell(pair.target)}\n" for pair in choice.pairs())
    write_atomically(path, "".join(lines))
    return path


def _cell(text: str) -> str:
    return " ".join(text.split()) if any(sign in text for sign in "\t\n\r") else text
