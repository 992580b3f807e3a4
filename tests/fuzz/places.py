"""Where the targets put their files: a folder of this process, swept away at its end."""

from __future__ import annotations

import atexit
import functools
import itertools
import shutil
import tempfile
from pathlib import Path

_numbers = itertools.count()


@functools.cache
def folder() -> Path:
    """A folder that is empty at first."""
    made = Path(tempfile.mkdtemp(prefix="attune-fuzz-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


def fresh() -> Path:
    """A folder that is not there yet."""
    return folder() / f"f{next(_numbers)}"


def put(name: str, data: bytes) -> Path:
    """The file ``name`` with ``data`` in it."""
    path = folder() / name
    path.write_bytes(data)
    return path
