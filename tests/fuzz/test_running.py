"""The fuzzer finds what is wrong: one that found nothing would prove nothing."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from hypothesis import strategies as st

from core.errors import InputError

from .running import Target, run_target
from .watchdog import TooSlow, Watchdog


def test_inputs_and_refusals_are_counted() -> None:
    seen: list[int] = []

    def check(value: int) -> None:
        seen.append(value)
        if value % 2:
            raise InputError("odd")

    outcome = run_target(Target("numbers", st.integers(0, 10**6), check, varies=False), 150, 1)
    assert (outcome.inputs, outcome.finding) == (150, "")
    assert len(seen) == 150
    assert outcome.refused == sum(value % 2 for value in seen) > 0


def test_what_fails_is_shrunk_and_shown() -> None:
    def check(text: str) -> None:
        if len(text) > 3:
            raise KeyError(text)

    outcome = run_target(Target("texts", st.text(), check, varies=False), 500, 1)
    assert "KeyError" in outcome.finding
    assert len(outcome.finding.rpartition("input: ")[2]) <= len("'0000'")
    assert outcome.inputs < 500


def test_a_seed_gives_the_same_inputs_again() -> None:
    runs: list[list[str]] = []
    for seed in (7, 7, 8):
        seen: list[str] = []
        run_target(Target("texts", st.text(), seen.append), 60, seed)
        runs.append(seen)
    assert runs[0] == runs[1] != runs[2]


def test_each_example_gives_other_inputs_too() -> None:
    seen: list[object] = []
    check = seen.append
    outcome = run_target(Target("bytes", st.tuples(st.binary(), st.just(3)), check), 240, 1)
    assert outcome.inputs == len(seen) == 240
    assert len(set(seen)) > 120
    assert all(isinstance(data, bytes) and number == 3 for data, number in seen)  # type: ignore[misc]


def test_few_possible_inputs_end_before_their_number() -> None:
    outcome = run_target(Target("bits", st.booleans(), lambda _: None, varies=False), 100, 1)
    assert outcome.inputs == 2


class _Panic(BaseException):
    """As those of libraries in Rust are."""


def test_what_no_program_expects_is_found_too() -> None:
    def check(_: object) -> None:
        raise _Panic("at the disco")

    outcome = run_target(Target("panics", st.none(), check, varies=False), 10, 1)
    assert "Panic: _Panic: at the disco" in outcome.finding


def _backtrack() -> None:
    re.fullmatch(r"(a|a)*b", "a" * 60)


def _swallow() -> None:
    while True:
        try:
            _backtrack()
        except Exception:
            continue


def _wait() -> None:
    time.sleep(60)


@pytest.mark.parametrize("hang", [_backtrack, _swallow, _wait])
def test_what_hangs_is_ended(hang: Callable[[], None]) -> None:
    limits, clock = ((60, 0.1), "clock") if hang is _wait else ((0.1, 60), "processor")
    with Watchdog(*limits) as watchdog:
        watchdog.watch()
        with pytest.raises(TooSlow, match=rf"longer than 0\.1 s .* {clock}"):
            hang()
        watchdog.rest()
    assert hang is _wait or watchdog.slowest > 0.1


def test_between_inputs_nothing_is_watched() -> None:
    with Watchdog(0.1, 0.1) as watchdog:
        watchdog.watch()
        watchdog.rest()
        time.sleep(0.7)
