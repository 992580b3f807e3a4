"""What no hypothesis gets right is mended in its place."""

from __future__ import annotations

import pytest

from core.text.protected import find_protected
from core.translation.faults import Source, find_faults
from core.translation.mending import mend
from core.translation.outputs import Output
from tests.core.translation.planted import encoder, output


def faulty(text: str, pieces: str, looks: list[int], language: str = "en") -> tuple[Output, Source]:
    """The output of ``pieces``, parted by blanks, and its source."""
    source = encoder("zh" if language == "en" else "en").encode(text, protect=True)
    found = output(source, language, pieces.split(), looks)
    return found, Source(source, "zh" if language == "en" else "en")


def mended(text: str, pieces: str, looks: list[int], language: str = "en") -> str:
    found, source = faulty(text, pieces, looks, language)
    result = mend(found, source, language)
    assert len(result.joined.spans) == len(result.copied.pieces) == len(result.copied.attention)
    return result.text


# Pieces of 我今天35喜欢猫。: 我 今天 3 5 喜欢 猫 。
@pytest.mark.parametrize(
    ("text", "pieces", "looks", "wanted"),
    [
        # A wrong number that looks at the right one.
        ("我喜欢35猫。", "▁I ▁like ▁3 6 ▁cats .", [0, 1, 2, 3, 4, 5], "I like 35 cats."),
        ("我喜欢35猫。", "▁I ▁like ▁3 ▁cats .", [0, 1, 2, 4, 5], "I like 35 cats."),
        # One torn apart.
        ("我喜欢1,250猫。", "▁I ▁like ▁1 , ▁2 5 0 ▁cats .", [0, 1, 2, 3, 4, 4, 4, 7, 8],
         "I like 1,250 cats."),
        # With what belongs to the wrong one: its scale, groups of digits, words.
        ("我喜欢3万猫。", "▁I ▁like ▁3 ▁million ▁cats .", [0, 1, 2, 3, 4, 5],
         "I like 30,000 cats."),
        ("我喜欢1.2万猫。", "▁I ▁like ▁1 . 2 , 0 0 0 ▁cats .", [0, 1, 2, 3, 4, 4, 4, 4, 4, 6, 7],
         "I like 12,000 cats."),
        ("我喜欢3万猫。", "▁I ▁like ▁million ▁cats .", [0, 1, 2, 4, 5], "I like 30,000 cats."),
        # One that has its digits twice.
        ("我喜欢3.5猫。", "▁I ▁like ▁3 . 3 5 ▁cats .", [0, 1, 2, 3, 4, 4, 5, 6],
         "I like 3.5 cats."),
        ("我喜欢3.5%猫。", "▁I ▁like ▁3 . 3 5 % ▁cats .", [0, 1, 2, 3, 4, 4, 5, 6, 7],
         "I like 3.5% cats."),
        # One left out.
        ("我喜欢35猫。", "▁I ▁like ▁cats .", [0, 1, 4, 5], "I like 35 cats."),
        ("我喜欢35%猫。", "▁I ▁like ▁cats .", [0, 1, 5, 6], "I like 35% cats."),
        ("我喜欢3万猫。", "▁I ▁like ▁cats .", [0, 1, 4, 5], "I like 30,000 cats."),
        # A date that is lost, one without its day, or its month, or with wrong ones.
        ("5月26日我喜欢猫。", "▁I ▁like ▁cats .", [5, 6, 7, 8], "On May 26, I like cats."),
        ("3月16日我喜欢猫。", "▁March ▁I ▁like ▁cats .", [0, 5, 6, 7, 8],
         "March 16 I like cats."),
        ("3月16日我喜欢猫。", "▁on ▁1 6 ▁I ▁like ▁cats .", [0, 2, 3, 5, 6, 7, 8],
         "on March 16 I like cats."),
        ("5月26日我喜欢猫。", "▁on ▁March ▁2 6 ▁I ▁like ▁cats .", [0, 0, 2, 3, 5, 6, 7, 8],
         "on May 26 I like cats."),
        ("2654年5月26日我喜欢猫。", "▁March ▁2 6 , ▁2 6 5 4 ▁I ▁like ▁cats .",
         [5, 7, 8, 5, 0, 1, 2, 3, 10, 11, 12, 13], "May 26, 2654 I like cats."),
        ("2654年5月26日我喜欢猫。", "▁March ▁2 6 5 4 ▁I ▁like ▁cats .",
         [5, 0, 1, 2, 3, 10, 11, 12, 13], "May 26, 2654 I like cats."),
        ("2654年5月26日我喜欢猫。", "▁March ▁2 6 , ▁March ▁2 6 5 4 ▁I ▁like ▁cats .",
         [5, 7, 8, 5, 5, 0, 1, 2, 3, 10, 11, 12, 13], "May 26, 2654 I like cats."),
        ("2654年5月26日我喜欢猫。", "▁March ▁2 6 , ▁The ▁2 6 5 4 ▁I ▁like ▁cats .",
         [5, 7, 8, 5, 5, 0, 1, 2, 3, 10, 11, 12, 13], "May 26, The 2654 I like cats."),
        ("3月我喜欢猫。", "▁I ▁like ▁cats .", [2, 3, 4, 5], "in March I like cats."),
        ("我喜欢 35", "▁I ▁like", [0, 1], "I like 35"),
        # One and two are seldom said as numbers.
        ("我喜欢1猫。", "▁I ▁like ▁cats .", [0, 1, 3, 4], "I like cats."),
        # All is well.
        ("我喜欢35猫。", "▁I ▁like ▁3 5 ▁cats .", [0, 1, 2, 3, 4, 5], "I like 35 cats."),
        # A foreign word garbled, and one left out.
        ("我喜欢YouTube。", "▁I ▁like ▁YoutTube .", [0, 1, 2, 3], "I like YouTube."),
        ("我喜欢YouTube。", "▁I ▁like .", [0, 1, 3], "I like YouTube."),
        ("我喜欢YouTube。", "▁I ▁like ▁books .", [0, 1, 2, 3], "I like books."),
        # The last mark left out behind a word or a copy, and where there is none to add.
        ("我喜欢猫。", "▁I ▁like ▁cats", [0, 1, 2], "I like cats."),
        ("我喜欢猫？ ", "▁I ▁like ▁cats", [0, 1, 2], "I like cats?"),
        ("我喜欢https://a.org/35。", "▁I ▁like <unk>", [0, 1, 2], "I like https://a.org/35."),
        ("我喜欢猫？", "▁I ▁like ▁cats .", [0, 1, 2, 3], "I like cats."),
        ("我喜欢猫", "▁I ▁like ▁cats", [0, 1, 2], "I like cats"),
        ("我喜欢猫，", "▁I ▁like ▁cats", [0, 1, 2], "I like cats"),
        # The last mark of a text that ends with a sign, before which the model wrote it.
        ("我喜欢猫😀。", "▁I ▁like ▁cats . <unk>", [0, 1, 2, 4, 3], "I like cats 😀."),
        ("我喜欢猫😀🎉。", "▁I ▁like ▁cats . <unk>", [0, 1, 2, 4, 3], "I like cats 😀🎉."),
        ("我喜欢猫。😀。", "▁I ▁like ▁cats . <unk>", [0, 1, 2, 3, 4], "I like cats. 😀."),
        ("我喜欢猫😀？", "▁I ▁like ▁cats . <unk>", [0, 1, 2, 4, 3], "I like cats. 😀?"),
        # Loops.
        ("我喜欢猫。", "▁cats ▁cats ▁cats ▁cats .", [2, 2, 2, 2, 3], "cats."),
        ("我喜欢猫。", "▁I ▁like ▁I ▁like ▁I ▁like ▁cats .", [0, 1] * 3 + [2, 3], "I like cats."),
        ("猫猫猫", "▁cats ▁cats ▁cats", [0, 1, 2], "cats cats cats"),
    ],
)  # fmt: skip
def test_mends(text: str, pieces: str, looks: list[int], wanted: str) -> None:
    assert mended(text, pieces, looks) == wanted


def test_into_chinese() -> None:
    looks = [0, 1, 2]
    assert mended("I like 35 cats", "我 喜欢 猫", looks, "zh") == "我喜欢35猫"
    assert mended("I like cats.", "我 喜欢 猫", looks, "zh") == "我喜欢猫。"
    assert mended("I like 1650s cats", "我 喜欢 猫", looks, "zh") == "我喜欢1650年代猫"
    assert mended("I like cats March 16", "我 喜欢 猫", looks, "zh") == "3月16日，我喜欢猫"
    assert mended("I like cats on 16 March", "我 喜欢 3 月 猫", [0, 1, 6, 6, 2], "zh") == (
        "我喜欢3月16日猫"
    )
    assert mended("I like 3.5 trillion cats", "我 喜欢 猫", looks, "zh") == "我喜欢3.5万亿猫"
    assert mended("I like 3 million cats", "我 喜欢 猫", looks, "zh") == "我喜欢300万猫"


def test_a_number_that_lost_its_side() -> None:
    text, looks = "I like minus 35 cats.", [0, 1, 7, 8, 9, 10]
    assert mended(text, "我 喜欢 3 5 猫 。", looks, "zh") == "我喜欢-35猫。"
    assert mended(text, "我 喜欢 3 6 猫 。", looks, "zh") == "我喜欢-35猫。"
    found, source = faulty(text, "我 喜欢 3 5 猫 。", looks, "zh")
    faults = find_faults(found, source, "zh")
    assert [text[one.start : one.end] for one in faults.unsided] == ["minus 35"]
    assert faults.weight == 1 and not faults.missing
    assert find_faults(mend(found, source, "zh"), source, "zh").weight == 0
    assert mended("I like minus 5% cats.", "我 喜欢 5 % 猫 。", looks, "zh") == "我喜欢5%猫。"


def test_a_loop_keeps_what_is_protected() -> None:
    text = "我喜欢{0}猫。"
    found = mended(text, "▁cats <unk> ▁cats ▁cats ▁cats .", [3, 2, 3, 3, 3, 4])
    assert [found[s.start : s.end] for s in find_protected(found)] == ["{0}"]
    assert found.count("cats") == 1


def test_a_number_in_an_address_is_none() -> None:
    text = "我喜欢https://a.org/35。"
    assert mended(text, "▁I ▁like <unk> .", [0, 1, 2, 3]) == "I like https://a.org/35."


def test_a_mended_number_is_a_copy_that_looks_at_its_source() -> None:
    found, source = faulty("我喜欢35猫。", "▁I ▁like ▁cats .", [0, 1, 4, 5])
    result = mend(found, source, "en")
    assert result.copied.pieces[2] == "▁35"
    column = result.copied.columns[2]
    assert source.encoded.text[slice(*source.encoded.piece_spans[column])] == "3"
    assert result.copied.attention[2].argmax() == column


# --- faults --------------------------------------------------------------------------------------


def weight(text: str, pieces: str, looks: list[int]) -> float:
    return find_faults(*faulty(text, pieces, looks), "en").weight


def test_a_faithful_output_has_no_faults() -> None:
    assert weight("我喜欢35猫{0}。", "▁I ▁like ▁3 5 ▁cats <unk> .", [0, 1, 2, 3, 4, 5, 6]) == 0


@pytest.mark.parametrize(
    ("text", "pieces", "looks", "name", "value"),
    [
        ("我喜欢{0}。", "▁I ▁like .", [0, 1, 3], "unknown", 1),
        ("我喜欢{0}。", "▁I <unk> <unk> <unk>", [0, 2, 2, 2], "unknown", 2),
        ("我不喜欢猫。", "▁I ▁like ▁cats .", [0, 2, 3, 4], "affirms", True),
        ("我不喜欢猫。", "▁I ▁not ▁like ▁cats .", [0, 1, 2, 3, 4], "affirms", False),
        ("我不喜欢猫？", "▁I ▁like ▁cats ?", [0, 2, 3, 4], "affirms", False),
        ("我喜欢猫。", "▁cats ▁cats ▁cats", [2, 2, 2], "repeats", True),
        ("我喜欢猫猫猫。", "▁cats ▁cats ▁cats", [2, 2, 2], "repeats", False),
        ("我喜欢猫", "▁like ▁to ▁I ▁like ▁cats , " * 3, [1] * 18, "rambles", True),
        ("我喜欢猫今天学习abc人。", "▁I ▁like ▁cats .", [0, 1, 2, 7], "unread", 4),
        ("我喜欢猫今天学习abc人。", "▁I ▁like ▁cats ▁today .", [0, 1, 2, 5, 7], "unread", 0),
    ],
)
def test_faults(text: str, pieces: str, looks: list[int], name: str, value: object) -> None:
    found, source = faulty(text, pieces, looks)
    assert getattr(find_faults(found, source, "en"), name) == value


def test_an_address_denies_nothing() -> None:
    for text, affirms in (("I like https://a.org/not.", False), ("I do not like cats.", True)):
        found, source = faulty(text, "我 喜欢 <unk> 。", [0, 1, 2, 3], "zh")
        assert find_faults(found, source, "zh").affirms is affirms


def test_a_denial_that_is_lost_weighs_as_much_as_a_number() -> None:
    assert weight("我不喜欢猫。", "▁I ▁like ▁cats .", [0, 2, 3, 4]) == 1
    assert weight("我不喜欢猫。", "▁I ▁not ▁like ▁cats .", [0, 1, 2, 3, 4]) == 0


def test_numbers_that_lack_or_are_too_many() -> None:
    found, source = faulty("我喜欢35猫。", "▁I ▁like ▁3 6 ▁cats .", [0, 1, 2, 3, 4, 5])
    faults = find_faults(found, source, "en")
    assert [source.encoded.text[n.start : n.end] for n in faults.missing] == ["35"]
    assert [found.text[n.start : n.end] for n in faults.invented] == ["36"]
    assert faults.weight == 1.5
