"""Versions of the files that this program keeps: older ones are read, newer ones left alone."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from core.errors import InputError
from core.files import parse_json

FIELD = "format_version"


def known_version(fields: Mapping[str, Any], known: int, place: Path) -> int:
    """The version of what ``fields``, read from ``place``, spell; 0 where none is told.

    Raises:
        InputError: a newer program wrote it, with a version above ``known``.
        ValueError: the version is no number.
    """
    version = fields.get(FIELD, 0)
    if type(version) is not int or version < 0:
        raise ValueError(f"{FIELD} {version!r}")
    if version > known:
        raise newer_version(version, known, place)
    return version


def newer_version(version: int, known: int, place: Path) -> InputError:
    """What to tell of a file that a newer program wrote."""
    return InputError(
        f"a newer version of Attune wrote this file (format {version}, known up to {known})",
        where=str(place),
        remedy="Update Attune; to do without the file, move it elsewhere.",
    )


def require_replaceable(place: Path, known: int) -> None:
    """See that no newer program wrote the JSON object in the file ``place``, if it is there.

    Raises:
        InputError: one did, and the file is not to be overwritten.
    """
    with contextlib.suppress(OSError, ValueError, AttributeError):  # none, or nothing of worth
        known_version(parse_json(place.read_text("utf-8")), known, place)
