"""``attune-cli models``: what is installed, by family; name, note, copy or delete models."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from core.cli.streams import write_line
from core.store.archive import export_model, import_model
from core.store.library import families, read_note, rename, write_note
from core.store.model_store import ModelCard, ModelStore
from core.store.receipt_page import write_receipt_page

ACTIONS = {
    "delete": "NAME",
    "restore": "NAME",
    "rename": "NAME NEW",
    "note": "NAME TEXT",
    "export": "NAME FILE",
    "receipt": "NAME FILE.html",
    "import": "FILE",
}


def add_models_options(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("action", nargs="?", choices=tuple(ACTIONS))
    parser.add_argument("words", nargs="*", metavar="NAME|FILE|TEXT")
    parser.add_argument("--name", help="of an imported model, instead of its own")


def check_models_options(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """End the program where the words do not fit the action."""
    wanted = ACTIONS.get(options.action, "")
    if len(options.words) != len(wanted.split()):
        parser.error(f"type: models {options.action} {wanted}" if wanted else "type: models")


def run(options: argparse.Namespace) -> int:
    """List the models, or do something with one."""
    store = ModelStore()
    if options.action is not None:
        write_line(_do(store, options.action, options.words, options.name))
        return 0
    for relative in families(store.list()):
        card = relative.card
        if options.events:
            write_line(json.dumps(_fields(card) | {"note": read_note(store, card.name)}))
        else:
            write_line("  " * relative.generation + _line(card))
    for path, reason in store.damaged():
        shown = {"damaged": str(path), "reason": reason}
        write_line(json.dumps(shown) if options.events else f"damaged: {reason}")
    return 0


def _do(store: ModelStore, action: str, words: Sequence[str], name: str | None) -> str:
    """Carry out an action; what to tell."""
    first = words[0]
    match action:
        case "delete":
            store.delete(first)
            return f"{first} was moved to the trash"
        case "restore":
            return f"{store.restore(first).name} is back"
        case "rename":
            return f"{first} is now called {rename(store, first, words[1]).name}"
        case "note":
            write_note(store, first, words[1])
            return f"the note about {first} is kept"
        case "export":
            export_model(store.find(first), Path(words[1]))
            return f"{first} was exported to {words[1]}"
        case "receipt":
            write_receipt_page(store.find(first), Path(words[1]))
            return f"the receipt of {first} is in {words[1]}"
        case _:
            return f"{import_model(Path(first), store, name).name} was imported"


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
