"""Where pairs come from: tab-separated files, or two files that hold a side each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from core.cancel import CancelToken
from core.errors import OptionError
from core.training.checks import Doubt, Pair, Rejection
from core.training.doctor.examination import examine
from core.training.doctor.sources import plain


@dataclass(frozen=True, slots=True)
class PairInput:
    """One input; plain text, ``.xz`` or ``.gz``.

    Attributes:
        pairs: a file with a pair a line, ``source<TAB>target``; or else
        source, target: two files whose lines of the same number belong together.
    """

    pairs: Path | None = None
    source: Path | None = None
    target: Path | None = None

    def __post_init__(self) -> None:
        both = self.source is not None and self.target is not None
        neither = self.source is None and self.target is None
        if not (neither if self.pairs is not None else both):
            raise OptionError(
                "pairs come from one file or from two",
                remedy="Give a file of pairs, or a source file and a target file.",
            )

    @property
    def files(self) -> tuple[Path, ...]:
        """One, or two."""
        return tuple(file for file in (self.pairs, self.source, self.target) if file is not None)

    @property
    def name(self) -> str:
        """The files' names, for people."""
        return " + ".join(file.name for file in self.files)

    def checked(
        self, source_language: str, target_language: str, cancel: CancelToken, seen: set[int]
    ) -> Iterator[Pair | Rejection]:
        """An item for every line; ``seen`` as for :func:`examine`."""
        source = plain(self.files, source_language, target_language)
        for found in examine(source, doubts=False, cancel=cancel, seen=seen):
            if not isinstance(found, Doubt):
                yield found
