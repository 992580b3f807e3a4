"""Parts of a sentence, translated one by one, read as one sentence."""

from __future__ import annotations

import pytest

from core.text.segments import Segment, Segmented
from core.translation.joining import join
from core.translation.result import Translation, Word


def part(text: str) -> Translation:
    words = []
    start = 0
    for word in text.split():
        words.append(Word(word, start, start + len(word)))
        start += len(word) + 1
    rows = tuple((1.0,) for _ in words)
    return Translation("甲", text, -1.0, (Word("甲", 0, 1),), tuple(words), rows)


def joined(*texts: str, language: str = "en") -> Translation:
    segments = tuple(Segment(i, i + 1, "甲", "" if i == 0 else " ") for i in range(len(texts)))
    return join("甲" * len(texts), Segmented(segments, ""), [part(t) for t in texts], language)


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("We went home,", "There was tea.", "We went home, there was tea."),
        ("We went home;", "A cat came.", "We went home; a cat came."),
        ("We went home,", "Anna came.", "We went home, Anna came."),
        ("We went home,", "I slept.", "We went home, I slept."),
        ("We went home.", "There was tea.", "We went home. There was tea."),
        ("We went home,", "IT is closed.", "We went home, it is closed."),
    ],
)
def test_no_capital_within_a_sentence(first: str, second: str, whole: str) -> None:
    found = joined(first, second)
    assert found.translation == whole
    assert [found.translation[w.start : w.end] for w in found.target_words] == whole.split()
    assert [word.text for word in found.target_words] == whole.split()
    assert [len(row) for row in found.alignment] == [2] * len(whole.split())


def test_chinese_stays_as_it_is() -> None:
    assert joined("甲,", "A乙", language="zh").translation.endswith("A乙")
