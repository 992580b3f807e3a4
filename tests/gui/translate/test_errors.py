"""A bug is told in the window, whichever thread it is in."""

from __future__ import annotations

import sys
import threading

import pytest
from pytestqt.qtbot import QtBot

from gui.errors import Failure, show_unhandled


@pytest.mark.logs("unexpected error")
@pytest.mark.parametrize("elsewhere", [False, True])
def test_what_no_one_caught_reaches_this_thread(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, elsewhere: bool
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)  # put back at the end
    heard: list[tuple[Failure, threading.Thread]] = []
    show_unhandled(lambda failure: heard.append((failure, threading.current_thread())))

    def fail() -> None:
        error = ZeroDivisionError("secret detail")
        sys.excepthook(type(error), error, None)

    if elsewhere:
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
    else:
        fail()
    qtbot.waitUntil(lambda: bool(heard))
    failure, where = heard[0]
    assert failure.kind == "bug"
    assert "secret" not in failure.sentence
    assert where is threading.main_thread()
