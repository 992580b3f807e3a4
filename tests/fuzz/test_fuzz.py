"""A few inputs for each target, the same ones every time; ``make fuzz`` gives many more."""

from __future__ import annotations

import os

import pytest

from .running import Target, run_target
from .targets import TARGETS

_INPUTS = 24  # of a target with a share of one


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_nothing_falls_over(target: Target, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda _: None)
    outcome = run_target(target, max(10, round(_INPUTS * target.share)), 1)
    assert outcome.finding == ""


def test_every_target_has_a_name_of_its_own() -> None:
    names = [target.name for target in TARGETS]
    assert len(set(names)) == len(names)
