"""Segments too long for the model are cut, and nothing of them is lost."""

from __future__ import annotations

import functools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.encoding import SegmentEncoder
from core.text.subword import SubwordVocabulary
from core.text.tokenizer import make_tokenizer
from core.translation.chunks import LONGEST, encode_parts


@functools.cache
def encoder() -> SegmentEncoder:
    vocabulary = SubwordVocabulary.train(
        [["我", "喜欢", "学习", "。", "abc"]], size=50, alphabet=40
    )
    return SegmentEncoder("zh", make_tokenizer("zh"), vocabulary)


def test_a_short_segment_is_one_part_as_typed() -> None:
    segmented, parts = encode_parts(" 我喜欢学习。 ", encoder())
    assert [segment.text for segment in segmented.segments] == [" 我喜欢学习。 "]
    assert parts == [encoder().encode(" 我喜欢学习。 ")]
    assert segmented.tail == ""


@given(st.text(st.sampled_from("我喜欢学习。abc 龘😀👍🏽㎏\x00"), max_size=60), st.integers(1, 9))
def test_parts_join_back_and_fit(text: str, longest: int) -> None:
    segmented, parts = encode_parts(text, encoder(), longest)
    rebuilt = "".join(s.gap + s.text for s in segmented.segments) + segmented.tail
    assert rebuilt == text
    for segment, part in zip(segmented.segments, parts, strict=True):
        assert part.text == segment.text == text[segment.start : segment.end]
        one_character = len(set(part.piece_spans)) == 1
        assert len(part.ids) <= longest or one_character


def test_cuts_fall_between_words() -> None:
    text = "喜欢学习" * 20
    segmented, parts = encode_parts(text, encoder(), 7)
    assert {segment.text[:2] for segment in segmented.segments} <= {"喜欢", "学习"}
    assert min(len(part.ids) for part in parts) >= 2  # not in crumbs


def test_a_word_too_long_is_cut_inside() -> None:
    text = "abccbacab" * 60
    segmented, parts = encode_parts(text, encoder(), 100)
    assert "".join(s.text for s in segmented.segments) == text
    assert max(len(part.ids) for part in parts) <= 100


@pytest.mark.parametrize("size", [LONGEST, LONGEST + 1])
def test_the_limit_itself_is_no_cut(size: int) -> None:
    _, parts = encode_parts("我" * size, encoder())
    assert len(parts) == 1 + (size > LONGEST)
