"""The log rotates and holds no text; nor does anything else that the program keeps."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from core.crash_reports import TEXT_VARIABLE
from gui import logs
from gui.app import Composition
from gui.session import _end_log
from gui.settings import Settings
from tests.fixtures.tiny_model import tiny_bundle
from tests.gui.translate.conftest import dressed, engine, open_window, settings, translated

pytestmark = pytest.mark.slow

__all__ = ["dressed", "engine", "open_window", "settings", "tiny_bundle"]

CANARY = "金丝雀在唱歌"


@pytest.fixture
def log() -> Iterator[Path]:
    handler = logs.log_to_file()
    assert handler is not None
    yield logs.log_file()
    _end_log(handler)
    for name in ("gui", "core"):
        logging.getLogger(name).setLevel(logging.NOTSET)


def test_it_is_begun_anew_when_it_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "MOST_BYTES", 1000)
    handler = logs.log_to_file()
    assert handler is not None
    for number in range(200):
        logging.getLogger("gui.tests").info("line %d", number)
    _end_log(handler)
    files = sorted(logs.log_file().parent.iterdir())
    assert [file.name for file in files] == ["attune.log", *(f"attune.log.{n}" for n in (1, 2, 3))]
    assert all(file.stat().st_size <= 1000 for file in files)
    assert files[0].read_text("utf-8").endswith("line 199\n")


@pytest.mark.logs("broken")
def test_an_exception_is_told_without_its_words(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def note() -> str:
        try:
            raise ValueError(CANARY)
        except ValueError:
            logging.getLogger("gui.tests").exception("broken")
        return log.read_text("utf-8")

    before = note()
    assert "test_logs.py, line" in before
    assert "ValueError" in before
    assert CANARY not in before
    monkeypatch.setenv(TEXT_VARIABLE, "1")
    assert CANARY in note()


def test_libraries_say_nothing_in_it(log: Path, caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("somebody").info(CANARY)
    assert log.read_text("utf-8") == ""


@pytest.mark.logs("there is no log")
def test_a_folder_that_cannot_be_written_stops_nothing(attune_home: Path) -> None:
    attune_home.mkdir()
    (attune_home / "state").write_text("a file")
    assert logs.log_to_file() is None


def holding(home: Path, text: str) -> list[str]:
    """The files below ``home`` that hold ``text`` in some encoding, or escaped."""
    forms = {text.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be", "gb18030")}
    forms |= {text.encode("unicode_escape"), ascii(text)[1:-1].upper().encode()}
    forms.add("".join(f"\\x{ord(sign):x}" for sign in text).encode())  # as QSettings escapes
    return [
        str(file.relative_to(home))
        for file in home.rglob("*")
        if file.is_file() and any(form in file.read_bytes() for form in forms)
    ]


def test_what_is_translated_in_the_window_is_kept_nowhere(
    open_window: Callable[..., Composition],
    qtbot: QtBot,
    attune_home: Path,
    log: Path,
) -> None:
    settings = Settings()  # where the program keeps them
    parts = open_window()
    window = parts.window
    translated(parts, qtbot, CANARY + "。")
    assert window.translate.model.segments[0].translation.source.startswith(CANARY)
    for page in ("teach", "classroom", "models", "settings", "translate"):
        window.open(page)
    settings.theme.set("dark")
    settings.save()
    window.close()
    assert f"translated ({len(CANARY) + 1} characters left out)" in log.read_text("utf-8")
    assert list(attune_home.rglob("*.ini")), "the settings are there to be looked through"
    assert holding(attune_home, CANARY) == []


def test_text_is_in_the_log_when_asked_for(
    open_window: Callable[..., Composition],
    qtbot: QtBot,
    log: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(TEXT_VARIABLE, "1")
    translated(open_window(), qtbot, CANARY)
    assert CANARY in log.read_text("utf-8")


def test_what_is_translated_in_the_terminal_is_kept_nowhere(
    tiny_bundle: Path, attune_home: Path
) -> None:
    command = [sys.executable, "-m", "core.cli", "--events", "translate", "-"]
    done = subprocess.run(
        [*command, "--model", str(tiny_bundle), "--precision", "fp32", "--threads", "1"],
        input=f"{CANARY}。\n", capture_output=True, text=True, timeout=120,
        cwd=Path(__file__).parents[3],
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
    assert holding(attune_home, CANARY) == []
