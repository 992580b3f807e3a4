"""Bad lines and full disks: told, and nothing done before is lost."""

from __future__ import annotations

import errno
import itertools
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from core.cli import output_file
from core.translation import lines as lines_module
from tests.core.cli.conftest import Done

from .conftest import LINES, TEXT, files, journal, partial

ROOT = Path(__file__).parents[4]


def test_a_bad_line_costs_none_before_it_and_can_be_corrected(
    translate: Callable[..., Done], source: Path, output: Path
) -> None:
    good = source.read_bytes()
    source.write_bytes(good.replace("八".encode(), b"\xff"))
    done = translate(source, "--output", output)
    assert done.code == 1
    assert done.err == (
        f"{source}, line 9: byte 1 is not UTF-8. Correct the line, or save the file as UTF-8."
        " 8 lines are kept in out.txt.partial; add --resume to go on.\n"
    )
    source.write_bytes(good)
    assert translate(source, "--output", output, "--resume").code == 0
    assert output.read_bytes().count(b"\n") == LINES


def test_a_line_too_wide_for_json_costs_none_before_it(
    translate: Callable[..., Done],
    source: Path,
    output: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lines_module, "MOST_CELLS", -1)
    done = translate(source, "--json", "--output", output)
    assert done.err.startswith(f"{source}, line 1: 0 words by 0 are too many to align.")
    assert files(output) == []


@pytest.mark.parametrize("call", ["write", "fsync"])
def test_a_full_disk_is_told_and_loses_nothing(
    translate: Callable[..., Done],
    source: Path,
    output: Path,
    whole: bytes,
    monkeypatch: pytest.MonkeyPatch,
    call: str,
) -> None:
    calls = itertools.count(1)
    usual: Callable[..., object] = {"write": output_file._write, "fsync": os.fsync}[call]

    def full(*arguments: object) -> object:
        if next(calls) > {"write": 2, "fsync": 8}[call]:
            if call == "write":
                os.write(arguments[0].fileno(), b"half a")  # type: ignore[attr-defined]
            raise OSError(errno.ENOSPC, "No space left on device")
        return usual(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(*(output_file, "_write", full) if call == "write" else (os, "fsync", full))
        done = translate(source, "--output", output)
    assert done.code == 1
    kept = journal(output)["lines"]
    assert 0 < kept < LINES
    if call == "write":  # every line written before
        assert partial(output).read_bytes().count(b"\n") == kept
        assert b"half" not in partial(output).read_bytes()
    assert "the disk is full. Free some space and try again." in done.err
    assert f"{kept} lines are kept in out.txt.partial; add --resume to go on." in done.err
    assert translate(source, "--output", output, "--resume").code == 0
    assert output.read_bytes() == whole


@pytest.mark.skipif(sys.platform == "win32", reason="no limit of file sizes there")
def test_a_real_refusal_in_the_middle(tiny_bundle: Path, tmp_path: Path) -> None:
    """The kernel lets the file grow to 50 bytes."""
    output = tmp_path / "out.txt"
    program = (
        "import resource, sys\n"
        "from core.cli import output_file, program\n"
        "from core.files import write_atomically\n"
        "from core.translation import lines\n"
        "from core.translation.translator import Translator\n"
        "from tests.core.cli.to_file.fake_translator import FakeTranslator\n"
        "Translator.load = lambda *_, **__: FakeTranslator()\n"
        "lines.WINDOW_CHARACTERS = 2\n"
        "usual = output_file._write\n"
        "def write(file, data):\n"
        "    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (50, most))\n"
        "    try:\n"
        "        usual(file, data)\n"
        "    finally:\n"
        "        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))\n"
        "output_file._write = write\n"
        "sys.exit(program.main())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "translate", "--model", tiny_bundle, "--output", output],
        input=TEXT.encode(), capture_output=True, check=False, cwd=ROOT, timeout=120,
    )  # fmt: skip
    kept = journal(output)["lines"]
    assert done.returncode == 1
    assert done.stderr.decode().startswith(
        f"{output}.partial: the file is larger than the disk allows."
    )
    assert 0 < kept < LINES
    assert partial(output).read_bytes().count(b"\n") == kept
