"""Lit words: linked by the model's aligner as soon as it has answered, by attention until then."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from core.errors import BundleError
from core.translation.result import SegmentResult, Translation
from gui.jobs.translation import TranslationThread
from gui.viewmodels.highlight import Highlight
from gui.viewmodels.linking import Linking
from gui.viewmodels.links import Side, partners
from gui.viewmodels.segment import Step
from gui.viewmodels.segments import SegmentList
from gui.viewmodels.spoken import spoken
from tests.gui.fakes import FakeCard, FakeEngine, crossed, fake_translation

TEXT = "我喜欢猫。你喜欢书。"
FIRST, SECOND = fake_translation("我喜欢猫。"), fake_translation("你喜欢书。")


class Shown:
    """Two sentences, what is lit in them, and the model that links their words."""

    def __init__(self, engine: FakeEngine, qtbot: QtBot) -> None:
        self.engine, self.qtbot = engine, qtbot
        self.segments = SegmentList()
        self.highlight = Highlight(self.segments)
        self.thread = TranslationThread(lambda _model: engine)
        self.linking = Linking(
            self.highlight, self.segments, self.thread, lambda: FakeCard().path, self.highlight
        )
        self.place(FIRST, SECOND)

    def place(self, *translations: Translation) -> None:
        self.segments.type(TEXT)
        self.segments.begin()
        half = len(TEXT) // 2
        for index, one in enumerate(translations):
            start = index * half
            self.segments.apply([SegmentResult(index, 2, start, start + half, "", one)])
        self.segments.finish()
        self.highlight.refresh()

    def links(self, side: Side = Side.TARGET) -> list[float]:
        """Opacities of the links painted on the other side of ``side``."""
        marks = self.highlight.marks(side.other)
        return [mark.weight for mark in marks if mark.kind == "link"]

    def settled(self, sentence: int) -> None:
        self.qtbot.waitUntil(lambda: self.segments[sentence].links is not None, timeout=20_000)


@pytest.fixture
def shown(engine: FakeEngine, qtbot: QtBot) -> Iterator[Shown]:
    engine.aligns = True
    shown = Shown(engine, qtbot)
    yield shown
    shown.thread.shutdown()


def weights(translation: Translation, word: int) -> list[float]:
    return [weight for _, weight in partners(translation, Side.TARGET, word)]


def test_attention_at_once_and_links_when_they_are_there(shown: Shown) -> None:
    painted: list[int] = []
    shown.highlight.changed.connect(lambda: painted.append(len(shown.links())))
    shown.highlight.point(Side.TARGET, 0)
    assert shown.links() == weights(FIRST, 0) != [0.6]
    before = len(painted)
    shown.settled(0)
    assert shown.links() == [0.6]  # the last word, and that alone
    assert len(painted) > before  # it was painted anew
    assert shown.segments[0].translation is FIRST
    assert shown.segments[0].linked.alignment == crossed(FIRST)
    heard = spoken(shown.segments, shown.highlight.lit)
    assert heard.count("%") == 1 and "60 %" in heard


def test_a_sentence_is_asked_about_once(shown: Shown) -> None:
    half = len(FIRST.translation)
    for offset in (0, 2, half + 1, 1, half + 2, 0):
        shown.highlight.point(Side.TARGET, offset)
        shown.settled(0 if offset < half else 1)
    assert shown.engine.linked == [FIRST.source, SECOND.source]


def test_nothing_is_asked_before_a_word_is_lit(shown: Shown) -> None:
    shown.highlight.move_caret(Side.SOURCE, 3, light=False)
    shown.highlight.point(Side.TARGET, None)
    shown.qtbot.wait(60)
    assert shown.engine.linked == []
    shown.highlight.click(Side.SOURCE, 0)
    shown.settled(0)
    assert shown.links(Side.SOURCE) == [0.6]


def test_the_same_sentence_translated_again_keeps_its_links(shown: Shown) -> None:
    shown.highlight.click(Side.TARGET, 0)
    shown.settled(0)
    shown.place(FIRST, SECOND)  # as after typing in the other one
    shown.highlight.click(Side.TARGET, 0)
    assert shown.links() == [0.6]
    assert shown.engine.linked == [FIRST.source]


def test_a_sentence_that_is_there_twice_is_linked_twice(shown: Shown) -> None:
    shown.place(FIRST, FIRST)  # the cache of translations gives the very same
    for offset in (len(FIRST.translation) + 1, 0):
        shown.highlight.click(Side.TARGET, offset)
        shown.settled(0)
        assert shown.links() == [0.6]
    assert [one.links is not None for one in map(shown.segments.__getitem__, (0, 1))] == [True] * 2
    assert shown.engine.linked == [FIRST.source]


def test_another_translation_of_it_is_asked_about_anew(shown: Shown) -> None:
    shown.highlight.click(Side.TARGET, 0)
    shown.settled(0)
    other = fake_translation("我喜欢猫。")  # equal, but not the same
    shown.segments.put(0, shown.segments[0].stepped(Step(other, 0, 1)))
    assert shown.segments[0].links is None
    shown.highlight.refresh()
    shown.highlight.click(Side.TARGET, 0)
    shown.settled(0)
    assert shown.engine.linked == [FIRST.source] * 2


def test_an_answer_that_comes_too_late_is_dropped(shown: Shown) -> None:
    shown.engine.delay = 0.2
    shown.highlight.click(Side.TARGET, 0)
    shown.qtbot.waitUntil(lambda: shown.linking._inquiry.busy, timeout=20_000)
    shown.place(fake_translation("我喜欢猫。"), SECOND)
    shown.qtbot.waitUntil(lambda: not shown.linking._inquiry.busy, timeout=20_000)
    assert shown.segments[0].links is None


def test_a_model_without_an_aligner_keeps_to_attention(shown: Shown) -> None:
    shown.engine.aligns = False
    shown.highlight.click(Side.TARGET, 0)
    shown.qtbot.waitUntil(lambda: shown.engine.linked == [FIRST.source], timeout=20_000)
    for offset in (2, 0, 2):
        shown.highlight.click(Side.TARGET, offset)
    shown.qtbot.wait(60)
    assert shown.engine.linked == [FIRST.source]
    assert shown.links() == weights(FIRST, shown.highlight.lit[0].word)


def test_a_model_that_fails_is_no_fault_of_the_words(shown: Shown) -> None:
    def fail(*_: object) -> None:
        raise BundleError("the aligner is broken")

    shown.engine.links = fail  # type: ignore[method-assign, assignment]
    shown.highlight.click(Side.TARGET, 0)
    failed = shown.linking._inquiry
    shown.qtbot.waitUntil(lambda: failed.failure is not None, timeout=20_000)
    assert shown.links() == weights(FIRST, 0)
