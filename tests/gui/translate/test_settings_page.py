"""The Settings page: what it changes, and what it says of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from gui.app import Composition
from gui.jobs.engine import Computing, EngineLoader
from gui.settings import Settings
from gui.widgets.buttons import Chooser, Segments
from tests.gui.fakes import FakeEngine
from tests.gui.translate.conftest import Open, translated


def words(page: QWidget) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel))


def segments(page: QWidget, key: str) -> Segments:
    """The row of buttons that has a button of this key."""
    (found,) = [row for row in page.findChildren(Segments) if {key} <= set(row.keys())]
    return found


def test_another_language_is_kept_and_said_to_hold_later(
    parts: Composition, settings: Settings
) -> None:
    page = parts.window.open("settings")
    row = segments(page, "zh")
    assert "next time" not in words(page)
    row.button("zh").click()
    assert settings.language.value == "zh"
    assert "next time" in words(page)
    row.button("system").click()
    assert "next time" not in words(page)


def test_another_precision_loads_the_model_anew_and_translates_again(
    open_window: Open, settings: Settings, qtbot: QtBot
) -> None:
    engines: list[FakeEngine] = []

    def load(_path: Path) -> FakeEngine:
        engines.append(FakeEngine())
        return engines[-1]

    parts = open_window(load=load)
    translated(parts, qtbot, "我喜欢。")
    page = parts.window.open("settings")
    with qtbot.waitSignal(parts.thread.finished_request):
        segments(page, "fp32").button("fp32").click()
    assert settings.precision.value == "fp32"
    assert len(engines) == 2
    assert engines[1].asked == ["我喜欢。"]


def test_the_number_of_cores_is_chosen_from_those_there_are(
    parts: Composition, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.pages.settings.cores", lambda: 6)
    page = parts.window.open("settings")
    choosers = [c for c in page.findChildren(Chooser) if "cores" in c.accessibleName()]
    offered = {str(action.data()): action for action in choosers[0].actions_offered()}
    assert list(offered) == ["0", "1", "2", "4", "6"]
    offered["2"].trigger()
    assert settings.threads.value == 2


def test_the_real_translator_computes_as_it_is_told(tiny_bundle: Path) -> None:
    import torch

    loader = EngineLoader()
    loader.computing = Computing("fp32", 1)
    assert loader(tiny_bundle).precision == "fp32"
    assert torch.get_num_threads() == 1
    loader.computing = Computing("int8", 1)
    assert loader(tiny_bundle).precision == "int8"


@pytest.mark.parametrize(
    ("key", "value"), [("precision", "int4"), ("threads", -1), ("language", "fr")]
)
def test_a_setting_refuses_what_does_not_exist(settings: Settings, key: str, value: object) -> None:
    with pytest.raises(ValueError):
        getattr(settings, key).set(value)


def test_new_settings_are_kept_between_runs(tmp_path: Path, qtbot: QtBot) -> None:
    first = Settings(tmp_path / "settings.ini")
    first.language.set("zh")
    first.precision.set("bf16")
    first.threads.set(3)
    first.follow_typing.set(False)
    first.hint_seen.set(True)
    first.recent_texts.set(("/茶/一.txt", "/b, c.txt"))
    first.save()
    again = Settings(tmp_path / "settings.ini")
    assert (again.language.value, again.precision.value, again.threads.value) == ("zh", "bf16", 3)
    assert (again.follow_typing.value, again.hint_seen.value) == (False, True)
    assert again.recent_texts.value == ("/茶/一.txt", "/b, c.txt")
