"""A progress bar, and lines above it, on standard error."""

from __future__ import annotations

import sys

_WIDTH = 24


def counted(number: int, one: str, many: str) -> str:
    """``number`` before what there is of it."""
    return f"{number:,} {one if number == 1 else many}"


class ProgressBar:
    """One line, drawn over and over; nothing is drawn where no person looks at a terminal."""

    def __init__(self) -> None:
        self._shown = ""

    def line(self, text: str) -> None:
        """Put a line in the place of the bar."""
        self.clear()
        print(text, file=sys.stderr, flush=True)

    def clear(self) -> None:
        """Leave an empty line where the bar is."""
        if self._shown:
            print(f"\r{' ' * len(self._shown)}\r", end="", file=sys.stderr, flush=True)
        self._shown = ""

    def draw(self, progress: float | None, text: str, remaining: float | None = None) -> None:
        """Show where a job is.

        Args:
            progress: from 0 to 1; ``None`` where the end is not known.
            text: what else to tell.
            remaining: seconds left, if that can be told.
        """
        if not sys.stderr.isatty():  # a log wants no bars
            return
        filled = "" if progress is None else f"{'█' * round(progress * _WIDTH):░<{_WIDTH}} "
        share = "" if progress is None else f"{progress:4.0%}  "
        left = "" if remaining is None else f"  {clock(remaining)} left"
        bar = f"{filled}{share}{text}{left}"
        print(f"\r{bar:<{len(self._shown)}}", end="", file=sys.stderr, flush=True)
        self._shown = bar


def clock(seconds: float) -> str:
    """Minutes and seconds, and hours before them if there are any: ``4:05``, ``1:04:05``."""
    minutes, seconds = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"
