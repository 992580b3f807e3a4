from __future__ import annotations

import pytest

from core.cancel import CancelToken
from core.translation.result import Translation, Word
from gui.viewmodels.highlight import Highlight
from gui.viewmodels.links import Mark, Side, Spot, partners, word_at
from gui.viewmodels.segments import SegmentList
from tests.gui.fakes import FakeEngine

SOURCE, TARGET = Side.SOURCE, Side.TARGET

SENTENCE = Translation(
    source="红茶",
    translation="red hot tea",
    score=0.0,
    source_words=(Word("红", 0, 1), Word("茶", 1, 2)),
    target_words=(Word("red", 0, 3), Word("hot", 4, 7), Word("tea", 8, 11)),
    alignment=((0.96, 0.04), (0.5, 0.5), (0.05, 0.95)),
)


def test_a_word_holds_its_characters_and_not_the_blank_after_it() -> None:
    found = [word_at(SENTENCE, TARGET, i) for i in range(12)]
    assert found == [0, 0, 0, None, 1, 1, 1, None, 2, 2, 2, None]


def test_partners_read_rows_from_one_side_and_columns_from_the_other() -> None:
    assert partners(SENTENCE, TARGET, 2) == ((0, 0.05), (1, 0.95))
    assert partners(SENTENCE, TARGET, 0) == ((0, 0.96),)  # 4 % is not shown
    assert partners(SENTENCE, SOURCE, 0) == ((0, 0.96), (1, 0.5), (2, 0.05))


@pytest.fixture
def segments() -> SegmentList:
    segments = SegmentList()
    segments.type("我喜欢学习。你好吗？")
    segments.begin()
    segments.apply(FakeEngine().translate(segments.source, 1, CancelToken()))
    segments.finish()
    return segments


@pytest.fixture
def highlight(segments: SegmentList) -> Highlight:
    return Highlight(segments)


def texts(segments: SegmentList, side: Side, marks: tuple[Mark, ...]) -> dict[str, list[str]]:
    text = segments.source if side is SOURCE else segments.output
    found: dict[str, list[str]] = {}
    for mark in marks:
        found.setdefault(mark.kind, []).append(text[mark.start : mark.end])
    return found


def test_pointing_lights_the_word_and_its_partners(
    segments: SegmentList, highlight: Highlight
) -> None:
    highlight.point(SOURCE, 2)
    assert texts(segments, SOURCE, highlight.marks(SOURCE)) == {
        "sentence": ["我喜欢学习。"],
        "word": ["欢学"],
    }
    lit = texts(segments, TARGET, highlight.marks(TARGET))
    assert lit["link"] == ["I like", "learning", "about"] or "learning" in lit["link"]
    weights = {m.start: m.weight for m in highlight.marks(TARGET) if m.kind == "link"}
    assert max(weights.values()) == 0.8
    highlight.point(SOURCE, None)
    assert "word" not in texts(segments, SOURCE, highlight.marks(SOURCE))


def test_a_pin_outlives_the_pointer_and_is_freed(highlight: Highlight) -> None:
    highlight.click(SOURCE, 0)
    pinned = highlight.spot
    assert pinned is not None
    highlight.point(SOURCE, 8)
    assert highlight.spot == pinned
    assert highlight.free()
    assert highlight.spot is None
    assert not highlight.free()


def test_a_second_click_frees(highlight: Highlight) -> None:
    highlight.click(SOURCE, 0)
    highlight.click(SOURCE, 0)
    highlight.point(SOURCE, None)
    assert highlight.spot is None


def test_a_change_of_its_sentence_frees_the_pin(
    segments: SegmentList, highlight: Highlight
) -> None:
    highlight.click(SOURCE, 7)
    segments.type("我喜欢学习。你们好吗？")
    segments.begin()
    segments.apply(FakeEngine().translate(segments.source, 1, CancelToken()))
    segments.finish()
    highlight.refresh()
    assert highlight.spot is None


def test_a_caret_that_moves_before_the_change_is_told_finds_no_lit_word(
    segments: SegmentList, highlight: Highlight
) -> None:
    last = len(segments[0].translation.target_words) - 1
    highlight.click(TARGET, segments[0].translation.target_words[last].start)
    assert highlight.pinned == Spot(TARGET, 0, last)
    segments.type("好。你们好吗？")
    segments.begin()
    segments.apply(FakeEngine().translate(segments.source, 1, CancelToken()))
    segments.finish()
    assert len(segments[0].translation.target_words) <= last  # the word is no more
    highlight.move_caret(TARGET, 0, light=False)
    assert highlight.lit == () and highlight.pinned is None
    for side in Side:
        assert not [mark for mark in highlight.marks(side) if mark.kind in ("word", "link")]
    highlight.refresh()
    assert highlight.spot is None


def test_a_pin_stays_while_another_sentence_changes(
    segments: SegmentList, highlight: Highlight
) -> None:
    engine = FakeEngine()
    segments.begin()
    segments.apply(engine.translate(segments.source, 1, CancelToken()))
    highlight.refresh()
    highlight.click(SOURCE, 0)
    pinned = highlight.spot
    segments.type("我喜欢学习。你们好吗？")
    highlight.refresh()
    segments.begin()
    segments.apply(engine.translate(segments.source, 1, CancelToken()))
    highlight.refresh()
    assert highlight.spot == pinned is not None


def test_stepping_walks_all_words_of_a_side(segments: SegmentList, highlight: Highlight) -> None:
    total = sum(len(segments[i].translation.target_words) for i in range(len(segments)))
    offsets = [highlight.step(TARGET, 1) for _ in range(total)]
    assert None not in offsets
    assert offsets == sorted(set(offsets))
    assert highlight.step(TARGET, 1) is None
    assert highlight.step(TARGET, -1) == offsets[-2]


def test_stale_sentences_are_dimmed_as_one_stretch(
    segments: SegmentList, highlight: Highlight
) -> None:
    segments.mark_stale()
    stale = [m for m in highlight.marks(TARGET) if m.kind == "stale"]
    assert [(m.start, m.end) for m in stale] == [(0, len(segments.output))]
    highlight.point(TARGET, 0)
    assert highlight.spot is None  # links of an older wording would lie


def test_one_sentence_alone_is_not_tinted() -> None:
    segments = SegmentList()
    segments.type("你好。")
    segments.begin()
    segments.apply(FakeEngine().translate("你好。", 1, CancelToken()))
    assert Highlight(segments).marks(SOURCE) == ()
