"""``attune-cli translate``."""

from __future__ import annotations

import gzip
import json
import lzma
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import Program

ZH_EN = ("translate", "--from", "zh", "--to", "en", "--threads", "1")


def test_a_line_for_each_line(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "input.txt"
    file.write_bytes("你好。\n\n  我喜欢猫。你买书。\nHello!\n😀".encode())
    done = program(*ZH_EN, file)
    assert done.lines == ["Hello.", "", "  I like cats. You buy books.", "Hello!", "😀"]
    assert (done.code, done.err) == (0, "")


@pytest.mark.parametrize("arguments", [ZH_EN, (*ZH_EN, "-")])
def test_standard_input(program: Program, arguments: tuple[str, ...]) -> None:
    assert program(*arguments, stdin="你好。\n谢谢你！\n".encode()).lines == [
        "Hello.",
        "Thank you!",
    ]


def test_nothing_in_nothing_out(program: Program) -> None:
    done = program(*ZH_EN)
    assert (done.code, done.out, done.err) == (0, "", "")


@pytest.mark.parametrize(
    "line",
    [
        "我喜欢猫。\r你好。",
        "我喜欢猫。\u2028你好。",
        "我喜欢猫。\u2029你好。\x85",
        "我喜欢\x00猫。",
        "我喜欢猫。\x0b\x0c\x1c\x1d\x1e",
        "\r",
        "\u2028",
        "\x00",
    ],
)
@pytest.mark.parametrize("option", [(), ("--json",)])
def test_other_line_ends_make_no_lines(
    program: Program, line: str, option: tuple[str, ...]
) -> None:
    done = program(*ZH_EN, *option, stdin=f"{line}\n你好。\n".encode())
    assert done.code == 0
    assert len(done.lines) == 2
    if option:
        assert len(done.out.splitlines()) == 2  # nor for programs that know other line ends
        assert json.loads(done.lines[0])["source"] == line


def test_dos_line_ends_stay(program: Program) -> None:
    assert (
        program(*ZH_EN, stdin="你好。\r\n你买书。\r\n".encode()).out
        == "Hello.\r\nYou buy books.\r\n"
    )


def test_a_byte_order_mark_is_no_text(program: Program) -> None:
    done = program(*ZH_EN, "--json", stdin="\ufeff你好。\n\ufeff你好。\n".encode())
    assert [json.loads(line)["translation"] for line in done.lines] == ["Hello.", "Hello."]
    assert json.loads(done.lines[0])["source"] == "你好。"


def test_json(program: Program) -> None:
    text = "我今天喜欢猫。"
    done = program(*ZH_EN, "--json", stdin=f"{text}\n".encode())
    fields = json.loads(done.out)
    assert list(fields) == [
        "source", "translation", "score", "source_words", "target_words", "alignment",
    ]  # fmt: skip
    assert fields["source"] == text
    assert fields["translation"] == "I like cats today."
    assert -0.1 < fields["score"] <= 0
    assert fields["source_words"][:2] == [
        {"text": "我", "start": 0, "end": 1},
        {"text": "今天", "start": 1, "end": 3},
    ]
    assert fields["target_words"][3] == {"text": "today", "start": 12, "end": 17}
    assert [row.index(max(row)) for row in fields["alignment"]] == [0, 2, 3, 1, 4]
    assert {len(row) for row in fields["alignment"]} == {5}
    assert all(sum(row) == pytest.approx(1, abs=1e-4) for row in fields["alignment"])
    assert text in done.out  # readable: no escapes


def test_json_with_confidences_and_alarms(program: Program) -> None:
    text = "你好。我喜欢猫龘。"
    done = program(*ZH_EN, "--json", "--alarms", stdin=f"{text}\n".encode())
    fields = json.loads(done.out)
    assert list(fields)[-2:] == ["confidences", "alarms"]
    assert len(fields["confidences"]) == len(fields["target_words"])
    copied = [word["text"] == "龘" for word in fields["target_words"]]
    assert [confidence is None for confidence in fields["confidences"]] == copied
    assert all(0.3 < c < 1 for c in fields["confidences"] if c is not None)
    assert fields["alarms"] == []


def test_alarms_go_with_json(program: Program) -> None:
    done = program(*ZH_EN, "--alarms", stdin="你好。\n".encode())
    assert done.code == 2
    assert "--json" in done.err


def test_json_of_several_sentences_and_of_none(program: Program) -> None:
    done = program(*ZH_EN, "--json", stdin="你好。我喜欢猫。\n\n".encode())
    both, none = map(json.loads, done.lines)
    assert len(both["alignment"]) == len(both["target_words"]) == 6
    assert {len(row) for row in both["alignment"]} == {len(both["source_words"])} == {6}
    assert none == {
        "source": "", "translation": "", "score": 0.0,
        "source_words": [], "target_words": [], "alignment": [],
    }  # fmt: skip


def test_a_long_line_too_wide_for_json_is_told(program: Program) -> None:
    text = "".join(f"我喜欢{n}。" for n in range(3000))
    done = program(*ZH_EN, "--beam", "1", "--json", stdin=f"你好。\n{text}\n".encode())
    assert done.code == 1
    assert len(done.lines) == 1  # the one before it
    assert done.err.startswith("standard input, line 2: ")
    assert "on a line of its own" in done.err


def test_100000_characters_in_a_line(program: Program) -> None:
    text = "我今天喜欢猫。" * 15_000
    done = program(*ZH_EN, stdin=f"{text}\n".encode())
    assert done.lines == [" ".join(["I like cats today."] * 15_000)]


@pytest.mark.parametrize("beam", ["1", "2", "8"])
def test_beam(program: Program, beam: str) -> None:
    assert program(*ZH_EN, "--beam", beam, stdin="你好。".encode()).out == "Hello.\n"


@pytest.mark.parametrize("precision", ["fp32", "bf16"])
def test_precision(program: Program, precision: str) -> None:
    assert program(*ZH_EN, "--precision", precision, stdin="你好。".encode()).out == "Hello.\n"


# --- what can go wrong ---------------------------------------------------------------------------


def test_a_missing_file(program: Program, tmp_path: Path) -> None:
    done = program(*ZH_EN, tmp_path / "none.txt")
    assert (done.code, done.out) == (1, "")
    assert done.err == (f"{tmp_path}/none.txt: there is no such file. Check its name and folder.\n")


def test_a_folder_instead_of_a_file(program: Program, tmp_path: Path) -> None:
    done = program(*ZH_EN, tmp_path)
    assert done.code == 1
    assert "this is a folder, not a file" in done.err


@pytest.mark.parametrize("source", ["file", "standard input"])
def test_invalid_utf8_is_told_with_its_line_and_costs_none_before_it(
    program: Program, tmp_path: Path, source: str
) -> None:
    file = tmp_path / "latin.txt"
    file.write_bytes("你好。\n谢谢你！\n".encode() + b"caf\xe9\n" + "你好。\n".encode())
    named, piped = (file, b"") if source == "file" else ("-", file.read_bytes())
    done = program(*ZH_EN, named, stdin=piped)
    assert done.code == 1
    assert done.lines == ["Hello.", "Thank you!"]
    name = file if source == "file" else source
    assert done.err == (
        f"{name}, line 3: byte 4 is not UTF-8. Correct the line, or save the file as UTF-8.\n"
    )


def test_invalid_utf8_of_standard_input(program: Program) -> None:
    assert program(*ZH_EN, stdin=b"\xff\n").err.startswith("standard input, line 1: byte 1 is not")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("你好。\n", "utf-16"),
        ("今天天气很好。\n", "utf-16-be"),  # none of the others has a mark
        ("Hello there.\nI like cats.\n", "utf-16-le"),
        ("Hello there.\nI like cats.\n", "utf-16-be"),
        ("\n\nHello there.\n", "utf-16-le"),
    ],
)
def test_utf16_is_told(program: Program, text: str, encoding: str) -> None:
    done = program(*ZH_EN, stdin=text.encode(encoding))
    assert done.code == 1
    assert "UTF-16" in done.err or "is not UTF-8" in done.err
    assert not done.out.strip("\0\n")


def test_a_line_too_long_to_hold_is_told(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.cli.line_reader.MAX_LINE_BYTES", 100)
    longest = b"a" * 100
    done = program(*ZH_EN, stdin="你好。\n".encode() + longest + b"\n" + longest + b"b\n")
    assert done.lines == ["Hello.", longest.decode()]
    assert done.err == (
        "standard input, line 3: it is longer than 100 bytes. Put fewer sentences on a line.\n"
    )


@pytest.mark.parametrize(("suffix", "pack"), [(".gz", gzip.compress), (".xz", lzma.compress)])
def test_archives(
    program: Program, tmp_path: Path, suffix: str, pack: Callable[[bytes], bytes]
) -> None:
    file = tmp_path / f"input.txt{suffix}"
    file.write_bytes(pack("你好。\n谢谢你！".encode()))
    assert program(*ZH_EN, file).lines == ["Hello.", "Thank you!"]


def test_a_torn_archive_is_told_and_costs_no_line_before(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "input.txt.gz"
    file.write_bytes(gzip.compress("你好。\n".encode(), 0)[:-8])
    done = program(*ZH_EN, file)
    assert (done.code, done.lines) == (1, ["Hello."])
    assert done.err.startswith("input.txt.gz, after line 1: the archive is damaged or cut off")
