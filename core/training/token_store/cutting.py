"""The first pass over the inputs: check, cut, and note what was dropped and what is held out."""

from __future__ import annotations

import contextlib
import random
from array import array
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TextIO, TypeGuard

import numpy as np

from core.cancel import CancelToken
from core.errors import TrainingError
from core.events import Message
from core.training.checks import Pair
from core.training.token_store.clock import Clock
from core.training.token_store.inputs import PairInput
from core.training.token_store.linking import WORDS
from core.training.token_store.packing import texts
from core.training.token_store.pool import CutPair, Item, Pool

HELD_OUT_SHARE = 0.1  # of the pairs, at most
_SIDES = ("source", "target")


class Cutting:
    """Pairs cut into words; their packed lines wait in files.

    Args:
        folder: for the files.
        source_language, target_language: codes.
        cancel: asked at every line.

    Attributes:
        lines: number of input lines so far.
        kept: for every good pair the number of its input line, from 1 over all inputs.
        ends: number of lines and of good pairs when each input was through.
        rejected: number of lines by reason.
        held: indices of held-out pairs among the good ones, and their texts.
        given: pairs of files of held-out pairs.
    """

    def __init__(
        self, folder: Path, source_language: str, target_language: str, cancel: CancelToken
    ) -> None:
        self._folder = folder
        self._languages = (source_language, target_language)
        self._cancel = cancel
        self._seen: set[int] = set()
        self.lines = 0
        self.kept = array("q")
        self.ends: list[tuple[int, int]] = []
        self.rejected: Counter[str] = Counter()
        self.held: dict[int, Pair] = {}
        self.given: list[CutPair] = []

    def hold(self, pool: Pool, held_files: PairInput) -> None:
        """Hold out the pairs of ``held_files``; those to come that are among them are duplicates.

        Raises:
            TrainingError: none is usable.
        """
        items = self._cut(pool, held_files)
        self.given = [item for item in items if _is_usable(item)]
        if not self.given:
            raise TrainingError(
                "no line is a usable pair to validate on",
                where=held_files.name,
                remedy="Give pairs of the languages to train, or none to have some held out.",
            )

    def run(
        self, pool: Pool, inputs: tuple[PairInput, ...], held_out: int, seed: int, keep_words: bool
    ) -> Iterator[Message]:
        """Cut all ``inputs``; hold out ``held_out`` pairs, at most a tenth, at random."""
        reservoir = _Reservoir(held_out, seed)
        clock = Clock()
        names = [f"forms.{side}" for side in _SIDES]
        if keep_words:
            names += WORDS
        with contextlib.ExitStack() as stack:
            files = [stack.enter_context(self._written(name)) for name in names]
            for given in inputs:
                for item in self._cut(pool, given):
                    self._take(item, reservoir, files)
                    if clock.due():
                        done = f"lines checked and cut: {self.lines}, usable: {len(self.kept)}"
                        yield Message(done)
                self.ends.append((self.lines, len(self.kept)))
        self.held = reservoir.chosen(len(self.kept))
        self._seen = set()  # hundreds of megabytes after millions of pairs

    def _take(self, item: Item, reservoir: _Reservoir, files: list[TextIO]) -> None:
        self.lines += 1
        if _is_usable(item):
            reservoir.offer(len(self.kept), item.pair)
            self.kept.append(self.lines)
            _write(files[:2], item.source, item.target)
            _write(files[2:], texts(item.source), texts(item.target))
        else:
            self.rejected["empty" if isinstance(item, CutPair) else item.reason] += 1
            _write(files[2:], "", "")

    def sizes(self) -> tuple[list[int], list[int]]:
        """Number of lines, and of pairs to train on, of each input."""
        ends = np.array(self.ends)
        ends[:, 1] -= np.searchsorted(sorted(self.held), ends[:, 1])
        lines, pairs = np.diff(ends, axis=0, prepend=0).T.tolist()
        return lines, pairs

    def _cut(self, pool: Pool, given: PairInput) -> Iterator[Item]:
        checked = given.checked(*self._languages, self._cancel, self._seen)
        return pool.cut(checked, self._cancel)

    def _written(self, name: str) -> TextIO:
        return (self._folder / name).open("w", encoding="utf-8", newline="\n")

    def forms(self) -> Iterator[tuple[int, str, str]]:
        """Index and packed sides of every good pair."""
        with contextlib.ExitStack() as stack:
            source, target = (
                stack.enter_context(
                    (self._folder / f"forms.{side}").open(encoding="utf-8", newline="\n")
                )
                for side in _SIDES
            )
            for index, (first, second) in enumerate(zip(source, target, strict=True)):
                yield index, first.removesuffix("\n"), second.removesuffix("\n")

    def sample(self, side: int, most: int) -> Callable[[], Iterator[str]]:
        """Packed lines of one side, ``most`` of them, evenly spread, none of a held-out pair."""
        share = min(1.0, most / max(1, len(self.kept)))

        def lines() -> Iterator[str]:
            for index, *sides in self.forms():
                self._cancel.check()
                if index not in self.held and int(index * share) != int((index + 1) * share):
                    yield sides[side]

        return lines

    def delete_forms(self) -> None:
        """Delete the files of packed lines."""
        for side in _SIDES:
            (self._folder / f"forms.{side}").unlink()


def _is_usable(item: Item) -> TypeGuard[CutPair]:
    """Whether words are left of both sides."""
    return isinstance(item, CutPair) and bool(item.source) and bool(item.target)


def _write(files: list[TextIO], source: str, target: str) -> None:
    for file, line in zip(files, (source, target), strict=False):
        file.write(line + "\n")


class _Reservoir:
    """A random choice among pairs whose number is not known before (Vitter 1985, algorithm R)."""

    def __init__(self, size: int, seed: int) -> None:
        self._size = size
        self._random = random.Random(seed)
        self._pairs: list[tuple[int, Pair]] = []

    def offer(self, index: int, pair: Pair) -> None:
        """Let the next pair take part."""
        if index < self._size:
            self._pairs.append((index, pair))
        elif self._size:
            place = self._random.randrange(index + 1)
            if place < self._size:
                self._pairs[place] = (index, pair)

    def chosen(self, count: int) -> dict[int, Pair]:
        """The pairs drawn of ``count``, at most a tenth of them, by their index, rising."""
        most = max(1, round(count * HELD_OUT_SHARE)) if count > 1 else 0
        drawn = self._random.sample(self._pairs, min(most, len(self._pairs)))
        return dict(sorted(drawn, key=lambda item: item[0]))
