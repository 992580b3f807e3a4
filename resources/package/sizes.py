"""What the space of the bundle goes to, as a table; fails where it is more than allowed.

    python -m resources.package.sizes dist/attune [--write docs/packaging.md]

A megabyte is a million bytes. With ``--write`` the table takes its place between the two marks in
that file.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections import defaultdict
from pathlib import Path

LIMIT = 750_000_000
BEGIN, END = "<!-- sizes: begin -->", "<!-- sizes: end -->"

# The first that matches the path inside the bundle counts.
_GROUPS = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("PyTorch: libraries", r"(_internal/)?(torch/.*\.so|libtorch|libc10|libgomp)"),
        ("default models", r".*resources/models/"),
        ("fonts", r".*resources/fonts/"),
        ("samples, icons, translations, licences", r".*resources/"),
        ("ICU, which Qt needs", r".*libicu"),
        ("Qt and PySide6", r".*(PySide6|shiboken6)/|.*libQt6|.*libpyside|.*libshiboken"),
        (
            "spaCy and what it computes with",
            r".*/(spacy|thinc|blis|preshed|cymem|murmurhash|srsly)",
        ),
        ("NumPy and OpenBLAS", r".*/numpy"),
        ("matplotlib and Pillow", r".*/(matplotlib|PIL|pillow|kiwisolver|contourpy)"),
        ("jieba", r".*/jieba/"),
        ("tokenizers, safetensors", r".*/(tokenizers|safetensors)/"),
        ("OpenCC", r".*/opencc/"),
        ("Python modules, compiled (one archive)", r"attune(\.exe)?$|.*/base_library\.zip$"),
        ("Python and its extensions", r".*/(libpython|python3|lib-dynload/)"),
        ("the decoder's step in C", r".*core/model/native/built/"),
        ("other Python extensions", r".*\.(pyd|cpython-.*\.so|abi3\.so)$"),
        ("libraries of the system", r".*\.(so|dll|dylib)(\.\d+)*$"),
    )
)


def files_in(folder: Path) -> dict[str, int]:
    """Path inside ``folder`` → size in bytes, of every file that is not a link."""
    return {
        path.relative_to(folder).as_posix(): path.stat().st_size
        for parent, _folders, names in os.walk(folder)
        for path in (Path(parent) / name for name in names)
        if not path.is_symlink()
    }


def grouped(files: dict[str, int]) -> dict[str, tuple[int, int]]:
    """Group → files and bytes, the largest first."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for path, size in files.items():
        name = next((name for name, pattern in _GROUPS if pattern.match(path)), "other files")
        sums[name][0] += 1
        sums[name][1] += size
    ordered = sorted(sums.items(), key=lambda item: -item[1][1])
    return {name: (count, size) for name, (count, size) in ordered}


def table(files: dict[str, int]) -> str:
    """The groups as Markdown, with a line for all."""
    rows = ["| What | Files | MB |", "|---|---:|---:|"]
    for name, (count, size) in grouped(files).items():
        rows.append(f"| {name} | {count:,} | {size / 1e6:.1f} |")
    rows.append(f"| **all** | **{len(files):,}** | **{sum(files.values()) / 1e6:.1f}** |")
    return "\n".join(rows)


def put_into(document: Path, text: str) -> None:
    """Replace what stands between the marks of ``document``.

    Raises:
        ValueError: it has no such marks.
    """
    body = document.read_text(encoding="utf-8")
    before, begin, rest = body.partition(BEGIN)
    _old, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"{document} has no place for the table: {BEGIN} … {END}")
    document.write_text(f"{before}{begin}\n{text}\n{end}{after}", encoding="utf-8")


def main(arguments: list[str] | None = None) -> int:
    """Print the table; 1 where the bundle is too large."""
    parser = argparse.ArgumentParser(prog="python -m resources.package.sizes")
    parser.add_argument("folder", type=Path, help="the bundle")
    parser.add_argument("--write", type=Path, metavar="FILE", help="put the table into this file")
    parser.add_argument("--limit", type=int, default=LIMIT, metavar="BYTES")
    given = parser.parse_args(arguments)
    files = files_in(given.folder)
    if not files:
        parser.error(f"{given.folder} holds no files; `make bundle` builds it")
    text, total = table(files), sum(files.values())
    sys.stdout.write(f"{text}\n")
    if given.write:
        put_into(given.write, text)
    if total > given.limit:
        sys.stderr.write(f"{given.folder} takes {total:,} bytes, more than {given.limit:,}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
