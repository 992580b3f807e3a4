"""Where pairs come from: tab-separated files, or two files that hold a side each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from core.cancel import CancelToken
from core.errors import OptionError
from core.training.checks import Pair, Rejection, iter_checked, iter_checked_aligned


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
    def name(self) -> str:
        """The files' names, for people."""
        files = (self.pairs, self.source, self.target)
        return " + ".join(file.name for file in files if file is not None)

    def checked(
        self, source_language: str, target_language: str, cancel: CancelToken, seen: set[int]
    ) -> Iterator[Pair | Rejection]:
        """An item for every line; ``seen`` as in :func:`iter_checked`."""
        languages = (source_language, target_language)
        if self.pairs is not None:
            return iter_checked(self.pairs, *languages, cancel, seen=seen)
        assert self.source is not None
        assert self.target is not None
        return iter_checked_aligned(self.source, self.target, *languages, cancel, seen=seen)
