"""Compile ``step.c``: ``python -m core.model.native.compile``, as ``make run`` and the like do.

Any C compiler will do: ``$CC``, the system's, or that of the Python package ziglang. Each kind of
x86-64 processor gets a file of its own, so that what is compiled here runs elsewhere. Where there
is no compiler, or another processor, torch computes everything: as well, but not as fast.
"""

from __future__ import annotations

import importlib.util
import os
import platform
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from core.model.native.library import BUILT, FOLDER, KINDS, file_of, find

SOURCES = (
    "step.c", "step.h", "encoder.h", "choice.h", "search.h", "loss.h", "lstm.h", "heads.h",
    "products.h", "parts.h", "helper.h", "tiles.h",
)  # fmt: skip
# Sums may be taken in any order, and so side by side; infinities and NaN stay what they are.
_FLAGS = (
    "-O3", "-shared", "-fvisibility=hidden", "-fno-math-errno", "-fno-trapping-math",
    "-fassociative-math", "-fno-signed-zeros", "-freciprocal-math", "-Wall", "-Wextra",
)  # fmt: skip
_PROCESSORS: Mapping[str, tuple[str, ...]] = {
    "amx": ("x86-64-v4", "avx512vnni", "amx-tile", "amx-int8", "amx-bf16"),
    "avx512": ("x86-64-v4", "avx512vnni"),
    "vnni": ("x86-64-v3", "avxvnni"),
    "avx2": ("x86-64-v3",),
}  # level, and what it has beyond; tiles are asked for as Linux wants it
_HERE = tuple(kind for kind in KINDS if kind != "amx" or sys.platform == "linux")


def compiler() -> list[str] | None:
    """The command that compiles C here, if there is one."""
    try:
        told = shlex.split(os.environ.get("CC", ""))
    except ValueError:  # a quote without its other half
        told = []
    for words in (told, ["cc"], ["gcc"], ["clang"]):
        if words and shutil.which(words[0]):
            return words
    if importlib.util.find_spec("ziglang"):
        return [sys.executable, "-m", "ziglang", "cc"]
    return None


def compile_kind(command: list[str], kind: str, target: Path) -> str:
    """Make ``target`` for a kind of processor, whole or not at all.

    Returns:
        What the compiler said against it; empty where it is made.
    """
    level, *more = _PROCESSORS[kind]
    if "ziglang" in command:
        processor = ["-mcpu=" + "+".join((level, *more)).replace("-", "_")]
    else:
        processor = [f"-march={level}", *(f"-m{ability}" for ability in more)]
    position = () if sys.platform == "win32" else ("-fPIC",)
    libraries = () if sys.platform == "win32" else ("-lm", "-pthread")
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".step-") as folder:
        made = Path(folder) / target.name
        done = subprocess.run(
            [
                *command, *_FLAGS, *processor, *position,
                str(FOLDER / SOURCES[0]), "-o", str(made), *libraries,
            ],
            capture_output=True, text=True, errors="replace", check=False,
        )  # fmt: skip
        if done.returncode or not made.exists():
            return done.stderr.strip() or f"the compiler ended with {done.returncode}"
        made.replace(target)
    return ""


def is_fresh(target: Path) -> bool:
    """Whether ``target`` is there and younger than its sources."""
    return target.exists() and all(
        (FOLDER / source).stat().st_mtime <= target.stat().st_mtime for source in SOURCES
    )


def main() -> int:
    """Compile what is not fresh; 0 also where nothing can be compiled."""
    if platform.machine().lower() not in ("x86_64", "amd64"):
        print("attune: no faster decoder for this kind of processor")
        return 0
    wanted = [kind for kind in _HERE if not is_fresh(file_of(kind))]
    if not wanted:
        return 0
    command = compiler()
    if command is None:
        print("attune: no C compiler (gcc, clang): sentences are translated two times slower")
        return 0
    try:
        BUILT.mkdir(exist_ok=True)
        for kind in wanted:
            said = compile_kind(command, kind, file_of(kind))
            if said:
                print(f"attune: {file_of(kind).name} could not be compiled:\n{said}")
    except OSError as error:
        print(f"attune: nothing compiled is kept, torch computes alone: {error}")
        return 0
    found = find()
    print(
        f"attune: compiled the decoder's step; here it runs for {found.kind if found else 'none'}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
