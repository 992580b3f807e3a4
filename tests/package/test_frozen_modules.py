"""The frozen program in the interpreter's place: ``-m`` runs a module of the core."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import gui.__main__ as entry

ROOT = Path(entry.__file__).parents[1]


def run(*program: str) -> tuple[int, str, str]:
    units = ("--languages", "xx", "yy", "--units", "characters", "spaces")
    done = subprocess.run(
        [sys.executable, *program, "-m", "core.training.token_store.cutter", *units],
        input="1\nab\nc d\n",
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
    )
    return done.returncode, done.stdout, done.stderr


def test_a_module_is_run_as_the_interpreter_runs_it() -> None:
    code, out, complaints = run(entry.__file__)
    assert (code, out.splitlines()[0]) == (0, "a b"), complaints
    assert (code, out, complaints) == run()
