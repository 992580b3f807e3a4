"""Segments too long for the model are cut, and nothing of them is lost."""

from __future__ import annotations

import functools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.encoding import SegmentEncoder
from core.text.segments import Segment
from core.text.subword import SubwordVocabulary
from core.text.tokenizer import make_tokenizer
from core.translation.chunks import LONGEST, Part, encode_clauses, encode_parts, segmented


@functools.cache
def encoder() -> SegmentEncoder:
    vocabulary = SubwordVocabulary.train(
        [["我", "喜欢", "学习", "。", "，", "abc"]], size=50, alphabet=40
    )
    return SegmentEncoder("zh", make_tokenizer("zh"), vocabulary)


def cut(text: str, longest: int = LONGEST) -> tuple[tuple[Segment, ...], list[Part]]:
    parts = encode_parts(text, encoder(), longest)
    return segmented(text, parts).segments, parts


def test_a_short_segment_is_one_part_as_typed() -> None:
    text = " 我喜欢学习。 "
    segments, parts = cut(text)
    assert [segment.text for segment in segments] == [text]
    assert parts == [Part(0, encoder().encode(text, protect=True))]
    assert segmented(text, parts).tail == ""


PIECES = st.sampled_from([*"我喜欢学习。，abc 龘😀👍🏽㎏\x00", "<b>", "{name}", "https://a.org/x"])


@given(st.lists(PIECES, max_size=50).map("".join), st.integers(1, 9))
def test_parts_join_back_and_fit(text: str, longest: int) -> None:
    parts = encode_parts(text, encoder(), longest)
    whole = segmented(text, parts)
    assert "".join(s.gap + s.text for s in whole.segments) + whole.tail == text
    for segment, part in zip(whole.segments, parts, strict=True):
        assert part.source.text == segment.text == text[segment.start : segment.end]
        one_character = len(set(part.source.piece_spans)) == 1
        assert len(part.source.ids) <= longest or one_character


def test_what_is_long_is_cut_at_clauses_alone() -> None:
    clause = "喜欢学习" * 3
    whole = encode_parts(clause * 4, encoder(), 100, 10)
    assert len(whole) == 1
    parts = encode_parts(f"{clause}，{clause}，{clause}", encoder(), 100, 10)
    assert [part.source.text for part in parts] == [f"{clause}，", f"{clause}，", clause]


def test_cuts_fall_between_words() -> None:
    segments, parts = cut("喜欢学习" * 20, 7)
    assert {segment.text[:2] for segment in segments} <= {"喜欢", "学习"}
    assert min(len(part.source.ids) for part in parts) >= 2  # not in crumbs


def test_cuts_fall_behind_clauses_if_they_can() -> None:
    segments, _ = cut("我喜欢学习喜欢，学习喜欢我喜欢学习", 10)
    assert [segment.text for segment in segments] == ["我喜欢学习喜欢，", "学习喜欢我喜欢学习"]


def test_a_word_too_long_is_cut_inside() -> None:
    text = "abccbacab" * 60
    segments, parts = cut(text, 100)
    assert "".join(s.text for s in segments) == text
    assert max(len(part.source.ids) for part in parts) <= 100


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("我喜欢学习，我喜欢我。", ["我喜欢学习，", "我喜欢我。"]),
        ("我，喜欢学习，喜欢学习，我。", ["我，喜欢学习，", "喜欢学习，我。"]),
        ("<b>我喜欢，</b>学习喜欢，我", ["<b>我喜欢，</b>", "学习喜欢，我"]),
        ("<b>我喜欢，</b><i>学习喜欢</i>，我", ["<b>我喜欢，</b>", "<i>学习喜欢</i>，我"]),
        ("我，喜欢学习喜欢学习喜欢学习", ["我，喜欢学习喜欢学习喜欢学习"]),
        ("我喜欢学习喜欢学习", ["我喜欢学习喜欢学习"]),
        ("", [""]),
    ],
)
def test_clauses(text: str, clauses: list[str]) -> None:
    parts = encode_clauses(encoder().encode(text, protect=True), encoder())
    assert [part.source.text for part in parts] == clauses
    assert [text[part.start :][: len(part.source.text)] for part in parts] == clauses


@pytest.mark.parametrize("size", [LONGEST, LONGEST + 1])
def test_the_limit_itself_is_no_cut(size: int) -> None:
    parts = encode_parts("我" * size, encoder())
    assert len(parts) == 1 + (size > LONGEST)
