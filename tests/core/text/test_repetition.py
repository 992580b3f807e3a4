"""Phrases said three times, and nothing said less often."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.repetition import find_repetition, rambles


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("Apple apple apple, please", ["Apple", "apple", "apple"]),
        ("No, no, no, no.", ["No", "no", "no", "no"]),
        ("I'm late. I'm late. I'm late.", ["I'm late", "I'm late", "I'm late"]),
        ("so a b c d e a b c d e a b c d e f", ["a b c d e"] * 3),
        ("很好很好很好吗", ["很好"] * 3),
        ("他说我们来了我们来了，我们来了。", ["我们来了"] * 3),
        ("very very good", []),
        ("10,000,000,000 euros", []),
        ("I'm late. I'm late.", []),
        ("哈哈哈", []),
        ("天天天气好", []),
        ("a b a c a b", []),
        ("...!!! ???", []),
        ("", []),
    ],
)
def test_in_a_row(text: str, times: list[str]) -> None:
    assert [text[start:end] for start, end in find_repetition(text)] == times


def test_a_character_counts_if_asked() -> None:
    assert len(find_repetition("哈哈哈", 1)) == 3
    assert find_repetition("哈哈", 1) == ()


@given(st.lists(st.sampled_from("ab"), max_size=14))
def test_against_every_split(words: list[str]) -> None:
    n = len(words)
    wanted = any(
        words[i : i + k] == words[i + k : i + 2 * k] == words[i + 2 * k : i + 3 * k]
        for k in range(1, n // 3 + 1)
        for i in range(n - 3 * k + 1)
    )
    found = find_repetition(" ".join(words))
    assert bool(found) is wanted
    text = " ".join(words)
    assert len({text[start:end] for start, end in found}) == bool(found)


def test_anywhere() -> None:
    phrase = "they need to learn new skills"
    assert rambles(f"We say {phrase}, and {phrase}, so that {phrase}.")
    assert not rambles(f"We say {phrase}, and {phrase}.")
    assert not rambles("one two three four, one two three four; one two three four")
    assert rambles("他们要学习新的技能了，也要学习新的技能了，还要学习新的技能了。")
    assert not rambles("")
