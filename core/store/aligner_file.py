"""The aligner of a model: a file of its bundle that not every model has."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import load, save
from torch import Tensor

from core.errors import BundleError
from core.files import replace_folder
from core.model.aligner import Aligner
from core.model.config import ModelConfig
from core.model.empty import without_weights
from core.store.bundle import Bundle, encode_json, read_bundle, write_files
from core.store.manifest import ALIGNER, FORMAT_VERSION, INSTALL_AGAIN, MANIFEST, FileRecord
from core.store.quantize import dequantize, quantize

_WIDEST = 4096


def encode_aligner(aligner: Aligner) -> bytes:
    """The file of ``aligner`` and its facts, its matrices as 8-bit integers.

    Raises:
        ValueError: a weight is not a finite number.
    """
    state = {name: value.detach().cpu() for name, value in aligner.state_dict().items()}
    stored = {name: value.contiguous() for name, value in quantize(state).items()}
    return save(stored, metadata=dict(aligner.facts) or None)


def load_aligner(bundle: Bundle, config: ModelConfig) -> Aligner | None:
    """The aligner of the model in ``bundle``, whose shape is ``config``; ``None`` without one.

    Raises:
        BundleError: its file is damaged, or it does not fit the model.
    """
    if ALIGNER not in bundle.manifest.files:
        return None
    place = bundle.path / ALIGNER
    try:
        state = dequantize(load(place.read_bytes()))
        with without_weights():  # none are made up: that would draw from the seed of a training
            aligner = Aligner(config, _width(state))
        aligner.load_state_dict(state, assign=True)
        with safe_open(place, "pt") as file:
            aligner.facts = file.metadata() or {}
        if not all(bool(torch.isfinite(value).all()) for value in state.values()):
            raise ValueError("a weight is not a finite number")
    except (SafetensorError, OSError, LookupError, RuntimeError, TypeError, ValueError) as error:
        raise BundleError(
            f"the aligner cannot be read ({error})", where=str(place), remedy=INSTALL_AGAIN
        ) from error
    return aligner.eval().requires_grad_(False)


def add_aligner(folder: Path, aligner: Aligner) -> Bundle:
    """Give the bundle in ``folder`` this aligner; its other files stay as they are.

    Raises:
        BundleError: there is no sound bundle.
        StorageError: it cannot be written; the folder is as it was.
    """
    bundle = read_bundle(folder)
    data = encode_aligner(aligner)
    record = FileRecord(len(data), hashlib.sha256(data).hexdigest())
    files = {**bundle.manifest.files, ALIGNER: record}
    manifest = replace(bundle.manifest, format_version=FORMAT_VERSION, files=files)
    contents = {name: (folder / name).read_bytes() for name in bundle.manifest.files}
    contents |= {ALIGNER: data, MANIFEST: encode_json(asdict(manifest))}
    replace_folder(folder, partial(write_files, contents))
    return Bundle(folder, manifest)


def _width(state: Mapping[str, Tensor]) -> int:
    width = len(state["query.bias"])
    if not 0 < width <= _WIDEST:
        raise ValueError(f"a width of {width}")
    return width
