"""Output lines that are remembered within bounds."""

from __future__ import annotations

from core.cli.line_memory import LineMemory


def test_the_line_put_in_last_stays_longest() -> None:
    memory = LineMemory(characters=330)  # a line counts for 100 at least
    for line in "abc":
        memory.put(line, line.upper())
    memory.put("a", "A")
    memory.get("b")  # does not make it any younger
    memory.put("d", "D")
    assert [memory.get(line) for line in "abcd"] == ["A", None, "C", "D"]


def test_long_lines_count_for_more() -> None:
    memory = LineMemory(characters=1000)
    memory.put("a", "A")
    memory.put("b", "x" * 790)
    assert memory.get("a") is not None
    memory.put("b", "x" * 799)  # no more room for both
    assert (memory.get("a"), memory.get("b")) == (None, "x" * 799)
    memory.put("c", "x" * 1000)  # longer than all the room
    assert (memory.get("b"), memory.get("c")) == (None, None)
    memory.put("d", "D")
    assert memory.get("d") == "D"
