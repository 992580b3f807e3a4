from __future__ import annotations

import threading

from gui.jobs.latest import Latest


def test_the_newest_of_a_key_replaces_what_waits() -> None:
    box: Latest[int] = Latest()
    for item in (1, 2, 3):
        box.put(item)
    box.put(10, "other")
    assert [box.take(), box.take()] == [3, 10]


def test_discard_forgets_one_key() -> None:
    box: Latest[int] = Latest()
    box.put(1)
    box.put(2, "other")
    box.discard()
    assert box.take() == 2


def test_take_waits_for_an_item_and_close_ends_the_wait() -> None:
    box: Latest[str] = Latest()
    taken: list[str | None] = []

    def worker() -> None:
        taken.append(box.take())
        taken.append(box.take())

    thread = threading.Thread(target=worker)
    thread.start()
    box.put("a")
    while not taken:
        pass
    box.close()
    thread.join(2)
    assert taken == ["a", None]
    assert not box.put("late")
    assert box.take() is None


def test_quiet_ends_with_an_item_with_the_end_or_with_the_time() -> None:
    box: Latest[str] = Latest()
    assert box.quiet(0.01)
    threading.Timer(0.02, lambda: box.put("a")).start()
    assert not box.quiet(5)
    assert box.take() == "a"
    threading.Timer(0.02, box.close).start()
    assert not box.quiet(5)
