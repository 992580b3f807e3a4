"""Which model a command uses."""

from __future__ import annotations

import argparse
from pathlib import Path

from core.errors import OptionError
from core.store.model_store import ModelStore


def model_folder(options: argparse.Namespace) -> Path:
    """The folder of ``--model``, or of the default model for ``--from`` and ``--to``.

    Raises:
        OptionError: neither was given, or the model has other languages.
        BundleError: there is no such model.
    """
    source = getattr(options, "source_language", None)
    target = getattr(options, "target_language", None)
    if options.model is None:
        if source is None or target is None:
            raise OptionError(
                "no model was chosen", remedy="Give --from and --to, or --model with a name."
            )
        return ModelStore().find(f"{source}-{target}").path
    folder = Path(options.model)
    if (folder / "manifest.json").is_file():
        return folder
    card = ModelStore().find(options.model)
    for wanted, has in ((source, card.source_language), (target, card.target_language)):
        if wanted is not None and wanted != has:
            raise OptionError(
                f"the model {card.name} translates {card.source_language} to "
                f"{card.target_language}, not {source} to {target}",
                remedy="Choose another model, or leave out --from and --to.",
            )
    return card.path
