"""A trained bundle made small, with what its receipt needs to be judged by."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from core.errors import InputError
from core.store.bundle import Bundle, read_bundle
from core.store.loading import load_model

LICENCE = "weights: MIT; trained on the sources listed, each under its own terms"

_REMEDY = 'Write what the receipt should tell as JSON: {"hours": 2.5}.'


MIX = Path(__file__).with_name("mix.json")
SOURCES = Path(__file__).with_name("sources.json")


def ship(trained: Path, folder: Path, more: Path | None) -> Bundle:
    """Write the bundle ``trained`` to ``folder`` with weights in int8; the folder names it.

    Args:
        trained: a bundle of ``attune-cli train``.
        folder: where the small one goes.
        more: a JSON object whose entries are added to the receipt: scores, hours, machine.

    Raises:
        BundleError: ``trained`` is no bundle.
        InputError: ``more`` is no JSON object.
        StorageError: the bundle cannot be written.
    """
    bundle = read_bundle(trained)
    receipt = {**bundle.receipt(), **(_object(more) if more else {}), "kind": "default"}
    licences = json.loads(SOURCES.read_text("utf-8"))
    sources = [f"{name} ({licence})" for name, licence in licences.items()]
    loaded = replace(load_model(trained), licence=LICENCE, sources=tuple(sources))
    return loaded.save(
        folder,
        name=folder.name,
        weights=loaded.model.state_dict(),
        receipt=receipt,
        precision="int8",
        parent=bundle.manifest.parent,
    )


def _object(path: Path) -> dict[str, Any]:
    try:
        fields = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(
            f"this cannot be read ({error})", where=str(path), remedy=_REMEDY
        ) from error
    if not isinstance(fields, dict):
        raise InputError("this is no JSON object", where=str(path), remedy=_REMEDY)
    return fields
