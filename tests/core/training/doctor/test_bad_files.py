"""Files that cannot be used say what is wrong, where, and what to do."""

from __future__ import annotations

import gzip
import os
import time
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from core.errors import AttuneError, InputError
from core.training.doctor.recognition import recognise
from core.training.doctor.report import check
from core.training.doctor.sources import Choices
from tests.pace import seconds_here

from .files import PAIRS, csv_text, json_lines, rewrite, share_strings, tmx, tsv, write, write_xlsx

NAMES = ("p.tsv", "p.csv", "p.jsonl", "p.tmx", "p.xlsx")


def made(folder: Path, name: str) -> Path:
    if name == "p.xlsx":
        return write_xlsx(folder, name, {"S": PAIRS})
    forms = {"p.tsv": tsv, "p.csv": csv_text, "p.jsonl": json_lines, "p.tmx": tmx}
    return write(folder, name, forms[name](PAIRS))


def refused(path: Path | list[Path], what: str, choices: Choices = Choices()) -> AttuneError:
    """The error about a file, which has three parts and names the file."""
    with pytest.raises(InputError, match=what) as caught:
        check(path, "zh", "en", choices=choices)
    error = caught.value
    assert error.remedy.endswith(".")
    assert "\n" not in error.sentence()
    names = [file.name for file in (path if isinstance(path, list) else [path])]
    assert any(name in error.where for name in names)
    return error


# --- the file itself -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_empty(tmp_path: Path, name: str) -> None:
    refused(write(tmp_path, name, b""), "the file is empty")
    refused(write(tmp_path, name, b"\xef\xbb\xbf"), "the file is empty")


def test_nothing_inside(tmp_path: Path) -> None:
    refused(write_xlsx(tmp_path, "p.xlsx", {"S": []}), "there is no row in it")
    refused(write(tmp_path, "p.tmx", tmx([])), "there is no unit in it")
    refused(write(tmp_path, "p.tsv.gz", gzip.compress(b"")), "the file is empty")
    assert check(write(tmp_path, "p.tsv", "\n \n"), "zh", "en").counts == {"empty": 2}


@pytest.mark.parametrize("name", NAMES)
def test_missing_folder_and_unreadable(tmp_path: Path, name: str) -> None:
    refused(tmp_path / name, "no such file")
    (tmp_path / name).mkdir()
    refused(tmp_path / name, "a folder, not a file")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the system forbids nothing")
def test_unreadable(tmp_path: Path) -> None:
    path = made(tmp_path, "p.tsv")
    path.chmod(0)
    refused(path, "cannot be read")


def test_unreadable_by_the_systems_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = made(tmp_path, "p.xlsx")
    monkeypatch.setattr(Path, "open", forbidden)
    refused(path, r"cannot be read \(Permission denied\)")


@pytest.mark.parametrize("name", ["p.tmx", "p.xlsx"])
def test_truncated(tmp_path: Path, name: str) -> None:
    whole = made(tmp_path, name).read_bytes()
    for size in range(40, len(whole) - 40, max(1, len(whole) // 40)):
        refused(write(tmp_path, name, whole[:size]), "damaged or cut off|no translation memory")


def test_truncated_text_loses_its_last_row(tmp_path: Path) -> None:
    for name, reason in (("p.tsv", "columns"), ("p.jsonl", "unreadable")):
        whole = made(tmp_path, name).read_bytes()
        last = whole.rindex(b"\n", 0, -1) + 1
        report = check(write(tmp_path, name, whole[: last + 9]), "zh", "en")
        assert len(report.pairs) == len(PAIRS) - 1
        assert [(r.line, r.reason) for r in report.rejections] == [(len(PAIRS), reason)]


def test_a_character_cut_in_two(tmp_path: Path) -> None:
    cut = made(tmp_path, "p.tsv").read_bytes() + "茶".encode()[:2]
    error = refused(write(tmp_path, "p.tsv", cut), "cut off in the middle of a character")
    assert error.where == f"p.tsv, line {len(PAIRS) + 1}, byte 1"
    inside = refused(write(tmp_path, "p.tsv", cut + b"\n"), "the file is not UTF-8")
    assert inside.where == error.where


@pytest.mark.parametrize("close", [False, True])
def test_a_quotation_mark_that_is_not_closed(tmp_path: Path, close: bool) -> None:
    rows = "".join(f"茶{n},tea {n}\n" for n in range(20_000))
    text = csv_text(PAIRS) + '水,"water\n' + rows
    if close:
        assert check(write(tmp_path, "p.csv", csv_text(PAIRS) + '水,"water\n"\n'), "zh", "en")
        return
    error = refused(write(tmp_path, "p.csv", text), "a quotation mark is not closed")
    assert error.where == "p.csv, line 6"
    error = refused(write(tmp_path, "p.csv", csv_text(PAIRS) + '水,"water\n'), "not closed")
    assert error.where == "p.csv, line 6"


@pytest.mark.parametrize("name", [*NAMES, "p", "p.docx"])
def test_binary(tmp_path: Path, name: str) -> None:
    noise = bytes((n * n * 7 + n // 3) % 256 for n in range(20_000))
    for data in (bytes(5000), noise, b"\x7fELF\x02\x01\x01" + bytes(900) + noise):
        refused(write(tmp_path, name, data), "no text file")


def test_archives_and_old_workbooks(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "p.zip", "w") as archive:
        archive.writestr("p.tsv", tsv(PAIRS))
    assert "inside" in refused(tmp_path / "p.zip", "no workbook").remedy
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    assert ".xlsx" in refused(write(tmp_path, "p.xls", old), "old format").remedy


def test_other_xml_and_json(tmp_path: Path) -> None:
    refused(
        write(tmp_path, "p.xml", "<?xml version='1.0'?>\n<xliff></xliff>"), "no translation mem"
    )
    refused(write(tmp_path, "p.html", "<!DOCTYPE html>\n<html><p>茶</p></html>"), "no translation")
    document = '[\n{"zh": "茶", "en": "tea"},\n{"zh": "水", "en": "water"}\n]\n'
    refused(write(tmp_path, "p.json", document), "one JSON document")


# --- encodings -----------------------------------------------------------------------------------


def test_wrong_encoding_chosen(tmp_path: Path) -> None:
    path = write(tmp_path, "p.tsv", tsv([("茶", "tea"), *PAIRS]).encode("gb18030"))
    error = refused(path, "the file is not UTF-8", Choices(encoding="utf-8"))
    assert error.where == "p.tsv, line 1, byte 1"
    error = refused(path, "the file is not UTF-16-LE", Choices(encoding="utf-16-le"))
    assert error.where.startswith("p.tsv, line ")


@pytest.mark.parametrize("name", ["p.tsv", "p.csv", "p.jsonl"])
def test_damage_behind_good_text(tmp_path: Path, name: str) -> None:
    text = made(tmp_path, name).read_text(encoding="utf-8").replace("\\u4f60", "你")
    data = (text * 60).encode() + "茶\ttea\n".encode("gbk") + b"\n"
    error = refused(write(tmp_path, name, data), "the file is not UTF-8")
    assert error.where.startswith(f"{name}, line {60 * text.count(chr(10)) + 1}, byte ")


def test_damage_in_another_encoding_names_its_line(tmp_path: Path) -> None:
    data = tsv(PAIRS).encode("gb18030") * 3000 + b"\xff\xff\n"
    error = refused(write(tmp_path, "p.tsv", data), "the file is not GB18030")
    assert error.where == f"p.tsv, line {3000 * len(PAIRS) + 1}"


def test_half_a_character_at_the_end(tmp_path: Path) -> None:
    data = tsv(PAIRS).encode("utf-16")[:-1]
    error = refused(write(tmp_path, "p.tsv", data), "the file is not UTF-16-LE")
    assert error.where == f"p.tsv, line {len(PAIRS)}"


@pytest.mark.parametrize("name", ["p.tsv", "p.csv", "p.jsonl", "p.xlsx"])
def test_nul_characters(tmp_path: Path, name: str) -> None:
    bad = ("茶\0水", "tea water")
    if name == "p.xlsx":
        path = write_xlsx(tmp_path, name, {"S": [*PAIRS, ("茶@@水", "tea water")]})
        rewrite(path, lambda data: data.replace(b"@@", b"_x0000_"))
    else:
        forms = {"p.tsv": tsv, "p.csv": csv_text, "p.jsonl": json_lines}
        path = write(tmp_path, name, forms[name]([*PAIRS, bad]))
    report = check(path, "zh", "en")
    expected = [] if name == "p.xlsx" else [(6, "control")]
    assert [(r.line, r.reason) for r in report.rejections] == expected
    assert len(report.pairs) >= len(PAIRS)


def test_a_nul_in_xml(tmp_path: Path) -> None:
    path = write(tmp_path, "p.tmx", tmx([*PAIRS, ("茶\0", "tea")]))
    assert refused(path, "the XML is damaged").where == "p.tmx, line 10"


# --- size ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["p.tsv", "p.csv", "p.jsonl", "p.tmx"])
def test_a_row_without_measure(tmp_path: Path, name: str) -> None:
    forms = {"p.tsv": tsv, "p.csv": csv_text, "p.jsonl": json_lines, "p.tmx": tmx}
    rows = [*PAIRS[:3], ("好" * (3 << 20), "good"), *PAIRS[3:]]
    path = write(tmp_path, name, forms[name](rows))
    tracemalloc.start()
    report = check(path, "zh", "en")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [(r.line, r.reason) for r in report.rejections] == [(4, "too_long")]
    assert [pair.line for pair in report.pairs] == [1, 2, 3, 5, 6]
    assert peak < 20 << 20


def test_blanks_without_end_are_read_in_no_time(tmp_path: Path) -> None:
    wide = ("茶" + " " * 200_000 + "水", "tea")
    for name, form in (("p.csv", csv_text), ("p.jsonl", json_lines), ("p.tmx", tmx)):
        start = time.process_time()
        report = check(write(tmp_path, name, form([*PAIRS, wide])), "zh", "en")
        assert time.process_time() - start < seconds_here(2)
        assert len(report.pairs) == len(PAIRS)
        assert len(report.rejections) == 1


@pytest.mark.parametrize("size", [140_000, 300_000])
def test_a_long_cell_is_no_quotation_mark_left_open(tmp_path: Path, size: int) -> None:
    rows = [*PAIRS[:3], ("好" * size, "good"), *PAIRS[3:]]
    for name, form in (("p.csv", csv_text), ("p.tsv", tsv)):
        report = check(write(tmp_path, name, form(rows)), "zh", "en")
        assert [(r.line, r.reason) for r in report.rejections] == [(4, "too_long")]


LAUGHS = (
    '<!DOCTYPE tmx [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {name} "{"&" + before + ";" * 1}{("&" + before + ";") * 9}">'
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>\n"
)


@pytest.mark.parametrize(
    "head",
    [
        LAUGHS,
        '<!DOCTYPE tmx [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n',
        '<!DOCTYPE tmx [<!ENTITY % x SYSTEM "http://example.org/x.dtd"> %x;]>\n',
        "<!DOCTYPE tmx [<!ELEMENT tmx ANY>]>\n",
    ],
)
def test_entities_in_a_memory(tmp_path: Path, head: str) -> None:
    text = tmx([("茶", "tea &i; &x;")], head=head).replace("&amp;", "&")
    start = time.monotonic()
    error = refused(write(tmp_path, "p.tmx", text), "entities or a document type of its own")
    assert "<!DOCTYPE" in error.remedy
    assert time.monotonic() - start < 5


def test_an_entity_that_nothing_declares(tmp_path: Path) -> None:
    text = tmx([("茶", "tea &x;")], head='<!DOCTYPE tmx SYSTEM "x.dtd">').replace("&amp;", "&")
    error = refused(write(tmp_path, "p.tmx", text), "nothing in en|damaged|no.*in it")
    assert error.where


def renamed(path: Path, old: str, new: str) -> None:
    """Give a part of a workbook, and what refers to it, another name."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace(old, new), data.replace(old.encode(), new.encode()))


@pytest.mark.parametrize("sheet", ["sheet1.xml", "sheet1.bin", "sheet1.XML"])
def test_a_bomb_of_a_workbook_is_not_unpacked(tmp_path: Path, sheet: str) -> None:
    path = write_xlsx(tmp_path, "p.xlsx", {"S": PAIRS})
    renamed(path, "sheet1.xml", sheet)
    assert len(check(path, "zh", "en").pairs) == len(PAIRS)
    rewrite(path, lambda data: data + b" " * (64 << 20), "xl/worksheets/")
    assert path.stat().st_size < 1 << 20
    tracemalloc.start()
    error = refused(path, "too large to open .*would unpack from .* to 67,")
    assert tracemalloc.get_traced_memory()[1] < 8 << 20
    tracemalloc.stop()
    assert "text" in error.remedy


def test_entities_in_a_workbook(tmp_path: Path) -> None:
    for part in ("xl/workbook.xml", "xl/sharedStrings", "xl/worksheets/"):
        path = write_xlsx(tmp_path, "p.xlsx", {"S": PAIRS})
        share_strings(path)
        rewrite(path, lambda data: LAUGHS.encode() + data, part)
        assert "xl/" in refused(path, "declares a document type").where


def laughing(data: bytes) -> bytes:
    """``data``, XML, with entities that it uses, declared behind a long comment."""
    body = data.partition(b"?>")[2] if data.startswith(b"<?xml") else data
    body = body.replace(b"<t>", b"<t>&i;").replace(b'name="', b'name="&i;')
    return b"<!--" + b"x" * 6000 + b"-->" + LAUGHS.replace("tmx", "x").encode() + body


def test_entities_behind_a_long_comment_in_a_workbook(tmp_path: Path) -> None:
    """Where the look at its beginning does not reach, no parser expands them either."""
    for part in ("xl/workbook.xml", "xl/sharedStrings", "xl/worksheets/", "xl/styles.xml"):
        path = write_xlsx(tmp_path, "p.xlsx", {"S": PAIRS})
        share_strings(path)
        rewrite(path, laughing, part)
        start = time.monotonic()
        refused(path, "damaged")
        assert time.monotonic() - start < 5


def test_a_row_longer_than_any_and_parts_packed_by_others(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path, "p.xlsx", {"S": [*PAIRS, ("茶" * (1 << 20), "tea")]})
    report = check(path, "zh", "en")
    assert [(item.line, item.reason) for item in report.rejections] == [(6, "too_long")]
    assert len(report.pairs) == len(PAIRS)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for kind in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        with zipfile.ZipFile(path, "w", kind) as archive:
            for name, data in parts.items():
                archive.writestr(name, data)
        refused(path, "packed in an unknown way")


def test_a_workbook_that_claims_a_row_beyond_all(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path, "p.xlsx", {"S": PAIRS})
    rewrite(
        path, lambda data: data.replace(b'<row r="5"', b'<row r="99999999999"'), "xl/worksheets/"
    )
    start = time.monotonic()
    assert len(check(path, "zh", "en").pairs) == 4
    assert time.monotonic() - start < 20


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/worksheets/", b"<v>1</v>", b"<v>99999</v>"),
        ("xl/worksheets/", b"<v>1</v>", b"<v>x</v>"),
        ("xl/worksheets/", b"<sheetData>", b"<sheetData><"),
        ("xl/workbook.xml", b"<sheets>", b"<shoots>"),
        ("xl/workbook.xml", b"rId1", b"rId9"),
        ("xl/sharedStrings", b"</sst>", b""),
    ],
)
def test_damaged_parts_of_a_workbook(tmp_path: Path, part: str, old: bytes, new: bytes) -> None:
    path = write_xlsx(tmp_path, "p.xlsx", {"S": PAIRS})
    share_strings(path)
    assert len(check(path, "zh", "en").pairs) == len(PAIRS)
    rewrite(path, lambda data: data.replace(old, new), part)
    assert ".xlsx" in refused(path, "the workbook is damaged or cut off").remedy


# --- what is inside ------------------------------------------------------------------------------


def test_one_column(tmp_path: Path) -> None:
    for name, text in (("p.txt", "Hello there\nGood bye\n"), ("p.csv", "茶\n水\n")):
        error = refused(write(tmp_path, name, text), "only one column")
        assert error.where == f"{name}, line 1"
    report = check(write_xlsx(tmp_path, "p.xlsx", {"S": [("茶",), ("水",)]}), "zh", "en")
    assert report.counts == {"columns": 2}
    report = check(write(tmp_path, "p.jsonl", '{"zh": "茶"}\n{"zh": "水"}\n'), "zh", "en")
    assert report.counts == {"columns": 2}


def test_two_files_of_unequal_length(tmp_path: Path) -> None:
    sides = [write(tmp_path, "t.zh", "茶\n水\n火\n"), write(tmp_path, "t.en", "tea\nwater\n")]
    error = refused(sides, "has 3 lines, t.en has 2")
    assert error.where == "t.zh, line 3"
    error = refused(sides[::-1], "has 3 lines, t.en has 2")
    assert error.where == "t.zh, line 3"


def test_the_wrong_languages(tmp_path: Path) -> None:
    rows = [("Guten Tag", "Bonjour"), ("Tee", "Thé"), ("Это чай", "C'est le thé")]
    for name, form in (("p.tsv", tsv), ("p.csv", csv_text)):
        assert check(write(tmp_path, name, form(rows)), "zh", "en").counts == {"language": 3}
    path = write(tmp_path, "p.tmx", tmx(rows, languages=("de", "fr-FR")))
    error = refused(path, "nothing in zh and en; its languages are: de, fr-FR")
    assert "Chinese" in error.remedy


@pytest.mark.parametrize("name", NAMES)
def test_one_pair_and_all_alike(tmp_path: Path, name: str) -> None:
    forms = {"p.tsv": tsv, "p.csv": csv_text, "p.jsonl": json_lines, "p.tmx": tmx}
    for rows, counts in (
        (PAIRS[:1], {}),
        (PAIRS[:1] * 6, {"duplicate": 5}),
        ([("OK", "ok")] * 3, {"identical": 3}),
    ):
        if name == "p.xlsx":
            path = write_xlsx(tmp_path, name, {"S": rows})
        else:
            path = write(tmp_path, name, forms[name](rows))
        report = check(path, "zh", "en")
        assert report.counts == counts
        assert len(report.pairs) == (rows[0] == PAIRS[0])


def test_a_choice_that_the_file_does_not_have(tmp_path: Path) -> None:
    with pytest.raises(AttuneError, match="no column 7") as caught:
        recognise(made(tmp_path, "p.tsv"), Choices(columns=(1, 7)))
    assert caught.value.remedy
