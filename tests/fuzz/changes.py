"""How texts, bytes and JSON go wrong: strategies that damage something sound."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Sequence
from typing import Any

from hypothesis import strategies as st

_LONGEST = 3 << 20  # bytes
_TIMES = (2, 3, 50, 5_000)

# What a byte of a file may well be beside.
TOKENS = (
    b"\0", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\r", b"\r\n", b"\n", b"\n\n", b"\t", b'"',
    b'""', b",", b";", b"|", b"\xe8", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\x1a", b"\x1e",
    b"\x85", b"\x0b", b"\x0c", b"\xe2\x80\xa8", b"=1+1", b"@A1", b"PK\x03\x04", b"PK\x05\x06",
    b"\x1f\x8b", b"\xfd7zXZ\0", b"[" * 3000, b'{"zh":' * 3000, b"<tu>" * 500, b"&amp;", b"&#0;",
    b"&x;", b"<!DOCTYPE a [<!ENTITY x 'y'>]>", b"<![CDATA[", b"]]>",
    b"<?xml version='1.0' encoding='utf-7'?>", b"\\ud800", b"NaN", b"1e999", b"-1", b"9" * 5000,
    b"0", b"null", b"true", b"{}", b"[]", "茶".encode(), "茶".encode("gbk"), b"a",
)  # fmt: skip
# Of what texts are made.
STOCK = (
    "我", "今天", "下雨了。", "他说：“好的！”", "這裡", "繁體字", "三万五千", "两点一刻",
    "第12届", "2024年5月", "……", "——", "It rains. ", "Mr. Smith ", "e.g. ", "U.S.", "can't ",
    "WHY?! ", "3,141.59 ", "12:30 p.m.", "No. 5", "a.b.c", "https://example.org/a_(b)?q=1#x",
    "http://例子/路径", "me@example.org", "www.a.com.", "`x = 1`", "```", "``", "`", "<b>",
    "</b>", "<a href=\"x\">", "<br/>", "<!-- x -->", "<", ">", "%s", "%(name)5d", "{0}", "{{x}}",
    "${y}", "%%", "C:\\Temp\\a b\\", "/usr/lib/x.so", "../a/", "report.pdf", "@someone", "#话题#",
    "#tag", "&nbsp;", "&#39;", "👍🏽", "👨‍👩‍👧", "🇨🇳", "\u200d", "\u200b", "\ufeff", "\ufe0f",
    "\u0301", "\u0336", "ｶﾞ", "Ａ１", "ﬁ", "½", "㎏", "①", "\ud800", "\udc00", "\0", "\x1b",
    "\x85", "\u2028", "\u3000", "\xa0", "\t", "\r\n", "\n", "\n\n", " ", "  ", "\ufdd0", "\ufdd1",
    "\u2581", "\u2047", "ا", "ไทย", "한국", "각", "İ", "ß", "\U0001f9ff", "\U00020000", "\u202e",
    "(", ")", "（", "”", '"', "'", "-", "1. ", "a) ", "• ", "。", "!", ",", ".", "...", "/", "\\",
    "=", "~", "星期三", "周二、四", "一周三次", "On Wednesdays ", "€50", "300欧元", "$1.5m ",
    "8月12日", "十二月三日", "July 4 ", "the 3rd of May ", "19世纪30年代", "1980s ", "F-16s",
    "3.5亿亿", "零下五度", "公元前44年", "晚上9点半", "9 p.m. ", "no. 45 ", "二〇二四年", "**",
    "~~", "[a](b)", "| a | b |", "5 pounds ", "m²", "10⁶", "MAX_A=1", "2024-06-30",
)  # fmt: skip
_NUMBERS = st.sampled_from(
    (0, 1, 127, 128, 255, 2**15, 2**16 - 1, 2**31 - 1, 2**31, 2**32 - 1, 2**63 - 1, 2**64 - 1)
)

Change = Callable[[bytes], bytes]


@st.composite
def damaged(draw: st.DrawFn, sound: Callable[[], Sequence[bytes]], most: int = 4) -> bytes:
    """One of ``sound``, changed in up to ``most`` places."""
    wholes = sound()
    data = draw(st.sampled_from(wholes))
    for _ in range(draw(st.integers(0, most))):
        data = draw(_changed(data, wholes))[:_LONGEST]
    return data


@st.composite
def _changed(draw: st.DrawFn, data: bytes, wholes: Sequence[bytes]) -> bytes:
    first, last = sorted(draw(st.tuples(*[st.integers(0, len(data))] * 2)))
    kind = draw(st.sampled_from("ciiioobbdrsx"))
    if kind == "c":  # cut off
        return data[:first]
    if kind == "i":  # put in
        return data[:first] + draw(_bytes) + data[first:]
    if kind == "o":  # overwrite
        new = draw(_bytes)
        return data[:first] + new + data[first + len(new) :]
    if kind == "b":  # another bit
        bit = 1 << draw(st.integers(0, 7))
        return (
            data[:first] + bytes(byte ^ bit for byte in data[first : first + 1]) + data[first + 1 :]
        )
    if kind == "d":  # take out
        return data[:first] + data[last:]
    if kind == "r":  # repeat
        times = min(draw(st.sampled_from(_TIMES)), _LONGEST // max(1, last - first))
        return data[:first] + data[first:last] * times + data[last:]
    if kind == "s":  # go on with another file
        other = draw(st.sampled_from(wholes))
        return data[:first] + other[draw(st.integers(0, len(other))) :]
    encoding = draw(st.sampled_from(("utf-16", "utf-16-be", "utf-8-sig", "gb18030", "big5")))
    return data.decode(errors="replace").encode(encoding, errors="ignore")


def utf8(text: str) -> bytes:
    """``text`` as bytes, halves of characters included."""
    return text.encode("utf-8", "surrogatepass")


def _little(number: int) -> bytes:
    return number.to_bytes(8, "little")


_bytes = st.sampled_from(TOKENS) | st.binary(min_size=1, max_size=8) | _NUMBERS.map(_little)


# --- more of the same, without hypothesis ---------------------------------------------------------


def varied(value: Any, chance: random.Random) -> Any:
    """``value`` with a small change: of a tuple in its first part, a text or bytes."""
    if isinstance(value, tuple):
        return (varied(value[0], chance), *value[1:])
    if isinstance(value, str) and value[:1] in ("{", "["):
        return _SCALAR.sub(_other_scalar(value, chance), value)
    fill: Any = STOCK if isinstance(value, str) else TOKENS
    size = len(value)
    first, last = sorted((chance.randrange(size + 1), chance.randrange(size + 1)))
    if last - first > 40 and chance.random() < 0.7:  # small changes far more often than large ones
        last = first + chance.randrange(8)
    kind = chance.randrange(6)
    if kind == 0:
        return value[:first] + value[last:]
    if kind == 1:
        times = chance.choice((1, 1, 2, 30))
        return (value[:last] + value[first:last] * times + value[last:])[: max(size, _LONG)]
    if kind == 2:
        return value[:first] + value[first:last][::-1] + value[last:]
    if kind == 3:
        return value[last:] + value[:first]
    part = chance.choice(fill)
    if kind == 4 and isinstance(value, str):
        part = chr(chance.choice((chance.randrange(128), chance.randrange(0x110000))))
    return value[:first] + part + value[first if chance.random() < 0.5 else last :]


_LONG = 20_000  # no repetition makes anything longer
_SCALAR = re.compile(r"""-?[0-9][0-9.eE+-]*|"(?:[^"\\]|\\.)*"|true|false|null""")


def _other_scalar(text: str, chance: random.Random) -> Callable[[re.Match[str]], str]:
    """Puts something else in the place of one value of a JSON text, or of one key."""
    count = sum(1 for _ in _SCALAR.finditer(text))
    places = iter(range(count))
    changed = chance.randrange(max(1, count))
    new = written(chance.choice(_SCALARS))
    return lambda match: new if next(places) == changed else match[0]


# --- JSON ----------------------------------------------------------------------------------------

_DEEP = "\u2402deep"  # stands for a nesting that no recursion follows
_SCALARS = (
    None, True, False, 0, 1, -1, 2, 3, 4, 8, 1.5, -0.0, 1e308, -1e308, float("nan"), float("inf"),
    10**30, 10**400, 2**31, 2**63, 2**64, "", "zh", "int8", "subword", "transformer", "../x",
    "\ud800", "\0", "<script>", "9" * 5000, _DEEP, [], {}, [[]], [None], {"": None}, [1, 2],
)  # fmt: skip
json_values = st.recursive(
    st.sampled_from(_SCALARS) | st.text(max_size=6) | st.integers() | st.floats(),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4)
    ),
    max_leaves=8,
)


@st.composite
def other_json(draw: st.DrawFn, sound: Callable[[], Sequence[Any]], most: int = 3) -> str:
    """One of ``sound`` as JSON, with other values in up to ``most`` places."""
    value = draw(st.sampled_from(sound()))
    for _ in range(draw(st.integers(0, most))):
        value = draw(_other_value(value))
    return written(value)


@st.composite
def _other_value(draw: st.DrawFn, value: Any) -> Any:
    """``value``, or something in it, replaced, taken out, or with something beside it."""
    inside = isinstance(value, (dict, list)) and len(value) > 0
    if not inside or not draw(st.integers(0, 7)):
        return draw(json_values)
    keys = list(value) if isinstance(value, dict) else list(range(min(len(value), 50)))
    key = draw(st.sampled_from(keys))
    copied = dict(value) if isinstance(value, dict) else list(value)
    kind = draw(st.sampled_from("rrrrda"))
    if kind == "d":
        del copied[key]
    elif kind == "r":
        copied[key] = draw(_other_value(value[key]))
    elif isinstance(copied, dict):
        copied[draw(st.text(max_size=4))] = draw(json_values)
    else:
        copied.append(draw(json_values))
    return copied


def written(value: object) -> str:
    """``value`` as JSON; Python's own reader reads such texts, lone surrogates included."""
    return json.dumps(value).replace(json.dumps(_DEEP), "[" * 50_000 + "]" * 50_000)
