"""The progress bar, and what it tells of a translation."""

from __future__ import annotations

import io
from pathlib import Path
from types import SimpleNamespace

import pytest

from core.cli import progress
from core.cli.line_reader import open_lines
from core.cli.progress import ProgressBar, clock
from core.cli.translate import _bytes, _Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True

    def screen(self) -> list[str]:
        """The lines as a person sees them, without trailing blanks."""
        seen = []
        for line in self.getvalue().split("\n"):
            cells: list[str] = []
            for part in line.split("\r"):
                cells[: len(part)] = part
            seen.append("".join(cells).rstrip())
        return seen


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    terminal = Terminal()
    # Not sys.stderr itself, which pytest sets anew before the test.
    monkeypatch.setattr(progress, "sys", SimpleNamespace(stderr=terminal))
    return terminal


def test_a_bar_gives_way_to_lines(terminal: Terminal) -> None:
    bar = ProgressBar()
    bar.draw(0.25, "a very long text", 65)
    assert terminal.screen() == ["██████░░░░░░░░░░░░░░░░░░  25%  a very long text  1:05 left"]
    bar.draw(1.0, "short")
    assert terminal.screen() == ["████████████████████████ 100%  short"]
    bar.line("said")
    bar.draw(None, "whose end nobody knows")
    bar.clear()
    assert terminal.screen() == ["said", ""]


def test_a_log_gets_lines_alone(capsys: pytest.CaptureFixture[str]) -> None:
    bar = ProgressBar()
    bar.draw(0.5, "half")
    bar.line("said")
    bar.clear()
    assert capsys.readouterr().err == "said\n"


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0.4, "0:00"), (59.6, "1:00"), (3599, "59:59"), (3600, "1:00:00"), (200_000, "55:33:20")],
)
def test_clock(seconds: float, shown: str) -> None:
    assert clock(seconds) == shown


@pytest.mark.parametrize(
    ("count", "shown"),
    [
        (0, "0 B"), (7, "7 B"), (999, "999 B"), (1000, "1.0 kB"), (64_400, "64 kB"),
        (999_600, "1.0 MB"), (3_140_000_000, "3.1 GB"), (2e16, "20000 TB"),
    ],
)  # fmt: skip
def test_bytes(count: int, shown: str) -> None:
    assert _bytes(count) == shown


def test_how_far_a_file_is(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"0123456789\n" * 400)
    now = [100.0]
    monkeypatch.setattr("core.cli.translate.time.monotonic", lambda: now[0])
    with open_lines(str(file)) as lines:
        for _ in range(100):  # done before
            next(lines)
        shown = _Progress(lines)
        shown.draw()
        assert terminal.screen() == [
            "██████░░░░░░░░░░░░░░░░░░  25%  100 lines  1.1 kB of 4.4 kB  0 lines/s"
        ]
        for _ in range(200):
            next(lines)
        now[0] += 50
        shown.draw()
        assert terminal.screen() == [
            "██████████████████░░░░░░  75%  300 lines  3.3 kB of 4.4 kB  4 lines/s  0:25 left"
        ]
