"""Opening the page brings nothing heavy in, and learning leaves the event loop free."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from gui.viewmodels.learning import RunState

pytestmark = pytest.mark.timed

TRIES = 3  # another program can only lengthen a gap: the best of three is the page's own


def test_import_brings_in_nothing_heavy() -> None:
    heavy = ("torch", "spacy", "jieba", "matplotlib", "numpy", "core.training")
    code = f"import sys, gui.pages.teach; print([m for m in {heavy!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_event_loop_stays_free_while_a_chatty_child_learns(
    qtbot: QtBot, make_page, pairs_file
) -> None:
    page = make_page(steps=1500, pace=0.001)
    page.model.choose(pairs_file)
    qtbot.waitUntil(lambda: page.model.can_start, timeout=10_000)
    found: list[tuple[float, float]] = []
    for _ in range(TRIES):
        gaps: list[float] = []
        last = time.perf_counter()

        def tick() -> None:
            nonlocal last
            now = time.perf_counter()
            gaps.append(now - last)  # noqa: B023 - the timer ends within the turn
            last = now

        timer = QTimer(interval=5)
        timer.timeout.connect(tick)
        timer.start()
        page.model.start()
        qtbot.waitUntil(lambda: page.model.learning.state is RunState.KEPT, timeout=60_000)
        timer.stop()
        assert len(page.model.learning.steps) == 1500
        assert page.learn_step.chart.picture is not None
        gaps.sort()
        found.append((gaps[len(gaps) * 95 // 100], gaps[-1]))
        if found[-1][0] < 0.05 and found[-1][1] < 0.5:
            return
        page.model.again()
    pytest.fail(f"gaps (95 %, worst) in seconds: {found}")
