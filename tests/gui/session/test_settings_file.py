"""Settings of every version: older ones are read, newer ones left alone, damaged ones kept."""

from __future__ import annotations

import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.app import Composition
from gui.settings import Settings
from tests.gui.translate.conftest import dressed, engine, open_window

__all__ = ["dressed", "engine", "open_window"]

FIRST = "[look]\ntheme=dark\ntext_size=130\n\n[translate]\nbeam=8\n"
NEWER = "[General]\nformat_version=2\n\n[look]\ntheme=dark\n\n[hologram]\ndepth=4\n"


@pytest.mark.parametrize("kept", ["[" * 9000, "[1]", "{}", '"x', "@Variant(\\0\\0)"])
def test_a_list_that_makes_no_sense_is_empty(tmp_path: Path, qtbot: QtBot, kept: str) -> None:
    path = tmp_path / "settings.ini"
    path.write_text(f"{FIRST}\n[teach]\nrecent_pairs={kept}\npinned={kept}\n")
    settings = Settings(path)
    assert (settings.recent_pairs.value, settings.pinned.value, settings.beam.value) == ((), (), 8)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Those of a newer program."""
    (tmp_path / "settings.ini").write_text(NEWER)
    return Settings(tmp_path / "settings.ini")


def test_a_file_of_the_first_programs_is_read_and_numbered(tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "settings.ini"
    path.write_text(FIRST)
    settings = Settings(path)
    assert (settings.theme.value, settings.text_size.value, settings.beam.value) == ("dark", 130, 8)
    settings.save()
    assert "format_version=1" in path.read_text()
    assert Settings(path).text_size.value == 130


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX")
def test_the_folder_of_settings_is_the_users_alone(tmp_path: Path, qtbot: QtBot) -> None:
    settings = Settings(tmp_path / "config" / "settings.ini")
    settings.beam.set(2)
    settings.save()
    assert (tmp_path / "config" / "settings.ini").exists()
    assert stat.S_IMODE((tmp_path / "config").stat().st_mode) == 0o700


def test_a_file_of_a_newer_program_is_left_as_it_is(tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "settings.ini"
    path.write_text(NEWER)
    settings = Settings(path)
    assert settings.theme.value == "system"
    assert settings.newer is not None
    settings.beam.set(2)
    assert settings.beam.value == 2
    settings.save()
    del settings
    assert path.read_text() == NEWER


def test_what_is_no_file_of_settings_is_kept_beside_the_new_one(
    tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "settings.ini"
    path.write_bytes(b"\x80\x00[look")
    settings = Settings(path)
    settings.beam.set(2)
    settings.save()
    assert (tmp_path / "settings.ini.damaged").read_bytes() == b"\x80\x00[look"
    assert Settings(path).beam.value == 2


def test_the_window_tells_of_a_newer_file(
    open_window: Callable[..., Composition], tmp_path: Path
) -> None:
    window = open_window().window
    assert window.fault.isVisible()
    assert str(tmp_path / "settings.ini") in window.fault.text
    assert "format 2, known up to 1" in window.fault.text
    assert "Update Attune" in window.fault.text
    window.open("settings")
    window.close()
    assert (tmp_path / "settings.ini").read_text() == NEWER
