"""What is known of, and set in, the environment before torch is imported; imports nothing heavy."""

from __future__ import annotations

import ctypes
import os
import sys

# Rounds in which a waiting thread looks again before it sleeps: some microseconds.
_SHORT_SPIN = "10000"
_M_ARENA_MAX = -8  # of glibc's malloc.h
_ARENAS = 2


def cores() -> int:
    """Processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def restore_environment() -> None:
    """Take back what packaging did to the environment, for programs that are opened from here.

    PyInstaller's executable and hooks name its folder as the first place of libraries and plugins,
    and a browser or file manager would load them instead of its own. This process, and Qt in it,
    find theirs without.
    """
    if not getattr(sys, "frozen", False):
        return
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    for name in ("LD_LIBRARY_PATH", "QT_PLUGIN_PATH", "QML2_IMPORT_PATH"):
        os.environ.pop(name, None)
    if before is not None:
        os.environ["LD_LIBRARY_PATH"] = before


def prepare_environment(*, patient: bool = False) -> None:
    """Let waiting threads sleep instead of spin for long.

    Spinning threads stall each other as soon as another program computes: a training step of
    1.3 s took 16 s beside one busy process, and 2.5 s with sleeping threads. But to wake a
    thread takes longer than much of what a short sentence needs: with a short spin, one of 27
    words took 58 ms instead of 108.

    oneDNN keeps a program, and memory to run it in, for each of the last 1,024 shapes. Training
    meets new shapes with every batch, and they filled 0.5 GB. Of 32 the memory lies less in the
    way: tuning took 0.2 GB less than with 128, and no longer; with 1 it took a quarter longer.

    Args:
        patient: for long jobs that run beside others: threads sleep at once.
    """
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    os.environ.setdefault("GOMP_SPINCOUNT", "0" if patient else _SHORT_SPIN)
    if patient:
        os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "32")
    _share_memory()


def _share_memory() -> None:
    """Let threads take memory from common arenas, where glibc would give up to eight per processor.

    What one thread frees, none of another arena can use: in a window that had opened all its pages
    350 of 670 MB lay free so, in 16 arenas. Few threads ask for memory at the same time here.
    """
    if not sys.platform.startswith("linux") or "MALLOC_ARENA_MAX" in os.environ:
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # musl has none
    if mallopt is not None:
        mallopt(_M_ARENA_MAX, _ARENAS)
