"""Arguments, exit codes, and where the output goes."""

from __future__ import annotations

import io
import sys

import pytest

from core.cli.program import main

from .conftest import Program


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("fly",),
        ("translate", "--beam", "0"),
        ("translate", "--beam", "many"),
        ("translate", "--beam", "1000000"),
        ("translate", "--from", "FR", "--to", "en"),
        ("translate", "--precision", "int4"),
        ("align",),
        ("evaluate", "--source", "x"),
        ("evaluate", "--source", "x", "--reference", "y", "--pairs", "z"),
        ("samples", "dates"),
        ("models", "rename", "a"),
        ("models", "delete"),
        ("tune", "x.tsv", "--name", "a"),
        ("tune", "x.tsv", "--base", "b", "--name", "a", "--minutes", "-1"),
        ("tune", "x.tsv", "--base", "b", "--name", "a", "--minutes", "soon"),
        ("translate", "--events"),
    ],
)
def test_wrong_usage_is_2(program: Program, arguments: tuple[str, ...]) -> None:
    done = program(*arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("usage: attune-cli")
    assert "_" not in done.err.splitlines()[-1]  # no name of ours


def test_help(program: Program) -> None:
    done = program("--help")
    assert done.code == 0
    for command in ("translate", "align", "evaluate", "train", "tune", "check", "models"):
        assert command in done.out


def test_a_users_error_is_one_line(program: Program) -> None:
    done = program("translate", "--model", "a\nb\r\nc")
    assert done.code == 1
    assert done.err.count("\n") == 1


def test_with_events_a_users_error_is_an_event_too(program: Program) -> None:
    done = program("--events", "translate", "--model", "zh-em")
    assert done.code == 1
    assert '"event": "failed"' in done.out
    assert done.err == "there is no model called 'zh-em'. Did you mean 'zh-en'?\n"


def test_ctrl_c(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("core.translation.translator.Translator.load", interrupted)
    done = program("translate", "--from", "zh", "--to", "en", stdin="你好。".encode())
    assert (done.code, done.out, done.err) == (1, "", "stopped\n")


def test_a_bug_keeps_its_traceback(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("core.translation.translator.Translator.load", broken)
    with pytest.raises(ZeroDivisionError):
        program("translate", "--from", "zh", "--to", "en", stdin="你好。".encode())


@pytest.mark.usefixtures("resources")
@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_output_is_utf8_whatever_the_system_says(
    monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding=encoding))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("龘😀".encode())))
    assert main(["translate", "--from", "zh", "--to", "en"]) == 0
    written = raw.getvalue().decode("utf-8")
    assert "龘" in written
    assert "😀" in written
    assert written.count("\n") == 1
