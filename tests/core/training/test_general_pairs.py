"""The general pairs that ship with the program: clean, varied, and none of the tests' own."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import opencc
import pytest

from core.paths import resources_folder
from tests.core.training.plain_files import check_file

PAIRS = resources_folder() / "general" / "pairs.tsv"
FIXTURES = Path(__file__).parents[2] / "fixtures"
OTHERS = [
    FIXTURES / "everyday.tsv",
    FIXTURES / "alignment" / "pairs.tsv",
    resources_folder() / "samples" / "sample-zh-en.tsv",
]


@pytest.fixture(scope="module")
def text() -> str:
    return PAIRS.read_bytes().decode("utf-8")


@pytest.fixture(scope="module")
def pairs(text: str) -> list[list[str]]:
    return [line.split("\t") for line in text.removesuffix("\n").split("\n")]


def bare(side: str) -> str:
    return re.sub(r"[\W_]", "", side.lower())


def test_every_line_is_a_pair(text: str, pairs: list[list[str]]) -> None:
    assert text.endswith("\n")
    assert "\r" not in text
    assert len(pairs) >= 640
    for pair in pairs:
        assert len(pair) == 2
        assert all(side and side == side.strip() for side in pair)


def test_no_side_stands_twice(pairs: list[list[str]]) -> None:
    for sides in zip(*pairs, strict=True):
        assert len({bare(side) for side in sides}) == len(pairs)


@pytest.mark.parametrize("languages", [("zh", "en"), ("en", "zh")])
def test_all_can_be_learnt_from(
    languages: tuple[str, str], pairs: list[list[str]], tmp_path: Path
) -> None:
    path = tmp_path / "pairs.tsv"
    step = 1 if languages[0] == "zh" else -1
    path.write_text("".join("\t".join(pair[::step]) + "\n" for pair in pairs), encoding="utf-8")
    report = check_file(path, *languages)
    assert report.rejections == ()
    assert len(report.pairs) == len(pairs)


def test_short_and_long_sentences(pairs: list[list[str]]) -> None:
    words = [len(english.split()) for _, english in pairs]
    assert sum(count >= 25 for count in words) >= 80
    assert sum(count <= 6 for count in words) >= 80
    assert max(words) <= 45
    assert 12 <= sum(words) / len(words) <= 14


def test_simplified_chinese_and_plain_english(text: str, pairs: list[list[str]]) -> None:
    assert unicodedata.is_normalized("NFC", text)
    assert not re.search("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]", text)  # full-width
    simplified = opencc.OpenCC("t2s")
    for chinese, english in pairs:
        assert simplified.convert(chinese) == chinese
        assert not re.search(r"[,;:!?\"'()]", chinese)
        assert english.isascii()


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.stem)
def test_no_sentence_of_the_tests_or_samples(path: Path, pairs: list[list[str]]) -> None:
    others = {bare(side) for side in re.split(r"[\t\n]", path.read_text("utf-8"))} - {""}
    assert len(others) >= 40
    assert {bare(side) for pair in pairs for side in pair} & others == set()
