"""Lines from files and from pipes: what is there is given at once."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.cancel import Cancelled, CancelToken
from core.cli.line_reader import LineReader, LiveInput, open_lines
from core.translation.lines import windows

pytestmark = pytest.mark.skipif(os.name == "nt", reason="pipes cannot be asked there")


@pytest.fixture
def cancel() -> CancelToken:
    return CancelToken()


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    """A pipe's two ends; the writing one is for the test to close."""
    reading, writing = os.pipe()
    yield reading, writing
    for end in (reading, writing):
        try:
            os.close(end)
        except OSError:
            continue


@pytest.fixture
def lines(pipe: tuple[int, int], cancel: CancelToken) -> Iterator[LineReader]:
    with open(pipe[0], "rb", buffering=0, closefd=False) as raw:
        yield LineReader(LiveInput(raw, cancel), "standard input")


def test_what_is_there_makes_a_window(pipe: tuple[int, int], lines: LineReader) -> None:
    _, writing = pipe
    found = windows(lines, ready=lines.ready)
    os.write(writing, "一\n二\n三".encode())
    assert next(found) == ["一", "二"]  # the third is not whole
    os.write(writing, "三\r\n\n".encode())
    assert next(found) == ["三三\r", ""]
    os.write(writing, "四".encode())
    os.close(writing)
    assert list(found) == [["四"]]
    assert lines.number == 5
    assert lines.size is None


def test_a_line_in_many_parts_is_one(pipe: tuple[int, int], lines: LineReader) -> None:
    _, writing = pipe
    text = "译" * 100_000

    def write() -> None:
        data = f"{text}\n再见".encode()
        for begin in range(0, len(data), 1001):
            os.write(writing, data[begin : begin + 1001])
        os.close(writing)

    writer = threading.Thread(target=write)
    writer.start()
    assert list(lines) == [text, "再见"]
    writer.join()


def test_what_comes_at_once_is_one_window(pipe: tuple[int, int], lines: LineReader) -> None:
    """A program that writes line by line without a pause is not answered in small windows."""
    _, writing = pipe

    def write() -> None:
        for number in range(500):
            os.write(writing, f"{number}\n".encode())
        os.close(writing)

    writer = threading.Thread(target=write)
    writer.start()
    found = list(windows(lines, 500, lines.ready))
    writer.join()
    assert sum(map(len, found)) == 500
    assert len(found) < 50  # one, where nothing else keeps the processor busy


def test_waiting_ends_when_it_is_cancelled(lines: LineReader, cancel: CancelToken) -> None:
    timer = threading.Timer(0.1, cancel.cancel)
    timer.start()
    begin = time.monotonic()
    with pytest.raises(Cancelled):
        next(lines)
    assert time.monotonic() - begin < 5
    timer.join()


def test_a_closed_pipe_is_the_end(pipe: tuple[int, int], lines: LineReader) -> None:
    os.close(pipe[1])
    assert list(windows(lines, ready=lines.ready)) == []


def test_place_and_size_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"one\ntwo\n")
    with open_lines(str(file)) as lines:
        assert (lines.position, lines.size, lines.number) == (0, 8, 0)
        assert next(lines) == "one"
        assert (lines.position, lines.number) == (4, 1)
        assert lines.ready()
        assert list(lines) == ["two"]
        assert (lines.position, lines.number) == (8, 2)
