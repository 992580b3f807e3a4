"""What may never stand in the sources: whatever runs, or unpacks into objects, what it reads."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = (
    "pickle", "cPickle", "_pickle", "dill", "cloudpickle", "joblib", "marshal", "shelve", "dbm",
    "multiprocessing", "yaml", "xmlrpc", "code", "codeop", "ctypes", "cffi", "runpy", "pty",
    "xml.sax", "xml.dom", "xml.etree.cElementTree", "lxml",
)  # fmt: skip
# Of the module named, nothing but these.
ONLY = {"xml.etree.ElementTree": {"ParseError"}, "http": set(), "urllib": set()}
NAMES = {"eval", "exec", "compile", "__import__", "breakpoint"}
CALLS = {
    "os.system", "os.popen", "os.execv", "os.execvp", "os.spawnv", "os.startfile", "torch.load",
    "torch.save", "torch.hub.load", "torch.jit.load", "numpy.save", "np.save", "pandas.read_pickle",
    "subprocess.getoutput", "subprocess.getstatusoutput", "tempfile.mktemp", "zipfile.extractall",
}  # fmt: skip
METHODS = {"extractall", "extract", "unpack_archive"}  # they write where an archive says
FLAGS = {"shell", "allow_pickle"}
# Each where it is needed, and what it is given is the program's own.
ALLOWED = {
    ("core/environment.py", "ctypes"),  # mallopt of the C library
    ("core/runtime.py", "ctypes"),  # malloc_trim of the same
    # The compiled step, from the own folder; its tensors have shapes that were checked.
    ("core/model/native/library.py", "ctypes"),
    ("core/model/native/encoder.py", "ctypes"),
    ("core/model/native/decoder.py", "ctypes"),
    ("core/model/native/linear.py", "ctypes"),
    ("core/model/native/search.py", "ctypes"),
    ("core/model/native/loss.py", "ctypes"),
    ("core/model/native/lstm.py", "ctypes"),
    ("core/model/native/heads.py", "ctypes"),
    ("core/crash_reports.py", "extract"),  # frames of a traceback
    ("gui/__main__.py", "runpy"),  # a module of the core, as a child of the frozen program
    ("gui/core_words.py", "xml.etree.ElementTree"),  # the catalogue that ships with the program
}


def sources() -> list[Path]:
    return [file for package in ("core", "gui") for file in sorted((ROOT / package).rglob("*.py"))]


def dotted(node: ast.expr) -> str:
    """``a.b.c`` as text; empty for what is no such name."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(parts)]) if isinstance(node, ast.Name) else ""


def imported(node: ast.AST) -> Iterator[tuple[str, set[str]]]:
    """Modules, and what is taken of each; nothing for all of it."""
    if isinstance(node, ast.Import):
        yield from ((alias.name, set()) for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
        yield node.module, {alias.name for alias in node.names}
        yield from ((f"{node.module}.{alias.name}", set()) for alias in node.names)


def is_or_is_in(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def faults(source: str) -> Iterator[str]:
    """What is forbidden in ``source``."""
    for node in ast.walk(ast.parse(source)):
        for module, names in imported(node):
            yield from (p for p in MODULES if is_or_is_in(module, p))
            yield from (
                p for p, few in ONLY.items() if module == p and not (names and names <= few)
            )
        if not isinstance(node, ast.Call):
            continue
        called = dotted(node.func)
        if called in NAMES or called.removeprefix("builtins.") in NAMES or called in CALLS:
            yield called
        if isinstance(node.func, ast.Attribute) and node.func.attr in METHODS:
            yield node.func.attr
        for keyword in node.keywords:
            if keyword.arg in FLAGS and not is_false(keyword.value):
                yield str(keyword.arg)
        if called.endswith("Environment") and not any(k.arg == "autoescape" for k in node.keywords):
            yield "a template that escapes nothing"


def is_false(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is False


def test_no_source_runs_what_it_reads() -> None:
    files = sources()
    assert len(files) > 300
    found = {
        (file.relative_to(ROOT).as_posix(), fault)
        for file in files
        for fault in faults(file.read_text(encoding="utf-8"))
    }
    assert found - ALLOWED == set()
    assert found >= ALLOWED, "an exception that nobody needs any more"


@pytest.mark.parametrize(
    "source",
    [
        "import pickle",
        "from pickle import loads",
        "import a, shelve",
        "def f():\n    from torch import multiprocessing, pickle\n    import marshal",
        "eval(x)",
        "builtins.exec(x)",
        "os.system(x)",
        "subprocess.run(x, shell=True)",
        "subprocess.run(x, shell=flag)",
        "torch.load(x)",
        "np.load(x, allow_pickle=True)",
        "import yaml",
        "archive.extractall(x)",
        "shutil.unpack_archive(x)",
        "import xml.etree.ElementTree",
        "from xml.etree.ElementTree import fromstring, ParseError",
        "from xml.dom import minidom",
        "from urllib import request\nimport http",
        "jinja2.Environment(loader=x)",
    ],
)
def test_what_is_forbidden_is_found(source: str) -> None:
    assert list(faults(source))


@pytest.mark.parametrize(
    "source",
    [
        "from xml.etree.ElementTree import ParseError",
        "model.eval()",
        "re.compile(x)",
        "np.load(x, allow_pickle=False)",
        "subprocess.run([x], shell=False)",
        "from a.pickled import b",
        "Environment(autoescape=True)",
    ],
)
def test_what_is_harmless_is_not(source: str) -> None:
    assert not list(faults(source))
