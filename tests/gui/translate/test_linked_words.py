"""Several words lit together, copied words, percentages, and what a screen reader is told."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from core.cancel import CancelToken
from core.translation.result import SegmentResult, Translation, Word
from gui.app import Composition
from gui.settings import Settings
from gui.theme import Theme
from gui.viewmodels.highlight import MOST_SELECTED, Highlight
from gui.viewmodels.links import (
    Mark,
    Side,
    Spot,
    copied_words,
    runs,
    shared_partners,
    words_between,
)
from gui.viewmodels.segments import SegmentList
from gui.viewmodels.spoken import spoken
from gui.widgets.linked_text import LinkedText
from tests.gui.fakes import FakeEngine
from tests.gui.translate.conftest import TRIES, centre, marks, translated

SOURCE, TARGET = Side.SOURCE, Side.TARGET
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier

BANK = Translation(
    source="The bank uses Xyzzy",
    translation="银行使用Xyzzy",
    score=0.0,
    source_words=(
        Word("The", 0, 3), Word("bank", 4, 8), Word("uses", 9, 13), Word("Xyzzy", 14, 19),
    ),
    target_words=(Word("银行", 0, 2), Word("使用", 2, 4), Word("Xyzzy", 4, 9)),
    alignment=((0.12, 0.82, 0.03, 0.03), (0.0, 0.1, 0.9, 0.0), (0.0, 0.0, 0.0, 1.0)),
    copied=(2,),
)  # fmt: skip


def shown(*translations: Translation) -> SegmentList:
    """Segments of these translations, a blank between them."""
    segments = SegmentList()
    segments.type(" ".join(t.source for t in translations))
    segments.begin()
    start, results = 0, []
    for index, each in enumerate(translations):
        end, gap = start + len(each.source), " " if index else ""
        results.append(SegmentResult(index, len(translations), start, end, gap, each))
        start = end + 1
    segments.apply(results)
    segments.finish()
    return segments


def test_several_words_share_their_partners() -> None:
    together = dict(shared_partners(BANK, TARGET, [0, 1]))
    assert together == pytest.approx({0: 0.06, 1: 0.46, 2: 0.465})
    assert dict(shared_partners(BANK, SOURCE, [1, 2])) == pytest.approx({0: 0.85, 1: 1.0})
    assert shared_partners(BANK, SOURCE, []) == ()


def test_words_between_two_characters_are_those_they_touch() -> None:
    found = {
        (a, b): list(words_between(BANK, SOURCE, a, b))
        for a in range(20) for b in range(a + 1, 20)
    }  # fmt: skip
    for (a, b), indices in found.items():
        places = [(word.start, word.end) for word in BANK.source_words]
        assert indices == [i for i, (s, e) in enumerate(places) if s < b and e > a], (a, b)


def test_runs_are_of_neighbours() -> None:
    assert list(runs([0, 1, 2, 5, 7, 8])) == [(0, 2), (5, 5), (7, 8)]
    assert list(runs([])) == []


def test_a_selection_lights_the_partners_of_all_its_words_over_sentences() -> None:
    segments = shown(BANK, BANK)
    highlight = Highlight(segments)
    highlight.select(TARGET, 2, 12)  # 使用Xyzzy 银行
    assert [spot.word for spot in highlight.lit] == [1, 2, 0]
    links = {
        segments.source[m.start : m.end]: round(m.weight, 3)
        for m in marks(highlight.marks(SOURCE), "link")
    }
    assert links == {"uses": 0.45, "Xyzzy": 0.5, "bank": 0.82, "The": 0.12}
    highlight.point(TARGET, 0)  # passing over another word changes nothing
    assert len(highlight.lit) == 3
    highlight.select(TARGET, 2, 2)
    assert highlight.lit == (Spot(TARGET, 0, 0),)
    highlight.select(SOURCE, 4, 13)
    assert {m.start: round(m.weight, 3) for m in marks(highlight.marks(TARGET), "link")} == {
        0: 0.85,
        2: 1.0,
    }


def test_who_selects_everything_wants_to_copy_it() -> None:
    segments = shown(*[BANK] * 20)
    highlight = Highlight(segments)
    highlight.select(SOURCE, 0, len(segments.source))
    assert MOST_SELECTED < 4 * 20
    assert highlight.lit == ()


def test_copied_words_are_marked_on_both_sides() -> None:
    assert copied_words(BANK, TARGET) == (2,)
    assert copied_words(BANK, SOURCE) == (3,)
    highlight = Highlight(shown(BANK))
    assert marks(highlight.marks(TARGET), "copied") == [Mark("copied", 4, 9)]
    assert marks(highlight.marks(SOURCE), "copied") == [Mark("copied", 14, 19)]


def test_what_is_heard_of_words() -> None:
    segments = shown(BANK)
    assert spoken(segments, [Spot(TARGET, 0, 0)]) == "银行, 82 % from bank, 12 % from The"
    assert spoken(segments, [Spot(SOURCE, 0, 1)]) == "bank, 82 % of 银行, 10 % of 使用"
    assert spoken(segments, [Spot(TARGET, 0, 2)]) == "Xyzzy, copied as it is, 100 % from Xyzzy"
    both = [Spot(TARGET, 0, 0), Spot(TARGET, 0, 1)]
    assert spoken(segments, both) == "银行使用, 46 % from uses, 46 % from bank, 6 % from The"
    assert spoken(segments, []) == ""


class BankEngine(FakeEngine):
    """Knows one sentence."""

    def _sentence(self, source: str, beam: int, cancel: CancelToken) -> Translation:
        return BANK if source == BANK.source else super()._sentence(source, beam, cancel)


@pytest.fixture
def engine() -> FakeEngine:
    return BankEngine()


def heard(widget: QWidget) -> list[str]:
    """Names of all that assistive technology finds inside ``widget`` and may show."""
    found, waiting = [], [QAccessible.queryAccessibleInterface(widget)]
    while waiting:
        one = waiting.pop()
        if not one.state().invisible:
            found.append(one.text(QAccessible.Text.Name))
            waiting += [one.child(i) for i in range(one.childCount())]
    return found


def test_a_screen_reader_hears_the_focused_word_and_its_partner(
    parts: Composition, qtbot: QtBot
) -> None:
    page = parts.window.translate
    translated(parts, qtbot, BANK.source)
    page.target.view.setFocus()
    page.target.view.move_caret(0)
    assert "银行, 82 % from bank, 12 % from The" not in heard(parts.window)
    qtbot.keyClick(page.target.view, Qt.Key.Key_Right, ALT)
    assert "银行, 82 % from bank, 12 % from The" in heard(parts.window)
    qtbot.keyClick(page.target.view, Qt.Key.Key_Right, ALT)
    assert "使用, 90 % from uses, 10 % from bank" in heard(parts.window)
    qtbot.keyClick(page.target.view, Qt.Key.Key_Escape)
    assert not any("%" in name for name in heard(page.target.view))


def test_the_keyboard_selects_and_lights_several_words(parts: Composition, qtbot: QtBot) -> None:
    page = parts.window.translate
    translated(parts, qtbot, BANK.source)
    qtbot.keyClick(page.source.editor, Qt.Key.Key_Home)
    for _ in range(6):
        qtbot.keyClick(page.source.editor, Qt.Key.Key_Right, SHIFT)
    assert [m.start for m in marks(page.target.view.marks, "link")] == [0, 2]
    assert any(name.startswith("The bank, 94 % of 银行") for name in heard(page.source.editor))
    page.target.view.setFocus()
    page.target.view.move_caret(0)
    for _ in range(4):
        qtbot.keyClick(page.target.view, Qt.Key.Key_Right, SHIFT)
    assert page.target.view.textCursor().selectedText() == "银行使用"
    assert {m.start for m in marks(page.source.editor.marks, "link")} == {0, 4, 9}


def test_a_copied_word_looks_different_and_says_why(
    parts: Composition, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _place, text, _widget: said.append(text))
    page = parts.window.translate
    translated(parts, qtbot, BANK.source)
    assert marks(page.target.view.marks, "copied") == [Mark("copied", 4, 9)]
    viewport, place = page.target.view.viewport(), centre(page.target.view, 5)
    event = QHelpEvent(QEvent.Type.ToolTip, place, viewport.mapToGlobal(place))
    QApplication.sendEvent(viewport, event)
    assert [text.partition(":")[0] for text in said] == ["Copied as it is"]
    assert page.target.view.tip_at(0) == ""


def test_percentages_stand_over_the_words_that_are_linked(
    settings: Settings, dressed: QApplication, qtbot: QtBot
) -> None:
    pane = LinkedText(Theme(settings))
    qtbot.addWidget(pane)
    pane.setPlainText("bank of the river")
    pane.set_offsets("bank of the river")
    pane.resize(400, 100)
    pane.show()
    box = pane.rect_of(1)
    gap = box.toAlignedRect().adjusted(-4, -7, 8, -box.toAlignedRect().height() + 3)

    def ink() -> int:
        picture = pane.viewport().grab(gap).toImage()
        colors = {
            picture.pixel(x, y) for x in range(picture.width()) for y in range(picture.height())
        }
        return len(colors)

    assert ink() == 1
    pane.set_marks([Mark("link", 0, 4, 0.05)])
    assert ink() > 3


@pytest.mark.timed
def test_linked_hover_on_300_words_answers_within_a_frame(parts: Composition, qtbot: QtBot) -> None:
    page = parts.window.translate
    text = "".join(f"我们今天在第{i}图书馆学习。" for i in range(40))
    translated(parts, qtbot, text)
    found = [page.model.segments[i].translation for i in range(len(page.model.segments))]
    assert sum(len(each.source_words) for each in found) >= 300
    page.source.editor.move_caret(0)
    viewport = page.source.editor.viewport()
    worst = []
    for _ in range(TRIES):
        spent = []
        for offset in range(0, 120, 3):
            place = centre(page.source.editor, offset)
            begin = time.thread_time()  # what others compute meanwhile is none of this
            qtbot.mouseMove(viewport, place)
            viewport.repaint()
            page.target.view.viewport().repaint()
            spent.append(time.thread_time() - begin)
        assert marks(page.target.view.marks, "link")
        worst.append(max(spent))
        if worst[-1] <= 0.016:
            return
    pytest.fail(f"the slowest answers in seconds: {worst}")
