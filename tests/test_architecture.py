"""The rules of the house that a linter of imports cannot see: what is loaded, and how big code is.

The layers themselves are contracts in ``pyproject.toml``; ``make test`` runs them, and so does
this module, so that no test run goes without.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
HEAVY = ("torch", "spacy", "jieba", "matplotlib")
LONGEST_FILE = 320  # lines
LONGEST_FUNCTION = 60  # lines


def modules(package: str) -> list[str]:
    """All modules of ``package``, ``__main__`` ones included (they guard their calls)."""
    names = []
    for path in sorted((ROOT / package).rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        names.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return names


def run(program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=120
    )


def test_the_contracts_of_imports_hold() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert " 0 broken" in done.stdout


def test_the_core_works_without_qt() -> None:
    program = (
        "import importlib, sys\n"
        "sys.modules.update(PySide6=None, shiboken6=None, gui=None)\n"
        f"for name in {modules('core')!r}: importlib.import_module(name)\n"
    )
    done = run(program)
    assert done.returncode == 0, done.stderr


def test_importing_the_window_loads_nothing_heavy() -> None:
    program = (
        "import importlib, sys\n"
        f"for name in {modules('gui')!r}:\n"
        "    importlib.import_module(name)\n"
        f"    heavy = [m for m in {HEAVY!r} if m in sys.modules]\n"
        "    if heavy: sys.exit(f'{name} loads {heavy}')\n"
    )
    done = run(program)
    assert done.returncode == 0, done.stderr


def test_training_needs_torch_numpy_safetensors_and_tokenizers_alone() -> None:
    """So it runs straight from the source tree on a machine for training."""
    absent = ("PySide6", "jieba", "spacy", "matplotlib", "sacrebleu", "opencc", "platformdirs")
    program = (
        "import sys\n"
        f"sys.modules.update(dict.fromkeys({absent!r}))\n"
        "import core.cli.train, core.training.trainer, core.training.corpus\n"
    )
    done = run(program)
    assert done.returncode == 0, done.stderr


def python_files() -> list[Path]:
    return [path for package in ("core", "gui") for path in sorted((ROOT / package).rglob("*.py"))]


def test_no_file_is_long() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in python_files()
    }
    assert {path: n for path, n in lengths.items() if n > LONGEST_FILE} == {}


def test_no_function_is_long() -> None:
    lengths = {
        f"{path.relative_to(ROOT)}: {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in python_files()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
    }
    assert len(lengths) > 100
    assert {name: n for name, n in lengths.items() if n > LONGEST_FUNCTION} == {}


def imports(tree: ast.AST) -> set[str]:
    """Names of the top packages that ``tree`` imports."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names


def test_nothing_executes_what_it_reads() -> None:
    """No pickle, neither by its name nor by torch's (``torch.load``, ``torch.save``)."""
    forbidden = {"pickle", "cPickle", "dill", "marshal", "shelve", "multiprocessing"}
    found = {}
    for path in python_files():
        source = path.read_text(encoding="utf-8")
        bad = imports(ast.parse(source)) & forbidden
        bad |= {call for call in ("torch.load(", "torch.save(") if call in source}
        if bad:
            found[str(path.relative_to(ROOT))] = bad
    assert found == {}
