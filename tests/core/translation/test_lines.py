"""A translation per line, whatever stands in the lines."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from core.cancel import Cancelled, CancelToken
from core.errors import InputError
from core.translation import lines as module
from core.translation.lines import translate_lines, windows
from core.translation.result import Translation
from core.translation.translator import DEFAULTS, Translator


def translated(translator: Translator, lines: list[str], **options: bool) -> list[Translation]:
    return list(translate_lines(translator, lines, DEFAULTS, **options))


def test_one_for_each_line_in_order(translator: Translator) -> None:
    lines = [
        "你好。",
        "",
        "我喜欢猫。你买书。",
        "  ",
        "Hello\r",
        "我\x00喜欢猫。",
        "谢谢你！",
        "你好。",
    ]
    found = translated(translator, lines)
    assert [translation.source for translation in found] == lines
    assert [translation.translation for translation in found] == [
        "Hello.",
        "",
        "I like cats. You buy books.",
        "  ",
        "Hello\r",
        "I like cats.",
        "Thank you!",
        "Hello.",
    ]


def test_a_line_of_several_sentences_has_a_block_for_each(translator: Translator) -> None:
    text = " 我喜欢猫。你今天看见苹果。龘。"
    [found] = translated(translator, [text], aligned=True)
    targets = [word.text for word in found.target_words]
    assert targets[:4] == ["I", "like", "cats", "."]
    assert "龘" in targets
    for word in found.source_words:
        assert text[word.start : word.end] == word.text
    for word in found.target_words:
        assert found.translation[word.start : word.end] == word.text
    assert len(found.alignment) == len(targets)
    for word, row in zip(found.target_words, found.alignment, strict=True):
        assert len(row) == len(found.source_words)
        assert sum(row) == pytest.approx(1)
        inside = [w.start for w, weight in zip(found.source_words, row, strict=True) if weight > 0]
        sentence = found.translation[: word.start].count(".")
        if sentence < 2:
            assert {text[:start].count("。") for start in inside} == {sentence}
    partners = {
        target: found.source_words[row.index(max(row))].text
        for target, row in zip(targets, found.alignment, strict=True)
    }
    assert partners["cats"] == "猫"
    assert partners["apples"] == "苹果"
    assert partners["龘"] == "龘"
    assert [targets[index] for index in found.copied] == ["龘"]


def test_without_alignment_there_are_no_words(translator: Translator) -> None:
    [found] = translated(translator, ["我喜欢猫。你好。"])
    assert found.translation == "I like cats. Hello."
    assert (found.source_words, found.target_words, found.alignment) == ((), (), ())


def test_the_score_is_the_mean_over_words(translator: Translator) -> None:
    one, other, both = translated(translator, ["我喜欢猫。", "你好。", "我喜欢猫。你好。"])
    assert both.score == pytest.approx((4 * one.score + 2 * other.score) / 6)


def test_a_note_of_copying_means_the_whole_line(translator: Translator) -> None:
    copied, mixed, traditional = translated(
        translator, ["Hello.", "Hello. 你好。", "你買書。Hello."]
    )
    assert copied.notes == ("copied",)
    assert mixed.notes == ()
    assert traditional.notes == ("traditional",)


def test_lines_are_read_a_window_ahead(translator: Translator) -> None:
    read: list[int] = []

    def lines() -> Iterator[str]:
        for number in range(10):
            read.append(number)
            yield "你好。"

    results = translate_lines(translator, lines(), DEFAULTS, window=3)
    next(results)
    assert read == [0, 1, 2]
    assert len(list(results)) == 9
    assert list(translate_lines(translator, [], DEFAULTS)) == []


def test_a_window_ends_with_its_lines_its_characters_or_what_is_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "WINDOW_CHARACTERS", 10)
    assert list(windows("abcde", 2)) == [["a", "b"], ["c", "d"], ["e"]]
    assert list(windows(["x" * 9, "y", "z"], 9)) == [["x" * 9, "y"], ["z"]]
    assert list(windows(["x" * 99, "y"], 9)) == [["x" * 99], ["y"]]
    there = iter([True, False, True, True])
    assert list(windows("abcd", 9, lambda: next(there))) == [["a", "b"], ["c", "d"]]
    assert list(windows([], 9)) == []


def test_an_error_among_the_lines_comes_after_those_before_it(translator: Translator) -> None:
    def lines() -> Iterator[str]:
        yield "你好。"
        yield "谢谢你！"
        raise InputError("torn")

    results = translate_lines(translator, lines(), DEFAULTS)
    assert [next(results).translation for _ in range(2)] == ["Hello.", "Thank you!"]
    with pytest.raises(InputError, match="torn"):
        next(results)


def test_a_window_hangs_on_its_own_lines_alone(
    translator: Translator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who goes on with a window translates it in the batches of who never stopped."""
    batches: list[list[str]] = []
    search = translator._translate

    def noted(texts: list[str], *rest: object) -> list[Translation]:
        batches.append(texts)
        return search(texts, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(translator, "_translate", noted)
    lines = ["你好。", "我喜欢猫。", "你好。", "你买书。"]
    list(translate_lines(translator, lines, DEFAULTS, window=2))
    whole = batches[1:]
    batches.clear()
    list(translate_lines(translator, lines[2:], DEFAULTS, window=2))
    assert batches == whole == [["你好。", "你买书。"]]


def test_many_words_are_no_matter_without_alignment(translator: Translator) -> None:
    [found] = translated(translator, ["你好。" * 4_000])
    assert found.translation == " ".join(["Hello."] * 4_000)


def test_too_many_words_to_align_are_told_with_their_line(
    translator: Translator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_CELLS", 16)
    assert len(translated(translator, ["我喜欢猫。"], aligned=True)) == 1  # 4 by 4
    with pytest.raises(InputError, match="6 words by 6") as raised:
        translated(translator, ["你好。", "我喜欢猫。你好。"], aligned=True)
    assert raised.value.where == "line 2"


def test_it_can_be_cancelled(translator: Translator) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        next(translate_lines(translator, ["你好。"], DEFAULTS, token))
