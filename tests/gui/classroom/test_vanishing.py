"""The trial of recurrent cells: what its child tells, as curves."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.jobs.vanishing_command import vanishing_command
from gui.viewmodels.vanishing import LOSS, RECALL, Vanishing

CHILD = """
import sys, time
sys.path.insert(0, {root!r})
from core.events import Discarded, Message, Recalled
def say(event):
    print(event.to_json(), flush=True)
for cell, share in (("rnn-tanh", 0.25), ("lstm", 1.0)):
    say(Message("trying"))
    say(Recalled(cell, 0, 10, 20, 2.0, 0.0, (1.0, 0.1, 0.0)))
    say(Recalled(cell, 10, 10, 20, 0.5, share, (1.0, 0.5, 0.2)))
if {hangs}:
    sys.stdin.readline()
say(Discarded(10))
"""


def make(tmp_path: Path, *, hangs: bool = False) -> Vanishing:
    script = tmp_path / "child.py"
    script.write_text(CHILD.format(root=str(Path.cwd()), hangs=hangs))
    return Vanishing(1, lambda *asked: (sys.executable, str(script)))


def test_it_tells_what_each_cell_learns_and_how_its_gradient_fades(
    qtbot: QtBot, tmp_path: Path
) -> None:
    trial = make(tmp_path)
    trial.set_cell("gru", False)
    trial.start()
    assert trial.busy and not trial.can_start
    qtbot.waitUntil(lambda: not trial.busy, timeout=20_000)
    assert trial.progress == 1.0
    colors = ("#111111", "#222222")
    vanilla, gated = trial.learning(RECALL, colors)
    assert (vanilla.steps, vanilla.values, gated.values) == ((0, 10), (0, 25), (0, 100))
    assert vanilla.name == "Vanilla RNN (tanh)"
    assert trial.learning(LOSS, colors)[0].values == (2.0, 0.5)
    first, _ = trial.fading(colors)
    assert (first.steps, first.values) == ((0, 1), (1.0, 0.1))  # 0 has no logarithm


def test_it_is_stopped_and_keeps_what_it_has_shown(qtbot: QtBot, tmp_path: Path) -> None:
    trial = make(tmp_path, hangs=True)
    trial.start()
    qtbot.waitUntil(lambda: "lstm" in trial.found, timeout=20_000)
    trial.stop()
    qtbot.waitUntil(lambda: not trial.busy, timeout=20_000)
    assert set(trial.found) == {"rnn-tanh", "lstm"} and trial.failure is None


@pytest.mark.parametrize("typed", ["", "0", "ten", "501", "-3", "1.5", "9" * 5000])
def test_a_number_out_of_bounds_is_not_tried(qtbot: QtBot, typed: str) -> None:
    trial = Vanishing(1)
    trial.set_number("gap", typed)
    assert trial.wrong("gap") and not trial.can_start and trial.numbers["gap"] == 20
    trial.set_number("gap", "500")
    assert trial.can_start and trial.numbers["gap"] == 500


def test_the_command_line() -> None:
    assert vanishing_command(("gru", "lstm"), 30, 200, 1)[-5:] == (
        "vanishing", "--cells=gru,lstm", "--gap=30", "--steps=200", "--threads=1",
    )  # fmt: skip
