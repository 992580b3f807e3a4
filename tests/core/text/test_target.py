"""Pieces become running text, and their offsets hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.target import join_pieces, target_words
from core.text.tokenizer import make_tokenizer


def shown(pieces: list[str], language: str) -> list[str]:
    joined = join_pieces(pieces, language)
    return [joined.text[a:b] for a, b in joined.spans]


def test_english() -> None:
    pieces = ["▁I", "▁do", "n't", "▁like", "▁ap", "ples", "."]
    assert join_pieces(pieces, "en").text == "I don't like apples."
    assert shown(pieces, "en") == ["I", "do", "n't", "like", "ap", "ples", "."]


@pytest.mark.parametrize(
    ("pieces", "text", "spans"),
    [
        ("▁the ▁U . ▁S . ▁army", "the U.S. army", "the U . S . army"),
        ("▁U . ▁S . ▁S . ▁R .", "U.S.S.R.", "U . S . S . R ."),
        ("▁44 ▁B . ▁C .", "44 B.C.", "44 B . C ."),
        ("▁at ▁5 ▁p . ▁m . ▁in ▁L . ▁A .", "at 5 p.m. in L.A.", "at 5 p . m . in L . A ."),
        # Initials, and what only looks like it.
        ("▁J . ▁K . ▁Lee", "J. K. Lee", "J . K . Lee"),
        ("▁plan ▁B . ▁Call", "plan B. Call", "plan B . Call"),
    ],
)
def test_abbreviations_have_no_blanks(pieces: str, text: str, spans: str) -> None:
    assert join_pieces(pieces.split(), "en").text == text
    assert shown(pieces.split(), "en") == spans.split()


def test_abbreviations_beside_copies() -> None:
    joined = join_pieces(["▁in", "▁2019", "▁U", ".", "▁S", "."], "en", [False, True, *[False] * 4])
    assert joined.text == "in 2019 U.S."
    assert [joined.text[a:b] for a, b in joined.spans] == ["in", "2019", "U", ".", "S", "."]


@pytest.mark.parametrize(
    ("pieces", "text"),
    [
        ([], ""),
        (["▁"], ""),
        (["▁", "a"], "a"),
        (["▁", "▁a"], "a"),
        (["▁a", "▁", "▁b"], "a b"),
        (["▁a", "▁"], "a"),
        (["▁a", "▁b▁"], "a b"),
        (["a", "b"], "ab"),
    ],
)
def test_blanks_are_single_and_not_at_the_edges(pieces: list[str], text: str) -> None:
    assert join_pieces(pieces, "en").text == text


PIECES = st.text(st.sampled_from('▁abUS中,."!('), max_size=4).filter(lambda p: "▁▁" not in p)


@given(st.lists(PIECES, max_size=12))
def test_offsets_hold(pieces: list[str]) -> None:
    for language in ("zh", "en"):
        joined = join_pieces(pieces, language)
        assert joined.text == joined.text.strip()
        assert "  " not in joined.text
        assert len(joined.spans) == len(pieces)
        place = 0
        for piece, (start, end) in zip(pieces, joined.spans, strict=True):
            assert place <= start <= end
            assert end - start <= len(piece)
            assert not joined.text[place:start].strip()  # only a blank lies between
            place = end
        assert place == len(joined.text)


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        ("你好,世界!", "你好，世界！"),
        ("你好!!", "你好！！"),
        ("真的?是:我;他", "真的？是：我；他"),
        ("我有3.5元,他有1,000元", "我有3.5元，他有1,000元"),
        ("用Python,我喜欢", "用Python，我喜欢"),
        ("(你好)和(a)", "（你好）和（a）"),
        ("请告诉安娜(a@b.c），", "请告诉安娜（a@b.c），"),
        ("他（A B)和C", "他（A B）和C"),
        ("好（一)（二）(三）", "好（一）（二）（三）"),
        ("不）在(里", "不）在(里"),
        ("f(x)=1", "f(x)=1"),
        ("a (b) c", "a (b) c"),
        ('他说:"你好"', "他说：“你好”"),
        ('"你好",他说:"再见!"', "“你好”，他说：“再见！”"),
        ('"Hello"是你好', "“Hello”是你好"),
        ('5"的屏', '5"的屏'),
        ('"Hello", he said', '"Hello", he said'),
        ("3:30", "3:30"),
        ("你好。", "你好。"),
    ],
)
def test_chinese_marks_take_full_width(narrow: str, wide: str) -> None:
    joined = join_pieces(list(narrow.replace(" ", "▁")), "zh")
    assert joined.text == wide
    assert [end for _, end in joined.spans] == list(range(1, len(narrow) + 1))


def test_english_marks_stay_narrow() -> None:
    assert join_pieces(["▁Hello", ",", "▁中", "!"], "en").text == "Hello, 中!"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I don't know.", ["I", "don't", "know", "."]),
        ("3.14, well-known!", ["3.14", ",", "well-known", "!"]),
        ('He said "no."', ["He", "said", '"', "no", ".", '"']),
        ("wait... what?!", ["wait", "...", "what", "?", "!"]),
        ("I 😀 it 👨‍👩‍👧!", ["I", "😀", "it", "👨‍👩‍👧", "!"]),
        ("the 龘 — or 🇨🇳.", ["the", "龘", "—", "or", "🇨🇳", "."]),
        ("", []),
        ("  ", []),
    ],
)
def test_english_words(text: str, words: list[str]) -> None:
    assert [text[a:b] for a, b in target_words(text, "en", None)] == words


@given(st.text(max_size=40))
def test_english_words_cover_all_but_blanks(text: str) -> None:
    spans = target_words(text, "en", None)
    assert "".join(text[a:b] for a, b in spans) == "".join(text.split())


@given(st.text(st.sampled_from("我喜欢学习 机器ab，。😀"), max_size=20))
def test_chinese_words_are_the_tokenizers(text: str) -> None:
    tokenizer = make_tokenizer("zh")
    words = [text[a:b] for a, b in target_words(text, "zh", tokenizer)]
    assert words == [token for token in tokenizer.tokenize(text) if not token.isspace()]


@pytest.mark.parametrize(
    ("pieces", "copy", "text"),
    [
        (["▁by", "▁7.7", "%", "."], 1, "by 7.7%."),
        (["▁a", "▁$35", "-", "a", "-", "day", "▁job"], 1, "a $35-a-day job"),
        (["▁a", "▁https://a.org/35", "-", "b"], 1, "a https://a.org/35 -b"),
        (["▁a", "▁{name}", "%"], 1, "a {name}%"),
        (["▁on", "35", "kg"], 1, "on 35 kg"),
        (["▁1", "%s"], 1, "1 %s"),
    ],
)
def test_a_copied_number_and_its_sign_stay_together(
    pieces: list[str], copy: int, text: str
) -> None:
    copied = [place == copy for place in range(len(pieces))]
    assert join_pieces(pieces, "en", copied).text == text


def test_only_english_loses_the_blanks_of_its_abbreviations() -> None:
    pieces = ["▁U", ".", "▁S", ".", "▁x"]
    assert join_pieces(pieces, "en").text == "U.S. x"
    assert join_pieces(pieces, "de").text == "U. S. x"
