"""What holds for every test: no internet, a home of its own, one thread, no display."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

# Before anything imports torch, Qt or matplotlib.
os.environ.update(
    QT_QPA_PLATFORM="offscreen",
    MPLBACKEND="Agg",
    OMP_NUM_THREADS="1",
    MKL_NUM_THREADS="1",
    TOKENIZERS_PARALLELISM="false",
)

import pytest
from hypothesis import settings

OFFLINE = Path(__file__).with_name("offline")

# The same examples every time, and no deadline: a busy machine is no bug.
settings.register_profile("attune", derandomize=True, deadline=None, database=None)
settings.load_profile("attune")


def _load_offline() -> ModuleType:
    """The module that forbids the internet; its name is taken where a system has its own.

    In a run of pytest that a test started it is there already, and a second one would not
    hear of what the first one stopped.
    """
    loaded = sys.modules.get("sitecustomize")
    if loaded is not None and hasattr(loaded, "InternetForbidden"):
        return loaded
    spec = importlib.util.spec_from_file_location("offline", OFFLINE / "sitecustomize.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


offline = _load_offline()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take long, so that no process is left with one at the end."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.fixture(autouse=True)
def no_internet(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[list[str]]:
    """Fail a test that reaches for the internet, even if its code swallowed the exception.

    The marker ``loopback`` opens the way to this computer itself. The value is the list of
    attempts so far.
    """
    allowed = "loopback" if request.node.get_closest_marker("loopback") else "none"
    monkeypatch.setenv(offline.VARIABLE, allowed)
    monkeypatch.setenv("PYTHONPATH", str(OFFLINE), prepend=os.pathsep)
    offline.attempts.clear()
    yield offline.attempts
    attempts = tuple(offline.attempts)
    offline.attempts.clear()
    if attempts:
        pytest.fail(f"this test reached for the internet: {', '.join(attempts)}", pytrace=False)


@pytest.fixture(autouse=True)
def attune_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of the test's own for models, caches and settings; not there until used."""
    home = tmp_path / "attune-home"
    monkeypatch.setenv("ATTUNE_HOME", str(home))
    return home


@pytest.fixture(autouse=True)
def torch_threads() -> Iterator[None]:
    """Give torch back the number of threads it had, whatever the test sets."""
    torch = sys.modules.get("torch")
    threads = torch.get_num_threads() if torch else 1
    yield
    torch = sys.modules.get("torch")
    if torch and torch.get_num_threads() != threads:
        torch.set_num_threads(threads)
