"""How the window starts the terminal program: from source, or as the frozen program itself."""

from __future__ import annotations

import sys


def terminal_program(*arguments: str) -> tuple[str, ...]:
    """The command line of the terminal program that tells events and obeys commands."""
    if getattr(sys, "frozen", False):
        return (sys.executable, "--cli", "--events", *arguments)
    return (sys.executable, "-m", "core.cli", "--events", *arguments)
