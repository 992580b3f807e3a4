"""Where files live: the user's data, cache and configuration, and what ships with the program."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from core.files import make_folder

APP_NAME = "attune"
HOME_VARIABLE = "ATTUNE_HOME"


def data_folder() -> Path:
    """The user's models, history and runs; ``$ATTUNE_HOME/data`` where that is set."""
    return _user_folder("data")


def cache_folder() -> Path:
    """What can be computed again; ``$ATTUNE_HOME/cache`` where that is set."""
    return _user_folder("cache")


def config_folder() -> Path:
    """The user's settings; ``$ATTUNE_HOME/config`` where that is set."""
    return _user_folder("config")


def state_folder() -> Path:
    """Logs, crash reports, the window's lock; ``$ATTUNE_HOME/state`` where that is set."""
    return _user_folder("state")


def _user_folder(kind: str) -> Path:
    home = os.environ.get(HOME_VARIABLE)
    if home:
        return Path(home).expanduser().absolute() / kind
    # Imported here: a training machine has torch, numpy, safetensors and tokenizers alone.
    import platformdirs

    folder = {
        "data": platformdirs.user_data_path,
        "cache": platformdirs.user_cache_path,
        "config": platformdirs.user_config_path,
        "state": platformdirs.user_state_path,
    }[kind]
    return folder(APP_NAME, appauthor=False)


def resources_folder() -> Path:
    """Models, fonts, icons and samples that ship with the program.

    In a frozen program they lie in PyInstaller's folder, in an installed one inside the package
    (a wheel has no other place for them), in a checkout beside it.
    """
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        return Path(frozen) / "resources"
    package = Path(__file__).resolve().parent
    installed = package / "resources"
    return installed if installed.is_dir() else package.parent / "resources"


def ensure(folder: Path) -> Path:
    """``folder``, made for this user alone if it is not there.

    Raises:
        StorageError: it cannot be made.
    """
    make_folder(folder)
    return folder
