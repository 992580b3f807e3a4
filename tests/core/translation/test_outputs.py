"""Whatever a model does, what is protected comes through: once each, untouched, tags in pairs."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.text.protected import find_protected
from core.text.vocab import UNK
from tests.core.translation.planted import WORDS, encoder, output


def shown(text: str) -> list[str]:
    return sorted(text[span.start : span.end] for span in find_protected(text))


SPANS = [
    "https://a.org/x?y=1,5!z", "a.b@c.org", "`x, \"y\" (z)`", "{name}", "{{ x }}", "${y}", "%s",
    "%(n)d", "%%", "a/b.txt", "C:\\a\\b.exe", "@li_ming", "#AI", "#周末#", "&nbsp;", "▁`▁ ▁`",
]  # fmt: skip
TAGS = ["<b>", "</b>", "<i>", "</i>", '<a href="https://e.org/?a=1,2">', "</a>", "<br/>", "<1>"]
TEXTS = {
    "zh": ["我", "喜欢", "学习", "，", "龘", "😀", "abc", "3", " ", "（", "）", "“", "”"],
    "en": ["I ", "like ", " to ", "learn", ", ", " 😀 ", "龘", " 3 ", " ", '"', "(", ")"],
}


@settings(max_examples=200, deadline=None)
@given(st.data(), st.sampled_from(["zh", "en"]))
def test_every_protected_span_comes_out_once(data: st.DataObject, language: str) -> None:
    parts = st.sampled_from(SPANS) | st.sampled_from(TAGS) | st.sampled_from(TEXTS[language])
    drawn = data.draw(st.lists(parts, min_size=1, max_size=12))
    text = "".join(drawn)
    assume(shown(text) == sorted(part for part in drawn if part in (*SPANS, *TAGS)))
    source = encoder(language).encode(text, protect=True)
    assume(source.ids)
    target = "en" if language == "zh" else "zh"
    said = [word for word in WORDS[target].split() if word != "%"]  # twice it would be a span
    pieces = data.draw(st.lists(st.sampled_from([*said, "<unk>", "<unk>"]), max_size=12))
    looks = [data.draw(st.integers(0, len(source.ids) - 1)) for _ in pieces]
    found = output(source, target, pieces, looks)
    assert shown(found.text) == shown(text)
    for span in found.atoms(source):
        assert found.text[slice(*span)] in text


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_tags_stay_paired_and_in_their_elements(data: st.DataObject) -> None:
    def element(depth: int) -> str:
        inner = "".join(
            element(depth - 1) if depth and data.draw(st.booleans()) else "喜欢"
            for _ in range(data.draw(st.integers(0, 3)))
        )
        name = data.draw(st.sampled_from(["b", "i"]))
        return f"<{name}>{inner}</{name}>"

    text = "我" + "学习".join(element(2) for _ in range(data.draw(st.integers(1, 3)))) + "<br/>。"
    source = encoder("zh").encode(text, protect=True)
    pieces = data.draw(st.lists(st.sampled_from(WORDS["en"].split()), min_size=1, max_size=12))
    looks = [data.draw(st.integers(0, len(source.ids) - 1)) for _ in pieces]
    found = output(source, "en", pieces, looks)
    opened: list[str] = []
    for closing, name in re.findall(r"<(/?)([bi])>", found.text):
        if closing:
            assert opened.pop() == name
        else:
            opened.append(name)
    assert opened == []
    assert sorted(re.findall("<[^>]*>", found.text)) == sorted(re.findall("<[^>]*>", text))


# --- to their places -----------------------------------------------------------------------------


def english(text: str, pieces: list[str], looks: list[int]) -> str:
    return output(encoder("zh").encode(text, protect=True), "en", pieces, looks).text


@pytest.mark.parametrize(
    ("text", "looks", "tagged"),
    [
        ("我<b>喜欢</b>学习。", [0, 1, 2, 2, 3], "I <b>like</b> to learn."),
        ("我喜欢<b>学习</b>。", [0, 1, 2, 2, 3], "I like <b>to learn</b>."),
        ("<p>我喜欢学习。</p>", [0, 1, 2, 2, 3], "<p>I like to learn.</p>"),
        ("<b>我</b><i>喜欢</i>学习。", [0, 1, 2, 2, 3], "<b>I</b> <i>like</i> to learn."),
        ("我<b>喜欢<i>学习</i></b>。", [0, 1, 2, 2, 3], "I <b>like <i>to learn</i></b>."),
        ("我<b>喜欢</b>学习。", [0, 2, 1, 1, 3], "I like <b>to learn</b>."),
        # One word that looks aside does not stretch the element over the sentence.
        ("我<b>喜欢</b>学习。", [0, 1, 2, 2, 1], "I <b>like</b> to learn."),
        # Nothing looks into it: behind what stood before it.
        ("我<b>喜欢</b>学习。", [0, 2, 2, 2, 3], "I <b></b>like to learn."),
        ("我<br/>喜欢学习。", [0, 1, 2, 2, 3], "I <br/>like to learn."),
        ("<br/>我喜欢学习。<hr>", [0, 1, 2, 2, 3], "<br/>I like to learn.<hr>"),
        ("我**喜欢**学习。", [0, 1, 2, 2, 3], "I **like** to learn."),
        ("我**喜欢*学习***。", [0, 1, 2, 2, 3], "I **like *to learn***."),
        ("**我**~~喜欢~~学习。", [0, 1, 2, 2, 3], "**I** ~~like~~ to learn."),
        ("我[喜欢](a.org/x)学习。", [0, 1, 2, 2, 3], "I [like](a.org/x) to learn."),
        ("我**喜欢**学习。", [0, 2, 2, 2, 3], "I **like** to learn."),
        ("我喜欢*学习。", [0, 1, 2, 2, 3], "I like *to learn."),
        ("</b>我喜欢<b>学习。", [0, 1, 2, 2, 3], "</b>I like <b>to learn."),
    ],
)
def test_tags_go_around_what_looks_into_them(text: str, looks: list[int], tagged: str) -> None:
    assert english(text, ["▁I", "▁like", "▁to", "▁learn", "."], looks) == tagged


def test_a_word_is_not_torn_by_a_tag() -> None:
    assert (
        english("我<b>喜欢</b>", ["▁I", "▁like", "learn", "5"], [0, 1, 0, 1])
        == "I <b>likelearn5</b>"
    )


def test_an_address_is_neither_widened_nor_glued() -> None:
    source = encoder("en").encode("I like https://a.org/?a=(1,2) to %s to {0} 5", protect=True)
    pieces = ["我", "喜欢", "<unk>", "3", ",", '"', "<unk>", '"', "(", "<unk>", ")"]
    columns = [index for index, piece in enumerate(source.ids) if piece == UNK]
    looks = [0, 1, columns[0], 0, 0, 0, columns[1], 0, 0, columns[2], 0]
    found = output(source, "zh", pieces, looks)
    assert found.text == "我喜欢https://a.org/?a=(1,2) 3，“%s”({0})"


def test_blanks_around_copies_in_english() -> None:
    text = "我%s喜欢{0}，`x`"
    pieces = ["▁I", "▁", "<unk>", "▁(", "<unk>", ")", ",", '▁"', "<unk>", '"', "."]
    source = encoder("zh").encode(text, protect=True)
    columns = [index for index, piece in enumerate(source.ids) if piece == UNK]
    looks = [0, 0, columns[0], 0, columns[1], 0, 0, 0, columns[-1], 0, 0]
    assert output(source, "en", pieces, looks).text == 'I %s ({0}), "`x`".'


def test_a_letter_unknown_inside_a_word_stays_in_it() -> None:
    source = encoder("zh").encode("喜欢abüab")
    column = source.ids.index(UNK)
    assert output(source, "en", ["▁", "5", "<unk>", "5"], [1, 1, column, 1]).text == "5ü5"
