"""A window without its own fonts is still a window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui import fonts


@pytest.fixture(autouse=True)
def asked_anew() -> Iterator[None]:
    fonts.bundled_families.cache_clear()
    yield
    fonts.bundled_families.cache_clear()


@pytest.mark.logs("the fonts are missing")
def test_missing_fonts(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "resources_folder", lambda: tmp_path)
    assert fonts.bundled_families() == ()
    assert len(fonts.interface_font().families()) == 1


@pytest.mark.logs("the font cannot be read: .*AttuneBroken.otf")
def test_a_broken_font(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "AttuneBroken.otf").write_bytes(b"no font")
    sound = fonts.font_files()[0]
    (tmp_path / "fonts" / sound.name).write_bytes(sound.read_bytes())
    monkeypatch.setattr(fonts, "resources_folder", lambda: tmp_path)
    assert len(fonts.bundled_families()) == 1
