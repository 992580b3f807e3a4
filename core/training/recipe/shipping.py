"""A run's checkpoint as a bundle with its receipt."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

from safetensors.torch import load_file

from core.errors import InputError
from core.model.config import ModelConfig
from core.store.bundle import Bundle, write_bundle
from core.training.recipe.sources import SOURCES
from core.training.recipe.workspace import Workspace

LICENCE = "weights: MIT; trained on the sources listed, each under its own terms"


def ship(work: Workspace, run: str, folder: Path, scores: dict[str, Any]) -> Bundle:
    """Write the checkpoint of ``run`` to ``folder`` as int8; the folder's name is the model's.

    Args:
        work: the workspace.
        run: name of the run.
        folder: where the bundle goes.
        scores: measured scores by test set, for the receipt.

    Raises:
        InputError: there is no such run.
    """
    place = work.run(run)
    try:
        state = json.loads((place / "state.json").read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError("there is no checkpoint", where=str(place)) from error
    options = state["extra"]["options"]
    source, target = options["source_language"], options["target_language"]
    config = ModelConfig(
        len(work.vocabulary(source)), len(work.vocabulary(target)), alignment_head=0
    )
    receipt = {
        "kind": "default",
        "updates": state["steps"],
        "hours": round(state["elapsed"] / 3600, 2),
        "target_tokens": state["extra"]["position"]["tokens"],
        "options": options,
        "repeats": {source.name: source.repeats for source in SOURCES},
        "scores": scores,
        "finished": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
    }
    return write_bundle(
        folder,
        name=folder.name,
        source_language=source,
        target_language=target,
        model=config.to_dict(),
        state_dict=load_file(place / "model.safetensors"),
        source_tokenizer_json=work.vocabulary(source).to_json(),
        target_tokenizer_json=work.vocabulary(target).to_json(),
        receipt=receipt,
        precision="int8",
        licence=LICENCE,
        sources=[f"{source.name} ({source.licence})" for source in SOURCES],
    )
