"""Tensors side by side in one piece of memory, in large pages where the system has them."""

from __future__ import annotations

import contextlib
import mmap
import sys
from collections.abc import Sequence

import torch
from torch import Tensor

_LINE = 64  # bytes that a processor reads at once
_LARGE_PAGE = 2**21
_WORTH = 2 * _LARGE_PAGE  # less is not worth whole ones


class Arena:
    """Copies of tensors, whose addresses stay.

    A step reads all weights, once each. In pages of 4 KB the processor would look for the place of
    a new page 2,700 times, which is a quarter of the time that reading takes.

    Args:
        tensors: what is copied; they need not be contiguous.
    """

    def __init__(self, tensors: Sequence[Tensor]) -> None:
        size = sum(_in_lines(tensor) for tensor in tensors)
        page = _LARGE_PAGE if size >= _WORTH else _LINE
        if page == _LARGE_PAGE:
            buffer = torch.frombuffer(_reserve(size + page), dtype=torch.uint8)
        else:
            buffer = torch.empty(size + page, dtype=torch.uint8)
        self._buffer = buffer  # keeps the memory
        place = -buffer.data_ptr() % page
        self._copies: dict[int, Tensor] = {}
        for tensor in tensors:
            room = buffer[place : place + tensor.nbytes].view(tensor.dtype).view(tensor.shape)
            self._copies[id(tensor)] = room.copy_(tensor)
            place += _in_lines(tensor)
        self._kept: Sequence[Tensor] = tensors  # so that no other tensor takes an identity

    def address(self, tensor: Tensor | None) -> int | None:
        """Where the copy of ``tensor``, one of those given, lies; ``None`` of ``None``."""
        (copy,) = self.copies(tensor)
        return None if copy is None else copy.data_ptr()

    def copies(self, *tensors: Tensor | None) -> list[Tensor | None]:
        """The copies of ``tensors``, which share the arena's memory; ``None`` of ``None``."""
        return [None if tensor is None else self._copies[id(tensor)] for tensor in tensors]

    def forget(self) -> None:
        """Let go of the tensors given, once all addresses are known."""
        self._kept, self._copies = (), {}


def _reserve(size: int) -> mmap.mmap:
    """Memory of this process alone."""
    if sys.platform == "win32":
        return mmap.mmap(-1, size)
    memory = mmap.mmap(-1, size, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    if sys.platform == "linux":
        with contextlib.suppress(OSError):  # a kernel may have no large pages
            memory.madvise(mmap.MADV_HUGEPAGE)
    return memory


def _in_lines(tensor: Tensor) -> int:
    """The bytes of ``tensor`` in whole lines."""
    return -(-tensor.nbytes // _LINE) * _LINE
