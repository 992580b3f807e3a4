from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.settings import Settings, settings_file


def test_a_value_is_kept_between_runs(tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "settings.ini"
    first = Settings(path)
    first.text_size.set(130)
    first.live.set(False)
    first.theme.set("dark")
    first.model.set("厨房 %2F & model")
    first.geometry.set(b"\x00\xff window")
    first.save()
    again = Settings(path)
    assert again.text_size.value == 130
    assert again.live.value is False
    assert again.theme.value == "dark"
    assert again.model.value == "厨房 %2F & model"
    assert again.geometry.value == b"\x00\xff window"


def test_changed_fires_once_per_difference(tmp_path: Path, qtbot: QtBot) -> None:
    settings = Settings(tmp_path / "settings.ini")
    heard: list[object] = []
    settings.beam.changed.connect(heard.append)
    settings.beam.set(8)
    settings.beam.set(8)
    settings.beam.reset()
    assert heard == [8, 4]


def test_nonsense_in_the_file_means_the_default(tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "settings.ini"
    path.write_text("[look]\ntheme=purple\ntext_size=huge\n[translate]\nlive=perhaps\nbeam=900\n")
    settings = Settings(path)
    assert settings.theme.value == "system"
    assert settings.text_size.value == 100
    assert settings.live.value is True
    assert settings.beam.value == 4


def test_a_value_that_is_not_allowed_is_refused(tmp_path: Path, qtbot: QtBot) -> None:
    settings = Settings(tmp_path / "settings.ini")
    with pytest.raises(ValueError):
        settings.theme.set("purple")
    with pytest.raises(ValueError):
        settings.beam.set(0)


def test_text_size_stops_at_its_ends(tmp_path: Path, qtbot: QtBot) -> None:
    settings = Settings(tmp_path / "settings.ini")
    for _ in range(20):
        settings.step_text_size(1)
    assert settings.text_size.value == 200
    for _ in range(20):
        settings.step_text_size(-1)
    assert settings.text_size.value == 80


def test_the_file_lies_in_the_home_that_was_set(attune_home: Path) -> None:
    assert attune_home in settings_file().parents


@pytest.mark.logs("the settings cannot be kept in .*settings.ini")
def test_a_home_that_keeps_nothing_is_told_and_stops_nothing(tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "home").write_text("no folder")
    settings = Settings(tmp_path / "home" / "settings.ini")
    settings.beam.set(8)
    settings.save()
    assert settings.beam.value == 8


def test_a_file_that_is_no_settings_means_the_defaults(tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "settings.ini"
    path.write_bytes(bytes(range(256)) * 20 + b"[look\ntheme=dark, light\n=\x00\xff")
    settings = Settings(path)
    assert settings.theme.value == "system"
    assert settings.recent_pairs.value == ()
    settings.beam.set(2)
    settings.save()
    assert Settings(path).beam.value == 2
