"""Targets among what reads files of pairs, lines and word vectors."""

from __future__ import annotations

import argparse
import functools
import gzip
import io
import lzma
import re
import zipfile

import numpy as np
from hypothesis import strategies as st
from openpyxl import Workbook

from core.cli.line_reader import MAX_LINE_BYTES, open_lines
from core.cli.selection import model_folder
from core.errors import InputError
from core.training.checks import Pair, find_fault
from core.training.doctor.encodings import ENCODINGS
from core.training.doctor.recognition import recognise
from core.training.doctor.report import check, collect
from core.training.doctor.sources import DELIMITERS, FORMATS, Choices
from core.training.numbered_lines import numbered_lines
from core.training.word_vectors import check_width, word_vectors
from gui.jobs.pair_files import write_pairs

from .changes import damaged
from .places import put
from .running import Target
from .texts import texts

_ROWS = (
    ("你好，世界。", "Hello, world."),
    ("我今天很忙。", "I am busy today."),
    ("他说：“好的。”", 'He said "fine".'),
    ("请给我三杯茶。", "Three cups of tea, please."),
    ("這本書很有意思。", "This book is very <b>interesting</b>."),
)
_HEAD = ("中文", "English")


def _lines(form: str, rows: tuple[tuple[str, str], ...] = _ROWS) -> bytes:
    return "".join(form.format(*row) for row in rows).encode()


def _quoted(form: str) -> bytes:
    rows = tuple((one, other.replace('"', '""')) for one, other in (_HEAD, *_ROWS))
    return _lines(form, rows)


@functools.cache
def _texts() -> tuple[bytes, ...]:
    plain = _lines("{}\t{}\n")
    return (
        plain,
        _lines("{1}\t{0}\r\n"),
        _lines("7\t{}\t{}\tnote\n", (_HEAD, *_ROWS)),
        _quoted('"{0}","{1}"\n'),
        _quoted('{0};"{1}"\r\n'),
        _quoted('"{0}"\t"{1}"\n'),
        _lines("{}|{}\n"),
        b"\xef\xbb\xbf" + plain,
        *(plain.decode().encode(e, "ignore") for e in ("utf-16", "utf-16-be", "gb18030", "big5")),
        b"",
    )


@functools.cache
def _json() -> tuple[bytes, ...]:
    rows = tuple((one, other.replace('"', '\\"')) for one, other in _ROWS)
    return (
        "".join(f'{{"zh": "{one}", "en": "{other}"}}\n' for one, other in rows).encode(),
        "".join(f'{{"t": {{"en": "{other}", "zh": "{one}"}}}}\n' for one, other in rows).encode(),
        "".join(f'["{one}", "{other}", 3]\n' for one, other in rows).encode(),
    )


@functools.cache
def _memories() -> tuple[bytes, ...]:
    units = "".join(
        f'<tu tuid="{number}"><prop type="x">y</prop><tuv xml:lang="zh-CN"><seg>{one}</seg></tuv>'
        f'<tuv xml:lang="en-US"><seg>a<bpt i="1">&lt;b&gt;</bpt>{other}<ph>%s</ph></seg></tuv>'
        "</tu>\n"
        for number, (one, other) in enumerate(_ROWS[:4])
    )
    body = f'<tmx version="1.4">\n<header srclang="zh-CN"/>\n<body>\n{units}</body>\n</tmx>\n'
    head = '<?xml version="1.0" encoding="{}"?>\n'
    named = head.format("UTF-8") + '<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n' + body
    wide = (head.format("UTF-16") + body).encode("utf-16")
    laughs = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    bomb = f'<!DOCTYPE tmx [<!ENTITY l0 "哈">{laughs}]>' + body.replace("Hello", "&l9;")
    outside = '<!DOCTYPE tmx [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + body.replace("I", "&x;")
    return (
        (head.format("UTF-8") + body).encode(), named.encode(), wide, bomb.encode(),
        outside.encode(), (head.format("GB18030") + body).encode("gb18030"),
    )  # fmt: skip


def _book(*, packed: bool) -> bytes:
    book, file = Workbook(), io.BytesIO()
    for row in (_HEAD, *_ROWS, (3, 2.5), (None, True)):
        book.active.append(row)
    book.create_sheet("empty")
    book.save(file)
    made = io.BytesIO()
    kind = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(made, "w", kind) as new:
        for name in old.namelist():
            if "theme" not in name:  # long and never looked at
                new.writestr(name, old.read(name))
    return made.getvalue()


@functools.cache
def _books() -> tuple[bytes, ...]:
    """Unpacked, damage reaches the XML; packed, it reaches the packing."""
    return (_book(packed=False), _book(packed=False), _book(packed=True))


@functools.cache
def _archives() -> tuple[bytes, ...]:
    plain = _lines("{}\t{}\n")
    long = b"a\t" + bytes(8 << 20) + b"\n"
    return (gzip.compress(plain), lzma.compress(plain), gzip.compress(long), lzma.compress(long))


_columns = st.sampled_from((None, None, (1, 2), (2, 1), ("zh", "en"), ("A", "B"), (1, 99), (0, -1)))
_choices = st.just(Choices()) | st.builds(
    Choices,
    format=st.sampled_from((None, None, *FORMATS)),
    encoding=st.sampled_from((None, None, *ENCODINGS)),
    delimiter=st.sampled_from((None, None, *DELIMITERS.values(), "x", "茶")),
    columns=_columns,
    header=st.none() | st.booleans(),
    sheet=st.sampled_from((None, None, "Sheet", "empty", "none")),
)


def _check_file(name: str, given: tuple[bytes, Choices, tuple[str, str]]) -> None:
    data, choices, languages = given
    report = check(put(name, data), *languages, choices=choices)
    for pair in report.pairs:
        assert find_fault(pair.source, pair.target, *languages) is None
        assert not re.search("[\n\t\0]", pair.source + pair.target)
    places = [item.line for item in (*report.pairs, *report.rejections)]
    assert len(places) == len(set(places))
    assert {doubt.line for doubt in report.doubts} <= {pair.line for pair in report.pairs}


def _file(name: str, title: str, sound: object, share: float) -> Target:
    languages = st.sampled_from((("zh", "en"), ("en", "zh"), ("zh", "en"), ("de", "en")))
    inputs = st.tuples(damaged(sound), _choices, languages)  # type: ignore[arg-type]
    return Target(title, inputs, functools.partial(_check_file, name), share)


def check_aligned(given: tuple[bytes, bytes]) -> None:
    one, other = given
    report = check([put("a.zh", one), put("a.en", other)], "zh", "en")
    assert len(report.pairs) + len(report.rejections) <= one.count(b"\n") + 1
    assert not any("\t" in pair.source + pair.target for pair in report.pairs)


_NAMES = st.sampled_from(("p.tsv", "p.xlsx", "p.tmx", "p.jsonl", "p", "p.csv.gz", "p.xz", "p.json"))


def check_anything(given: tuple[bytes, str]) -> None:
    data, name = given
    check(put(name, data), "zh", "en")


# --- what the program writes itself --------------------------------------------------------------


def _whole(side: str) -> str:
    """``side`` as a file can hold it; what looks like a byte order mark may go."""
    return " ".join(side.encode("utf-8", "replace").decode().replace("\ufeff", "").split())


def check_written(rows: list[tuple[str, str]]) -> None:
    """Pairs that were kept are read from the file written for a child as they were."""
    pairs = tuple(
        Pair(number, one.strip(), other.strip())
        for number, (one, other) in enumerate(rows, 1)
        if find_fault(one.strip(), other.strip(), "zh", "en") is None
        and find_fault(_whole(one), _whole(other), "zh", "en") is None
    )
    unique = {(_whole(pair.source), _whole(pair.target)) for pair in pairs}
    if not pairs or any("\0" in pair.source + pair.target for pair in pairs):
        return
    path = write_pairs(pairs, "pairs.tsv")
    source = recognise(path, Choices("text", "utf-8", "\t", (1, 2), False, None, "zh", "en"))
    read = collect(source)
    assert {(_whole(pair.source), _whole(pair.target)) for pair in read.pairs} == unique
    path.unlink()
    path.parent.rmdir()


# --- lines ---------------------------------------------------------------------------------------


@functools.cache
def _plain() -> tuple[bytes, ...]:
    return (*_texts()[:3], b"\n", b"a\nb", b"\r\n\r\n", "茶\n水".encode(), b"x" * (1 << 20) + b"\n")


def check_lines(data: bytes) -> None:
    """Both readers of lines give what a split at line feeds gives."""
    path = put("lines.txt", data)
    *whole, last = data.split(b"\n")
    wanted = [*whole, last] if last else whole
    with open_lines(str(path)) as lines:
        read = list(lines)
    if wanted:
        wanted[0] = wanted[0].removeprefix(b"\xef\xbb\xbf")
    assert [text.encode() for text in read] == wanted
    assert all(len(line) <= MAX_LINE_BYTES for line in wanted)
    for (_, text), line in zip(numbered_lines(path, holds="a line"), wanted, strict=True):
        assert text is None or text.encode() == line.removesuffix(b"\r")
        assert (text is None) <= (len(line) > (1 << 20) - 5)


# --- word vectors --------------------------------------------------------------------------------


@functools.cache
def _vectors() -> tuple[bytes, ...]:
    rows = "the 0.1 0.2 -0.3\n茶 1 2 3\nNew York 1e-3 2 3\n"
    return (rows.encode(), f"3 3\n{rows}".encode(), b"a nan 1 2\n", b"1 2 3 4\n")


def check_vectors(data: bytes) -> None:
    path = put("vectors.txt", data)
    check_width(path, 3)
    for word, vector in word_vectors(path, {"the", "茶", "New York", "1"}, 3):
        assert word.strip() == word
        assert vector.shape == (3,)
        assert np.isfinite(vector).all()


def check_selection(text: str) -> None:
    """A model's name from a command line is a name or a folder, and never a crash."""
    model_folder(argparse.Namespace(model=text, source_language=None, target_language=None))


_pairs = st.lists(st.tuples(texts, texts), max_size=4)
TARGETS = (
    _file("p.tsv", "text and tables", _texts, 3.0),
    _file("p.jsonl", "JSON lines", _json, 2.0),
    _file("p.tmx", "translation memories", _memories, 2.0),
    _file("p.xlsx", "workbooks", _books, 1.0),
    _file("p.tsv.gz", "packed files", _archives, 0.5),
    Target("aligned files", st.tuples(damaged(_texts), damaged(_texts)), check_aligned),
    Target("any bytes", st.tuples(st.binary() | damaged(_texts), _NAMES), check_anything),
    Target("pairs written", _pairs, check_written, varies=False),
    Target("lines", damaged(_plain), check_lines, 2.0, (InputError,)),
    Target("word vectors", damaged(_vectors), check_vectors, 2.0, (InputError,)),
    Target("names of models", texts, check_selection, 0.3),
)
