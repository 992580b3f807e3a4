"""Chooses these tests only when ``$ATTUNE_BUNDLE`` names the folder of a bundle."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bundle.desktop import Desktop, missing
from tests.bundle.installed import Installed

BUNDLE, SHOTS = "ATTUNE_BUNDLE", "ATTUNE_SHOTS"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if os.environ.get(BUNDLE):
        return
    left_out = [item for item in items if item.get_closest_marker("bundle")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[Desktop]:
    lacking = missing()
    if lacking:
        pytest.fail(f"to play a user, install {', '.join(lacking)}", pytrace=False)
    desktop = Desktop(Path(os.environ.get(SHOTS) or tmp_path / "shots"))
    desktop.start()
    yield desktop
    desktop.shot("end")
    desktop.stop()


@pytest.fixture
def installed(tmp_path: Path, desktop: Desktop) -> Iterator[Installed]:
    installed = Installed(Path(os.environ[BUNDLE]).resolve(), tmp_path, desktop.environment)
    yield installed
    for process in installed.processes():
        process.kill()
