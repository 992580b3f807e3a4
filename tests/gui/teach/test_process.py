"""A child's words and its end, in order, whatever the child does with its pipes."""

from __future__ import annotations

import os
import queue
import signal
import sys
import time

import pytest

from gui.jobs.process import Ended, Process, Said, crashed


class Child:
    """A Python program, and what was heard of it."""

    def __init__(self, program: str) -> None:
        self.heard: queue.SimpleQueue[Said | Ended] = queue.SimpleQueue()
        self.process = Process((sys.executable, "-S", "-E", "-c", program), self.heard.put)

    def next(self) -> Said | Ended:
        return self.heard.get(timeout=20)

    def rest(self) -> list[Said | Ended]:
        """All up to and with the end."""
        items = [self.next()]
        while not isinstance(items[-1], Ended):
            items.append(self.next())
        self.process.close_input()
        return items


def test_lines_and_asides_then_the_end() -> None:
    program = "import sys; print('一'); print(); print('b', file=sys.stderr); print('c', end='')"
    items = Child(program).rest()
    lines = [item.line for item in items if isinstance(item, Said) and not item.aside]
    assert lines == ["一", "", "c"]
    assert Said("b", aside=True) in items
    assert items[-1] == Ended(0)


def test_words_reach_it_and_closing_its_input_ends_it() -> None:
    child = Child("import sys\nfor line in sys.stdin: print(line.upper(), end='', flush=True)")
    child.process.tell("pause")
    assert child.next() == Said("PAUSE", aside=False)
    child.process.close_input()
    child.process.close_input()
    child.process.tell("too late")
    assert child.rest() == [Ended(0)]


def test_word_to_one_that_is_gone_is_no_error() -> None:
    child = Child("pass")
    assert child.next() == Ended(0)
    child.process.tell("stop")
    child.process.close_input()


def test_a_line_without_end_is_cut_and_bad_bytes_replaced() -> None:
    program = "import sys; o = sys.stdout.buffer; o.write(b'x' * 3_000_000 + b'\\n\\xff\\n')"
    *said, end = Child(program).rest()
    lines = [item.line for item in said if isinstance(item, Said)]
    assert "".join(lines[:-1]) == "x" * 3_000_000
    assert max(map(len, lines)) < 1_200_000
    assert lines[-1] == "\ufffd"
    assert end == Ended(0)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_killed_by_a_signal() -> None:
    child = Child("input()")
    child.process.kill()
    (end,) = child.rest()
    assert isinstance(end, Ended) and end.code == -signal.SIGKILL
    assert crashed(end.code) and crashed(0xC0000005) and not crashed(1)


def test_end_is_told_though_a_grandchild_holds_the_pipes() -> None:
    program = (
        "import subprocess, sys\n"
        "p = subprocess.Popen([sys.executable, '-S', '-c', 'import time; time.sleep(15)'])\n"
        "print('parent', flush=True)"
    )
    began = time.monotonic()
    items = Child(program).rest()
    assert items == [Said("parent", aside=False), Ended(0)]
    assert time.monotonic() - began < 12.0


def test_program_that_is_not_there() -> None:
    with pytest.raises(OSError):
        Process(("/nowhere/attune-cli",), lambda item: None)


@pytest.mark.skipif(sys.platform != "linux", reason="priorities have other names elsewhere")
def test_it_and_its_threads_let_the_window_go_first_but_are_not_idle() -> None:
    ours = os.getpriority(os.PRIO_PROCESS, 0)
    program = """
import os, sys, threading
sys.stdin.readline()  # by now the priority is set
def tell():
    me = threading.get_native_id()
    print(os.sched_getscheduler(me), os.getpriority(os.PRIO_PROCESS, me))
tell()
thread = threading.Thread(target=tell); thread.start(); thread.join()
"""
    child = Child(program)
    child.process.tell("go")
    told = [item.line for item in child.rest() if isinstance(item, Said)]
    assert told == [f"{os.SCHED_OTHER} {min(19, ours + 10)}"] * 2
