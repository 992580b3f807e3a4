"""The program's folders: the user's choice first, else the desktop's customs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from core import paths
from core.errors import StorageError

FOLDERS = {
    "data": paths.data_folder,
    "cache": paths.cache_folder,
    "config": paths.config_folder,
    "state": paths.state_folder,
}
CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("kind", FOLDERS)
def test_home_is_obeyed_and_nothing_is_made(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "家 with blanks"
    monkeypatch.setenv("ATTUNE_HOME", str(home))
    assert FOLDERS[kind]() == home / kind
    assert not home.exists()


def test_a_relative_home_and_a_tilde(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ATTUNE_HOME", "here")
    assert paths.data_folder() == tmp_path / "here" / "data"

    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv("ATTUNE_HOME", "~/there")
    assert paths.data_folder() == tmp_path / "there" / "data"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the customs of Linux desktops")
@pytest.mark.parametrize(
    ("kind", "variable"),
    [
        ("data", "XDG_DATA_HOME"),
        ("cache", "XDG_CACHE_HOME"),
        ("config", "XDG_CONFIG_HOME"),
        ("state", "XDG_STATE_HOME"),
    ],
)
@pytest.mark.parametrize("home", [None, ""])
def test_without_home_the_desktop_decides(
    kind: str, variable: str, home: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if home is None:
        monkeypatch.delenv("ATTUNE_HOME")
    else:
        monkeypatch.setenv("ATTUNE_HOME", home)
    monkeypatch.setenv(variable, str(tmp_path))
    assert FOLDERS[kind]() == tmp_path / "attune"


def test_resources_of_the_checkout() -> None:
    assert paths.resources_folder() == CHECKOUT / "resources"
    assert (paths.resources_folder() / "samples").is_dir()


def test_resources_of_an_installed_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = tmp_path / "core" / "resources"
    inside.mkdir(parents=True)
    monkeypatch.setattr(paths, "__file__", str(tmp_path / "core" / "paths.py"))
    assert paths.resources_folder() == inside


def test_resources_of_a_frozen_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.resources_folder() == tmp_path / "resources"


def test_ensure_makes_the_folder_once(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    assert paths.ensure(folder) == folder
    assert paths.ensure(folder).is_dir()


def test_ensure_tells_what_is_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError) as caught:
        paths.ensure(tmp_path / "file" / "b")
    assert caught.value.where == str(tmp_path / "file" / "b")
    assert caught.value.remedy


def test_the_module_needs_nothing_installed() -> None:
    """A training machine has no platformdirs; with ``ATTUNE_HOME`` it is not needed."""
    program = (
        "import os, sys\n"
        "sys.modules['platformdirs'] = None\n"
        "os.environ['ATTUNE_HOME'] = 'x'\n"
        "from core.paths import cache_folder\n"
        "print(cache_folder().name)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=CHECKOUT, timeout=60
    )
    assert (done.stdout, done.stderr) == ("cache\n", "")
