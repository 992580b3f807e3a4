"""The manifest of a model: what it is and which files it has, as a frozen value."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.errors import BundleError
from core.files import parse_json
from core.text.languages import is_language

FORMAT_VERSION = 2
PLAIN_VERSION = 1  # of a model without an aligner, which older programs can read
PRECISIONS = ("int8", "bf16", "fp32")
MANIFEST = "manifest.json"
WEIGHTS = "model.safetensors"
SOURCE_TOKENIZER = "source.tokenizer.json"
TARGET_TOKENIZER = "target.tokenizer.json"
RECEIPT = "receipt.json"
ALIGNER = "aligner.safetensors"
FILES = (WEIGHTS, SOURCE_TOKENIZER, TARGET_TOKENIZER, RECEIPT)  # that every model has

MOST_JSON_BYTES = 1 << 26  # of a file that is read as a whole; our largest has 2 MB
_MOST = 1 << 50  # of anything that is counted
_SHA256 = re.compile("[0-9a-f]{64}")

INSTALL_AGAIN = "Install the model again, or choose another one."


@dataclass(frozen=True, slots=True)
class FileRecord:
    """What the manifest says of a file: its size in bytes and its SHA-256 in hex."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a model is.

    Attributes:
        name: its name when written; the folder's name is what the store goes by.
        source_language, target_language: codes (see :mod:`core.text.languages`).
        model: the model's shape, as the model's config writes it.
        parameters: number of weights.
        precision: how the weights are stored, one of :data:`PRECISIONS`.
        parent: name of the model it was tuned from.
        created: ISO-8601 time in UTC.
        licence, sources: what it may be used for and what it was trained on.
        files: the other files.
    """

    format_version: int
    name: str
    source_language: str
    target_language: str
    model: dict[str, Any]
    parameters: int
    precision: str
    parent: str | None
    created: str
    licence: str
    sources: tuple[str, ...]
    files: dict[str, FileRecord]


def _damaged(place: Path, why: str) -> BundleError:
    return BundleError(f"the file is damaged ({why})", where=str(place), remedy=INSTALL_AGAIN)


def parse_object(data: bytes, place: Path) -> dict[str, Any]:
    """The JSON object in ``data``, read from ``place``.

    Raises:
        BundleError: ``data`` is something else.
    """
    try:
        value = parse_json(data)
        # Escapes may spell half a character, which nobody could show or write again.
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError) as error:
        raise _damaged(place, "not JSON") from error
    if not isinstance(value, dict):
        raise _damaged(place, "not a JSON object")
    return value


_TYPES: dict[str, type | tuple[type, ...]] = {
    "name": str,
    "source_language": str,
    "target_language": str,
    "model": dict,
    "parameters": int,
    "precision": str,
    "parent": (str, type(None)),
    "created": str,
    "licence": str,
    "sources": list,
    "files": dict,
}


def parse_manifest(fields: dict[str, Any], place: Path) -> Manifest:
    """The manifest that ``fields``, read from ``place``, spell; unknown ones are ignored.

    Raises:
        BundleError: a field is missing or senseless, or a newer program wrote it.
    """
    version = fields.get("format_version")
    if type(version) is not int or version < 1:
        raise _damaged(place, "no format_version")
    if version > FORMAT_VERSION:
        raise BundleError(
            f"a newer version of this program made the model (format {version}, known up to"
            f" {FORMAT_VERSION})",
            where=str(place),
            remedy="Update this program.",
        )
    for name, kind in _TYPES.items():
        if name not in fields or not isinstance(fields[name], kind):
            raise _damaged(place, f"no valid {name}")
    languages = fields["source_language"], fields["target_language"]
    if not all(map(is_language, languages)):
        raise _damaged(place, f"languages {languages}")
    if not 0 <= fields["parameters"] < _MOST:
        raise _damaged(place, "no valid parameters")
    if fields["precision"] not in PRECISIONS:
        raise _damaged(place, f"precision {fields['precision']!r}")
    if not all(isinstance(source, str) for source in fields["sources"]):
        raise _damaged(place, "no valid sources")
    known = {name: fields[name] for name in _TYPES}
    known |= {"sources": tuple(fields["sources"]), "files": _parse_files(fields["files"], place)}
    return Manifest(format_version=version, **known)


def _parse_files(files: dict[str, Any], place: Path) -> dict[str, FileRecord]:
    # Exactly the known names, so that no path of a foreign manifest leads out of the folder.
    if not set(FILES) <= files.keys() <= {*FILES, ALIGNER}:
        raise _damaged(place, "no valid files")
    records = {name: _parse_record(record) for name, record in files.items()}
    found = {name: record for name, record in records.items() if record is not None}
    if found.keys() != records.keys():
        raise _damaged(place, "no valid files")
    if any(record.bytes > MOST_JSON_BYTES for name, record in found.items() if name != WEIGHTS):
        raise _damaged(place, "files too large")
    return found


def _parse_record(record: object) -> FileRecord | None:
    if not isinstance(record, dict):
        return None
    size, digest = record.get("bytes"), record.get("sha256")
    if type(size) is not int or not 0 <= size < _MOST:
        return None
    if not isinstance(digest, str) or not _SHA256.fullmatch(digest):
        return None
    return FileRecord(size, digest)
