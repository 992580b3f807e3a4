"""Rows of a table that are asked for by name."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Protocol, TypeVar


class Named(Protocol):
    """Anything with a name."""

    @property
    def name(self) -> str:
        """On the command line."""


Row = TypeVar("Row", bound=Named)


def choose(
    parser: argparse.ArgumentParser, only: str, rows: Sequence[Row], mark: str = ";"
) -> list[Row]:
    """Those of ``rows`` whose names ``only`` lists with ``mark`` between; all where it is empty.

    Ends the program where a name is unknown.
    """
    names = [name.strip() for name in only.split(mark) if name.strip()]
    if unknown := set(names) - {row.name for row in rows}:
        parser.error(f"nothing is called {', '.join(sorted(unknown))}")
    return [row for row in rows if not names or row.name in names]
