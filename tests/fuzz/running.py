"""Targets, and how one is run: inputs counted, each under a watchdog, what fails shrunk."""

from __future__ import annotations

import random
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import HypothesisException

from core.errors import AttuneError

from .changes import varied
from .watchdog import Watchdog

_ROUND = 4_000  # examples after which hypothesis begins anew, for it remembers all of them
_VARIATIONS = 11  # inputs made of each example, at little cost
_LONGEST_SHOWN = 1_500  # characters of an input


def _nothing() -> None:
    pass


@dataclass(frozen=True)
class Target:
    """Something that reads what others wrote.

    Attributes:
        name: for the report and ``--targets``.
        inputs: what it is given.
        check: reads one and checks what must hold of the result.
        share: of all inputs, against the other targets' shares.
        refuses: how it may refuse an input; all else that it raises is a finding.
        varies: whether inputs, or the first of their parts, are texts or bytes of which more
            inputs can be made by small changes.
        prepare: loads what takes long once and is no input's fault.
    """

    name: str
    inputs: st.SearchStrategy[Any]
    check: Callable[[Any], object]
    share: float = 1.0
    refuses: tuple[type[Exception], ...] = (AttuneError,)
    varies: bool = True
    prepare: Callable[[], object] = _nothing


@dataclass(frozen=True)
class Outcome:
    """What came of a target's inputs.

    Attributes:
        inputs: how many it was given; those of the shrinking are not counted.
        refused: how many of them it refused as it may.
        seconds: all of them took by the clock, with their making.
        slowest: seconds of the processor that one of them took, down to a tenth.
        finding: what failed with the smallest such input; empty if nothing did.
    """

    name: str
    inputs: int
    refused: int
    seconds: float
    slowest: float
    finding: str = ""


class Panic(AssertionError):
    """Something was raised that is no ``Exception``: ``TooSlow``, or a panic in Rust."""


def run_target(target: Target, inputs: int, start: int) -> Outcome:
    """Give ``target`` so many inputs, by the seeds from ``start`` on; the first finding ends it."""
    began, number, finding = time.perf_counter(), start, ""
    target.prepare()
    with Watchdog() as watchdog:
        trial = _Trial(target, watchdog)
        each = 1 + _VARIATIONS * target.varies
        while trial.inputs < inputs and not finding:
            examples = min(-((trial.inputs - inputs) // each), _ROUND)
            wanted = trial.examples + examples
            finding = _round(trial, examples, number)
            number += 1
            if trial.examples < wanted:  # there are no others
                break
    seconds = time.perf_counter() - began
    return Outcome(target.name, trial.inputs, trial.refused, seconds, watchdog.slowest, finding)


class _Trial:
    """Gives a target its inputs; hypothesis shrinks one that raises."""

    def __init__(self, target: Target, watchdog: Watchdog) -> None:
        self.target, self._watchdog = target, watchdog
        self.examples = self.inputs = self.refused = 0
        self.failed: list[Any] = []  # the last one is the smallest, for that one is tried last

    def __call__(self, value: object) -> None:
        """Try an example of hypothesis', then others made of it, the same ones every time."""
        self.examples += not self.failed
        self._try(value)
        if self.target.varies:
            chance, other = random.Random(repr(value)), value
            for _ in range(_VARIATIONS):  # of the example itself, or of the last one
                other = varied(value if chance.random() < 0.6 else other, chance)
                self._try(other)

    def _try(self, value: object) -> None:
        self.inputs += not self.failed
        self._watchdog.watch()
        try:
            self.target.check(value)
        except self.target.refuses:
            self.refused += not self.failed
        except (KeyboardInterrupt, SystemExit, GeneratorExit):
            raise
        except BaseException as error:
            self.failed[:] = [value]
            if isinstance(error, Exception):
                raise
            raise Panic(f"{type(error).__name__}: {error}") from error
        finally:
            self._watchdog.rest()


def _round(trial: _Trial, examples: int, number: int) -> str:
    """Some examples by one seed; what failed, if something did."""

    @seed(number)
    @settings(
        max_examples=examples,
        database=None,
        derandomize=False,
        deadline=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
        print_blob=False,
        verbosity=Verbosity.quiet,
    )
    @given(trial.target.inputs)
    def give(value: object) -> None:
        trial(value)

    try:
        give()
    except HypothesisException:
        raise  # about the strategy, not what is tested
    except Exception as error:
        told = "".join(traceback.format_exception(error, limit=-6)).rstrip()
        return f"{told}\nseed {number}, input: {_shown(trial.failed[0])}"
    return ""


def _shown(value: object) -> str:
    text = repr(value)
    more = f"… ({len(text):,} characters)" if len(text) > _LONGEST_SHOWN else ""
    return text[:_LONGEST_SHOWN] + more
