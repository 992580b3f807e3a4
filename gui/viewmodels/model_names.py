"""Names for new models: one from a file's name, one that is free, what is wrong with one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from pathlib import Path

from core.errors import OptionError
from gui.errors import describe
from gui.i18n import tr

_LONGEST_SUGGESTION = 30


def name_from(path: Path) -> str:
    """A name for the model that learns ``path``: letters and digits of the file's name."""
    stem = unicodedata.normalize("NFC", path.name.split(".")[0])
    kept = re.sub(r"[^\w]+", "-", stem).strip("-_")
    return kept[:_LONGEST_SUGGESTION].strip("-_") or "model"


def lesson_name(base: str) -> str:
    """What a model is called that learnt a sentence from ``base``; the next one is numbered."""
    named = tr("{name} · my words", name="").strip()
    if re.sub(r"-\d+$", "", base).endswith(named):
        return base
    return tr("{name} · my words", name=base)


def free_name(wish: str, taken: Collection[str]) -> str:
    """``wish``, or the first of ``wish-2``, ``wish-3``... not ``taken`` in any case."""
    folded = {name.casefold() for name in taken}
    stem = re.sub(r"-\d+$", "", wish) if wish.casefold() in folded else wish
    name, count = wish, 2
    while name.casefold() in folded:
        name = f"{stem}-{count}"
        count += 1
    return name


def name_problem(name: str, taken: Collection[str]) -> str:
    """Why a new model cannot be called ``name``, as a sentence; empty when it can."""
    from core.store.model_store import valid_name  # by now in memory: the models are listed

    if name.startswith("-"):
        return tr("A name cannot begin with a hyphen.")
    try:
        name = valid_name(name)
    except OptionError as error:
        return describe(error).text
    if name.casefold() in {known.casefold() for known in taken}:
        return tr("There is a model of this name already.")
    return ""
