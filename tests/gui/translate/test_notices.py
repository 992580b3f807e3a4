"""Notices in a pane: one at a time, and one line where the pane is low."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gui.settings import Settings
from gui.theme import PANE_LINE, Theme
from gui.widgets.banner import Banner, OneAtATime
from tests.gui.translate.conftest import Open, translated


@pytest.fixture
def two(qtbot: QtBot, settings: Settings) -> tuple[Banner, Banner]:
    theme = Theme(settings)
    banners = Banner(theme), Banner(theme)
    for banner in banners:
        qtbot.addWidget(banner)
    OneAtATime(banners, banners[0])
    return banners


def shown(*banners: Banner) -> list[str]:
    return [banner.text for banner in banners if not banner.isHidden()]


def test_what_matters_more_is_shown_and_the_other_comes_back(two: tuple[Banner, Banner]) -> None:
    first, second = two
    assert shown(*two) == []
    second.say("copied", "info")
    assert shown(*two) == ["copied"]
    first.say("looks wrong", "warning")
    assert shown(*two) == ["looks wrong"]
    second.say("the disk is full", "error")
    assert shown(*two) == ["the disk is full"]
    second.hide()
    assert shown(*two) == ["looks wrong"]
    second.say("copied", "info")
    assert shown(*two) == ["looks wrong"]
    first.hide()
    assert shown(*two) == ["copied"]


def test_a_low_pane_keeps_its_room_for_the_text(
    open_window: Open, settings: Settings, qtbot: QtBot
) -> None:
    settings.hint_seen.set(True)
    parts = open_window()
    page = parts.window.translate
    parts.window.resize(900, 600)
    page.open_drawer(True)
    translated(parts, qtbot, "我喜欢。" * 60)
    banner = page.target.banner
    words = "What is not in the source language was copied as it is. " * 2
    banner.say(words, "info", "Swap languages")
    (text,) = (each for each in banner.findChildren(QLabel) if each.text() == words)
    line = text.fontMetrics().height()
    qtbot.waitUntil(lambda: 0 < banner.height() < 3 * line)
    assert text.toolTip()
    assert page.target.view.viewport().height() > 3 * PANE_LINE
    banner.say("the disk is full. " * 9, "error")  # which is never cut
    qtbot.waitUntil(lambda: banner.height() > 3 * line)
    assert not text.toolTip()
    parts.window.resize(900, 1000)
    banner.say(words, "info", "Swap languages")
    qtbot.waitUntil(lambda: not text.toolTip())
