"""What the soak's user makes of a window that does not do what was asked."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from tests.gui.fakes import failing_load
from tests.gui.translate.conftest import Open, dressed, engine, open_window, settings
from tests.soak.translating import translate
from tests.soak.user import User, Wait

__all__ = ["dressed", "engine", "open_window", "settings"]


def test_a_text_that_failed_is_told_at_once(open_window: Open, qtbot: QtBot) -> None:
    parts = open_window(load=failing_load)
    qtbot.waitUntil(lambda: parts.window.translate.model.failure is not None)
    faults: list[str] = []
    user = User(
        parts, "a", {translate: 1.0}, lambda done: done >= 1, lambda *_: None, faults.append
    )
    user.patience = 3_600.0
    with qtbot.waitSignal(user.ended, timeout=5_000):
        user.begin()
    assert len(faults) == 1
    assert "a translation failed" in faults[0]
    assert "the model is damaged" in faults[0]


def test_what_does_not_come_is_told_with_where_the_window_stands(
    open_window: Open, qtbot: QtBot
) -> None:
    parts = open_window()
    faults: list[str] = []

    def wait_for_nothing(_user: User, _random: object):
        yield Wait(lambda: False, 0.05, "the tide")

    user = User(
        parts, "a", {wait_for_nothing: 1.0}, lambda done: done >= 1, lambda *_: None, faults.append
    )
    with qtbot.waitSignal(user.ended, timeout=5_000):
        user.begin()
    (fault,) = faults
    assert "in 0.05 s: the tide" in fault
    assert "'zh-en'" in fault  # the model
    assert "LessonState.CLOSED" in fault
    assert "focus: SegmentEditor" in fault
