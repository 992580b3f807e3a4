"""How long the window takes to appear (``attune --measure-start``)."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication


def milliseconds_since_start() -> float:
    """Since this process began, as the kernel tells (Linux; exact to its clock tick, 10 ms)."""
    # Field 22 of stat(5) counts ticks from boot; the name in field 2 may hold blanks.
    fields = Path("/proc/self/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    began = int(fields[19]) / os.sysconf("SC_CLK_TCK")
    return (time.clock_gettime(time.CLOCK_BOOTTIME) - began) * 1000


def report_and_quit() -> None:
    """Print the milliseconds from the process's start to the first paint, then end."""
    sys.stdout.write(f"{milliseconds_since_start():.0f}\n")
    sys.stdout.flush()
    QTimer.singleShot(0, QApplication.closeAllWindows)
