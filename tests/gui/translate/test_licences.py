"""The licences can be read from the Settings page."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from core import __version__
from core.paths import resources_folder
from gui.app import Composition
from gui.widgets import licences


def read(parts: Composition, qtbot: QtBot) -> str:
    """What the dialog shows that a button of the Settings page opens; it is closed again."""
    page = parts.window.open("settings")
    button = next(b for b in page.findChildren(QPushButton) if b.text() == "Licences…")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    dialog = page.findChild(licences.LicencesDialog)
    assert dialog is not None and dialog.isVisible()
    text = dialog.text.toPlainText()
    with qtbot.waitSignal(dialog.destroyed):
        dialog.close()
    return text


def test_a_checkout_tells_of_what_lies_in_it(parts: Composition, qtbot: QtBot) -> None:
    ours = (resources_folder() / "LICENSES.md").read_text(encoding="utf-8")
    assert read(parts, qtbot) == ours
    page = parts.window.open("settings")
    assert f"Attune {__version__}" in [label.text() for label in page.findChildren(QLabel)]


def test_a_package_tells_of_every_part(
    parts: Composition, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "LICENCES.txt").write_text("every part 每个部分\n", encoding="utf-8")
    monkeypatch.setattr(licences, "resources_folder", lambda: tmp_path)
    assert read(parts, qtbot) == "every part 每个部分\n"
