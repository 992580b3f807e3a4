"""Which model a command uses."""

from __future__ import annotations

import argparse
import contextlib
from pathlib import Path

from core.errors import BundleError, OptionError
from core.store.bundle import read_bundle
from core.store.manifest import MANIFEST
from core.store.model_store import ModelStore
from core.translation.options import TranslateOptions, options_of_system


def model_folder(options: argparse.Namespace) -> Path:
    """The folder of ``--model``, or of the default model for ``--from`` and ``--to``.

    Raises:
        OptionError: neither was given, or the model has other languages.
        BundleError: there is no such model, or it is damaged.
    """
    source, target = options.source_language, options.target_language
    if options.model is None:
        if source is None or target is None:
            raise OptionError(
                "no model was chosen", remedy="Give --from and --to, or --model with a name."
            )
        return _default(source, target)
    folder = named_folder(options.model)
    has = read_bundle(folder, verify=False).manifest
    if source not in (None, has.source_language) or target not in (None, has.target_language):
        raise OptionError(
            f"the model {has.name} translates from {has.source_language} to {has.target_language}",
            remedy="Choose another model, or leave out --from and --to.",
        )
    return folder


def search_options(options: argparse.Namespace, folder: Path) -> TranslateOptions:
    """The search that ``--beam`` asks for; without it, the one that the model was composed with.

    Raises:
        BundleError: the model's receipt is damaged.
        OptionError: it tells of a search that makes no sense.
    """
    if options.beam is not None:
        return TranslateOptions(beam=options.beam)
    system = read_bundle(folder, verify=False).receipt().get("system")
    return options_of_system(system if isinstance(system, dict) else {})


def named_folder(model: str) -> Path:
    """The folder of a model, given by its name or as that folder.

    Raises:
        BundleError: there is no such model, or it is damaged.
    """
    folder = Path(model)
    with contextlib.suppress(OSError):  # longer than any file's name
        if (folder / MANIFEST).is_file():
            return folder
    return ModelStore().find(model).path


def _default(source: str, target: str) -> Path:
    """The model called by its languages."""
    store = ModelStore()
    name = f"{source}-{target}"
    fitting = [
        card
        for card in store.list()
        if (card.source_language, card.target_language) == (source, target)
    ]
    for card in fitting:
        if card.name == name:
            return card.path
    if any(path.name == name for path, _ in store.damaged()):
        return store.find(name).path  # raises what is wrong with it
    names = ", ".join(card.name for card in fitting)
    raise BundleError(
        f"there is no default model from {source} to {target}",
        remedy=f"Give --model with one of: {names}." if names else "Install or train one.",
    )
