"""``attune-cli translate --output``: what a finished job leaves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.core.cli.conftest import Done

from .conftest import LINES, files


def test_it_writes_what_standard_output_would_get(
    translate: Callable[..., Done], source: Path, output: Path
) -> None:
    plain = translate(source)
    done = translate(source, "--output", output)
    assert output.read_bytes() == plain.out.encode()
    assert len(plain.lines) == LINES
    assert (done.code, done.out) == (0, "")
    assert done.err == f"{LINES} lines are translated, in {output}\n"
    assert files(output) == ["out.txt"]


def test_the_order_is_kept_and_a_line_that_comes_again_is_answered_again(
    translate: Callable[..., Done], source: Path, output: Path
) -> None:
    translate(source, "--output", output)
    found = output.read_bytes().decode().split("\n")[:-1]
    assert [line.split(" ")[0].strip("\r") for line in found] == [
        "一", "二", "", "三。", "一", "五\x00", "六", "七", "八", "九", "一", "十",
    ]  # fmt: skip
    assert found[0] == found[4] == found[10]  # the very answer, though in another window


def test_nothing_makes_an_empty_file(translate: Callable[..., Done], output: Path) -> None:
    assert translate("-", "--output", output).code == 0
    assert output.read_bytes() == b""
    assert files(output) == ["out.txt"]
