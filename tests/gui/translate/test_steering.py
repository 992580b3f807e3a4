"""Steering a translation: other words at a place, what is typed there, and the way back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.app import Composition
from gui.pages.translate_steering import PageSteering
from gui.viewmodels.segment import Step
from gui.viewmodels.segments import SegmentList
from tests.gui.fakes import FakeEngine, reworded
from tests.gui.translate.conftest import click, marks, translated
from tests.gui.translate.test_segments import applied, filled, results

ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
TEXT = "我喜欢学习。你好吗？"


def steering(parts: Composition) -> PageSteering:
    [found] = parts.window.translate.findChildren(PageSteering)
    return found


def opened(parts: Composition, qtbot: QtBot, text: str = TEXT, offset: int = 7) -> PageSteering:
    """The popover of the word at ``offset``, with its words."""
    translated(parts, qtbot, text)
    click(qtbot, parts.window.translate.target.view, offset)
    found = steering(parts)
    qtbot.waitUntil(lambda: found.popover.list.count() == 3)
    return found


def output(parts: Composition) -> str:
    return parts.window.translate.target.view.toPlainText()


def test_a_click_shows_other_words_and_one_continues_from_there(
    parts: Composition, qtbot: QtBot
) -> None:
    found = opened(parts, qtbot)
    before = output(parts)
    assert found.popover.isVisible()
    words = [found.popover.list.item(row).text() for row in range(3)]
    assert words == ["learning", "other", "another"]
    found.popover.list.setCurrentRow(1)
    qtbot.keyClick(found.popover.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: output(parts) != before)
    assert output(parts).startswith("I like other so on.")
    assert output(parts).endswith(before[before.index(".") + 1 :])  # the other sentence stays
    assert not found.popover.isVisible()
    view = parts.window.translate.target.view
    assert view.hasFocus()
    [locked] = marks(view.marks, "locked")
    assert (locked.start, output(parts)[: locked.end]) == (0, "I like other")
    assert "stays" in view.tip_at(0)
    assert view.tip_at(locked.end + 1) == ""


def test_undo_redo_and_reset_work_in_the_translation_alone(
    parts: Composition, qtbot: QtBot
) -> None:
    found = opened(parts, qtbot)
    page = parts.window.translate
    own = output(parts)
    found.popover.chosen.emit(1)
    qtbot.waitUntil(lambda: output(parts) != own)
    changed = output(parts)
    qtbot.keyClick(page.target.view, Qt.Key.Key_Z, CONTROL)
    assert output(parts) == own
    assert not marks(page.target.view.marks, "locked")
    qtbot.keyClick(page.target.view, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert output(parts) == changed
    qtbot.keyClick(page.target.view, Qt.Key.Key_Z, CONTROL | ALT)
    assert output(parts) == own
    page.source.editor.setFocus()
    qtbot.keyClick(page.source.editor, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert output(parts) == own


def test_what_is_typed_goes_on_by_itself(parts: Composition, qtbot: QtBot) -> None:
    found = opened(parts, qtbot)
    qtbot.keyClicks(found.popover.list, "stud")  # the first letter leads to the field
    assert found.popover.field.hasFocus()
    qtbot.keyClicks(found.popover.field, "y")
    assert found.popover.field.text().endswith("y")
    qtbot.waitUntil(lambda: "ing so on." in found.popover.note.text())
    wanted = found.popover.note.text()
    qtbot.keyClick(found.popover.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: f"I like {wanted}" in output(parts))


def test_typing_over_the_translation_edits_its_beginning(parts: Composition, qtbot: QtBot) -> None:
    translated(parts, qtbot, TEXT)
    view = parts.window.translate.target.view
    view.setFocus()
    view.move_caret(0)
    qtbot.keyClicks(view, "W")
    found = steering(parts)
    assert found.popover.field.text() == "W"
    assert found.popover.field.hasFocus()
    qtbot.keyClick(found.popover.field, Qt.Key.Key_Return)  # before the answer is there
    qtbot.waitUntil(lambda: output(parts).startswith("Wing so on."))


@pytest.mark.parametrize("keys", [(Qt.Key.Key_Return, None), (Qt.Key.Key_Down, ALT)])
def test_the_keyboard_asks_and_escape_closes_both(
    parts: Composition, qtbot: QtBot, keys: tuple[Qt.Key, Qt.KeyboardModifier | None]
) -> None:
    translated(parts, qtbot, TEXT)
    view, found = parts.window.translate.target.view, steering(parts)
    view.setFocus()
    view.move_caret(7)
    qtbot.keyClick(view, keys[0], keys[1] or Qt.KeyboardModifier.NoModifier)
    qtbot.waitUntil(lambda: found.popover.list.count() == 3)
    highlight = parts.window.translate.model.highlight
    assert highlight.pinned is not None
    qtbot.keyClick(found.popover.list, Qt.Key.Key_Escape)
    assert not found.popover.isVisible()
    assert highlight.pinned is None


def test_the_popover_stays_in_the_page_and_speaks(parts: Composition, qtbot: QtBot) -> None:
    found = opened(parts, qtbot, offset=0)
    page: QWidget = parts.window.translate
    assert page.rect().contains(found.popover.geometry())
    view = parts.window.translate.target.view
    word = view.viewport().mapTo(page, view.rect_of(0).center().toPoint())
    assert not found.popover.geometry().contains(word)
    rows = QAccessible.queryAccessibleInterface(found.popover.list)
    said = [rows.child(i).text(QAccessible.Text.Name) for i in range(rows.childCount())]
    assert any("25" in text and "other" in text for text in said)


def test_a_change_of_the_source_closes_it_and_a_click_elsewhere_too(
    parts: Composition, qtbot: QtBot
) -> None:
    found = opened(parts, qtbot)
    page = parts.window.translate
    qtbot.mouseClick(page.source.editor.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert not found.popover.isVisible()
    found = opened(parts, qtbot, "我喜欢学习。")
    page.source.editor.replace_text("你好。")
    qtbot.waitUntil(lambda: not found.popover.isVisible())


def test_steering_survives_what_happens_to_other_sentences(
    parts: Composition, qtbot: QtBot
) -> None:
    found = opened(parts, qtbot)
    own = output(parts)
    found.popover.chosen.emit(2)
    qtbot.waitUntil(lambda: output(parts) != own)
    written(parts, qtbot, 0, "再见。")
    assert "I like another so on." in output(parts)
    assert found.model.can_undo
    written(parts, qtbot, 5, "很")  # within the sentence itself
    assert "so on" not in output(parts)
    assert not found.model.can_undo


def written(parts: Composition, qtbot: QtBot, offset: int, text: str) -> None:
    """Write ``text`` before character ``offset`` of the source, and wait for the translation."""
    editor = parts.window.translate.source.editor
    editor.move_caret(offset)
    with qtbot.waitSignal(parts.thread.finished_request):
        editor.textCursor().insertText(text)
    qtbot.waitUntil(lambda: parts.window.translate.model.status.phase == "idle")


def test_an_error_is_told_in_the_popover(
    parts: Composition, qtbot: QtBot, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    from core.errors import BundleError

    def fail(*_arguments: object) -> None:
        raise BundleError("the model predicts nothing", remedy="Choose another model.")

    monkeypatch.setattr(engine, "alternatives", fail)
    translated(parts, qtbot, TEXT)
    click(qtbot, parts.window.translate.target.view, 7)
    found = steering(parts)
    qtbot.waitUntil(lambda: "predicts nothing" in found.popover.note.text())


def test_others_are_listed_and_one_is_put_into_the_text(parts: Composition, qtbot: QtBot) -> None:
    translated(parts, qtbot, TEXT)
    page = parts.window.translate
    own = output(parts)
    page.open_drawer(True)
    page.drawer.turn_to("others")
    view = page.drawer.current
    qtbot.waitUntil(lambda: len(view.rows) == 3)
    assert "in the text now" in view.rows[0].accessibleName()
    assert "background-color" in view.rows[1]._text.text()
    view.rows[1].click()
    assert "Something else." in output(parts)
    assert len(view.rows) == 3  # the list stays: its sentence is the same
    assert "in the text now" in view.rows[1].accessibleName()
    steering(parts).model.undo()
    assert output(parts) == own
    view.kind.button("samples").click()
    qtbot.waitUntil(lambda: [r.translation.translation for r in view.rows] == ["Drawn 1 at 0.7."])
    view.again.click()
    qtbot.waitUntil(lambda: [r.translation.translation for r in view.rows] == ["Drawn 2 at 0.7."])
    view.temperature.chosen.emit("1.3")
    qtbot.waitUntil(lambda: [r.translation.translation for r in view.rows] == ["Drawn 2 at 1.3."])


# -- segments -----------------------------------------------------------------------------


def steered(segments: SegmentList, index: int, text: str, number: int = 1) -> SegmentList:
    segment = segments[index]
    step = Step(reworded(segment.translation, text), 3, number)
    segments.put(index, segment.stepped(step))
    return segments


def test_steps_go_back_and_forth_and_a_new_one_ends_those_undone() -> None:
    segments = filled(TEXT)
    own = segments.output
    steered(segments, 0, "First.")
    steered(segments, 0, "Second.", 2)
    assert segments.output.startswith("Second.")
    edit = segments.put(0, segments[0].back(1))
    assert applied("Second." + own[own.index(".") + 1 :], edit) == segments.output
    assert segments.output.startswith("First.")
    steered(segments, 0, "Third.", 3)
    assert [step.number for step in segments[0].steps] == [1, 3]
    segments.put(0, segments[0].back(0))
    assert segments.output == own
    assert segments[0].locked == 0


def test_a_run_that_covers_it_again_keeps_what_was_steered() -> None:
    segments = steered(filled(TEXT), 1, "By hand.")
    segments.type("再见。" + TEXT)
    segments.begin()
    segments.apply(results(segments.source))
    segments.finish()
    assert segments[2].translation.translation == "By hand."
    assert segments[2].locked == 3
    segments.mark_stale()  # another model translates
    segments.begin()
    segments.apply(results(segments.source))
    assert segments[2].translation.translation == "By hand."
    segments.put(2, segments[2].back(0))
    assert segments[2].translation.source == "你好吗？"
    assert "By hand" not in segments.output


def test_of_two_equal_sentences_the_steered_one_stays_so() -> None:
    segments = steered(filled("好。好。"), 1, "By hand.")
    segments.type("好。好。再见。")
    segments.begin()
    segments.apply(results(segments.source))
    shown = [segments[i].translation.translation for i in range(3)]
    assert [text == "By hand." for text in shown] == [False, True, False]
