"""The terminal program run in this process, with the tiny model as its built-in one."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from core.cli.__main__ import main


@dataclass(frozen=True)
class Done:
    """A run of the program: exit code and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """Output lines; each ends at a line feed."""
        assert not self.out or self.out.endswith("\n")
        return self.out.split("\n")[:-1]


Program = Callable[..., Done]


@pytest.fixture
def resources(tiny_bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program's resources, with the tiny model as ``zh-en``."""
    folder = tmp_path / "resources"
    (folder / "models").mkdir(parents=True)
    (folder / "models" / "zh-en").symlink_to(tiny_bundle)
    monkeypatch.setattr("core.store.model_store.resources_folder", lambda: folder)
    return folder


@pytest.fixture
def program(
    resources: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Program:
    """Runs the program with arguments; ``stdin`` is what it reads."""

    def run(*arguments: object, stdin: bytes = b"") -> Done:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capsys.readouterr()
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as error:  # argparse's way out
            code = int(error.code or 0)
        return Done(code, *capsys.readouterr())

    return run
