"""How sure words are, and alarms: what the window shows of them, and what it does against them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from core.translation.result import Alarm, AlarmKind
from gui.app import Composition
from gui.pages.translate_findings import FindingsOnPage
from gui.settings import Settings
from gui.viewmodels.alarm_words import reason
from gui.viewmodels.links import Side
from gui.viewmodels.sureness import shade
from tests.gui.fakes import FakeEngine
from tests.gui.translate.conftest import click, marks, translated


def shown(parts: Composition) -> FindingsOnPage:
    [found] = parts.window.translate.findChildren(FindingsOnPage)
    return found


def press(qtbot: QtBot, parts: Composition, key: Qt.Key, *, control: bool = False) -> None:
    modifier = Qt.KeyboardModifier.ControlModifier
    held = modifier if control else Qt.KeyboardModifier.NoModifier
    parts.window.translate.source.editor.setFocus()
    qtbot.keyClick(parts.window.translate.source.editor, key, held)


# --- how sure ------------------------------------------------------------------------------------


def test_shades_grow_with_doubt() -> None:
    dark = [shade(confidence / 100) for confidence in range(101)]
    assert dark == sorted(dark, reverse=True)
    assert dark[0] == 1.0
    assert dark[100] == dark[60] == 0.0 < dark[59]


def test_words_are_shaded_on_request_and_it_is_remembered(
    parts: Composition, qtbot: QtBot, settings: Settings
) -> None:
    translated(parts, qtbot, "今天天气很好我们")
    view = parts.window.translate.target.view
    assert marks(view.marks, "unsure") == []
    assert not shown(parts).legend.isVisible()
    press(qtbot, parts, Qt.Key.Key_U, control=True)
    sentence = parts.window.translate.model.segments[0].translation
    words = sentence.target_words
    assert [(m.start, m.end) for m in marks(view.marks, "unsure")] == [
        (words[1].start, words[1].end),  # 50 %
        (words[2].start, words[2].end),  # 20 %
    ]
    first, second = marks(view.marks, "unsure")
    assert first.weight < second.weight
    assert shown(parts).legend.isVisible()
    assert settings.show_sureness.value
    assert "50 %" in view.tip_at(words[1].start)
    shown(parts).switch.click()
    assert marks(view.marks, "unsure") == []
    assert view.tip_at(words[1].start) == ""


def test_how_sure_it_is_can_be_heard(parts: Composition, qtbot: QtBot, settings: Settings) -> None:
    translated(parts, qtbot, "今天坏人来了。")
    page = parts.window.translate
    word = page.model.segments[0].translation.target_words[1]
    click(qtbot, page.target.view, word.start)
    heard = QAccessible.queryAccessibleInterface(page.target.view.focused_word)
    assert "sure" not in heard.text(QAccessible.Text.Name)
    settings.show_sureness.set(True)
    click(qtbot, page.target.view, page.model.segments[0].translation.target_words[0].start)
    click(qtbot, page.target.view, word.start)
    assert heard.text(QAccessible.Text.Name).endswith("Fairly sure: 50 %")
    click(qtbot, page.source.editor, 2)
    heard = QAccessible.queryAccessibleInterface(page.source.editor.focused_word)
    assert heard.text(QAccessible.Text.Name).endswith("Nothing seems to translate “坏人”.")


def test_a_lit_word_is_not_shaded(parts: Composition, qtbot: QtBot, settings: Settings) -> None:
    settings.show_sureness.set(True)
    translated(parts, qtbot, "今天天气很好我们")
    view = parts.window.translate.target.view
    word = parts.window.translate.model.segments[0].translation.target_words[1]
    before = marks(view.marks, "unsure")
    click(qtbot, view, word.start)
    assert [m.start for m in before if m not in marks(view.marks, "unsure")] == [word.start]
    assert [(m.start, m.end) for m in marks(view.marks, "word")] == [(word.start, word.end)]


# --- alarms --------------------------------------------------------------------------------------


def test_an_alarm_is_underlined_told_and_gone_after_another_try(
    parts: Composition, qtbot: QtBot, engine: FakeEngine
) -> None:
    page, found = parts.window.translate, shown(parts)
    translated(parts, qtbot, "今天坏人来了。")
    [wave] = marks(page.source.editor.marks, "alarm")
    assert (wave.start, wave.end) == (2, 4)
    assert "坏人" in page.source.editor.tip_at(2)
    assert page.source.editor.tip_at(0) == ""
    assert "坏人" in found.strip.text
    assert found.next.text() == "1"
    before = page.model.segments.output
    press(qtbot, parts, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: page.target.view.toPlainText() == before + "!")
    assert engine.retried == ["坏人"]
    assert marks(page.source.editor.marks, "alarm") == []
    assert not found.next.isVisible()
    assert "without" in found.strip.text
    page.target.view.setFocus()
    qtbot.keyClick(page.target.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.model.segments.output == before  # as any change by hand
    redo = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(page.target.view, Qt.Key.Key_Z, redo)
    assert page.model.segments.output == before + "!"
    page.source.editor.insertPlainText("好。")  # the end of another sentence: the first one stays
    qtbot.waitUntil(lambda: len(page.model.segments) == 2)
    assert page.model.segments[0].translation.translation.endswith("!")


def test_where_nothing_better_is_found_it_says_so(
    parts: Composition, qtbot: QtBot, engine: FakeEngine
) -> None:
    page, found = parts.window.translate, shown(parts)
    translated(parts, qtbot, "绝对坏人。")
    before = page.model.segments.output
    [button] = [b for b in found.strip.findChildren(type(found.next)) if b.isVisible()]
    assert button.text() == "Try again"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Nothing better" in found.strip.text)
    assert page.model.segments.output == before
    assert not button.isVisible()
    press(qtbot, parts, Qt.Key.Key_F9)  # once is enough
    assert engine.retried == ["坏人"]


def test_f8_goes_from_alarm_to_alarm(parts: Composition, qtbot: QtBot) -> None:
    page, found = parts.window.translate, shown(parts)
    translated(parts, qtbot, "今天好人。昨天坏蛋。你好。明天坏人。")
    assert found.next.text() == "2"
    assert QAccessible.queryAccessibleInterface(found.next).text(QAccessible.Text.Name) == (
        "2 places look wrong"
    )
    at = []
    for _ in range(3):
        press(qtbot, parts, Qt.Key.Key_F8)
        assert page.source.editor.hasFocus()
        at.append(page.source.editor.caret)
        assert page.model.highlight.inside == page.model.segments.at_source(at[-1])
    assert at[0] != at[1]
    assert at[2] == at[0]
    assert {page.model.text[i : i + 2] for i in at} == {"坏蛋", "坏人"}


def test_a_dismissed_alarm_is_silent_until_the_sentence_changes(
    parts: Composition, qtbot: QtBot
) -> None:
    page, found = parts.window.translate, shown(parts)
    translated(parts, qtbot, "今天坏人。")
    assert found.strip.isVisible()
    found.strip.dismissed.emit()
    assert not found.strip.isVisible()
    assert len(marks(page.source.editor.marks, "alarm")) == 1  # the line stays
    translated(parts, qtbot, "昨天坏人。")
    assert found.strip.isVisible()


def test_a_click_on_the_line_speaks_of_that_alarm(parts: Composition, qtbot: QtBot) -> None:
    page, found = parts.window.translate, shown(parts)
    translated(parts, qtbot, "坏蛋坏人。")
    for at, words in ((2, "坏人"), (0, "坏蛋")):
        found.strip.dismissed.emit()
        assert not found.strip.isVisible()
        click(qtbot, page.source.editor, at)
        assert found.strip.isVisible()
        assert words in found.strip.text


@pytest.mark.parametrize("kind", AlarmKind)
def test_each_reason_is_a_sentence(kind: AlarmKind) -> None:
    long = "很长" * 40
    for source in ((), ((0, 2),)):
        said = reason(Alarm(kind, source, ((0, 1),), long))
        assert said.endswith(".")
        assert len(said) < 150


def test_sides_of_alarms_are_kept_apart(parts: Composition, qtbot: QtBot) -> None:
    translated(parts, qtbot, "今天坏人。")
    page = parts.window.translate
    assert marks(page.with_notes(Side.TARGET, ()), "alarm") == []
    assert len(marks(page.with_notes(Side.SOURCE, ()), "alarm")) == 1
