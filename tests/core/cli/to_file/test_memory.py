"""A file larger than memory takes no more of it than a small one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[4]
LINES = 110_000
# Translates through the fake translator and prints what it held after every window.
MEASURED = """
import os, sys
from core.cli import output_file, program
from core.translation.translator import Translator
from tests.core.cli.to_file.fake_translator import FakeTranslator

Translator.load = lambda *_, **__: FakeTranslator()
append, held = output_file.OutputFile.append, []

def measured(self, pairs):
    append(self, pairs)
    resident = int(open("/proc/self/statm").read().split()[1])
    held.append((self.lines, resident * os.sysconf("SC_PAGE_SIZE")))

output_file.OutputFile.append = measured
code = program.main()
for lines, size in held:
    print(lines, size)
sys.exit(code)
"""


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="no figures of memory")
def test_memory_stays_flat(tiny_bundle: Path, tmp_path: Path) -> None:
    """50 MB of lines that all differ."""
    source = tmp_path / "long.txt"
    with source.open("w", encoding="utf-8") as file:
        for number in range(LINES):
            file.write(f"{number}{'我喜欢猫，你喜欢狗，' * 15}好。\n")
    assert source.stat().st_size > 50e6
    output = tmp_path / "out.txt"
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, "translate", source, "--model", tiny_bundle,
         "--output", output],
        capture_output=True, text=True, check=False, cwd=ROOT, timeout=170,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    held = [tuple(map(int, line.split())) for line in done.stdout.splitlines()]
    assert held[-1][0] == LINES
    late = [size for lines, size in held if lines > LINES // 3]  # the memory of lines is full
    assert max(late) - min(late) < 8e6
    assert max(late) - held[0][1] < 40e6
