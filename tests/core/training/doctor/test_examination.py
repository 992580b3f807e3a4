"""Why pairs are rejected, and why good ones are doubtful."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.cancel import Cancelled, CancelToken
from core.training.checks import CheckReport, Doubt, Pair, Rejection
from core.training.doctor.doubts import DOUBTS, find_doubts
from core.training.doctor.examination import REJECTIONS, examine
from core.training.doctor.memory import HeldOut, essence
from core.training.doctor.recognition import recognise
from core.training.doctor.report import check, without_doubtful
from tests.core.training.plain_files import check_file

from .files import PAIRS, csv_text, json_lines, tmx, tsv, write, write_xlsx


def doubts(zh: str, en: str) -> list[str]:
    """What is doubtful about a pair, which must be the same in both directions."""
    found = [doubt.reason for doubt in find_doubts(Pair(1, zh, en), "zh", "en")]
    assert [doubt.reason for doubt in find_doubts(Pair(1, en, zh), "en", "zh")] == found
    assert set(found) <= set(DOUBTS)
    return found


# --- doubts about a pair by itself ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        *PAIRS,
        ("他三月14:30到。", "He arrives in March at 2:30 p.m."),
        ("三十二人中有3万元的损失。", "A loss of 30,000 yuan among thirty-two people."),
        ("点<b>这里</b>。", 'Click <b class="x">here</b>.'),
        ("删除 {name} 的 %d 个文件", "Delete %d files of {name}"),
        ("café 很好喝。", "The café is good — naïve, isn’t it? É»"),
        ("后面里台只有乾隆的画。", "Behind there are paintings of Qianlong only."),
        ("联通公司", "China Unicom"),
        ("真方便。", "How convenient."),
        ("一起走吧。", "Let us go together."),
        ("他十分高兴。", "He was very happy."),
        ("用 α 和 β。", "Use α and β."),
    ],
)
def test_pairs_beyond_doubt(zh: str, en: str) -> None:
    assert doubts(zh, en) == []


@pytest.mark.parametrize(
    ("zh", "en", "reason"),
    [
        ("我有3只猫。", "I have four cats.", "numbers"),
        ("我有一些猫。", "I have 12 cats.", "numbers"),
        ("损失了三百万元。", "We lost 3 billion yuan.", "numbers"),
        ("点<b>这里</b>。", "Click here.", "markup"),
        ("点这里。", "Click <br/> here.", "markup"),
        ("你好，{name}！", "Hello, {user}!", "markup"),
        ("完成 %d", "%d of %d done", "markup"),
        ("这裡有人。", "Someone is here.", "scripts"),
        ("茶\ufffd好", "Tea is good", "encoding"),
        ("茶\ue123好", "Tea is good", "encoding"),
        ("茶很好", "Tea is\x93good", "encoding"),
        ("锟斤拷茶", "Tea", "encoding"),
    ],
)
def test_doubtful_pairs(zh: str, en: str, reason: str) -> None:
    assert doubts(zh, en) == [reason]


@pytest.mark.parametrize("text", ["it’s — fine…", "café", "Zürich naïveté", "“quoted”", "你好"])
def test_text_decoded_wrongly_is_found(text: str) -> None:
    """The oracle: what Python's own codecs make of it."""
    garbled = text.encode("utf-8").decode("cp1252", errors="replace")
    zh, en = ("茶很好。", garbled)
    assert "encoding" in [doubt.reason for doubt in find_doubts(Pair(1, zh, en), "zh", "en")]
    assert doubts("茶很好。", text.replace("你好", "hello")) == []


@pytest.mark.parametrize("text", ["你好吗？", "我们今天去学校。", "请给我三杯茶。"])
def test_utf8_read_as_gbk_is_found(text: str) -> None:
    garbled = text.encode("utf-8")[:-3].decode("gbk", errors="replace")
    found = list(find_doubts(Pair(1, garbled, "Some words"), "zh", "en"))
    assert [doubt.reason for doubt in found][:1] == ["encoding"]


def test_half_a_surrogate_pair_is_found() -> None:
    pair = Pair(1, "茶\ud800", "Tea")
    assert [doubt.reason for doubt in find_doubts(pair, "zh", "en")] == ["encoding"]


def test_what_is_doubtful_is_shown() -> None:
    (found,) = find_doubts(Pair(7, "有3只猫和15只狗。", "Cats and 20 dogs."), "zh", "en")
    assert found == Doubt(7, "numbers", "3 15 20")


# --- what others say -----------------------------------------------------------------------------


def test_contradictions_name_each_other(tmp_path: Path) -> None:
    text = "好\tgood\n茶\ttea\n好。\tGood!\n好\tfine\n“好”\tnice\n茶\ttea leaf\n"
    report = check(write(tmp_path, "p.tsv", text), "zh", "en")
    assert len(report.pairs) == 6
    assert [(d.line, d.other) for d in report.doubts] == [(1, 4), (2, 6), (4, 1), (5, 1), (6, 2)]
    assert report.doubt_counts == {"contradiction": 5}


def test_held_out_lines_do_not_leak(tmp_path: Path) -> None:
    held = HeldOut([("我今天很忙。", "I'm busy, today!"), ("水", "Ｗater")])
    rows = [*PAIRS, ("给我水", "water"), ("水!", "Some water"), ("茶水", "Tea water")]
    report = check(write(tmp_path, "p.tsv", tsv(rows)), "zh", "en", held_out=held)
    assert [(r.line, r.reason) for r in report.rejections] == [
        (2, "leak"),
        (6, "leak"),
        (7, "leak"),
    ]
    assert report.counts == {"leak": 3}
    assert "leak" in REJECTIONS


@given(st.text(), st.text())
def test_essence_forgets_marks_blanks_and_capitals(one: str, other: str) -> None:
    assert essence(f" {one} - {other}!") == essence(one + other) or not (one + other).isascii()
    assert essence("Ｔea, ＯＫ？") == "teaok"


def test_swapped_sides_can_be_put_right(tmp_path: Path) -> None:
    text = tsv(PAIRS) + "Good morning!\t早上好！\nGood morning!\t早上好！\n"
    path = write(tmp_path, "p.tsv", text)
    swapped = check(path, "zh", "en").rejections
    assert swapped[0] == Rejection(
        6, "swapped", "Good morning!\t早上好！", Pair(6, "早上好！", "Good morning!")
    )
    fixed = check(path, "zh", "en", fix_swapped=True)
    assert fixed.pairs[-1] == Pair(6, "早上好！", "Good morning!")
    assert [(r.line, r.reason) for r in fixed.rejections] == [(7, "duplicate")]


def test_doubtful_pairs_can_be_dropped(tmp_path: Path) -> None:
    path = write(tmp_path, "p.tsv", "好\tgood\n我有3只猫。\tI have cats.\n好\tfine\nx\n")
    report = check(path, "zh", "en")
    assert [pair.line for pair in report.pairs] == [1, 2, 3]
    dropped = check(path, "zh", "en", drop={"contradiction"})
    assert [pair.line for pair in dropped.pairs] == [2]
    assert [(r.line, r.reason) for r in dropped.rejections] == [
        (1, "contradiction"),
        (3, "contradiction"),
        (4, "columns"),
    ]
    assert [doubt.reason for doubt in dropped.doubts] == ["numbers"]
    assert without_doubtful(report, ()) == report


# --- the same as ever ----------------------------------------------------------------------------

SIDE = st.one_of(
    st.sampled_from(
        ["你好", "茶", "", " ", "Hello there", "iPhone", "これはペン", "При", '"x"', 'a "b"']
    ),
    st.text(st.sampled_from("好茶水 ab,;|.1<\r\0\u2028"), max_size=12),
)
LINE = st.one_of(
    st.tuples(SIDE, SIDE).map("\t".join), st.tuples(SIDE, SIDE, SIDE).map("\t".join), SIDE
)


@given(st.lists(LINE, max_size=12))
def test_plain_files_are_checked_as_ever(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str]
) -> None:
    good = [f"这是第{n}句好话。\tThis is good sentence {n}." for n in range(30)]
    path = tmp_path_factory.mktemp("plain") / "p.tsv"
    path.write_bytes("\n".join([*good, *lines]).encode())
    before, now = check_file(path, "zh", "en"), check(path, "zh", "en")
    assert now.pairs == before.pairs
    assert [(r.line, r.reason, r.text) for r in now.rejections] == [
        (r.line, r.reason, r.text) for r in before.rejections
    ]


def every_form(folder: Path) -> Iterator[CheckReport]:
    rows = [*PAIRS, PAIRS[0], ("茶", "Чай"), ("Good morning!", "早上好！"), ("好", "very " * 20)]
    yield check(write(folder, "p.tsv", tsv(rows)), "zh", "en")
    yield check(write(folder, "p.csv", csv_text(rows)), "zh", "en")
    yield check(write(folder, "p.jsonl", json_lines(rows)), "zh", "en")
    yield check(write(folder, "p.tmx", tmx(rows)), "zh", "en")
    yield check(write_xlsx(folder, "p.xlsx", {"S": rows}), "zh", "en")
    sides = [write(folder, f"s{n}", "\n".join(row[n] for row in rows)) for n in (0, 1)]
    yield check(sides, "zh", "en")


def test_every_form_has_the_same_report(tmp_path: Path) -> None:
    reports = list(every_form(tmp_path))
    found = [[(r.line, r.reason) for r in report.rejections] for report in reports]
    assert found == [[(6, "duplicate"), (7, "language"), (8, "swapped"), (9, "ratio")]] * 6
    assert [report.pairs for report in reports] == [reports[0].pairs] * 6
    assert reports[0].pairs == tuple(Pair(n, *pair) for n, pair in enumerate(PAIRS, 1))


def test_columns_in_the_other_order_are_no_swapped_sides(tmp_path: Path) -> None:
    path = write(tmp_path, "p.tsv", tsv([(en, zh) for zh, en in PAIRS]))
    assert [pair.source for pair in check(path, "zh", "en").pairs] == [zh for zh, _ in PAIRS]


def test_cancel_between_rows(tmp_path: Path) -> None:
    cancel = CancelToken()
    found = examine(recognise(write(tmp_path, "p.tsv", tsv(PAIRS))), cancel=cancel)
    next(found)
    cancel.cancel()
    with pytest.raises(Cancelled):
        next(found)


def test_what_was_seen_in_one_file_is_a_duplicate_in_the_next(tmp_path: Path) -> None:
    source, seen = recognise(write(tmp_path, "p.tsv", tsv(PAIRS))), set[int]()
    assert all(isinstance(found, Pair) for found in examine(source, seen=seen))
    again = list(examine(source, seen=seen))
    assert {found.reason for found in again if isinstance(found, Rejection)} == {"duplicate"}
    assert len(again) == len(PAIRS)
