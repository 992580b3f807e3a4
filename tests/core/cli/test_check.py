"""``attune-cli check``: what it prints, what it writes, and its exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from core.training.checks import Pair
from tests.core.training.plain_files import check_file

from .conftest import Program

GOOD = [(f"这是第{n}句话。", f"This is sentence {n}.") for n in range(1, 13)]
BAD = [
    ("早上好！", "早上好！"),  # 13
    ("Good evening!", "晚上好！"),
    ("这是第1句话。", "This is sentence 1."),
    ("茶", "Чай"),
]
DOUBTFUL = [("我有3只猫。", "I have some cats."), ("这是第2句话。", "A fine day.")]  # 17, 18
ROWS = GOOD + BAD + DOUBTFUL


def write(folder: Path, rows: list[tuple[str, str]], delimiter: str = "\t") -> Path:
    path = folder / "句 对.tsv"
    path.write_text("".join(delimiter.join(row) + "\n" for row in rows), encoding="utf-8")
    return path


def report(program: Program, *arguments: object) -> dict[str, Any]:
    done = program("check", *arguments, "--json")
    assert done.err == ""
    (line,) = done.out.splitlines()
    found = json.loads(line)
    assert isinstance(found, dict)
    assert done.code == (found["usable"] < 10)
    return found


def test_what_a_person_reads(program: Program, tmp_path: Path) -> None:
    done = program("check", write(tmp_path, ROWS))
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[0] == "句 对.tsv: text, utf-8, delimiter tab, columns 1 and 2, zh to en"
    assert lines[1] == "18 lines: 14 usable pairs, 4 left out"
    assert "        1  swapped: sides swapped (--fix-swapped puts them right)" in lines
    assert "           line 14: Good evening! ⇥ 晚上好！" in lines
    assert "           line 17: 我有3只猫。 ⇥ I have some cats.  [3]" in lines
    assert "           line 18: 这是第2句话。 ⇥ A fine day.  [see 2]" in lines
    assert lines.index("rejected:") < lines.index("doubtful:")


def test_one_json_object(program: Program, tmp_path: Path) -> None:
    path = write(tmp_path, ROWS)
    found = report(program, path)
    assert found["files"] == [str(path)]
    assert (found["format"], found["delimiter"], found["columns"]) == ("text", "\t", [1, 2])
    assert (found["rows"], found["pairs"], found["usable"]) == (18, 14, 14)
    assert found["rejected"] == {"identical": 1, "swapped": 1, "duplicate": 1, "language": 1}
    assert found["doubtful"] == {"numbers": 2, "contradiction": 2}
    assert found["examples"]["identical"] == [
        {"line": 13, "text": "早上好！\t早上好！", "note": ""}
    ]


def test_no_good_pair_is_no_success(program: Program, tmp_path: Path) -> None:
    done = program("check", write(tmp_path, [("你好", "你好"), ("早上好", "早上好")]))
    assert done.code == 1
    assert done.out.splitlines()[-1] == "nothing to learn from: there is no good pair"
    done = program("check", write(tmp_path, GOOD[:1]))
    assert done.code == 0
    assert done.out.splitlines()[1] == "1 line: 1 usable pair, 0 left out"


def test_good_pairs_are_written(program: Program, tmp_path: Path) -> None:
    out = tmp_path / "good.tsv"
    out.write_text("old")
    path = write(tmp_path, ROWS)
    program("check", path, "--write-good", out, "--drop", "numbers,contradiction", "--fix-swapped")
    kept = [*GOOD[:1], *GOOD[2:], ("晚上好！", "Good evening!")]
    assert out.read_bytes().decode() == "".join(f"{zh}\t{en}\n" for zh, en in kept)
    assert check_file(out, "zh", "en").pairs == tuple(Pair(n, *p) for n, p in enumerate(kept, 1))
    assert not list(tmp_path.glob(".*"))


def test_what_is_written_has_two_columns(program: Program, tmp_path: Path) -> None:
    sides = [tmp_path / "t.zh", tmp_path / "t.en"]
    for n, side in enumerate(sides):
        side.write_text("".join(f"\t{p[n][:2]}\t{p[n][2:]}\n" for p in GOOD), encoding="utf-8")
    out = tmp_path / "good.tsv"
    assert program("check", *sides, "--write-good", out).code == 0
    assert {line.count("\t") for line in out.read_text(encoding="utf-8").splitlines()} == {1}


def test_a_place_that_cannot_be_written(program: Program, tmp_path: Path) -> None:
    done = program("check", write(tmp_path, ROWS), "--write-good", tmp_path / "no" / "x.tsv")
    assert done.code == 1
    assert "the folder does not exist" in done.err
    assert done.err.count("\n") == 1


def test_choices_override_what_is_recognised(program: Program, tmp_path: Path) -> None:
    path = tmp_path / "table.txt"
    rows = [("A", "B", "C"), *((en, str(n), zh) for n, (zh, en) in enumerate(GOOD))]
    path.write_bytes("".join("\x20|".join(row) + "\n" for row in rows).encode("gb18030"))
    found = report(
        program, path, "--format", "csv", "--delimiter", "bar", "--columns", "c,1",
        "--encoding", "gbk", "--header", "--from", "zh",
    )  # fmt: skip
    assert found["guesses"] == {}
    assert (found["columns"], found["header"], found["usable"]) == ([3, 1], True, len(GOOD))
    assert (found["source_language"], found["target_language"]) == ("zh", "en")


def test_held_out_lines_leak(program: Program, tmp_path: Path) -> None:
    held = tmp_path / "held.csv"
    held.write_text('en,zh\n"This is sentence 3.",这是另外一句。\n"x","y"\n', encoding="utf-8")
    found = report(program, write(tmp_path, GOOD), "--held", held)
    assert found["rejected"] == {"leak": 1}
    assert found["examples"]["leak"][0]["line"] == 3


@pytest.mark.usefixtures("resources")
def test_a_model_doubts_wrong_partners(program: Program, tmp_path: Path) -> None:
    from tests.fixtures.tiny_model import toy_pairs

    rows = list(dict.fromkeys((zh.replace(" ", ""), en) for zh, en, _ in toy_pairs()))
    rows = [(zh, en) for zh, en in rows if zh != en]
    rows[3], rows[9] = (rows[3][0], rows[9][1]), (rows[9][0], rows[3][1])
    path, out = write(tmp_path, rows), tmp_path / "good.tsv"
    found = report(
        program, path, "--second-pass", "zh-en", "--drop", "misaligned", "--write-good", out
    )
    wrong = found["doubtful"]["misaligned"]
    assert 2 <= wrong <= len(rows) / 3
    assert found["usable"] == found["pairs"] - wrong
    written = out.read_text(encoding="utf-8").splitlines()
    assert len(written) == found["usable"]
    assert "\t".join(rows[3]) not in written
    assert "\t".join(rows[9]) not in written
    assert "misaligned" in report(program, path, "--second-pass", "zh-en")["examples"]


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("--columns", "1"), 2, "does not name two columns"),
        (("--from", "French"), 2, "no code of a language"),
        (("--from", "fr"), 1, "a side in one language"),
        (("--format", "docx"), 1, "unknown format 'docx'"),
        (("--encoding", "klingon"), 1, "unknown encoding 'klingon'"),
        (("--delimiter", "colon"), 1, "cannot part columns"),
        (("--drop", "boredom"), 1, "'boredom' is no reason for doubt"),
        (("--second-pass", "nobody"), 1, "there is no model called 'nobody'"),
        (("--columns", "1,9"), 1, "no column 9"),
    ],
)
def test_options_that_make_no_sense(
    program: Program, tmp_path: Path, arguments: tuple[str, ...], code: int, told: str
) -> None:
    done = program("check", write(tmp_path, ROWS), *arguments)
    assert (done.code, done.out) == (code, "")
    assert told in done.err


def test_a_file_that_is_none(program: Program, tmp_path: Path) -> None:
    done = program("check", tmp_path / "none.tsv")
    assert (done.code, done.out) == (1, "")
    assert done.err.endswith("there is no such file. Check its name and folder.\n")
