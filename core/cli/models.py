"""``attune-cli models``: what is installed; delete one of your own."""

from __future__ import annotations

import argparse
import json

from core.cli.streams import write_line
from core.store.model_store import ModelCard, ModelStore


def run(options: argparse.Namespace) -> int:
    """List the models, or move one to the trash."""
    store = ModelStore()
    if options.action == "delete":
        store.delete(options.name)
        write_line(f"{options.name} was moved to the trash")
        return 0
    for card in store.list():
        write_line(json.dumps(_fields(card)) if options.events else _line(card))
    for path, reason in store.damaged():
        shown = {"damaged": str(path), "reason": reason}
        write_line(json.dumps(shown) if options.events else f"damaged: {reason}")
    return 0


def _fields(card: ModelCard) -> dict[str, object]:
    return {
        "name": card.name,
        "path": str(card.path),
        "from": card.source_language,
        "to": card.target_language,
        "built_in": card.built_in,
        "parameters": card.parameters,
        "bytes": card.bytes_on_disk,
        "parent": card.parent,
        "created": card.created,
    }


def _line(card: ModelCard) -> str:
    origin = "built in" if card.built_in else f"from {card.parent}" if card.parent else "your own"
    return (
        f"{card.name:<24} {card.source_language} → {card.target_language}  "
        f"{card.parameters / 1e6:5.1f} M  {card.bytes_on_disk / 1e6:5.1f} MB  {origin}"
    )
