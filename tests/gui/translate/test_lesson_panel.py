"""The panel below the panes, in the whole window: correct, teach, decide, close."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

import gui.app
from core.events import Validation
from core.store.model_store import ModelStore
from gui.app import Composition
from gui.jobs.child import Patience
from gui.pages.translate_parts.lesson_panel import LessonPanel
from gui.pages.translate_parts.lesson_result import general_words
from gui.pages.translate_steering import PageSteering
from gui.viewmodels import teaching_run
from gui.viewmodels.lesson import LessonViewModel
from gui.viewmodels.lesson_state import LessonState
from gui.viewmodels.links import Side, Spot
from gui.viewmodels.pins import Pins
from gui.viewmodels.segment import Segment
from tests.gui.fakes import fake_translation
from tests.gui.translate.conftest import Open, translated
from tests.gui.translate.lessons import OTHER, PINNED, SENTENCE, WRITTEN, Pretence


@pytest.fixture
def pretence(tiny_bundle: Path) -> Pretence:
    return Pretence(tiny_bundle)


@pytest.fixture
def parts(
    open_window: Open,
    qtbot: QtBot,
    pretence: Pretence,
    tiny_bundle: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Composition]:
    """A window with two sentences translated, whose lessons only pretend."""

    def lesson(parent: object) -> LessonViewModel:
        store, patience = ModelStore(resources=tiny_bundle.parent), Patience(discard=300, close=300)
        return LessonViewModel(store, pretence.command, pretence.look, patience, parent)  # type: ignore[arg-type]

    monkeypatch.setattr(gui.app, "LessonViewModel", lesson)
    parts = open_window()
    translated(parts, qtbot, SENTENCE + OTHER)
    parts.window.translate.model.highlight.move_caret(
        parts.window.translate.model.highlight._caret[0], 1, light=False
    )
    yield parts
    parts.holds.clear()
    parts.window.close()


def panel_of(parts: Composition) -> LessonPanel:
    found = parts.window.findChild(LessonPanel)
    assert isinstance(found, LessonPanel)
    return found


def teach(qtbot: QtBot, parts: Composition) -> LessonPanel:
    """Correct the first sentence and wait for what came of it."""
    panel = panel_of(parts)
    qtbot.mouseClick(parts.window.translate.target.correct, Qt.MouseButton.LeftButton)
    assert panel.form.source.text() == SENTENCE
    assert not panel.teach.isEnabled()  # it says that already
    panel.form.field.setPlainText(WRITTEN)
    qtbot.mouseClick(panel.teach, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.model.state is LessonState.TAUGHT, timeout=10_000)
    return panel


def test_a_sentence_is_corrected_taught_and_kept(qtbot: QtBot, parts: Composition) -> None:
    page = parts.window.translate
    Pins(parts.settings).set("zh", (PINNED,))
    panel = teach(qtbot, parts)
    assert page.drawer.isHidden()
    qtbot.waitUntil(lambda: panel.result.heatmap.heatmap is not None, timeout=10_000)
    picture = panel.result.heatmap.heatmap
    assert picture is not None
    assert picture.request.signed
    assert min(w for row in picture.request.weights for w in row) < 0
    assert "<span" in panel.result.after.text()
    assert "1" in panel.result.others.text()
    assert panel.result.pinned.text() == "1 of 1 changed"
    assert panel.again.isHidden()
    with qtbot.waitSignal(panel.model.kept):
        qtbot.mouseClick(panel.keep, Qt.MouseButton.LeftButton)
    assert panel.isHidden()
    assert not page.drawer.isHidden()
    assert parts.settings.model.value == "zh-en · my words"


def test_what_was_not_learnt_is_said_and_can_be_undone(
    qtbot: QtBot, parts: Composition, pretence: Pretence
) -> None:
    pretence.says = "I like."
    panel = teach(qtbot, parts)
    assert panel.result.verdict.text().startswith("Not learnt yet")
    qtbot.mouseClick(panel.again, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.model.state is LessonState.TAUGHT, timeout=10_000)
    assert panel.again.isHidden()  # the same again would learn no more
    assert "strongly as it was taught" in panel.result.verdict.text()
    qtbot.mouseClick(panel.undo, Qt.MouseButton.LeftButton)
    assert panel.isHidden()
    assert parts.settings.model.value == ""


def test_closing_the_window_asks_first(qtbot: QtBot, parts: Composition) -> None:
    panel = teach(qtbot, parts)
    parts.window.close()
    assert parts.window.isVisible()
    assert not panel.closing.isHidden()
    assert panel.closing.no.hasFocus()
    qtbot.mouseClick(panel.closing.no, Qt.MouseButton.LeftButton)
    assert panel.closing.isHidden()
    parts.window.close()
    qtbot.mouseClick(panel.closing.yes, Qt.MouseButton.LeftButton)
    assert not parts.window.isVisible()


def test_closing_asks_in_turn(qtbot: QtBot, parts: Composition) -> None:
    panel, asked = teach(qtbot, parts), []
    parts.holds.append(lambda: not asked.append("next"))
    parts.window.close()
    assert not asked
    qtbot.mouseClick(panel.closing.yes, Qt.MouseButton.LeftButton)
    assert asked == ["next"]
    assert parts.window.isVisible()
    assert panel.model.state is LessonState.CLOSED


def test_the_drawer_stays_as_it_was_while_the_panel_stands_in_its_place(
    qtbot: QtBot, parts: Composition
) -> None:
    page, opened = parts.window.translate, parts.settings.inside_open.value
    inside = next(a for a in page.actions() if a.shortcut() == QKeySequence("Ctrl+I"))
    page.target.correct.click()
    inside.trigger()
    assert parts.settings.inside_open.value is opened
    panel_of(parts).model.close()
    inside.trigger()
    assert parts.settings.inside_open.value is not opened


def test_escape_leaves_the_form_and_enter_teaches(qtbot: QtBot, parts: Composition) -> None:
    panel, page = panel_of(parts), parts.window.translate
    page.target.correct.click()
    qtbot.waitUntil(panel.form.field.hasFocus)
    QTest.keyClick(panel.form.field, Qt.Key.Key_Escape)
    assert panel.isHidden()
    page.target.correct.click()
    panel.form.field.setPlainText(WRITTEN)
    QTest.keyClick(panel.form.field, Qt.Key.Key_Return)
    assert panel.model.state is LessonState.LEARNING
    assert not page.target.correct.isEnabled()


def test_tab_leads_from_the_text_to_the_buttons_and_back(qtbot: QtBot, parts: Composition) -> None:
    panel, page = panel_of(parts), parts.window.translate
    page.target.correct.click()
    field = panel.form.field
    qtbot.waitUntil(field.hasFocus)
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert panel.cancel.hasFocus()  # nothing can be taught yet
    field.setPlainText(WRITTEN)
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert panel.teach.hasFocus()
    QTest.keyClick(panel.teach, Qt.Key.Key_Tab)
    assert panel.cancel.hasFocus()
    for push in (panel.cancel, panel.teach):
        QTest.keyClick(push, Qt.Key.Key_Backtab)
    assert field.hasFocus()


def by_hand(qtbot: QtBot, parts: Composition, index: int) -> Segment:
    """Have the sentence ``index`` say another word than the model's own."""
    [steering] = parts.window.translate.findChildren(PageSteering)
    segments = parts.window.translate.model.segments
    steering.model.open(Spot(Side.TARGET, index, 0))
    qtbot.waitUntil(lambda: steering.model.choices is not None)
    assert steering.model.choices is not None
    steering.model.choose(steering.model.choices[1])
    qtbot.waitUntil(lambda: segments[index].place == 1)
    return segments[index]


def test_a_wording_chosen_by_hand_can_be_taught(qtbot: QtBot, parts: Composition) -> None:
    panel, page = panel_of(parts), parts.window.translate
    own = fake_translation(SENTENCE).translation
    chosen = by_hand(qtbot, parts, 0).translation.translation
    assert chosen != own
    page.target.correct.click()
    assert panel.form.text == chosen
    assert panel.teach.isEnabled()
    panel.form.field.setPlainText(own)
    assert not panel.teach.isEnabled()
    assert panel.form.hint.text() == "It says that already."
    panel.form.field.setPlainText(chosen)
    panel.teach.click()
    qtbot.waitUntil(lambda: panel.model.state is LessonState.TAUGHT, timeout=10_000)
    assert own in " ".join(re.sub("<[^>]*>", "", panel.result.before.text()).split())


def test_a_wording_chosen_by_hand_elsewhere_is_no_change(
    qtbot: QtBot, parts: Composition, pretence: Pretence
) -> None:
    pretence.others = ""
    by_hand(qtbot, parts, 1)
    page = parts.window.translate
    page.model.highlight.move_caret(Side.SOURCE, 1, light=False)
    panel = teach(qtbot, parts)
    assert panel.result.others.text() == "0 of 1 changed"


def test_a_lesson_that_begins_late_says_why(
    qtbot: QtBot, parts: Composition, pretence: Pretence, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(teaching_run, "LONG", 1.0)
    pretence.behaviour = "late"
    panel = panel_of(parts)
    parts.window.translate.target.correct.click()
    panel.form.field.setPlainText(WRITTEN)
    panel.teach.click()
    qtbot.waitUntil(lambda: panel.progress.text().startswith("It has not begun"), timeout=10_000)
    panel.stop.click()
    qtbot.waitUntil(lambda: panel.model.state is LessonState.WRITING, timeout=10_000)


def look(step: int, loss: float, change: float, error: float) -> Validation:
    return Validation(step, 1.0, True, general_loss=loss, general_change=change,
                      general_error=error)  # fmt: skip


@pytest.mark.parametrize(
    ("change", "error", "moved", "verdict"),
    [
        (-0.03, 0.02, "2.00 → 2.03", "change +0.030 ± 0.039: may be chance"),
        (-0.03, 0.01, "2.00 → 2.03", "change +0.030 ± 0.020: a little worse"),
        (0.03, 0.01, "2.00 → 1.97", "change −0.030 ± 0.020: a little better"),
    ],
)
def test_everyday_sentences_are_judged_by_the_error(
    change: float, error: float, moved: str, verdict: str
) -> None:
    words = general_words([look(0, 2.0, 0.0, 0.0), look(12, 2.0 - change, change, error)])
    assert words == f"loss {moved} (less is better), {verdict}"
    assert general_words([look(0, 2.0, 0.0, 0.0)]) == "–"
