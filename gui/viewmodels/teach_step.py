"""The steps of the Teach page."""

from __future__ import annotations

from enum import IntEnum


class TeachStep(IntEnum):
    """The four steps of the page, in their order."""

    FILE = 0
    CHECK = 1
    LEARN = 2
    RESULT = 3
