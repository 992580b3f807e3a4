"""A program for the tests: translates, killed (signal 9) at every moment that touches the disk.

``python -m tests.core.cli.to_file.crashing BUNDLE INPUT FOLDER``: for every moment in turn, a fresh
job is killed there and then gone on with. Each must end with the bytes of a job never killed.
Prints the number of moments. The translator is the fake one, which shows every change of a batch.
"""

from __future__ import annotations

import io
import itertools
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from core.cli import output_file
from core.cli.program import main
from core.translation import lines
from core.translation.translator import Translator
from tests.core.cli.to_file.fake_translator import FakeTranslator


class _Countdown:
    """Kills this process when it has ticked ``moments`` times."""

    def __init__(self, moments: int) -> None:
        self.left = moments

    def tick(self) -> None:
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*arguments: Any, **options: Any) -> Any:
            self.tick()
            result = call(*arguments, **options)
            self.tick()
            return result

        return watched


def _die_after(moments: int) -> None:
    countdown = _Countdown(moments)
    for name in ("fsync", "replace", "unlink"):
        setattr(os, name, countdown.around(getattr(os, name)))

    def half_first(file: io.FileIO, data: bytes) -> None:
        countdown.tick()
        file.write(data[: len(data) // 2])
        countdown.tick()
        file.write(data[len(data) // 2 :])
        countdown.tick()

    output_file._write = half_first


def _run(arguments: list[str], *, dies_after: int = 0) -> int:
    """The wait status of a child that translates."""
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        if dies_after:
            _die_after(dies_after)
        os._exit(main(arguments))
    return os.waitpid(child, 0)[1]


def run(bundle: str, source: str, folder: Path) -> int:
    """The number of moments."""
    Translator.load = lambda *_, **__: FakeTranslator()  # type: ignore[method-assign, assignment, return-value]
    output_file.SYNC_SECONDS = 0.0
    lines.WINDOW_CHARACTERS = 20
    usual = ["translate", source, "--model", bundle, "--threads", "1", "--output"]

    whole = folder / "whole.txt"
    assert _run([*usual, str(whole)]) == 0
    for moments in itertools.count(1):
        place = folder / str(moments)
        place.mkdir()
        output = place / "out.txt"
        died = _run([*usual, str(output)], dies_after=moments)
        assert died in (0, signal.SIGKILL), died
        assert _run([*usual, str(output), "--resume"]) == 0, moments
        assert output.read_bytes() == whole.read_bytes(), moments
        assert os.listdir(place) == ["out.txt"], os.listdir(place)
        shutil.rmtree(place)
        if died == 0:
            return moments - 1
    raise AssertionError


if __name__ == "__main__":
    print(run(sys.argv[1], sys.argv[2], Path(sys.argv[3])))
