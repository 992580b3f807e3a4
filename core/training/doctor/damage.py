"""Text that some program decoded wrongly, and scripts that do not go together."""

from __future__ import annotations

import codecs
import functools
import re

from core.text.languages import HAN_PATTERN

_LOST = re.compile(
    "[\ufffd\ud800-\udfff\ue000-\uf8ff\U000f0000-\U0010ffff\x80-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]"
)
# UTF-8 read as Windows-1252: a leading byte, then bytes from 80 to BF.
_TRAIL = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_WESTERN = re.compile(f"[ÂÃ][{_TRAIL}]|[â-ïð][{_TRAIL}]{{2,3}}")
# UTF-8 read as GBK: what replacement characters, blank memory and an apostrophe become.
_FAMOUS = re.compile("锟斤拷|锟斤|斤拷|烫烫烫|屯屯屯|鈥|锘")
_RUN = re.compile("[^\x00-\x7f]{2,}")


def broken_encoding(text: str) -> str:
    """What in ``text`` shows that it was decoded wrongly; empty if nothing does.

    Replacement characters, halves of surrogate pairs, private code points and those that are no
    characters; UTF-8 read as Windows-1252 or as GBK.
    """
    if text.isascii():
        return ""
    for pattern in (_LOST, _FAMOUS):
        if found := pattern.search(text):
            return found[0]
    for found in _WESTERN.finditer(text):
        if _is_utf8_as_western(found[0]):
            return found[0]
    for found in _RUN.finditer(text):
        if _is_utf8_as_gbk(found[0]):
            return found[0]
    return ""


def _is_utf8_as_western(text: str) -> bool:
    try:
        text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return False
    return True


def _is_utf8_as_gbk(text: str) -> bool:
    """Whether the bytes of ``text`` in GBK are Chinese in UTF-8; the last character may be cut."""
    code = text.encode("gbk", errors="ignore")
    try:
        read, _ = codecs.utf_8_decode(code, "strict", False)
    except UnicodeDecodeError:
        return False
    return len(HAN_PATTERN.findall(read)) >= 2


@functools.cache
def _one_script_only() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Characters that only Simplified text has, and those that only Traditional text has.

    Of one and not the other are those that only one of GB 2312 and Big5 holds and that OpenCC
    would convert; so 后, 里 and 台, which both have, are neither.
    """
    gb, big5 = _characters("gb2312"), _characters("big5")
    simplified, traditional = _converted("s2t", gb - big5), _converted("t2s", big5 - gb)
    return re.compile(f"[{simplified}]"), re.compile(f"[{traditional}]")


def _characters(codec: str) -> frozenset[str]:
    """The ideographs that a codec can write."""
    every = "".join(map(chr, range(0x4E00, 0xA000)))
    return frozenset(every.encode(codec, errors="ignore").decode(codec))


def _converted(table: str, characters: frozenset[str]) -> str:
    """Those of ``characters`` that OpenCC turns into others."""
    import opencc

    given = sorted(characters)
    made = opencc.OpenCC(table).convert("\n".join(given)).split("\n")
    return "".join(one for one, other in zip(given, made, strict=True) if one != other)


def mixed_scripts(text: str) -> str:
    """The first Simplified and the first Traditional character of a text that has both."""
    if text.isascii():
        return ""
    simplified, traditional = (pattern.search(text) for pattern in _one_script_only())
    return f"{simplified[0]} {traditional[0]}" if simplified and traditional else ""
