"""Encodings of Chinese text files: recognised by their bytes, and read as UTF-8."""

from __future__ import annotations

import codecs
import contextlib
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from charset_normalizer import from_bytes

from core.errors import InputError, OptionError
from core.training.numbered_lines import READ_FAULTS, open_raw, unpacked, unreadable

UTF8, UTF16LE, UTF16BE, GB18030, BIG5 = "utf-8", "utf-16-le", "utf-16-be", "gb18030", "big5"
ENCODINGS = (UTF8, UTF16LE, UTF16BE, GB18030, BIG5)
_CODECS = {BIG5: "big5hkscs"}  # Hong Kong's superset
_NAMES = {
    "utf-16": UTF16LE, "gbk": GB18030, "gb2312": GB18030, "cp936": GB18030,
    "cp950": BIG5, "big5hkscs": BIG5, "utf-8-sig": UTF8, "ascii": UTF8,
}  # fmt: skip
_MARKS = {UTF8: codecs.BOM_UTF8, UTF16LE: codecs.BOM_UTF16_LE, UTF16BE: codecs.BOM_UTF16_BE}
SAMPLE_BYTES = 1 << 18
_CHUNK = 1 << 16
# Of a file's bytes; text has hardly any.
_MOST_CONTROLS = 0.005
_MOST_NULS = 0.1
# UTF-8 with some damaged characters has at least so many sound ones for each.
_SOUND = 9
_LIKELY = 0.9  # share of what is guessed that must not look amiss
_DECLARATION = re.compile(
    rb"""\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']"""
)
# What charset-normalizer is asked for, by its names; the commonest first.
_ASKED = {"gb18030": GB18030, "big5hkscs": BIG5, "utf_16_le": UTF16LE, "utf_16_be": UTF16BE}
_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\r\f\v\x1b")


def encoding_named(name: str) -> str:
    """The one of :data:`ENCODINGS` that ``name`` means, e.g. GB18030 for ``"GBK"``.

    Raises:
        OptionError: it is none of them.
    """
    with contextlib.suppress(LookupError):
        known = codecs.lookup(name).name
        known = _NAMES.get(known, known)
        if known in ENCODINGS:
            return known
    raise OptionError(f"unknown encoding {name!r}", remedy=f"Give one of {', '.join(ENCODINGS)}.")


def marked_encoding(sample: bytes, chosen: str) -> str:
    """``chosen``, or the other half of UTF-16 where a byte order mark says so."""
    halves = (UTF16LE, UTF16BE)
    return next(
        (half for half in halves if chosen in halves and sample.startswith(_MARKS[half])), chosen
    )


def read_sample(path: Path) -> bytes:
    """The first :data:`SAMPLE_BYTES` of what ``path`` holds, unpacked.

    Raises:
        InputError: it is missing, a folder, unreadable, empty or a damaged archive.
    """
    with open_raw(path) as raw, unpacked(raw, path) as file:
        try:
            sample = file.read(SAMPLE_BYTES)
        except READ_FAULTS as error:
            raise unreadable(path, 0, error) from error
    if not sample or sample in _MARKS.values():
        raise InputError(
            "the file is empty", where=path.name, remedy="Choose a file that holds pairs."
        )
    return sample


def recognise_encoding(sample: bytes, path: Path) -> tuple[str, float]:
    """The encoding of a file that begins with ``sample``, and how sure that is, from 0 to 1.

    Raises:
        InputError: it is no text.
    """
    for encoding, mark in _MARKS.items():
        if sample.startswith(mark):
            return encoding, 1.0
    sound, damaged = _utf8(sample)
    # A zero in sound UTF-8 is a zero; of UTF-16 hardly any two bytes are sound beyond ASCII.
    wide = "" if sound and not damaged else _wide(sample)
    if wide:
        return wide, 0.95
    if not damaged or sound > _SOUND * damaged:
        best, sure = UTF8, 0.8 if damaged else 1.0
    else:
        best, sure = _guessed(sample)
    if (best == UTF8 or sure < _LIKELY) and _is_binary(sample, utf8=not damaged):
        raise InputError(
            "this is no text file",
            where=path.name,
            remedy="Give text, a table (.csv, .tsv, .xlsx), JSON lines or a TMX file.",
        )
    # Where nothing fits, UTF-8, which tells the line and byte that do not.
    return best, sure


def declared_encoding(sample: bytes) -> tuple[str, float] | None:
    """What an XML file says of itself; nothing of others, nor where a byte order mark says more."""
    found = _DECLARATION.match(sample)
    if found is None:
        return None
    try:
        return encoding_named(found[1].decode("ascii")), 1.0
    except OptionError:
        return None  # of many, ASCII is all that is used


def _wide(sample: bytes) -> str:
    """UTF-16 without a mark, by the zero halves of its ASCII characters; empty if it is not."""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if even + odd < len(sample) / 50:
        return ""
    encoding = UTF16LE if odd > even else UTF16BE
    text = sample[: len(sample) // 2 * 2].decode(encoding, errors="replace")
    plain = sum(character.isprintable() or character in "\t\r\n" for character in text)
    # Read by the wrong half, text is an even mixture of everything; zeros alone are no text.
    return encoding if min(even, odd) * 20 <= max(even, odd) and plain > 0.9 * len(text) else ""


def _utf8(sample: bytes) -> tuple[int, int]:
    """Characters beyond ASCII that are sound in UTF-8, and those that are not."""
    text = codecs.getincrementaldecoder(UTF8)("replace").decode(sample)
    beyond = len(text) - sum(map(str.isascii, text))
    try:
        codecs.getincrementaldecoder(UTF8)().decode(sample)
    except UnicodeDecodeError:
        damaged = max(1, text.count("\ufffd"))
        return beyond - damaged, damaged
    return beyond, 0


def _is_binary(sample: bytes, *, utf8: bool) -> bool:
    if sample.count(0) > _MOST_NULS * len(sample):
        return True
    controls = sum(sample.count(control) for control in _CONTROLS)
    return not utf8 and controls > _MOST_CONTROLS * len(sample)


def _guessed(sample: bytes) -> tuple[str, float]:
    """The likeliest encoding but UTF-8, and how little of the text looks amiss in it; 0 for none.

    charset-normalizer tells; of the encodings of the world only Chinese ones are asked for.
    """
    if len(sample) == SAMPLE_BYTES:  # which may end within a character
        sample = sample[: sample.rfind(b"\n") + 1] or sample
    found = from_bytes(sample, cp_isolation=list(_ASKED))
    best = found.best()
    if best is None:
        return UTF8, 0.0
    # English with Chinese quotation marks looks as well in one as in the other.
    likely = [match for match in found if not best < match]
    chosen = min(likely, key=lambda match: list(_ASKED).index(match.encoding))
    return _ASKED[chosen.encoding], 1.0 - chosen.chaos


# --- reading -------------------------------------------------------------------------------------


class _Transcoded(io.RawIOBase):
    """A file of any encoding as UTF-8, without its byte order mark."""

    def __init__(self, file: BinaryIO, path: Path, encoding: str) -> None:
        super().__init__()
        self._file, self._path, self._encoding = file, path, encoding
        self._decoder = codecs.getincrementaldecoder(_CODECS.get(encoding, encoding))()
        self._waiting = b""
        self._lines, self._first, self._over = 1, True, False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        while not self._waiting and not self._over:
            self._fill()
        given = self._waiting[: len(view)]
        view[: len(given)] = given
        self._waiting = self._waiting[len(given) :]
        return len(given)

    def _fill(self) -> None:
        chunk = self._file.read(_CHUNK)
        self._over = not chunk
        try:
            text = self._decoder.decode(chunk, final=self._over)
        except UnicodeDecodeError as error:
            sound = error.object[: error.start].decode(error.encoding, errors="replace")
            raise InputError(
                f"the file is not {self._encoding.upper()}",
                where=f"{self._path.name}, line {self._lines + sound.count(chr(10))}",
                remedy="Choose the encoding that it was saved in, or save it as UTF-8.",
            ) from error
        if self._first and text:
            self._first, text = False, text.removeprefix("\ufeff")
        self._lines += text.count("\n")
        self._waiting = text.encode("utf-8")


@contextlib.contextmanager
def open_as_utf8(path: Path, encoding: str) -> Iterator[BinaryIO]:
    """The bytes of ``path``, unpacked and in UTF-8; those of a file in UTF-8 are left as they are.

    Raises:
        InputError: it is missing, a folder or unreadable; while it is read: it is not in
            ``encoding``.
    """
    with open_raw(path) as raw, unpacked(raw, path) as file:
        if encoding == UTF8:
            yield file
        else:
            yield io.BufferedReader(_Transcoded(file, path, encoding), _CHUNK)
