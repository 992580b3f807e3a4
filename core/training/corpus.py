"""A training corpus on disk: ids of every pair, flat, memory-mapped, no pickle.

Layout of a ``.safetensors`` file: ``source`` and ``target`` hold the ids of all sentences one
after the other (uint16), ``source_offsets`` and ``target_offsets`` (int64, pairs + 1) where
each begins. Optional word alignments: ``links`` (uint8, links × 2: source and target piece)
with ``link_offsets``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file

from core.errors import InputError


@dataclass(frozen=True)
class Corpus:
    """Pairs of id sequences; see the module's docstring for the arrays."""

    source: NDArray[np.uint16]
    source_offsets: NDArray[np.int64]
    target: NDArray[np.uint16]
    target_offsets: NDArray[np.int64]
    links: NDArray[np.uint8] | None = None
    link_offsets: NDArray[np.int64] | None = None

    def __len__(self) -> int:
        return len(self.source_offsets) - 1

    def pair(self, index: int) -> tuple[NDArray[np.uint16], NDArray[np.uint16]]:
        """Source and target ids of one pair."""
        a, b = self.source_offsets[index : index + 2]
        c, d = self.target_offsets[index : index + 2]
        return self.source[a:b], self.target[c:d]

    def pair_links(self, index: int) -> NDArray[np.uint8]:
        """Alignment links of one pair, ``[links, 2]``; empty where there are none."""
        if self.links is None or self.link_offsets is None:
            return np.zeros((0, 2), np.uint8)
        a, b = self.link_offsets[index : index + 2]
        return self.links[a:b]

    @property
    def source_lengths(self) -> NDArray[np.int64]:
        """Number of source ids of every pair."""
        return np.diff(self.source_offsets)

    @property
    def target_lengths(self) -> NDArray[np.int64]:
        """Number of target ids of every pair, without ``<eos>``."""
        return np.diff(self.target_offsets)

    def flipped(self) -> Corpus:
        """The same pairs the other way round."""
        links = None if self.links is None else np.ascontiguousarray(self.links[:, ::-1])
        return Corpus(
            self.target,
            self.target_offsets,
            self.source,
            self.source_offsets,
            links,
            self.link_offsets,
        )

    @classmethod
    def from_pairs(
        cls,
        pairs: Iterable[tuple[Iterable[int], Iterable[int]]],
        links: Iterable[Iterable[tuple[int, int]]] | None = None,
    ) -> Corpus:
        """Gather pairs of id sequences, and their alignment links where given."""
        source, target = _Ragged(np.dtype(np.uint16)), _Ragged(np.dtype(np.uint16))
        for s, t in pairs:
            source.add(s)
            target.add(t)
        if links is None:
            return cls(*source.arrays(), *target.arrays())
        ragged = _Ragged(np.dtype(np.uint8))
        for pair_links in links:
            ragged.add(min(end, 255) for link in pair_links for end in link)
        flat, offsets = ragged.arrays()
        return cls(*source.arrays(), *target.arrays(), flat.reshape(-1, 2), offsets // 2)

    def save(self, path: Path) -> None:
        """Write the corpus to ``path``."""
        arrays = {name: value for name, value in vars(self).items() if value is not None}
        save_file(arrays, path)

    @classmethod
    def load(cls, path: Path) -> Corpus:
        """Read the corpus at ``path``.

        Raises:
            InputError: no corpus there.
        """
        try:
            return cls(**load_file(path))
        except (OSError, TypeError, ValueError) as error:
            raise InputError(f"no prepared corpus ({error})", where=str(path)) from error


class _Ragged:
    """Rows of different lengths gathered in chunks, so that memory stays near the result's."""

    def __init__(self, dtype: np.dtype) -> None:
        self._dtype = dtype
        self._chunks: list[NDArray] = []  # type: ignore[type-arg]
        self._row: list[int] = []
        self._offsets = [0]

    def add(self, row: Iterable[int]) -> None:
        before = len(self._row)
        self._row.extend(row)
        self._offsets.append(self._offsets[-1] + len(self._row) - before)
        if len(self._row) > 1 << 20:
            self._flush()

    def _flush(self) -> None:
        self._chunks.append(np.asarray(self._row, self._dtype))
        self._row = []

    def arrays(self) -> tuple[NDArray, NDArray]:  # type: ignore[type-arg]
        self._flush()
        return np.concatenate(self._chunks), np.asarray(self._offsets, np.int64)


def read_lines(path: Path) -> Iterator[str]:
    """Lines of a UTF-8 text file, plain or ``.xz``, without their line ends."""
    import lzma

    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8", newline="\n") as lines:
        for line in lines:
            yield str(line).rstrip("\n")
