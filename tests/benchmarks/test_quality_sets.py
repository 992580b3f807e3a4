"""Test sets: what is read, what is refused, what a name tells; lengths worked by hand."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from benchmarks.quality.buckets import by_length, length
from benchmarks.quality.domains import provenance
from benchmarks.quality.sets import read_set, read_sets
from core.errors import InputError

ROWS = "你好。\tHello.\n我们走吧。\tLet us go.\n"


def write(folder: Path, name: str, text: str = ROWS) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


def test_a_set_is_turned_to_the_direction(tmp_path: Path) -> None:
    found = read_set(write(tmp_path, "chat.tsv"))
    assert found.name == "chat"
    assert found.turned("zh") == (("你好。", "我们走吧。"), ("Hello.", "Let us go."))
    assert found.turned("en") == (("Hello.", "Let us go."), ("你好。", "我们走吧。"))
    assert found.sha256 == hashlib.sha256(ROWS.encode()).hexdigest()


def test_the_first_lines_have_a_hash_of_their_own(tmp_path: Path) -> None:
    path = write(tmp_path, "chat.tsv")
    assert len(read_set(path, 1)) == 1
    assert read_set(path, 1).sha256 != read_set(path).sha256
    assert read_set(path, 9).sha256 == read_set(path).sha256


def test_marks_of_other_systems_are_no_text(tmp_path: Path) -> None:
    path = write(tmp_path, "chat.tsv", "\ufeff" + ROWS.replace("\n", "\r\n"))
    assert read_set(path).sha256 == read_set(write(tmp_path, "plain.tsv")).sha256


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "the set is empty"),
        (ROWS + "你好\n", "line 3: there is no pair"),
        (ROWS + "你好\t \n", "line 3: there is no pair"),
        ("Hello.\t你好。\n", "the first column is not Chinese"),
    ],
)
def test_what_is_no_set_is_refused(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        read_set(write(tmp_path, "chat.tsv", text))


def test_what_is_not_utf8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "chat.tsv"
    path.write_bytes("你好\tHello\n".encode("gbk"))
    with pytest.raises(InputError, match="cannot be read"):
        read_set(path)


def test_a_folder_is_its_sets_by_name(tmp_path: Path) -> None:
    for name in ("b.tsv", "a.tsv", "notes.txt", ".hidden.tsv"):
        write(tmp_path, name)
    assert [found.name for found in read_sets([tmp_path])] == ["a", "b"]


def test_folders_without_sets_and_twins_are_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="there are no test sets"):
        read_sets([tmp_path / "empty"])
    path = write(tmp_path, "a.tsv")
    with pytest.raises(InputError, match="two sets called 'a'"):
        read_sets([path, tmp_path])
    with pytest.raises(InputError, match="cannot be read"):
        read_sets([tmp_path / "none.tsv"])


@pytest.mark.parametrize(
    ("name", "domain", "origin", "from_chinese", "from_english"),
    [
        ("newstest2021-en-zh", "news", "en", "all", ""),
        ("newstest2021-zh-en", "news", "zh", "", "all"),
        ("newstest2018-zh-en", "news", "both", "part", "part"),
        ("FLORES200-dev", "encyclopaedia", "en", "all", ""),
        ("tvsub-dev", "dialogue", None, "", ""),
        ("mine-zh2en", "other", "zh", "", "all"),
        ("frozen-zhen", "other", "zh", "", "all"),
        ("dozen-en", "other", None, "", ""),
    ],
)
def test_what_a_name_tells(
    name: str, domain: str, origin: str | None, from_chinese: str, from_english: str
) -> None:
    found = provenance(name)
    assert (found.domain, found.origin) == (domain, origin)
    assert found.reversed_from("zh") == from_chinese
    assert found.reversed_from("en") == from_english


def test_lengths_worked_by_hand() -> None:
    assert length("我 喜欢 GPU。", "zh") == 7  # 我 喜 欢 G P U 。
    assert length("I like a GPU.", "en") == 4


def test_buckets_worked_by_hand() -> None:
    sizes = (10, 11, 1, 40, 41, 20, 200)  # ten characters are short, eleven are not
    assert by_length(["字" * size for size in sizes], "zh") == [
        ("1–10", [0, 2]),
        ("11–20", [1, 5]),
        ("21–40", [3]),
        ("41–80", [4]),
        ("81 and more", [6]),
    ]
    words = [" ".join(["word"] * size) for size in (5, 6, 41)]
    assert by_length(words, "en") == [("1–5", [0]), ("6–10", [1]), ("41 and more", [2])]
