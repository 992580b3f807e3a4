"""What programs that are opened from the packaged program find in their environment."""

from __future__ import annotations

import os
import sys

import pytest

from core.environment import restore_environment

FOLDER = "/usr/lib/attune/_internal"
CHANGED = {
    "LD_LIBRARY_PATH": FOLDER,
    "QT_PLUGIN_PATH": f"{FOLDER}/PySide6/Qt/plugins",
    "QML2_IMPORT_PATH": f"{FOLDER}/PySide6/Qt/qml",
}


@pytest.fixture
def packaged(monkeypatch: pytest.MonkeyPatch) -> None:
    """As PyInstaller's executable and its hooks leave it."""
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    for name, value in CHANGED.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("LD_LIBRARY_PATH_ORIG", raising=False)


@pytest.mark.usefixtures("packaged")
def test_nothing_points_into_the_package() -> None:
    restore_environment()
    assert not [name for name, value in os.environ.items() if FOLDER in value]
    assert "LD_LIBRARY_PATH" not in os.environ


@pytest.mark.usefixtures("packaged")
@pytest.mark.parametrize("before", ["/opt/lib", ""])
def test_the_users_own_is_given_back(monkeypatch: pytest.MonkeyPatch, before: str) -> None:
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", before)
    restore_environment()
    assert os.environ["LD_LIBRARY_PATH"] == before
    assert "LD_LIBRARY_PATH_ORIG" not in os.environ


def test_a_checkout_has_changed_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in CHANGED.items():
        monkeypatch.setenv(name, value)
    restore_environment()
    assert {name: os.environ[name] for name in CHANGED} == CHANGED
