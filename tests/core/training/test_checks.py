"""Lines that can be learnt from, and the reasons against the others."""

from __future__ import annotations

import gzip
import lzma
import re
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from core.cancel import Cancelled, CancelToken
from core.errors import InputError
from core.training.checks import (
    MAX_CHARACTERS,
    REASONS,
    Pair,
    Rejection,
)
from core.training.doctor.examination import Finding, examine
from core.training.doctor.sources import plain
from tests.core.training.plain_files import check_file

GOOD = [
    ("你好！", "Hello!"),
    ("我用 Python 的 numpy 写程序。", "I write programs with numpy in Python."),
    ("好", "All right then, let us do that."),
    ("2019 年", "2019"),
    ("这个词是“你好”。", "The word is 你好, which means hello."),
    ("α 和 β 是希腊字母。", "α and β are Greek letters."),
    ("请运行 django-admin startproject", "Run django-admin startproject"),
]


def write(folder: Path, data: str | bytes) -> Path:
    path = folder / "pairs.tsv"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def reasons(folder: Path, *lines: str, source: str = "zh", target: str = "en") -> list[str]:
    report = check_file(write(folder, "\n".join(lines)), source, target)
    return [rejection.reason for rejection in report.rejections]


@pytest.mark.parametrize("pair", GOOD)
def test_good_pairs_in_both_directions(tmp_path: Path, pair: tuple[str, str]) -> None:
    for pair_, languages in ((pair, ("zh", "en")), (pair[::-1], ("en", "zh"))):
        report = check_file(write(tmp_path, " {} \t{} \n".format(*pair_)), *languages)
        assert report.pairs == (Pair(1, *pair_),)
        assert report.rejections == ()


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("你\0好\tHello", "control"),
        ("你好 Hello", "columns"),
        ("", "empty"),
        (" \r", "empty"),
        ("\tHello", "empty"),
        ("你好\t  ", "empty"),
        ("。\t.", "empty"),
        ("好" * (MAX_CHARACTERS["zh"] + 1) + "\tgood", "too_long"),
        ("好\t" + "a" * (MAX_CHARACTERS["en"] + 1), "too_long"),
        ("iPhone\tIPHONE", "identical"),
        ("Good morning!\t早上好！", "swapped"),
        ("source\ttarget", "language"),
        ("Nǐ hǎo, péngyǒu\tHello, friend", "language"),
        ("早上好\t你早", "language"),
        ("これはペンです\tThis is a pen", "language"),
        ("早上好\tДоброе утро", "language"),
        ("好\t" + "very " * 20, "ratio"),
        ("我们今天要去公园看花然后回家吃饭\tGo", "ratio"),
    ],
)
def test_one_reason_each(tmp_path: Path, line: str, reason: str) -> None:
    report = check_file(write(tmp_path, f"一\tone\n{line}\n二\ttwo\n"), "zh", "en")
    (found,) = report.rejections
    assert (found.line, found.reason, found.text) == (2, reason, line.removesuffix("\r"))
    assert report.pairs == (Pair(1, "一", "one"), Pair(3, "二", "two"))
    assert report.counts == {reason: 1}


def test_swapped_in_the_other_direction(tmp_path: Path) -> None:
    assert reasons(tmp_path, "早上好！\tGood morning!", source="en", target="zh") == ["swapped"]


def test_duplicates_ignore_blanks_around_but_not_the_partner(tmp_path: Path) -> None:
    path = write(tmp_path, "好\tgood\n好\tfine\n 好\tgood \n好\tgood\n")
    report = check_file(path, "zh", "en")
    assert [r.line for r in report.rejections] == [3, 4]
    assert report.counts == {"duplicate": 2}


def test_counts_follow_the_order_of_reasons(tmp_path: Path) -> None:
    path = write(tmp_path, "好\tgood\n好\tgood\nx\nHi\t你好\ny\n")
    report = check_file(path, "zh", "en")
    assert list(report.counts.items()) == [("columns", 2), ("swapped", 1), ("duplicate", 1)]
    assert set(report.counts) <= set(REASONS)


def test_bom_line_ends_and_more_columns(tmp_path: Path) -> None:
    data = "\ufeff你好\tHello\r\n茶\u2028和\x0b水\ttea\x0cand\rwater\tnote\r\n再见\tBye"
    report = check_file(write(tmp_path, data), "zh", "en")
    assert report.pairs == (
        Pair(1, "你好", "Hello"),
        Pair(2, "茶\u2028和\x0b水", "tea\x0cand\rwater"),
        Pair(3, "再见", "Bye"),
    )


def test_line_without_measure_is_skipped_whole(tmp_path: Path) -> None:
    path = write(tmp_path, b"a" * (5 << 19) + "\n好\tgood\n".encode())
    report = check_file(path, "zh", "en")
    assert report.rejections == (Rejection(1, "too_long", ""),)
    assert report.pairs == (Pair(2, "好", "good"),)


def test_invalid_utf8_names_line_and_byte(tmp_path: Path) -> None:
    path = write(tmp_path, "好\tgood\n".encode() + "茶\t".encode() + "茶".encode("gbk") + b"\n")
    lines = examine(plain((path,), "zh", "en"))
    assert next(lines) == Pair(1, "好", "good")
    with pytest.raises(InputError) as caught:
        next(lines)
    assert caught.value.where == "pairs.tsv, line 2, byte 5"
    assert "UTF-8" in caught.value.remedy


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        ("好\tgood".encode("utf-16"), "UTF-16"),
    ],
)
def test_unusable_files(tmp_path: Path, data: bytes, what: str) -> None:
    with pytest.raises(InputError, match=what) as caught:
        check_file(write(tmp_path, data), "zh", "en")
    assert caught.value.remedy


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        check_file(tmp_path / "none.tsv", "zh", "en")
    with pytest.raises(InputError, match="folder"):
        check_file(tmp_path, "zh", "en")


def test_cancel_between_lines(tmp_path: Path) -> None:
    cancel = CancelToken()
    lines = examine(plain((write(tmp_path, "好\tgood\n茶\ttea\n"),), "zh", "en"), cancel=cancel)
    next(lines)
    cancel.cancel()
    with pytest.raises(Cancelled):
        next(lines)


PACKERS: list[tuple[str, Callable[[bytes], bytes]]] = [
    (".xz", lzma.compress),
    (".gz", gzip.compress),
]


@pytest.mark.parametrize(("suffix", "packed"), PACKERS)
def test_archives_are_read_as_what_they_hold(
    tmp_path: Path, suffix: str, packed: Callable[[bytes], bytes]
) -> None:
    data = "\ufeff好\tgood\r\nbad\n茶\ttea".encode()
    archive = tmp_path / f"pairs.tsv{suffix}"
    archive.write_bytes(packed(data))
    report = check_file(archive, "zh", "en")
    assert report == check_file(write(tmp_path, data), "zh", "en")
    assert report.pairs == (Pair(1, "好", "good"), Pair(3, "茶", "tea"))


@pytest.mark.parametrize(("suffix", "packed"), PACKERS)
@pytest.mark.parametrize("damage", ["cut off", "overwritten", "another file"])
def test_damaged_archives(
    tmp_path: Path, suffix: str, packed: Callable[[bytes], bytes], damage: str
) -> None:
    lines = "".join(f"第 {i} 天\tday {i * i}\n" for i in range(3000)).encode()
    whole = packed(lines)
    data = {
        "cut off": whole[: len(whole) // 2],
        "overwritten": whole[:-8] + bytes(8),
        "another file": lines,
    }[damage]
    archive = tmp_path / f"pairs.tsv{suffix}"
    archive.write_bytes(data)
    with pytest.raises(InputError, match="archive is damaged or cut off") as caught:
        check_file(archive, "zh", "en")
    where = archive.name if damage == "another file" else f"{archive.name}, after line "
    assert caught.value.where.startswith(where)
    assert caught.value.remedy


@pytest.mark.parametrize(("suffix", "packed"), PACKERS)
def test_empty_archive(tmp_path: Path, suffix: str, packed: Callable[[bytes], bytes]) -> None:
    archive = tmp_path / f"pairs.tsv{suffix}"
    archive.write_bytes(packed(b""))
    with pytest.raises(InputError, match="the file is empty"):
        check_file(archive, "zh", "en")


def aligned(folder: Path, source: str, target: str) -> list[Finding]:
    paths = folder / "text.zh", folder / "text.en"
    for path, text in zip(paths, (source, target), strict=True):
        path.write_bytes(text.encode())
    return list(examine(plain(paths, "zh", "en"), doubts=False))


def test_aligned_files_are_judged_like_columns(tmp_path: Path) -> None:
    sources = ["好", "", "茶", "好", "Hello there", "水\0", "茶\t水"]
    targets = ["good", "nothing", "", " good ", "你们好", "water", "tea\tand water"]
    found = aligned(tmp_path, "\ufeff" + "\r\n".join(sources), "\n".join(targets) + "\n")
    assert found == [
        Pair(1, "好", "good"),
        Rejection(2, "empty", "\tnothing"),
        Rejection(3, "empty", "茶\t"),
        Rejection(4, "duplicate", "好\t good "),
        Rejection(5, "swapped", "Hello there\t你们好", Pair(5, "你们好", "Hello there")),
        Rejection(6, "control", "水\0\twater"),
        Pair(7, "茶 水", "tea and water"),  # a tab would be a third cell where pairs are written
    ]


def test_a_line_without_measure_in_one_of_two_files(tmp_path: Path) -> None:
    found = aligned(tmp_path, "好\n茶\n水\n", "good\n" + "a" * (3 << 19) + "\nwater\n")
    assert found == [Pair(1, "好", "good"), Rejection(2, "too_long", ""), Pair(3, "水", "water")]


@pytest.mark.parametrize(
    ("source", "target", "where"),
    [
        ("好\n茶\n水\n火\n", "good\ntea\n", "text.zh, line 3"),
        ("好\n茶\n", "good\ntea\nwater\nfire", "text.en, line 3"),
    ],
)
def test_a_line_without_partner(tmp_path: Path, source: str, target: str, where: str) -> None:
    with pytest.raises(InputError, match=r"has 4 lines, text\.\w\w has 2") as caught:
        aligned(tmp_path, source, target)
    assert caught.value.where == where
    assert caught.value.remedy


def test_what_was_seen_in_one_file_is_a_duplicate_in_the_next(tmp_path: Path) -> None:
    path, seen = write(tmp_path, "好\tgood\n"), set[int]()
    assert list(examine(plain((path,), "zh", "en"), seen=seen)) == [Pair(1, "好", "good")]
    again = list(examine(plain((path,), "zh", "en"), seen=seen))
    assert again == [Rejection(1, "duplicate", "好\tgood")]
    assert list(examine(plain((path,), "zh", "en"))) == [Pair(1, "好", "good")]


@pytest.mark.timed
def test_a_pair_costs_no_more_than_finding_its_words_thirty_times(tmp_path: Path) -> None:
    """Both in seconds of this very processor, as one is twice as fast as another."""
    pair = "我们今天去公园看花，第 {} 天。\tWe go to the park today to see flowers, day {}.\n"
    lines = [pair.format(i, i) for i in range(10_000)]
    path, word = write(tmp_path, "".join(lines)), re.compile(r"\w+")

    def find_words() -> None:
        for _ in range(10):
            for line in lines:
                word.findall(unicodedata.normalize("NFKC", line).casefold())

    def least(task: Callable[[], object]) -> float:
        taken = []
        for _ in range(3):
            start = time.process_time()
            task()
            taken.append(time.process_time() - start)
        return min(taken)

    assert len(check_file(path, "zh", "en").pairs) == 10_000
    assert least(lambda: check_file(path, "zh", "en")) < 3 * least(find_words)
