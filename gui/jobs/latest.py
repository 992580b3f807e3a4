"""Newest-request mailbox: what a thread has not begun yet is replaced by what came after it."""

from __future__ import annotations

import threading
from collections.abc import Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class Latest(Generic[T]):
    """Holds at most one waiting item per key; putting another of the same key replaces it.

    Safe between threads. Items of different keys come out in the order their keys first waited.
    """

    def __init__(self) -> None:
        self._waiting: dict[Hashable, T] = {}
        self._changed = threading.Condition()
        self._closed = False

    def put(self, item: T, key: Hashable = None) -> bool:
        """Leave ``item`` for the thread; ``False`` when the mailbox is closed and drops it."""
        with self._changed:
            if self._closed:
                return False
            self._waiting[key] = item
            self._changed.notify()
            return True

    def take(self) -> T | None:
        """Wait for an item and take it; ``None`` once the mailbox is closed."""
        with self._changed:
            while not self._waiting and not self._closed:
                self._changed.wait()
            if self._closed:
                return None
            return self._waiting.pop(next(iter(self._waiting)))

    def take_other(self, key: Hashable) -> T | None:
        """Take an item of another key than ``key`` if one waits."""
        with self._changed:
            other = next((waiting for waiting in self._waiting if waiting != key), None)
            return None if other is None or self._closed else self._waiting.pop(other)

    def quiet(self, seconds: float) -> bool:
        """Wait up to ``seconds`` for an item; whether none came and the mailbox is still open."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._closed, seconds)
            return not self._waiting and not self._closed

    def discard(self, key: Hashable = None) -> None:
        """Forget what waits under ``key``."""
        with self._changed:
            self._waiting.pop(key, None)

    def close(self) -> None:
        """Wake the thread for the last time; nothing more comes out."""
        with self._changed:
            self._closed = True
            self._waiting.clear()
            self._changed.notify_all()
