"""How texts, bytes and JSON go wrong: strategies that damage something sound."""

from __future__ import annotations

import json
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


def _little(number: int) -> bytes:
    return number.to_bytes(8, "little")


_bytes = st.sampled_from(TOKENS) | st.binary(min_size=1, max_size=8) | _NUMBERS.map(_little)


# --- JSON ----------------------------------------------------------------------------------------

_DEEP = "\u2402deep"  # stands for a nesting that no recursion follows
_SCALARS = (
    None, True, False, 0, 1, -1, 2, 3, 4, 8, 1.5, -0.0, 1e308, -1e308, float("nan"), float("inf"),
    10**30, 2**31, 2**63, 2**64, "", "zh", "int8", "subword", "transformer", "../x", "\ud800",
    "\0", "<script>", "9" * 5000, _DEEP, [], {}, [[]], [None], {"": None}, [1, 2],
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
