"""Jobs killed at any moment, and gone on with: the bytes of a job that nobody killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.core.cli.conftest import Program

ROOT = Path(__file__).parents[4]
PATIENCE = 120.0  # seconds that a busy machine may take for anything
# The program, saving as often as it can.
EAGER = (
    "import sys; from core.cli import output_file, program;"
    " output_file.SYNC_SECONDS = 0.0; sys.exit(program.main())"
)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="no signal 9 there"),
]


def start(*arguments: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", EAGER, "translate", *map(str, arguments)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def lines_kept(output: Path) -> int:
    journal = output.with_name(f"{output.name}.partial.json")
    return int(json.loads(journal.read_bytes())["lines"]) if journal.exists() else 0


def wait_for(process: subprocess.Popen[bytes], output: Path, lines: int) -> None:
    """Wait until ``lines`` lines are kept."""
    latest = time.monotonic() + PATIENCE
    while lines_kept(output) < lines:
        assert process.poll() is None, "it ended by itself"
        assert time.monotonic() < latest
        time.sleep(0.01)


def sentences(count: int) -> str:
    """Lines that differ, the last one without its end."""
    objects = "猫书龘鑫"
    return "\n".join(f"我喜欢{number}{objects[number % 4]}。" for number in range(count))


def test_killed_at_every_moment_that_touches_the_disk(tiny_bundle: Path, tmp_path: Path) -> None:
    source = tmp_path / "source.txt"
    source.write_text("你好。\n" + sentences(8) + "\n你好。\n\n再见。", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "tests.core.cli.to_file.crashing", tiny_bundle, source, tmp_path],
        cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 40


def test_a_job_killed_again_and_again(program: Program, tiny_bundle: Path, tmp_path: Path) -> None:
    source, output, whole = (tmp_path / name for name in ("source.txt", "out.txt", "whole.txt"))
    source.write_text(sentences(600), encoding="utf-8")
    arguments = (source, "--model", tiny_bundle, "--beam", 1, "--threads", 1)
    partial = output.with_name("out.txt.partial")

    for lines in (1, 200):
        with start(*arguments, "--output", output, "--resume") as process:
            wait_for(process, output, lines)
            process.kill()
        assert partial.exists()
        with partial.open("ab") as file:  # what a loss of power may leave behind the synced bytes
            file.write(b"\0" * 100)
    kept = lines_kept(output)

    with start(*arguments, "--output", output, "--resume") as process:
        _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert err.decode().splitlines() == [
        f"going on after {kept:,} lines",
        f"600 lines are translated, in {output}",
    ]
    assert program("translate", *arguments, "--output", whole).code == 0
    assert output.read_bytes() == whole.read_bytes()
    assert output.read_bytes().count(b"\n") == 600
    assert not [name for name in os.listdir(tmp_path) if "partial" in name]


def test_ctrl_c_keeps_what_is_done_even_while_the_input_makes_it_wait(
    tiny_bundle: Path, tmp_path: Path
) -> None:
    output = tmp_path / "out.txt"
    with start("--model", tiny_bundle, "--output", output) as process:
        assert process.stdin is not None
        process.stdin.write("你好。\n谢谢你！\n我".encode())  # and no more
        process.stdin.flush()
        wait_for(process, output, 2)
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 1
        assert process.stderr is not None
        *_, last = process.stderr.read().decode().splitlines()
    assert last == "stopped: 2 lines are kept in out.txt.partial; add --resume to go on."
    assert (tmp_path / "out.txt.partial").read_text() == "Hello.\nThank you!\n"
