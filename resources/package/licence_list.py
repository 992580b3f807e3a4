"""One file of licences: name, version, licence and texts of every part of the bundle."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from resources.package.parts import Part, parts_of

NAME = "LICENCES.txt"
_RULE = "=" * 96
_LINE = "-" * 96


def render(parts: Iterable[Part]) -> str:
    """The list as text: a table first, then every text once."""
    parts = list(parts)
    widest = max(len(f"{part.name} {part.version}") for part in parts)
    lines = ["Attune comes with these parts, each under the licence that stands beside it:", ""]
    for part in parts:
        lines.append(f"{part.name} {part.version}".ljust(widest + 2) + part.licence)
    lines.append("")
    told: dict[str, str] = {}
    for part in parts:
        lines += [_RULE, f"{part.name} {part.version}: {part.licence}", _RULE]
        for name, path in part.texts:
            text = path.read_text(encoding="utf-8", errors="replace").strip()
            where = told.setdefault(text, f"{part.name} {part.version}, {name}")
            here = f"{part.name} {part.version}, {name}"
            lines += ["", name, _LINE, text if where == here else f"The same as of {where}."]
        lines.append("")
    return "\n".join(lines) + "\n"


def write(sources: Iterable[str], folder: Path) -> Path:
    """Write the list of whatever ``sources`` belong to into ``folder``; where it lies."""
    path = folder / NAME
    # The program's own start is PyInstaller's, which is compiled into it.
    parts = parts_of(map(Path, sources), always=["pyinstaller"])
    path.write_text(render(parts), encoding="utf-8")
    return path
