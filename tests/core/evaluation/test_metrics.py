"""Scores against figures worked by hand and published by sacrebleu's own tests."""

from __future__ import annotations

import math
import subprocess
import sys

import pytest

from core.errors import InputError
from core.evaluation.metrics import repetition_rate, score


def test_bleu_worked_by_hand() -> None:
    # Matches of order 1 to 4: 5 of 6, 4 of 5, 3 of 4, 2 of 3; as long as the reference.
    result = score(["the cat sat on the rug"], ["the cat sat on the mat"], "en")
    expected = 100 * (5 / 6 * 4 / 5 * 3 / 4 * 2 / 3) ** 0.25
    assert result.bleu == pytest.approx(expected)
    assert result.sentences == 1


def test_brevity_penalty_worked_by_hand() -> None:
    result = score(["a b c d e"], ["a b c d e f g"], "en")
    assert result.bleu == pytest.approx(100 * math.exp(1 - 7 / 5))


def test_chinese_bleu_counts_characters() -> None:
    # 我喜欢茶水 against 我喜欢茶叶: 4 of 5, 3 of 4, 2 of 3, 1 of 2 characters.
    result = score(["我喜欢茶水"], ["我喜欢茶叶"], "zh")
    assert result.bleu == pytest.approx(100 * (4 / 5 * 3 / 4 * 2 / 3 * 1 / 2) ** 0.25)


def test_english_bleu_parts_words_from_punctuation() -> None:
    assert score(["Yes, I do know."], ["Yes , I do know ."], "en").bleu == pytest.approx(100)


def test_chrf_worked_by_hand() -> None:
    # "abc" against "abd": precision and recall 2/3, 1/2 and 0 for orders 1 to 3, none above,
    # averaged over the three orders that exist; equal precision and recall are F whatever beta.
    assert score(["abc"], ["abd"], "en").chrf == pytest.approx(100 * (2 / 3 + 1 / 2 + 0) / 3)


@pytest.mark.parametrize(
    ("hypothesis", "reference", "chrf"),
    [("abcdefg", "hijklmnop", 0.0), ("a b c", "abc", 100.0), ("", "reference", 0.0)],
)
def test_chrf_as_in_the_tests_of_sacrebleu(hypothesis: str, reference: str, chrf: float) -> None:
    assert score([hypothesis], [reference], "en").chrf == pytest.approx(chrf)


def test_bleu_as_in_the_tests_of_sacrebleu() -> None:
    assert score(["this is a test"], ["this is a test"], "en").bleu == pytest.approx(100)
    empty = score(["", "", ""], ["The dog bit the man.", "It was.", "The man."], "en")
    assert empty.bleu == 0.0


def test_signatures_name_tokenizer_and_order() -> None:
    english, chinese = score(["a"], ["a"], "en"), score(["好"], ["好"], "zh")
    assert "tok:13a" in english.bleu_signature
    assert "tok:zh" in chinese.bleu_signature
    assert "nc:6|nw:0" in english.chrf_signature
    assert "version:" in english.chrf_signature


def test_unequal_or_missing_lines() -> None:
    with pytest.raises(InputError, match="2 translations for 1 references"):
        score(["a", "b"], ["a"], "en")
    with pytest.raises(InputError, match="nothing to score"):
        score([], [], "en")


@pytest.mark.parametrize(
    ("text", "repeats"),
    [
        ("it is very, very, Very good", True),
        ("it is very very good", False),
        ("I know that, I know that, I know that.", True),
        ("one two three four one two three four one two three four", True),
        ("a b c d e a b c d e a b c d e", False),
        ("a b a c a b", False),
        ("don't don't don't", True),
        ("我知道，我知道，我知道。", True),
        ("我知道，我知道。", False),
        ("好好好", False),
        ("一二三四五六七八" * 3, True),
        ("一二三四五六七八九" * 3, False),
        ("价格是1000000元", False),
        ("", False),
    ],
)
def test_repetition(text: str, repeats: bool) -> None:
    assert repetition_rate([text]) == float(repeats)


def test_repetition_rate_is_a_share() -> None:
    assert repetition_rate(["no no no", "yes", "yes", "no"]) == 0.25
    assert repetition_rate([]) == 0.0


def test_sacrebleu_is_imported_late() -> None:
    code = "import sys, core.evaluation.metrics; sys.exit('sacrebleu' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
