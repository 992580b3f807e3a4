"""Requests and answers over pipes, with an engine that computes nothing."""

from __future__ import annotations

import sys

import pytest

from benchmarks.speed.protocol import Engine, EngineError

FAKE = [sys.executable, "-m", "tests.benchmarks.fake_engine"]


def test_answers_come_in_order_whatever_libraries_print() -> None:
    with Engine("fake", FAKE) as engine:
        assert engine.ask("shout", text="one") == {"text": "ONE"}
        assert engine.ask("shout", text="你好，x\n") == {"text": "你好，X\n"}
        assert engine.ask("memory")["peak"] > 1
        process = engine._process
    assert process.returncode == 0


def test_an_engine_that_fails_says_why() -> None:
    with Engine("fake", FAKE) as engine:
        with pytest.raises(EngineError, match="fake gave no answer to 'fail'") as caught:
            engine.ask("fail")
        assert "ValueError: no such model" in str(caught.value)
        with pytest.raises(EngineError):
            engine.ask("shout", text="again")


def test_patience_ends() -> None:
    with Engine("fake", FAKE) as engine:
        engine.ask("memory")
        with pytest.raises(EngineError, match="no answer to 'sleep'"):
            engine.ask("sleep", patience=0.2)


def test_a_program_that_is_not_there() -> None:
    with (
        Engine("none", [sys.executable, "-m", "benchmarks.speed.nothing"]) as engine,
        pytest.raises(EngineError, match="No module named"),
    ):
        engine.ask("memory")


def test_the_environment_is_passed_on() -> None:
    program = "import os; from benchmarks.speed.protocol import serve\n"
    program += "serve({'get': lambda name: {'value': os.environ.get(name)}})"
    with Engine("own", [sys.executable, "-c", program], {"ATTUNE_TRIED": "7"}) as engine:
        assert engine.ask("get", name="ATTUNE_TRIED") == {"value": "7"}
        assert engine.ask("get", name="ATTUNE_OTHER") == {"value": None}
