"""The view "True?": what is asked of a made-up witness, and what it shows of the answers."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from core.cancel import CancelToken
from core.errors import BundleError
from core.insight.agreement import Evidence, Verdict, evidence_of
from core.translation.result import SegmentResult, Translation, Word
from core.translation.translator import Translator
from gui.app import Composition
from gui.jobs.questions import Answer, Questions
from gui.settings import Settings
from gui.theme import Theme
from gui.viewmodels.highlight import Highlight
from gui.viewmodels.links import Side
from gui.viewmodels.segments import SegmentList
from gui.viewmodels.truth import TruthViewModel
from gui.widgets.truth_view import TruthView, verdict_words
from tests.gui.fakes import FakeEngine

SOURCE, TARGET = Side.SOURCE, Side.TARGET
MODEL = Path("/nowhere/zh-en")


class FakeQuestions:
    """Says that attention is right about even words and wrong about odd ones.

    With a ``gate`` every answer waits until it is let through or nobody asks any more.
    """

    def __init__(self) -> None:
        self.asked: list[int] = []
        self.models: list[Path] = []
        self.forgotten = 0
        self.gate: threading.Semaphore | None = None
        self.error: Exception | None = None
        self.given_up: list[int] = []

    def ask(
        self, model: Path, sentence: Translation, word: int, cancel: CancelToken
    ) -> Iterator[Answer]:
        self.asked.append(word)
        self.models.append(model)
        if self.error is not None:
            raise self.error
        while self.gate is not None and not self.gate.acquire(timeout=0.005):
            if cancel.cancelled:
                self.given_up.append(word)
            cancel.check()
        row = sentence.alignment[word]
        weights = row if word % 2 == 0 else row[::-1]
        yield Answer(word, evidence_of(word, row, [9 * w for w in weights], weights))

    def forget(self, cancel: CancelToken) -> Iterator[Answer]:
        self.forgotten += 1
        yield from ()


class Scene:
    """A view over two sentences."""

    def __init__(self, theme: Theme) -> None:
        self.segments = SegmentList()
        self.segments.type("我喜欢学习机器学习。你好吗？")
        self.segments.begin()
        self.segments.apply(FakeEngine().translate(self.segments.source, 1, CancelToken()))
        self.segments.finish()
        self.highlight = Highlight(self.segments)
        self.questions = FakeQuestions()
        self.model = TruthViewModel(self.highlight, self.segments, lambda: MODEL, self.questions)
        self.window = QWidget()
        self.view = TruthView(self.model, theme, self.window)
        self.view.resize(700, 240)
        self.window.resize(700, 240)
        self.view.hide()
        self.window.show()

    def choose(self, side: Side, word: int) -> None:
        translation = self.segments[0].translation
        words = translation.source_words if side is SOURCE else translation.target_words
        self.highlight.click(side, words[word].start)


@pytest.fixture
def scene(dressed: QApplication, qtbot: QtBot, settings: Settings) -> Iterator[Scene]:
    scene = Scene(Theme(settings))
    qtbot.addWidget(scene.window)
    yield scene
    scene.model.shutdown()


def test_nothing_is_asked_while_nobody_looks(scene: Scene, qtbot: QtBot) -> None:
    scene.choose(TARGET, 2)
    qtbot.wait(20)
    assert scene.questions.asked == []
    scene.view.show()
    qtbot.waitUntil(lambda: scene.model.answered)
    assert scene.questions.asked == [2]
    assert scene.questions.models == [MODEL]
    scene.view.hide()
    qtbot.waitUntil(lambda: scene.questions.forgotten == 1)


def test_the_badge_and_the_sentence_follow_the_chosen_word(scene: Scene, qtbot: QtBot) -> None:
    scene.choose(TARGET, 0)
    scene.view.show()
    qtbot.waitUntil(lambda: scene.view.badge.text() == "They agree")
    translation = scene.segments[0].translation
    assert translation.target_words[0].text in scene.view.sentence.text()
    scene.choose(TARGET, 1)
    qtbot.waitUntil(lambda: scene.view.badge.text() == "They disagree")
    needed = translation.source_words[-2].text
    assert f"needed “{needed}” more" in scene.view.sentence.text()
    assert "Jain & Wallace 2019" in scene.view.sentence.toolTip()
    rows = scene.view.bars.canvas.rows
    assert [row.name for row in rows] == ["Attention", "Erasure", "Gradient"]
    assert rows[0].weights == translation.alignment[1]
    assert rows[1].weights == pytest.approx(translation.alignment[1][::-1])


def test_a_source_word_chooses_what_was_most_read_from_it(scene: Scene, qtbot: QtBot) -> None:
    scene.choose(SOURCE, 3)
    scene.view.show()
    qtbot.waitUntil(lambda: scene.model.answered)
    assert scene.questions.asked == [3]  # the made-up alignment goes straight
    scene.highlight.free()
    scene.highlight.move_caret(TARGET, 0, light=False)
    qtbot.waitUntil(lambda: scene.questions.asked == [3, 0])


def test_attention_is_shown_at_once_and_the_rest_soon_said_to_come(
    scene: Scene, qtbot: QtBot
) -> None:
    scene.questions.gate = threading.Semaphore(0)
    scene.choose(TARGET, 2)
    scene.view.show()
    assert scene.view.bars.canvas.rows[0].weights == scene.segments[0].translation.alignment[2]
    assert scene.view.bars.canvas.rows[1].weights == ()
    qtbot.waitUntil(lambda: scene.view.sentence.text().startswith("Asking"), timeout=1_000)
    qtbot.waitUntil(lambda: scene.questions.asked == [2])
    scene.choose(TARGET, 4)  # before the answer
    qtbot.waitUntil(lambda: scene.questions.given_up == [2])
    scene.questions.gate.release(2)
    qtbot.waitUntil(lambda: scene.model.answered)
    assert scene.model.evidence is not None
    assert scene.model.evidence.word == 4


def test_a_model_that_cannot_be_asked_is_told_and_asked_again(scene: Scene, qtbot: QtBot) -> None:
    scene.questions.error = BundleError("the model is damaged", remedy="Choose another model.")
    scene.view.show()
    qtbot.waitUntil(lambda: scene.view.error.isVisible())
    assert "damaged" in scene.view.error.sentence
    scene.questions.error = None
    scene.view.error.button.click()
    qtbot.waitUntil(lambda: bool(scene.view.badge.text()))
    assert not scene.view.error.isVisible()


def test_of_a_copied_word_nothing_is_asked(scene: Scene, qtbot: QtBot) -> None:
    scene.segments.type("abc")
    scene.segments.begin()
    copied = Translation(
        "abc", "abc", 0.0, (Word("abc", 0, 3),), (Word("abc", 0, 3),), ((1.0,),), copied=(0,)
    )
    scene.segments.apply([SegmentResult(0, 1, 0, 3, "", copied)])
    scene.segments.finish()
    scene.highlight.refresh()
    scene.view.show()
    assert "was copied, not translated" in scene.view.sentence.text()
    assert scene.view.badge.text() == ""
    qtbot.wait(20)
    assert scene.questions.asked == []


def test_the_keys_go_through_columns_and_words(scene: Scene, qtbot: QtBot) -> None:
    scene.choose(TARGET, 0)
    scene.view.show()
    qtbot.waitUntil(lambda: scene.model.answered)
    canvas = scene.view.bars.canvas
    assert "Erasure: most on 我喜" in canvas.accessibleDescription()
    canvas.setFocus()
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    assert canvas.accessibleDescription() == "我喜, Attention 90 %, Erasure 90 %, Gradient 90 %"
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    assert canvas.accessibleDescription().startswith("欢学, Attention 10 %")
    with qtbot.waitSignal(scene.view.stepped) as stepped:
        qtbot.keyClick(canvas, Qt.Key.Key_Down)
    assert stepped.args == [1]
    assert not canvas.grab().toImage().isNull()


def sentence(copied: tuple[int, ...] = ()) -> Translation:
    return Translation(
        "红茶", "red tea", 0.0, (Word("红", 0, 1), Word("茶", 1, 2)),
        (Word("red", 0, 3), Word("tea", 4, 7)), ((0.9, 0.1), (0.5, 0.5)), copied,
    )  # fmt: skip


def test_each_verdict_is_said_in_its_own_words() -> None:
    def said(word: int, drops: tuple[float, ...], norms: tuple[float, ...]) -> str:
        return verdict_words(
            sentence(), evidence_of(word, sentence().alignment[word], drops, norms)
        )

    agrees = said(0, (5.0, 0.0), (9.0, 1.0))
    disagrees = said(0, (0.0, 5.0), (0.0, 9.0))
    needless = said(0, (-0.1, 0.01), (0.0, 9.0))
    assert "looks at “红”, and the model needed it" in agrees
    assert "needed “茶” more for “red”" in disagrees
    assert "needed no single word" in needless
    one = Evidence(0, (1.0,), *2 * (evidence_of(0, (1.0,), (1.0,), (1.0,)).erasure,), 1.0, None)
    assert "one source word only" in verdict_words(sentence(), one)


def test_the_page_shows_it_in_the_drawer(parts: Composition) -> None:
    drawer = parts.window.translate.drawer
    drawer.turn_to("truth")
    assert isinstance(drawer.current, TruthView)


def test_the_real_witness_answers_and_is_let_go(tiny_bundle: Path) -> None:
    translator = Translator.load(tiny_bundle, precision="fp32", threads=1)
    [found] = translator.translate_segments(["我喜欢猫。"])
    questions, token = Questions(), CancelToken()
    [first] = questions.ask(tiny_bundle, found, 1, token)
    witness = questions._witness
    [second] = questions.ask(tiny_bundle, found, 2, token)
    assert questions._witness is witness
    assert first.evidence is not None and second.evidence is not None
    assert (first.word, second.word) == (1, 2)
    assert first.evidence.verdict in Verdict
    assert list(questions.forget(token)) == []
    assert questions._witness is None
