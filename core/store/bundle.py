"""A model on disk: a folder with a manifest, weights, two tokenizers and a receipt.

The manifest names every other file with its size and SHA-256. A folder is written beside its
place and renamed into it, so that it is never half there. Nothing in a bundle is ever executed:
weights are safetensors, the rest is JSON. Reading a manifest does not import torch.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import BundleError
from core.files import replace_folder
from core.store.manifest import (
    ALIGNER,
    FORMAT_VERSION,
    INSTALL_AGAIN,
    MANIFEST,
    PLAIN_VERSION,
    PRECISIONS,
    RECEIPT,
    SOURCE_TOKENIZER,
    TARGET_TOKENIZER,
    WEIGHTS,
    FileRecord,
    Manifest,
    parse_manifest,
    parse_object,
)

if TYPE_CHECKING:
    from torch import Tensor

    from core.model.packed import Matrix

_MAX_MANIFEST_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Bundle:
    """A model's folder and its manifest."""

    path: Path
    manifest: Manifest

    def read_text(self, name: str) -> str:
        """One of the JSON files as text."""
        try:
            return _read(self.path / name).decode("utf-8")
        except UnicodeDecodeError as error:
            raise BundleError(
                "the file is not UTF-8", where=str(self.path / name), remedy=INSTALL_AGAIN
            ) from error

    def receipt(self) -> dict[str, Any]:
        """The record of how the model was trained."""
        return parse_object(_read(self.path / RECEIPT), self.path / RECEIPT)


# --- writing -------------------------------------------------------------------------------------


def write_bundle(
    folder: Path,
    *,
    name: str,
    source_language: str,
    target_language: str,
    model: Mapping[str, Any],
    state_dict: Mapping[str, Tensor],
    source_tokenizer_json: str,
    target_tokenizer_json: str,
    receipt: Mapping[str, Any],
    precision: str,
    parent: str | None = None,
    licence: str = "",
    sources: Sequence[str] = (),
    aligner: bytes | None = None,
) -> Bundle:
    """Write a bundle to ``folder``; what was there before is replaced at the very end.

    ``aligner`` is the file of an aligner (see ``aligner_file``), if there is one.

    Raises:
        StorageError: the disk is full or the folder read-only; ``folder`` is as it was.
        ValueError: a weight is not a finite number, or ``precision`` is unknown.
    """
    contents = {
        WEIGHTS: _encode_weights(state_dict, precision),
        SOURCE_TOKENIZER: source_tokenizer_json.encode("utf-8"),
        TARGET_TOKENIZER: target_tokenizer_json.encode("utf-8"),
        RECEIPT: encode_json(dict(receipt)),
        **({} if aligner is None else {ALIGNER: aligner}),
    }
    manifest = Manifest(
        format_version=PLAIN_VERSION if aligner is None else FORMAT_VERSION,
        name=name,
        source_language=source_language,
        target_language=target_language,
        model=dict(model),
        parameters=sum(tensor.numel() for tensor in state_dict.values()),
        precision=precision,
        parent=parent,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        licence=licence,
        sources=tuple(sources),
        files={
            file: FileRecord(len(data), hashlib.sha256(data).hexdigest())
            for file, data in contents.items()
        },
    )
    contents[MANIFEST] = encode_json(asdict(manifest))
    replace_folder(folder, partial(write_files, contents))
    return Bundle(folder, manifest)


def write_files(contents: Mapping[str, bytes], folder: Path) -> None:
    """Write files by name into a folder."""
    for name, data in contents.items():
        (folder / name).write_bytes(data)


def _encode_weights(state_dict: Mapping[str, Tensor], precision: str) -> bytes:
    import torch
    from safetensors.torch import save

    from core.store.quantize import quantize

    state = {name: tensor.detach().cpu() for name, tensor in state_dict.items()}
    if precision == "int8":
        state = quantize(state)
    elif precision in PRECISIONS:
        for name, tensor in state.items():
            if tensor.is_floating_point():
                if not bool(torch.isfinite(tensor).all()):
                    raise ValueError(f"{name} has a value that is not a finite number")
                state[name] = tensor.to(torch.bfloat16 if precision == "bf16" else torch.float32)
    else:
        raise ValueError(f"precision is {precision!r}, not one of {PRECISIONS}")
    # safetensors refuses tensors that share memory; a copy never does.
    return save({name: tensor.clone().contiguous() for name, tensor in state.items()})


def encode_json(value: Mapping[str, Any]) -> bytes:
    """A JSON file as bundles hold them."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


# --- reading -------------------------------------------------------------------------------------


def read_bundle(folder: Path, *, verify: bool = True) -> Bundle:
    """The bundle in ``folder``.

    Args:
        verify: compare every file's SHA-256 with the manifest's; sizes are always compared.

    Raises:
        BundleError: there is none, it is damaged, or a newer program made it.
    """
    if not folder.is_dir():
        raise BundleError("there is no model", where=str(folder), remedy=INSTALL_AGAIN)
    place = folder / MANIFEST
    manifest = parse_manifest(parse_object(_read(place, _MAX_MANIFEST_BYTES), place), place)
    for name, record in manifest.files.items():
        _check_file(folder / name, record, verify)
    return Bundle(folder, manifest)


def load_state(
    bundle: Bundle, shapes: Mapping[str, Sequence[int]] | None = None
) -> dict[str, Tensor]:
    """The weights by name, float32; see :func:`load_matrices`."""
    from core.store.quantize import as_floats

    return as_floats(load_matrices(bundle, shapes))


def load_matrices(
    bundle: Bundle, shapes: Mapping[str, Sequence[int]] | None = None
) -> dict[str, Matrix]:
    """The weights by name, as they are stored.

    Args:
        shapes: the shape that the model has for each weight; others are refused.

    Raises:
        BundleError: the file holds no such weights.
    """
    from safetensors import SafetensorError
    from safetensors.torch import load

    from core.model.packed import Rows
    from core.store.quantize import matrices

    place = bundle.path / WEIGHTS
    try:
        state = matrices(load(_read(place)))
    except (SafetensorError, KeyError, ValueError) as error:
        raise BundleError(
            f"the weights cannot be read ({error})", where=str(place), remedy=INSTALL_AGAIN
        ) from error
    if shapes is not None:
        found = {
            name: tuple(matrix.values.shape if isinstance(matrix, Rows) else matrix.shape)
            for name, matrix in state.items()
        }
        _check_shapes(found, shapes, place)
    return state


def _check_shapes(
    found: Mapping[str, Sequence[int]], wanted: Mapping[str, Sequence[int]], place: Path
) -> None:
    for name in sorted(found.keys() | wanted.keys()):
        has, wants = found.get(name), wanted.get(name)
        if has is None or wants is None or tuple(has) != tuple(wants):
            raise BundleError(
                f"the weights do not fit the model ({name} is {_shape(has)}, not {_shape(wants)})",
                where=str(place),
                remedy=INSTALL_AGAIN,
            )


def _shape(shape: Sequence[int] | None) -> str:
    return "absent" if shape is None else "×".join(map(str, shape)) or "a number"


def _check_file(place: Path, record: FileRecord, verify: bool) -> None:
    data = _read(place) if verify else b""
    size = len(data) if verify else _size(place)
    if size != record.bytes:
        raise BundleError(
            f"the file has {size} bytes instead of {record.bytes}",
            where=str(place),
            remedy=INSTALL_AGAIN,
        )
    if verify and hashlib.sha256(data).hexdigest() != record.sha256:
        raise BundleError(
            "the file is not what the manifest says", where=str(place), remedy=INSTALL_AGAIN
        )


def _size(place: Path) -> int:
    try:
        return place.stat().st_size
    except OSError as error:
        raise _missing(place) from error


def _missing(place: Path) -> BundleError:
    return BundleError("a file of the model is missing", where=str(place), remedy=INSTALL_AGAIN)


def _read(place: Path, limit: int = -1) -> bytes:
    try:
        with place.open("rb") as file:
            return file.read(limit)
    except FileNotFoundError as error:
        raise _missing(place) from error
    except OSError as error:
        raise BundleError(
            f"the file cannot be read ({error.strerror})", where=str(place), remedy=INSTALL_AGAIN
        ) from error
