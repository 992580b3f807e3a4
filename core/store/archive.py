"""A model as one file: a zip archive of the bundle's own files, nothing else.

What is read is never trusted: only the names of a bundle's files are looked for, none is longer
than its manifest says, and all hashes are compared before the model gets its place. An archive
cannot write outside the folder made for it, for no name of its own is ever used.
"""

from __future__ import annotations

import hashlib
import struct
import zipfile
import zlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from core.errors import BundleError, InputError
from core.files import replace_folder, replacement, require_room
from core.store.bundle import read_bundle
from core.store.manifest import ALIGNER, FILES, MANIFEST, Manifest, parse_manifest, parse_object
from core.store.model_store import ModelCard, ModelStore

SUFFIX = ".attune"
_MAX_MANIFEST_BYTES = 1 << 20
_CHUNK = 1 << 20
# Those that this program writes, and those of an archive that was packed anew: no other unpacker
# is trusted with what somebody else made.
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_SMALL, _HIGHEST_RATIO = 10 << 20, 200  # bytes that need no thought; of weights it is near 1
# What zipfile raises for what is no archive, or a damaged one.
_FAULTS = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError,
    UnicodeDecodeError,
)  # fmt: skip


def export_model(card: ModelCard, path: Path) -> None:
    """Write the model to the file ``path``, which may be there already.

    Raises:
        BundleError: the model is damaged.
        StorageError: the file cannot be written; what was there stays.
    """
    bundle = read_bundle(card.path)
    files = (MANIFEST, *bundle.manifest.files)
    with replacement(path) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name in files:
            archive.write(bundle.path / name, name)


def import_model(path: Path, store: ModelStore, name: str | None = None) -> ModelCard:
    """Make the model in the file ``path`` one of the user's.

    Args:
        name: what to call it; its own name if ``None``.

    Raises:
        InputError: there is no such file, or it is no archive of a model.
        BundleError: the model in it is damaged, or a newer program made it.
        OptionError: its name cannot be used here.
        StorageError: it cannot be written.
    """
    try:
        with path.open("rb") as file, zipfile.ZipFile(file) as archive:
            manifest = _manifest(archive, path)
            folder = store.free_folder(name or manifest.name)
            require_room(folder, sum(record.bytes for record in manifest.files.values()))
            replace_folder(folder, partial(_unpack, archive, manifest, path))
    except OSError as error:
        raise InputError(
            f"the file cannot be read ({error.strerror or error})",
            where=str(path),
            remedy="Check its name and that you may read it.",
        ) from error
    except _FAULTS as error:
        raise _no_model(path, str(error) or type(error).__name__) from error
    return store.find(folder.name)


def _manifest(archive: zipfile.ZipFile, path: Path) -> Manifest:
    members = archive.infolist()
    names = sorted(member.filename for member in members)
    if names not in (sorted((MANIFEST, *FILES)), sorted((MANIFEST, *FILES, ALIGNER))):
        raise _no_model(path, "other files than a model's")
    for member in members:
        if member.compress_type not in _PACKINGS:
            raise _no_model(path, f"{member.filename} is packed in an unknown way")
        packed, size = max(1, member.compress_size), member.file_size
        if size > _SMALL and size > _HIGHEST_RATIO * packed:
            raise _no_model(path, f"{member.filename} would unpack to {size:,} bytes")
    data = b"".join(_chunks(archive, MANIFEST, _MAX_MANIFEST_BYTES))
    if len(data) >= _MAX_MANIFEST_BYTES:
        raise _no_model(path, "its manifest is too large")
    place = path / MANIFEST
    manifest = parse_manifest(parse_object(data, place), place)
    if names != sorted((MANIFEST, *manifest.files)):
        raise _no_model(path, f"{ALIGNER} is not where its manifest says")
    return manifest


def _unpack(archive: zipfile.ZipFile, manifest: Manifest, path: Path, folder: Path) -> None:
    """Write the files into ``folder``, each compared with its record as it is written."""
    for name, record in manifest.files.items():
        digest, size = hashlib.sha256(), 0
        with (folder / name).open("xb") as file:
            for chunk in _chunks(archive, name, record.bytes + 1):
                digest.update(chunk)
                size += len(chunk)
                file.write(chunk)
        if size != record.bytes or digest.hexdigest() != record.sha256:
            raise BundleError(
                f"{name} is not what the manifest says",
                where=str(path),
                remedy="Get the file again; it was damaged on its way.",
            )
    with (folder / MANIFEST).open("xb") as file:
        for chunk in _chunks(archive, MANIFEST, _MAX_MANIFEST_BYTES):
            file.write(chunk)


def _chunks(archive: zipfile.ZipFile, name: str, most: int) -> Iterator[bytes]:
    """At most ``most`` bytes of a member, however many it claims to have."""
    with archive.open(name) as member:
        while most > 0 and (chunk := member.read(min(_CHUNK, most))):
            most -= len(chunk)
            yield chunk


def _no_model(path: Path, why: str) -> InputError:
    return InputError(
        f"this is no exported model ({why})",
        where=str(path),
        remedy=f"Choose a file that Attune exported (*{SUFFIX}).",
    )
