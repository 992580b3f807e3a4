"""A small sound model, and models forged from it, whose manifests agree with their lies."""

from __future__ import annotations

import functools
import hashlib
import io
import json
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch

from core.model.aligner import Aligner
from core.model.config import ModelConfig
from core.model.seq2seq import Seq2Seq
from core.store.aligner_file import encode_aligner
from core.store.bundle import write_bundle
from core.store.manifest import ALIGNER, FILES, MANIFEST

from .places import folder, fresh
from .texts import vocabulary

ALL_FILES = (*FILES, ALIGNER)
CURVES = {
    "training": [[4, 2.8], [8, 2.5]],
    "validations": [{"step": 8, "loss": 2.4, "general_loss": 2.0}],
}
CHANGE = {"source": "茶", "reference": "tea", "before": "a", "after": "b", "gain": 3.5}
SCORES = {"before": 1.0, "before_error": 0.1, "after": 2.0, "after_error": 0.1, "p_value": None}
RECEIPT = {
    "kind": "tune", "seed": 1, "pairs": 80, "held_out": 20, "steps": 12, "best_step": 8,
    "ended_by": "budget", "share_of_learnt": 0.9, "seconds": 31.5, "file": "pairs.tsv",
    "held_out_loss": {"before": 2.0, "after": 1.5}, "finished": "2026-01-01", "curves": CURVES,
    "comparisons": {
        "held-out": {
            "sentences": 20, "bleu": SCORES, "chrf": {**SCORES, "p_value": 0.01},
            "better": [CHANGE], "worse": [CHANGE],
        }
    },
    "scores": {"own": {"sentences": 20, "bleu": 1.5, "chrf": 20.0}},
    "options": {"learning_rate": 0.001}, "system": {"search": "beam", "beam": 4},
}  # fmt: skip


@functools.cache
def sound(precision: str = "int8") -> Mapping[str, bytes]:
    """The files of a model that translates, if badly."""
    torch.manual_seed(1)
    entries = vocabulary("pieces")
    config = ModelConfig(
        len(entries), len(entries), width=8, encoder_layers=1, encoder_heads=2, feed_forward=8,
        decoder_width=8, decoder_layers=1, attention_heads=2,
    )  # fmt: skip
    place = fresh()
    write_bundle(
        place, name="tiny", source_language="zh", target_language="en", model=config.to_dict(),
        state_dict=Seq2Seq(config).state_dict(), source_tokenizer_json=entries.to_json(),
        target_tokenizer_json=entries.to_json(), receipt=RECEIPT, precision=precision,
        licence="CC0-1.0", sources=["own"], aligner=encode_aligner(Aligner(config, width=4)),
    )  # fmt: skip
    files = {path.name: path.read_bytes() for path in place.iterdir()}
    shutil.rmtree(place)
    return files


@functools.cache
def manifest() -> dict[str, Any]:
    """That of the sound model."""
    return dict(json.loads(sound()[MANIFEST]))


def forged(changes: Mapping[str, bytes]) -> dict[str, bytes]:
    """The model with other files, whose manifest says just what they are."""
    files = {**sound(), **changes}
    if MANIFEST not in changes:
        records = {
            name: {"bytes": len(files[name]), "sha256": hashlib.sha256(files[name]).hexdigest()}
            for name in ALL_FILES
        }
        files[MANIFEST] = json.dumps({**manifest(), "files": records}).encode()
    return files


def on_disk(files: Mapping[str, bytes]) -> Path:
    """A model's folder, which takes the place of the last one."""
    place = folder() / "store" / "forged"
    place.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (place / name).write_bytes(data)
    return place


def archive(files: Mapping[str, bytes], kind: int = zipfile.ZIP_STORED) -> bytes:
    """A model as one file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", kind) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return file.getvalue()
