"""What is shouted is read as if it was said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.capitals import unshouted

KNOWN = "the stop train is leaving now I do it about know what John Smith China NASA WHO who don a"
RANKS = {word: rank for rank, word in enumerate(KNOWN.split())}


def cost(word: str) -> tuple[int, int]:
    """Known words are one piece, others one for each letter."""
    return (1, RANKS[word]) if word in RANKS else (len(word), 0)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("STOP! THE TRAIN IS LEAVING NOW.", "Stop! the train is leaving now."),
        ("JOHN SMITH IS LEAVING CHINA", "John Smith is leaving China"),
        ("THE NASA TRAIN", "The NASA train"),
        ("THE ABC IS LEAVING", "The ABC is leaving"),
        ("I DON'T KNOW WHAT IT'S ABOUT", "I don't know what it's about"),
        ("STOP", "Stop"),
        ("WHO", "WHO"),
        ("NASA", "NASA"),
        ("QUIZZICAL", "Quizzical"),
        ("THE TRAIN \ufdd0 IS\ufdd1 LEAVING", "The train \ufdd0 is\ufdd1 leaving"),
    ],
)
def test_shouted(text: str, said: str) -> None:
    assert unshouted(text, cost) == said


@pytest.mark.parametrize(
    "text",
    ["", "123!", "I", "A. B. C.", "The train is leaving.", "Stop THE train NOW, John", "PhD"],
)
def test_what_is_not_shouted_stays(text: str) -> None:
    assert unshouted(text, cost) == text


@given(st.text(st.sampled_from("ABCabc' .!é中ẞ"), max_size=30))
def test_offsets_hold(text: str) -> None:
    said = unshouted(text, cost)
    assert len(said) == len(text)
    assert said.casefold() == text.casefold()
