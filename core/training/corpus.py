"""A training corpus on disk: ids of every pair, flat, memory-mapped, no pickle.

Layout of a ``.safetensors`` file: ``source`` and ``target`` hold the ids of all sentences one
after the other (uint16), ``source_offsets`` and ``target_offsets`` (int64, pairs + 1) where
each begins. Optional word alignments: ``links`` (uint8, links × 2: source and target piece)
with ``link_offsets``.
"""

from __future__ import annotations

import gzip
import json
import lzma
import os
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save_file

from core.errors import InputError
from core.files import storage_errors, sync_file

_LAST_PLACE = 255  # of a piece in a link, which is stored in bytes
_DTYPES = {"U8": np.uint8, "U16": np.uint16, "I64": np.int64}


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

    def part(self, begin: int, end: int) -> Corpus:
        """The pairs from ``begin`` to before ``end``, without a copy; not to be saved."""
        rows = slice(begin, end + 1)
        return replace(
            self,
            source_offsets=self.source_offsets[rows],
            target_offsets=self.target_offsets[rows],
            link_offsets=None if self.link_offsets is None else self.link_offsets[rows],
        )

    def linked(self, path: Path) -> Corpus:
        """The same pairs with the links (``links``, ``link_offsets``) in the file ``path``.

        Raises:
            InputError: they are not there, or not of these pairs.
        """
        try:
            corpus = replace(self, **mapped_arrays(path))
            corpus._check()
        except (OSError, TypeError, ValueError, KeyError, SafetensorError) as error:
            raise InputError(
                f"no links of these pairs ({error})", where=str(path), remedy="Align them again."
            ) from error
        return corpus

    @classmethod
    def from_pairs(
        cls,
        pairs: Iterable[tuple[Iterable[int], Iterable[int]]],
        links: Iterable[Iterable[tuple[int, int]]] | None = None,
    ) -> Corpus:
        """Gather pairs of id sequences, and their alignment links where given.

        Links to a piece behind the 256th are left out.
        """
        source, target = Ragged("H"), Ragged("H")
        for s, t in pairs:
            source.add(s)
            target.add(t)
        if links is None:
            return cls(*source.arrays(), *target.arrays())
        ragged = Ragged("B")
        for pair_links in links:
            ragged.add(end for link in pair_links if max(link) <= _LAST_PLACE for end in link)
        flat, offsets = ragged.arrays()
        return cls(*source.arrays(), *target.arrays(), flat.reshape(-1, 2), offsets // 2)

    def save(self, path: Path) -> None:
        """Write the corpus to ``path``, wholly or not at all.

        Raises:
            StorageError: the file cannot be written.
        """
        save_arrays(path, {name: value for name, value in vars(self).items() if value is not None})

    @classmethod
    def load(cls, path: Path) -> Corpus:
        """The corpus at ``path``, mapped: memory fills only with the pairs that are asked for.

        Raises:
            InputError: no corpus there.
        """
        try:
            corpus = cls(**mapped_arrays(path))
            corpus._check()
        except (OSError, TypeError, ValueError, KeyError, SafetensorError) as error:
            raise InputError(
                f"no prepared corpus ({error})", where=str(path), remedy="Prepare it again."
            ) from error
        return corpus

    def _check(self) -> None:
        flats: list[tuple[NDArray[Any], NDArray[np.int64]]] = [
            (self.source, self.source_offsets),
            (self.target, self.target_offsets),
        ]
        if self.links is not None and self.link_offsets is not None:
            flats.append((self.links, self.link_offsets))
        elif self.links is not None or self.link_offsets is not None:
            raise ValueError("links and their offsets go together")
        for flat, offsets in flats:
            if flat.ndim > 2 or offsets.ndim != 1 or not len(offsets):
                raise ValueError("the arrays have no shape of a corpus")
            if len(offsets) != len(self.source_offsets) or offsets[0] != 0:
                raise ValueError("the offsets do not fit each other")
            if offsets[-1] != len(flat) or (np.diff(offsets) < 0).any():
                raise ValueError("the offsets do not fit the ids")


def save_arrays(path: Path, arrays: dict[str, NDArray[Any]]) -> None:
    """Write a safetensors file, wholly or not at all.

    Raises:
        StorageError: it cannot be written.
    """
    partial = path.with_name(f".{path.name}.partial")
    with storage_errors(path):
        try:
            save_file(arrays, partial)
            sync_file(partial)
            os.replace(partial, path)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise


def mapped_arrays(path: Path) -> dict[str, Any]:
    """The arrays of a safetensors file as views into it."""
    with safe_open(path, "numpy"):
        pass  # the library has checked the header against the file
    raw = np.asarray(np.memmap(path, np.uint8, mode="r"))
    begin = 8 + int(raw[:8].view("<u8")[0])
    arrays = {}
    for name, entry in json.loads(raw[8:begin].tobytes()).items():
        if name != "__metadata__":
            first, last = entry["data_offsets"]
            flat = raw[begin + first : begin + last].view(_DTYPES[entry["dtype"]])
            arrays[name] = flat.reshape(entry["shape"])
    return arrays


class Ragged:
    """Rows of different lengths gathered flat: memory stays near the result's."""

    def __init__(self, code: str) -> None:
        self._flat = array(code)
        self._offsets = array("q", [0])

    def add(self, row: Iterable[int]) -> None:
        """Append a row."""
        self._flat.extend(row)
        self._offsets.append(len(self._flat))

    def arrays(self) -> tuple[NDArray[Any], NDArray[np.int64]]:
        """All rows one after the other, and where each begins."""
        return np.asarray(self._flat), np.asarray(self._offsets)


def read_lines(path: Path) -> Iterator[str]:
    """Lines of a UTF-8 text file, plain, ``.xz`` or ``.gz``, without their line ends."""
    openers: dict[str, Any] = {".xz": lzma.open, ".gz": gzip.open}
    opener = openers.get(path.suffix, open)
    with opener(path, "rt", encoding="utf-8", newline="\n") as lines:
        for line in lines:
            yield str(line).rstrip("\n")
