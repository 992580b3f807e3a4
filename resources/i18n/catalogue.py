"""Brings ``attune_zh.ts`` in step with the sources and compiles it for Qt (``make texts``).

    python -m resources.i18n.catalogue

To translate, open the file with Qt Linguist (``pyside6-linguist``), then run the line again.
Context ``Attune`` holds every literal that the window passes to ``tr``. Context ``Core`` holds what
the core says of the user's doing, as patterns, which the window matches (``gui/core_words.py``).
Translations are kept, new texts marked as unfinished, and those that are gone dropped.
"""

from __future__ import annotations

import ast
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

from resources.i18n.core_messages import core_patterns

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = Path(__file__).with_name("attune_zh.ts")
COMPILED = CATALOGUE.with_suffix(".qm")

Texts = dict[str, list[str]]
"""The files in which each text stands."""


def window_texts(root: Path) -> Texts:
    """The literals that ``gui`` passes to ``tr``.

    Raises:
        ValueError: ``tr`` is given something else than a literal, or called outside of functions,
            where no language has been chosen yet.
    """
    found: Texts = {}
    for path in sorted((root / "gui").rglob("*.py")):
        tree, name = ast.parse(path.read_text("utf-8")), path.relative_to(root).as_posix()
        functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.Lambda)]
        inside = {node for function in functions for node in ast.walk(function)}
        for call in ast.walk(tree):
            if not (isinstance(call, ast.Call) and ast.unparse(call.func) == "tr"):
                continue
            text = call.args[0] if call.args else None
            if not (isinstance(text, ast.Constant) and isinstance(text.value, str)):
                raise ValueError(f"{name}, line {call.lineno}: tr takes a literal")
            if call not in inside:
                raise ValueError(f"{name}, line {call.lineno}: tr stands outside of functions")
            places = found.setdefault(text.value, [])
            if name not in places:
                places.append(name)
    return found


def texts(root: Path = ROOT) -> dict[str, Texts]:
    """All that is to be translated, by context."""
    return {"Attune": window_texts(root), "Core": core_patterns(root)}


def read(path: Path = CATALOGUE) -> dict[tuple[str, str], str]:
    """Translations by context and text; what is unfinished is left out."""
    found: dict[tuple[str, str], str] = {}
    if not path.exists():
        return found
    for context in ET.parse(path).getroot().iter("context"):
        name = context.findtext("name", "")
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation is not None and translation.text and translation.get("type") is None:
                found[name, message.findtext("source", "")] = translation.text
    return found


def write(path: Path, wanted: dict[str, Texts], known: dict[tuple[str, str], str]) -> None:
    """The catalogue of ``wanted``, as far as they are ``known``."""
    root = ET.Element("TS", version="2.1", language="zh_CN", sourcelanguage="en")
    for name, entries in wanted.items():
        context = ET.SubElement(root, "context")
        ET.SubElement(context, "name").text = name
        for text, places in sorted(entries.items(), key=lambda item: (item[1][0], item[0])):
            message = ET.SubElement(context, "message")
            for place in places:
                ET.SubElement(message, "location", filename=f"../../{place}")
            ET.SubElement(message, "source").text = text
            translation = ET.SubElement(message, "translation")
            translation.text = known.get((name, text))
            if translation.text is None:
                translation.set("type", "unfinished")
    ET.indent(root, space="    ")
    body = ET.tostring(root, encoding="unicode")
    head = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    path.write_text(f"{head}{body}\n", encoding="utf-8")


def compile_catalogue(path: Path, compiled: Path) -> None:
    """What Qt reads, of what a translator writes."""
    program = Path(sys.executable).with_name("pyside6-lrelease")
    command = [str(program), "-silent", str(path), "-qm", str(compiled)]
    subprocess.run(command, check=True)


def main() -> int:
    """Update and compile; 1 where texts are left to translate."""
    wanted, known = texts(), read()
    write(CATALOGUE, wanted, known)
    compile_catalogue(CATALOGUE, COMPILED)
    missing = [t for name, found in wanted.items() for t in found if (name, t) not in known]
    for text in missing:
        sys.stdout.write(f"not translated: {text}\n")
    return bool(missing)


if __name__ == "__main__":
    sys.exit(main())
