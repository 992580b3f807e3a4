from __future__ import annotations

import gc
import threading

import pytest
from pytestqt.qtbot import QtBot

from gui.garbage import GarbageCollector


class Node:
    """Part of a cycle; notes the thread in which it is freed."""

    freed_in: list[threading.Thread]

    def __init__(self) -> None:
        self.me = self

    def __del__(self) -> None:
        self.freed_in.append(threading.current_thread())


def test_garbage_made_in_another_thread_is_freed_in_this_one(qtbot: QtBot) -> None:
    freed: list[threading.Thread] = []
    Node.freed_in = freed
    collector = GarbageCollector()
    try:
        thread = threading.Thread(target=lambda: [Node() for _ in range(5_000)])
        thread.start()
        thread.join()
        assert freed == []
        collector.collect_if_due()
    finally:
        collector.release()
    assert len(freed) == 5_000
    assert set(freed) == {threading.main_thread()}
    assert gc.isenabled()


@pytest.mark.parametrize("generation", [0, 1, 2])
def test_little_garbage_is_left_alone(
    qtbot: QtBot, generation: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    collector = GarbageCollector()
    asked: list[int] = []
    counts = [0, 0, 0]
    monkeypatch.setattr(gc, "get_count", lambda: tuple(counts))
    monkeypatch.setattr(gc, "collect", lambda g=2: asked.append(g))
    collector.collect_if_due()
    assert asked == []
    counts[generation] = gc.get_threshold()[generation] + 1
    collector.collect_if_due()
    assert asked == [generation]
    collector.release()


def test_what_loading_another_model_left_is_freed_and_what_lives_is_not_looked_at(
    qtbot: QtBot,
) -> None:
    freed: list[threading.Thread] = []
    Node.freed_in = freed
    collector = GarbageCollector()
    try:
        collector.settle()  # the first model
        settled = gc.get_freeze_count()
        kept = Node()
        for _ in range(20):
            Node()
        collector.settle()  # another one
        assert len(freed) == 20
        assert gc.get_freeze_count() > settled
        assert kept.me is kept
        assert all(each is not kept for each in gc.get_objects())
    finally:
        gc.unfreeze()
        collector.release()
