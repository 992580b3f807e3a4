"""What the core says, in the user's language.

The core speaks English and knows no catalogue: its errors and events are sentences with names,
numbers and reasons filled in. The catalogue's context ``Core`` has the patterns of all that a user
of the window can cause; a sentence is matched against them, and what was filled in is looked up in
turn. A sentence that is in no catalogue stays as it is.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from gui.i18n import joined, tr

_CONTEXT = "Core"
_FIELD = re.compile(r"\{(\w+)\}")
_SENTENCE_END = re.compile(r"(?<=[.?!]) (?=\S)")
_DEPTH = 3  # a reason within a reason within a sentence


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A sentence of the core with its ``{names}``, and its translation."""

    shape: re.Pattern[str]
    letters: int
    translation: str


class CoreWords:
    """The translations that ``catalogue`` (a ``.ts`` file) has of what the core says."""

    def __init__(self, catalogue: Path) -> None:
        self._whole: dict[str, str] = {}
        self._patterns: list[_Pattern] = []
        for source, translation in _entries(catalogue):
            if _FIELD.search(source):
                self._patterns.append(_pattern(source, translation))
            else:
                self._whole[source.format()] = translation.format()
        self._patterns.sort(key=lambda pattern: -pattern.letters)

    def translate(self, text: str, depth: int = 0) -> str:
        """``text`` in the catalogue's language, as far as it is there."""
        found = self._find(text, depth)
        return text if found is None else found

    def _find(self, text: str, depth: int) -> str | None:
        if not text.strip() or depth > _DEPTH:
            return None
        for end in ("", "."):  # an error is a clause, and a sentence where it is quoted
            clause = text.removesuffix(end)
            found = self._whole.get(clause) or _reasons().get(clause) or self._match(clause, depth)
            if found is not None:
                return found if clause == text else tr("{what}.", what=found)
        return self._in_parts(text, depth)

    def _match(self, text: str, depth: int) -> str | None:
        for pattern in self._patterns:
            match = pattern.shape.fullmatch(text)
            if match:
                values = {k: self.translate(v, depth + 1) for k, v in match.groupdict().items()}
                return pattern.translation.format(**values)
        return None

    def _in_parts(self, text: str, depth: int) -> str | None:
        """``text`` as several sentences, or as a place and what is wrong there."""
        for split in _SENTENCE_END.finditer(text):
            first = self._find(text[: split.start()], depth + 1)
            if first is not None:
                return joined(first, self.translate(text[split.end() :], depth))
        for split in re.finditer(": ", text):
            what = self._find(text[split.end() :], depth + 1)
            if what is not None:
                place = self.translate(text[: split.start()], depth + 1)
                return tr("{place}: {what}", place=place, what=what)
        return None


def _reasons() -> dict[str, str]:
    """What the system and libraries give for a reason, most often; what is counted."""
    return {
        "No such file or directory": tr("No such file or directory"),
        "Permission denied": tr("Permission denied"),
        "Input/output error": tr("Input/output error"),
        "Read-only file system": tr("Read-only file system"),
        "File is not a zip file": tr("File is not a zip file"),
        "line": tr("line"),
        "row": tr("row"),
        "unit": tr("unit"),
        "source": tr("source"),
        "target": tr("target"),
        "a pair": tr("a pair"),
        "a sentence": tr("a sentence"),
    }


def _entries(catalogue: Path) -> Iterator[tuple[str, str]]:
    for context in ET.parse(catalogue).getroot().iter("context"):
        if context.findtext("name") == _CONTEXT:
            for message in context.iter("message"):
                translation = message.findtext("translation")
                if translation:
                    yield message.findtext("source", ""), translation


def _pattern(source: str, translation: str) -> _Pattern:
    shape, end, letters = "", 0, 0
    for field in _FIELD.finditer(source):
        literal = source[end : field.start()]
        shape += f"{re.escape(literal.format())}(?P<{field.group(1)}>.+?)"
        end, letters = field.end(), letters + len(literal)
    rest = source[end:]
    shape += re.escape(rest.format())
    return _Pattern(re.compile(shape, re.DOTALL), letters + len(rest), translation)


_catalogue: Path | None = None


def use(catalogue: Path | None) -> None:
    """Translate from now on with ``catalogue``; ``None``: not at all."""
    global _catalogue  # noqa: PLW0603 - the language of the whole program, as Qt's translators are
    _catalogue = catalogue
    from_core.cache_clear()


def language() -> str:
    """The code of the language that :func:`from_core` speaks."""
    return "en" if _catalogue is None else "zh"


@lru_cache(maxsize=1)
def _words(catalogue: Path) -> CoreWords:
    """What ``catalogue`` says, read when the core first says something."""
    return CoreWords(catalogue)


@lru_cache(maxsize=256)
def from_core(text: str) -> str:
    """``text``, which the core said, in the user's language."""
    return text if _catalogue is None else _words(_catalogue).translate(text)
