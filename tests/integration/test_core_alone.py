"""The core by itself: no Qt, no network, and nothing imported that the direction does not need."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

PROGRAM = '''
import json
import sys


class NoQt:
    """An import system in which Qt is not installed."""

    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("PySide6", "shiboken6"):
            raise ImportError(f"{name} is not installed")


sys.meta_path.insert(0, NoQt())

import pkgutil

import core
from core.translation.translator import Translator

translator = Translator.load(sys.argv[1], precision="fp32", threads=1)
[result] = translator.translate("我今天喜欢猫。")
heavy = {"PySide6", "shiboken6", "gui", "spacy", "matplotlib", "sacrebleu", "urllib3", "requests"}
loaded = sorted(heavy & set(sys.modules))

for module in pkgutil.walk_packages(core.__path__, "core."):
    if not module.name.endswith("__main__"):
        __import__(module.name)
print(json.dumps({
    "translation": result.translation.translation,
    "loaded": loaded,
    "qt": sorted(name for name in sys.modules if name.startswith("PySide6")),
}))
'''


def test_it_translates_without_qt_and_spacy(tiny_bundle: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tiny_bundle)],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found == {"translation": "I like cats today.", "loaded": [], "qt": []}
