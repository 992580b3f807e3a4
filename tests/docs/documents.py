"""The documents for people: their commands, links and pictures, read from the Markdown."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = (
    ROOT / "README.md",
    ROOT / "README.zh.md",
    *sorted((ROOT / "docs").rglob("*.md")),
)
PROGRAMS = ("attune-cli", "attune", "make", "python", "torchrun")
# What may stand before the program's name: where it lies in a checkout.
_PLACES = ("./", ".venv/bin/", "dist/attune/")
_ASSIGNMENT = re.compile(r"[A-Z_]+=\S*")
_FENCE = re.compile(r"^ {0,3}(```+|~~~+) *(\w*)")
_SHELLS = ("sh", "bash", "console")


@dataclass(frozen=True, slots=True)
class Command:
    """A command line that a document tells people to type.

    Attributes:
        place: document and line, for messages.
        said: what an ``echo`` before a pipe says to it.
        program: its name, without the folder that it lies in.
        words: its arguments.
        shown: what the document says that it answers, where that stands below it.
    """

    place: str
    said: str
    program: str
    words: tuple[str, ...]
    shown: str = ""

    @property
    def line(self) -> str:
        """The command as it can be typed."""
        return shlex.join((self.program, *self.words))

    @property
    def terminal(self) -> tuple[str, ...] | None:
        """The arguments of the terminal program, where this is it under one of its names."""
        if self.program == "attune-cli":
            return self.words
        if self.program == "attune" and self.words[:1] == ("--cli",):
            return self.words[1:]
        start = ("-m", "core.cli")
        for at in range(len(self.words) - 1):
            if self.program in ("python", "torchrun") and self.words[at : at + 2] == start:
                return self.words[at + 2 :]
        return None


@cache
def text_of(document: Path) -> str:
    """What stands in it."""
    return document.read_text(encoding="utf-8")


def name_of(document: Path) -> str:
    """Its path in the repository."""
    return document.relative_to(ROOT).as_posix()


def code_lines(document: Path) -> Iterator[tuple[int, str, bool]]:
    """Number and text of every line of code, a line that goes on joined with the next.

    The flag tells whether the line is in a block without a language, indented or fenced as shell:
    fenced blocks of another kind hold output.
    """
    fence, shell, begun, number_begun = "", False, "", 0
    before = ""
    for number, line in enumerate(text_of(document).splitlines(), start=1):
        mark = _FENCE.match(line)
        if mark and (not fence or mark[1] == fence):
            fence, shell = ("", False) if fence else (mark[1], mark[2] in _SHELLS)
            continue
        indented = not fence and line.startswith("    ") and bool(line.strip())
        goes_on = bool(before) and not before.startswith("    ")  # a paragraph's own line
        if (indented and not goes_on) or fence:
            part = line if fence else line[4:]
            begun, number_begun = begun + (part.lstrip() if begun else part), number_begun or number
            if begun.endswith("\\"):
                begun = begun[:-1].rstrip() + " "
                continue
            yield number_begun, begun, indented or shell
        begun, number_begun = "", 0
        before = line


def read_command(line: str, place: str) -> Command:
    """The command in a line of shell; what an ``echo`` pipes into it is what it is told."""
    line = line.strip().split("  ")[0]  # a remark may stand behind
    before, pipe, after = line.rpartition(" | ")
    words = shlex.split(after if pipe else line, comments=True)
    if words[:1] == ["$"]:
        words = words[1:]
    while words and _ASSIGNMENT.fullmatch(words[0]):
        words = words[1:]
    if words[:1] == ["sudo"]:
        words = words[1:]
    said = " ".join(shlex.split(before)[1:]) + "\n" if before.startswith("echo ") else ""
    program = words[0] if words else ""
    for folder in _PLACES:
        program = program.removeprefix(folder)
    return Command(place, said, program, tuple(words[1:]))


@cache
def commands(document: Path) -> tuple[Command, ...]:
    """Every command of its blocks, in their order."""
    found: list[Command] = []
    answers = 0  # the line of code that the command last shown with a $ has its answer in
    for number, line, shell in code_lines(document):
        if not shell or line.lstrip().startswith("#") or "…" in line:  # a part left out
            continue
        if number == answers and not line.startswith("$ "):
            found[-1] = replace(found[-1], shown=line)
            continue
        try:
            command = read_command(line, f"{name_of(document)}:{number}")
        except ValueError:  # a quotation mark that is never closed: no shell
            continue
        if command.program in PROGRAMS:
            found.append(command)
            answers = number + 1 if line.startswith("$ ") else 0
    return tuple(found)


def prose(document: Path) -> str:
    """Its text without blocks of code, line by line where it stood."""
    lines = text_of(document).splitlines()
    hidden = set()
    fence = ""
    for number, line in enumerate(lines):
        mark = _FENCE.match(line)
        if mark and (not fence or mark[1] == fence):
            fence = "" if fence else mark[1]
            hidden.add(number)
        elif fence:
            hidden.add(number)
    hidden.update(number - 1 for number, _, _ in code_lines(document))
    return "\n".join("" if n in hidden else line for n, line in enumerate(lines))


_LINK = re.compile(r"(?<!\\)\]\(<?([^()<>\s]+(?:\([^()\s]*\))?[^()<>\s]*)>?(?: \"[^\"]*\")?\)")
_HTML = re.compile(r"\b(?:src|srcset|href)=\"([^\"]+)\"")
_HEADING = re.compile(r"^#{1,6} +(.+?) *#*$", re.MULTILINE)
_ANCHOR = re.compile(r"<a +(?:id|name)=\"([^\"]+)\"")


def links(document: Path) -> tuple[str, ...]:
    """Where its links and pictures lead, as written."""
    text = re.sub(r"`[^`\n]*`", "", prose(document))
    return tuple(_LINK.findall(text) + _HTML.findall(text))


def target_of(document: Path, link: str) -> tuple[Path, str]:
    """The file that a link leads to, and the heading in it."""
    path, _, anchor = link.partition("#")
    place = (document.parent / unquote(path)).resolve() if path else document
    return place, unquote(anchor)


def anchors(document: Path) -> set[str]:
    """The names of its headings, as GitHub makes them."""
    made: set[str] = set(_ANCHOR.findall(text_of(document)))
    seen: dict[str, int] = {}
    for heading in _HEADING.findall(prose(document)):
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)|[`*]", r"\1", heading)
        kept = "".join(c for c in plain.lower() if c.isalnum() or c in "-_ ")
        name = kept.replace(" ", "-")
        made.add(f"{name}-{seen[name]}" if name in seen else name)
        seen[name] = seen.get(name, 0) + 1
    return made
