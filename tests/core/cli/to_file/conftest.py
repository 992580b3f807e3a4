"""Jobs with ``--output``: a translator without a model, small windows, a save after each."""

from __future__ import annotations

import itertools
import json
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from core.cli import output_file
from core.translation import lines as lines_module
from core.translation.translator import Translator
from tests.core.cli.conftest import Done, Program

from .fake_translator import FakeTranslator

TEXT = "一\n二\r\n\n三。四。\n一\n五\x00\n六\n七\n八\n九\n一\n十"
LINES = TEXT.count("\n") + 1


@pytest.fixture
def translator(monkeypatch: pytest.MonkeyPatch) -> FakeTranslator:
    """The program's translator, which works in windows of a few lines and saves after each."""
    fake = FakeTranslator()
    monkeypatch.setattr(Translator, "load", lambda *_, **__: fake)
    monkeypatch.setattr(output_file, "SYNC_SECONDS", 0.0)
    monkeypatch.setattr(lines_module, "WINDOW_CHARACTERS", 3)
    return fake


@pytest.fixture
def source(tmp_path: Path, translator: FakeTranslator) -> Path:
    file = tmp_path / "in.txt"
    file.write_bytes(TEXT.encode())
    return file


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "out.txt"


@pytest.fixture
def whole(translate: Callable[..., Done], source: Path, tmp_path: Path) -> bytes:
    """What a job writes that nothing stops."""
    file = tmp_path / "whole.txt"
    assert translate(source, "--output", file).code == 0
    return file.read_bytes()


@pytest.fixture
def translate(program: Program) -> Callable[..., Done]:
    def run(*arguments: object, **options: bytes) -> Done:
        return program("translate", "--from", "zh", "--to", "en", *arguments, **options)

    return run


@pytest.fixture
def stopped(
    translate: Callable[..., Done], source: Path, output: Path, translator: FakeTranslator
) -> int:
    """An unfinished job: the number of lines that are done."""
    stop_at(translator, 3)
    done = translate(source, "--output", output)
    assert done.code == 1
    start_again(translator)
    return journal(output)["lines"]


def stop_at(translator: FakeTranslator, batch: int, ending: int = signal.SIGINT) -> None:
    """Let a signal come in the batch of that number."""
    batches = itertools.count(1)
    plain = FakeTranslator.translate_segments

    def translate_segments(*arguments: object) -> object:
        if next(batches) == batch:
            os.kill(os.getpid(), ending)
        return plain(translator, *arguments)  # type: ignore[arg-type]

    translator.translate_segments = translate_segments  # type: ignore[method-assign, assignment]


def start_again(translator: FakeTranslator) -> None:
    del translator.translate_segments  # type: ignore[method-assign]


def partial(output: Path) -> Path:
    return output.with_name("out.txt.partial")


def journal(output: Path) -> dict[str, int]:
    fields: dict[str, int] = json.loads(output.with_name("out.txt.partial.json").read_text())
    return fields


def files(output: Path) -> list[str]:
    return sorted(name for name in os.listdir(output.parent) if "out" in name)
