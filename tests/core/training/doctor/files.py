"""Files of pairs in every form, written without the code under test."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from openpyxl import Workbook

PAIRS = [
    ("你好，世界。", "Hello, world."),
    ("我今天很忙。", "I am busy today."),
    ("他说：“好的。”", 'He said "fine".'),
    ("请给我三杯茶。", "Three cups of tea, please."),
    ("火车已经开走了。", "The train has already left."),
]
TRADITIONAL = [
    ("我們今天下午去學校。", "We go to school this afternoon."),
    ("請問車站在哪裡？", "Where is the station, please?"),
    ("這本書很有意思。", "This book is very interesting."),
]

_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

Pairs = Sequence[tuple[str, str]]


def tsv(pairs: Pairs) -> str:
    return "".join(f"{one}\t{other}\n" for one, other in pairs)


def csv_text(rows: Sequence[Sequence[object]], delimiter: str = ",") -> str:
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter).writerows(rows)
    return file.getvalue()


def json_lines(pairs: Pairs) -> str:
    return "".join(json.dumps({"zh": zh, "en": en}) + "\n" for zh, en in pairs)


def tmx(pairs: Pairs, *, languages: tuple[str, str] = ("zh-CN", "en-US"), head: str = "") -> str:
    units = "".join(
        "<tu>"
        + "".join(
            f'<tuv xml:lang="{language}"><seg>{escape(text)}</seg></tuv>'
            for language, text in zip(languages, pair, strict=True)
        )
        + "</tu>\n"
        for pair in pairs
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n{head}<tmx version="1.4">\n'
        f'<header srclang="zh-CN"/>\n<body>\n{units}</body>\n</tmx>\n'
    )


def write(folder: Path, name: str, data: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def rewrite(path: Path, change: Callable[[bytes], bytes], part: str = "xl/") -> None:
    """Change the parts of a workbook whose names begin with ``part``."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, change(data) if name.startswith(part) else data)


def share_strings(path: Path) -> None:
    """Put the strings of a workbook into a table, as spreadsheet programs do."""
    strings: list[bytes] = []

    def shared(found: re.Match[bytes]) -> bytes:
        strings.append(found[1])
        return b't="s"><v>%d</v>' % (len(strings) - 1)

    rewrite(
        path,
        lambda data: re.sub(rb't="inlineStr"><is>(.*?)</is>', shared, data),
        "xl/worksheets/",
    )
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        items = b"".join(b"<si>" + string + b"</si>" for string in strings)
        head = f'<sst xmlns="{_SHEET}">'.encode()
        archive.writestr("xl/sharedStrings.xml", head + items + b"</sst>")
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    entry = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'.encode()
    rewrite(path, lambda data: data.replace(b"</Types>", entry), "[Content_Types]")


def write_xlsx(folder: Path, name: str, sheets: dict[str, Sequence[Sequence[object]]]) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    book.save(folder / name)
    return folder / name
