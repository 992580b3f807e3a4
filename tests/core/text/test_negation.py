"""What denies something beyond doubt, and what may: sentences read by hand."""

from __future__ import annotations

import pytest

from core.text.negation import find_denials, may_deny


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("我今天不去学校。", "zh", ["不"]),
        ("他从未来过这里，我也没见过他。", "zh", ["从未", "没"]),
        ("别担心，票还没有卖完。", "zh", ["别", "没有"]),
        ("这台电脑无法启动。", "zh", ["无法"]),
        ("你看不见那座山。", "zh", ["不"]),
        ("请别碰那幅画。", "zh", ["别"]),
        ("对运动员没有任何影响。", "zh", ["没有"]),
        ("那么我就不去了。", "zh", ["不"]),
        ("不过他今天会来。", "zh", []),  # set words
        ("这里有差不多三百本书，真不错。", "zh", []),
        ("对不起，别人先到了，区别很大。", "zh", []),
        ("你明天来不来？", "zh", []),  # questions
        ("他是不是忘了带钥匙", "zh", []),
        ("如何不让他走，你不知道么？", "zh", []),
        ("难道这还不够吗", "zh", []),
        ("我不是不想去。", "zh", []),  # two that take each other back
        ("她不得不走。", "zh", []),
        ("我们一直都不得不在这里等。", "zh", []),
        ("他去年去过不丹。", "zh", []),
        ("I do not like rainy days.", "en", ["not"]),
        ("She isn't home, and nobody knows why.", "en", ["isn't", "nobody"]),
        ("They never said a word; we couldn’t hear.", "en", ["never", "couldn’t"]),
        ("There is no bread left.", "en", ["no"]),
        ("It is not only cheap but good.", "en", []),
        ("No, he was first.", "en", []),
        ("No doubt it will rain, no matter what.", "en", []),
        ("I can't wait to see you.", "en", []),
        ("Don't you know him?", "en", []),
        ("Nobody said nothing.", "en", []),
        ("Bus No. 12 is late.", "en", []),
    ],
)
def test_denials(text: str, language: str, found: list[str]) -> None:
    assert [text[begin:end] for begin, end in find_denials(text, language)] == found


def test_idioms_deny_nothing() -> None:
    text = "她目不转睛地看着我，我不敢动。"
    assert [*find_denials(text, "zh", [(1, 5)])] == [(11, 12)]
    assert find_denials(text, "zh") == ((2, 3), (11, 12))


@pytest.mark.parametrize(
    ("text", "language", "may"),
    [
        ("I stay at home today.", "en", False),
        ("I understand the university's united interest.", "en", False),
        ("I don't go.", "en", True),
        ("I hardly go.", "en", True),
        ("He refused.", "en", True),
        ("She was unhappy.", "en", True),
        ("It is impossible.", "en", True),
        ("a worthless thing", "en", True),
        ("我今天在家。", "zh", False),
        ("我今天不去。", "zh", True),
        ("他拒绝了。", "zh", True),
        ("这很难。", "zh", True),
    ],
)
def test_what_may_deny(text: str, language: str, may: bool) -> None:
    assert may_deny(text, language) is may


def test_of_another_language_nothing_is_known() -> None:
    assert may_deny("Er kam nicht.", "de")
    assert find_denials("No no not.", "de") == ()
