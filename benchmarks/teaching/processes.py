"""Memory of a process and of all that it has started."""

from __future__ import annotations

import contextlib

import psutil


def family_memory(process: int) -> float:
    """Memory of a process and its children, their children and so on, in MB.

    What they share with others is divided among them where the system tells (Linux); 0 for those
    that have ended.
    """
    found = 0.0
    with contextlib.suppress(psutil.NoSuchProcess):
        parent = psutil.Process(process)
        for member in (parent, *parent.children(recursive=True)):
            with contextlib.suppress(psutil.NoSuchProcess):
                told = member.memory_full_info()
                found += getattr(told, "pss", told.rss) / 1e6
    return found
