"""The journal beside an unfinished file: how much of it counts, and what it was made of and by."""

from __future__ import annotations

import glob
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from core.errors import OptionError, StorageError
from core.files import parse_json, storage_errors, write_atomically
from core.formats import known_version

FORMAT_VERSION = 1
_EMPTY = hashlib.sha256().hexdigest()


@dataclass(frozen=True, slots=True)
class Journal:
    """What counts of an unfinished file.

    Attributes:
        made_by: what made its lines: options by their names.
        lines: lines that are whole and on the disk.
        bytes: their size.
        sha256: of the input lines that they were made of, each with a line feed.
    """

    made_by: Mapping[str, str]
    lines: int = 0
    bytes: int = 0
    sha256: str = _EMPTY
    format_version: int = FORMAT_VERSION

    def check(self, made_by: Mapping[str, str], size: int, partial: Path) -> None:
        """See that ``partial``, a file of ``size`` bytes, can be gone on with.

        Raises:
            OptionError: something else than ``made_by`` made it.
            StorageError: bytes are missing.
        """
        for name, value in made_by.items():
            begun = self.made_by.get(name)
            if begun != value:
                raise OptionError(
                    f"it was begun with {name} {begun}, not {value}",
                    where=str(partial),
                    remedy=f"Give the same again, or {begin_anew(partial)}",
                )
        if size < self.bytes:
            raise StorageError(
                f"it has {size:,} bytes where {self.bytes:,} were written",
                where=str(partial),
                remedy="Delete it to begin anew.",
            )


def begin_anew(partial: Path) -> str:
    """The end of a remedy: what to do to begin from the first line."""
    return f"delete {partial.name} to begin anew."


def journal_of(path: Path) -> Path:
    """Where the journal of ``path`` is while that is unfinished."""
    return path.with_name(f"{path.name}.partial.json")


def write_journal(path: Path, journal: Journal) -> None:
    """Put ``journal`` beside ``path``.

    Raises:
        StorageError: it cannot be written; the former one is as it was.
    """
    write_atomically(journal_of(path), json.dumps(asdict(journal), indent=1) + "\n")


def read_journal(path: Path) -> Journal | None:
    """The journal beside ``path``; ``None`` where there is none, or none that makes sense.

    Raises:
        InputError: a newer program wrote it.
        StorageError: it cannot be read.
    """
    place = journal_of(path)
    with storage_errors(place):
        try:
            fields = parse_json(place.read_bytes())
            known_version(fields, FORMAT_VERSION, place)  # first: it may have other fields
            journal = Journal(**fields)
        except (FileNotFoundError, ValueError, TypeError, AttributeError):
            return None
    counts = (journal.lines, journal.bytes, journal.format_version)
    understood = all(type(count) is int and count >= 0 for count in counts)
    understood = understood and isinstance(journal.made_by, dict)
    return journal if understood else None


def remove_journal(path: Path) -> None:
    """Remove the journal, and what a kill in the middle of its writing may have left.

    Raises:
        StorageError: it cannot be removed.
    """
    place = journal_of(path)
    with storage_errors(place):
        for left in place.parent.glob(f".{glob.escape(place.name[:100])}.*.partial"):
            left.unlink(missing_ok=True)
        place.unlink(missing_ok=True)
