"""Threads, seeds and precision, set in this one place."""

from __future__ import annotations

import ctypes
import functools
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch

from core.environment import cores as cores
from core.errors import OptionError

PRECISIONS = ("auto", "bf16", "fp32")
_CPUINFO = Path("/proc/cpuinfo")


def set_threads(count: int | None = None) -> int:
    """Let torch compute on ``count`` threads (all processors if ``None``); returns the count."""
    count = count or cores()
    torch.set_num_threads(count)
    return count


def set_seed(seed: int) -> None:
    """Make random initialisation and dropout repeatable."""
    torch.manual_seed(seed)


@functools.cache
def has_bf16() -> bool:
    """Whether this processor multiplies bfloat16 in hardware.

    Without that, bfloat16 is emulated and slower than fp32.
    """
    if _CPUINFO.is_file():
        flags = _CPUINFO.read_text(encoding="ascii", errors="replace").split()
        return not {"avx512_bf16", "amx_bf16", "bf16"}.isdisjoint(flags)
    return any(has for name, has in torch.cpu.get_capabilities().items() if "bf16" in name)


@functools.cache
def _trim() -> Callable[[int], int] | None:
    """The allocator's function that gives free memory back; only glibc has one."""
    if not sys.platform.startswith("linux"):
        return None
    return getattr(ctypes.CDLL(None), "malloc_trim", None)


def release_memory() -> None:
    """Give the system back what was freed, where the allocator does not do so by itself.

    Tensors of ever new sizes leave holes between what lives long: a long translation held 1.4 GB
    where 1.1 GB were in use.
    """
    trim = _trim()
    if trim is not None:
        trim(0)


@dataclass
class Release:
    """Gives memory back each time that ``every`` things were done since the last time."""

    every: int
    _done: int = 0

    def after(self, count: int) -> None:
        """So many more were done."""
        self._done += count
        if self._done >= self.every:
            self._done = 0
            release_memory()


def resident_memory() -> int | None:
    """Bytes of main memory that this process holds; ``None`` on machines that only train."""
    try:
        import psutil
    except ImportError as error:
        if error.name != "psutil":
            raise
        return None
    return int(psutil.Process().memory_info().rss)


def choose_precision(wanted: str = "auto", device: str = "cpu") -> torch.dtype:
    """The floating-point type to compute in: bfloat16 where the device has it.

    Raises:
        OptionError: ``wanted`` is not among :data:`PRECISIONS`.
    """
    if wanted not in PRECISIONS:
        raise OptionError(
            f"unknown precision {wanted!r}", remedy=f"Give one of {', '.join(PRECISIONS)}."
        )
    if wanted == "auto":
        # A GPU, too, may only emulate it.
        able = (
            has_bf16()
            if device == "cpu"
            else torch.cuda.is_bf16_supported(including_emulation=False)
        )
        wanted = "bf16" if able else "fp32"
    return torch.bfloat16 if wanted == "bf16" else torch.float32
