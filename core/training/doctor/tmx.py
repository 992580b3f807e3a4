"""Units of translation memories (TMX 1.4), read as a stream in flat memory.

TMX 1.4b, LISA/OSCAR 2005: a unit ``tu`` has a variant ``tuv`` for each language, which holds a
segment ``seg``. Codes inside a segment (``bpt``, ``ept``, ``it``, ``ut``) are markup and left out;
of those that stand alone (``ph``) placeholders stay.

No entity is ever expanded and nothing outside the file is read. The mere name of a document type,
``<!DOCTYPE tmx SYSTEM "tmx14.dtd">``, is allowed, for well-known tools write it into every file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException, DTDForbidden
from defusedxml.ElementTree import DefusedXMLParser

from core.errors import InputError
from core.text.languages import CHINESE, ENGLISH
from core.training.doctor.delimited import on_one_line
from core.training.doctor.encodings import open_as_utf8
from core.training.doctor.sources import Column, PairSource, Record
from core.training.numbered_lines import READ_FAULTS, unreadable

_CHUNK = 1 << 16
# Characters of a unit, all its languages together; the rest of a longer one is not kept.
_LONGEST_UNIT = 1 << 20
# Bytes without any tag or text: something that no memory has.
_LONGEST_SILENCE = 1 << 22
_LANGUAGE = ("{http://www.w3.org/XML/1998/namespace}lang", "lang")
_CODES = frozenset(("bpt", "ept", "it", "ut"))
_FAMILIES = {
    "zh": CHINESE, "zho": CHINESE, "chi": CHINESE, "cmn": CHINESE, "chinese": CHINESE,
    "en": ENGLISH, "eng": ENGLISH, "english": ENGLISH,
}  # fmt: skip
_TRADITIONAL = frozenset(("tw", "hk", "mo", "hant", "cht"))


class _Parser(DefusedXMLParser):
    def defused_start_doctype_decl(
        self, name: str, sysid: str | None, pubid: str | None, has_internal_subset: int
    ) -> None:
        """Refuse declarations; a name alone declares nothing."""
        if has_internal_subset:
            raise DTDForbidden(name, sysid, pubid)


class _Units:
    """What the parser tells, made into units.

    Attributes:
        found: units that are whole, to be taken away; ``None`` for one that is too long.
        is_memory: whether the document's element is ``tmx``; ``None`` before it began.
        events: how often the parser told something.
    """

    def __init__(self) -> None:
        self.found: list[dict[Column, str] | None] = []
        self.is_memory: bool | None = None
        self.events = 0
        self._unit: dict[Column, str] = {}
        self._language = ""
        self._text: list[str] | None = None
        self._standing: list[str] | None = None  # the text of a code that stands alone
        self._hidden = self._length = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.events += 1
        name = tag.rpartition("}")[2]
        if self.is_memory is None:
            self.is_memory = name.lower() == "tmx"
        if name in _CODES:
            self._hidden += 1
        elif name == "ph":
            self._standing = []
        elif name == "seg":
            self._text = []
        elif name == "tuv":
            self._language = next((attributes[k] for k in _LANGUAGE if k in attributes), "")
        elif name == "tu":
            self._unit, self._length = {}, 0

    def data(self, text: str) -> None:
        self.events += 1
        if self._text is None or self._hidden:
            return
        self._length += len(text)
        if self._length <= _LONGEST_UNIT:
            (self._text if self._standing is None else self._standing).append(text)

    def end(self, tag: str) -> None:
        self.events += 1
        name = tag.rpartition("}")[2]
        if name in _CODES:
            self._hidden -= 1
        elif name == "ph" and self._standing is not None:
            standing, self._standing = "".join(self._standing), None
            if self._text is not None and "<" not in standing:
                self._text.append(standing)
        elif name == "seg" and self._text is not None:
            self._unit.setdefault(self._language, on_one_line("".join(self._text)))
            self._text = None
        elif name == "tu":
            self.found.append(self._unit if self._length <= _LONGEST_UNIT else None)

    def close(self) -> None:
        """Nothing is left to be made."""


def tmx_records(source: PairSource) -> Iterator[Record]:
    """The units of a memory; the columns are its languages as it writes them.

    Raises, while it is read:
        InputError: it cannot be read, is no TMX, is damaged, or declares entities.
    """
    path, number = source.paths[0], 0
    units = _Units()
    parser = _Parser(target=units, encoding="utf-8", forbid_dtd=True)
    with open_as_utf8(path, source.encodings[0]) as file:
        try:
            for _ in _fed(parser, units, file, path.name):
                for unit in units.found:
                    number += 1
                    yield _record(number, unit)
                units.found.clear()
        except READ_FAULTS as error:
            raise unreadable(path, number, error) from error
        except DefusedXmlException as error:
            raise InputError(
                "it declares entities or a document type of its own, which may be an attack",
                where=path.name,
                remedy="Take out what stands between <!DOCTYPE and ]>, if you trust the file.",
            ) from error
        except ParseError as error:
            raise InputError(
                f"the XML is damaged or cut off ({error.msg})",
                where=f"{path.name}, line {error.position[0]}",
                remedy="Export the memory again, or choose the encoding that it was saved in.",
            ) from error


def _fed(parser: Any, units: _Units, file: Any, name: str) -> Iterator[None]:
    """Give the parser all of ``file``, bit by bit."""
    silence = 0
    while chunk := file.read(_CHUNK):
        before = units.events
        parser.feed(chunk)
        silence = silence + len(chunk) if units.events == before else 0
        if units.is_memory is False or silence > _LONGEST_SILENCE:
            raise _no_memory(name)
        yield
    parser.close()
    yield


def _no_memory(name: str) -> InputError:
    return InputError(
        "this XML is no translation memory",
        where=name,
        remedy="Give a TMX file, or export the pairs as a table.",
    )


def _record(number: int, unit: dict[Column, str] | None) -> Record:
    if unit is None:
        return Record(number, {}, "", "too_long")
    return Record(number, unit, "\t".join(unit.values()))


# --- languages -----------------------------------------------------------------------------------


def language_of(tag: str) -> str:
    """The language that a tag such as ``zh-CN``, ``zh_Hant`` or ``ENG`` means; empty if another."""
    return _FAMILIES.get(_parts(tag)[0], "")


def variant(unit: Mapping[Column, str], wanted: str) -> str | None:
    """What ``unit`` says in the language ``wanted``.

    Of ``"zh"`` and ``"en"`` any variant serves, Simplified before Traditional; any other tag is
    asked for exactly, but for capitals and the kind of its hyphens.
    """
    tags = [str(tag) for tag in unit]
    if wanted in (CHINESE, ENGLISH):
        fitting = [tag for tag in tags if language_of(tag) == wanted]
        fitting.sort(key=lambda tag: not _TRADITIONAL.isdisjoint(_parts(tag)))
    else:
        fitting = [tag for tag in tags if _parts(tag) == _parts(wanted)]
    return unit[fitting[0]] if fitting else None


def _parts(tag: str) -> list[str]:
    return tag.strip().lower().replace("_", "-").split("-")
