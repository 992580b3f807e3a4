"""The terminal program as a process of its own: pipes, terminals, what it imports."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

PROGRAM = (sys.executable, "-m", "core.cli")
TIMEOUT = 120


def run(*arguments: object, stdin: str = "", **options: object) -> subprocess.CompletedProcess[str]:
    command = [*PROGRAM, *map(str, arguments)]
    return subprocess.run(  # type: ignore[call-overload, no-any-return]
        command, input=stdin, text=True, check=False, timeout=TIMEOUT, **options
    )


def test_it_translates(tiny_bundle: Path) -> None:
    done = run("translate", "--model", tiny_bundle, stdin="你好。\n", capture_output=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "Hello.\n", "")


def test_whoever_types_is_answered_line_by_line(tiny_bundle: Path) -> None:
    controller, terminal = pty.openpty()
    arguments = ("translate", "--model", str(tiny_bundle), "--threads", "1")
    with (
        subprocess.Popen([*PROGRAM, *arguments], stdin=terminal, stdout=subprocess.PIPE) as process,
        open(controller, "wb", buffering=0) as keyboard,
    ):
        os.close(terminal)
        assert process.stdout is not None
        for typed, answer in (("你好。", "Hello."), ("我喜欢猫。", "I like cats.")):
            keyboard.write(f"{typed}\n".encode())
            assert process.stdout.readline().decode() == f"{answer}\n"  # before more is typed
        keyboard.write(b"\x04")  # Ctrl+D
        assert process.wait(TIMEOUT) == 0


def test_a_slow_pipe_is_answered_as_it_comes(tiny_bundle: Path) -> None:
    with subprocess.Popen(
        [*PROGRAM, "translate", "--model", str(tiny_bundle), "--threads", "1"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        for sent, answers in (
            ("你好。\n我", ["Hello."]),
            ("喜欢猫。\n你好。\n", ["I like cats.", "Hello."]),
        ):
            process.stdin.write(sent.encode())
            process.stdin.flush()
            for answer in answers:
                assert process.stdout.readline().decode() == f"{answer}\n"
        process.stdin.close()
        assert process.wait(TIMEOUT) == 0


def test_a_closed_pipe_ends_it_quietly(tiny_bundle: Path) -> None:
    with subprocess.Popen(
        [*PROGRAM, "translate", "--model", str(tiny_bundle), "--beam", "1"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        process.stdout.close()  # as `head` does when it has enough
        _, err = process.communicate("你好。\n".encode() * 1000, timeout=TIMEOUT)
    assert (process.returncode, err) == (1, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_told() -> None:
    with open("/dev/full", "w") as full:
        done = run("models", stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 1
    [line] = done.stderr.splitlines()
    assert line.startswith("standard output: it cannot be written (No space left on device).")


def test_listing_models_needs_no_torch() -> None:
    program = (
        "import sys; from core.cli.program import main; main(['models']);"
        "print(sorted({'torch', 'jieba', 'spacy', 'numpy'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=False,
        timeout=TIMEOUT,
    )
    assert done.stdout.splitlines()[-1] == "[]"
    assert (done.returncode, done.stderr) == (0, "")
