"""A window that knows models of other languages and of tasks."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.i18n import direction_name, language_name
from gui.settings import Settings
from tests.gui.fakes import REVERSE, FakeCard
from tests.gui.translate.conftest import Open, translated

GERMAN = FakeCard("from-german", Path("/nowhere/de-en"), "de", "en", built_in=False)
TO_GERMAN = FakeCard("to-german", Path("/nowhere/en-de"), "en", "de", built_in=False)
TASK = FakeCard("spelt", Path("/nowhere/spelt"), "words", "digits", built_in=False)
ANSWERS = FakeCard("answers", Path("/nowhere/answers"), "en", "en", built_in=False)


def test_languages_have_names_of_their_own() -> None:
    assert language_name("zh") == "Chinese"
    assert language_name("de") == "Deutsch"
    assert language_name("digits") == "digits"
    assert direction_name("words", "digits") == "words → digits"


@pytest.mark.parametrize("card", [GERMAN, TASK, ANSWERS], ids=lambda card: card.name)
def test_the_window_translates_with_them(
    open_window: Open, settings: Settings, qtbot: QtBot, card: FakeCard
) -> None:
    parts = open_window(FakeCard(), REVERSE, card)
    parts.models.choose(card.name)
    bar = parts.window.translate.bar
    assert bar._source.text() == language_name(card.source_language)
    assert bar._target.text() == language_name(card.target_language)
    assert not bar.swap.isEnabled()
    translated(parts, qtbot, "three one")
    assert parts.window.translate.target.view.toPlainText()


def test_what_is_typed_turns_no_other_languages(
    open_window: Open, settings: Settings, qtbot: QtBot
) -> None:
    parts = open_window(FakeCard(), REVERSE, GERMAN, TO_GERMAN)
    settings.follow_typing.set(True)
    parts.models.choose(GERMAN.name)
    assert parts.window.translate.bar.swap.isEnabled()
    parts.window.translate.source.editor.replace_text("I like learning about machines")
    qtbot.wait(50)
    assert parts.models.current == GERMAN
    parts.models.choose("zh-en")
    parts.window.translate.source.editor.replace_text("")
    parts.window.translate.source.editor.replace_text("I like learning about machines")
    qtbot.waitUntil(lambda: parts.models.current == REVERSE)
