"""What the window asks of a child is what the terminal program understands."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from core.cli.program import build_parser
from gui.jobs.tune_command import Wishes, resume_command, tune_command


def test_from_source_and_frozen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "pairs.tsv"
    command = tune_command(file, "zh-en", "mine", Wishes(2))
    start = [sys.executable, "-m", "core.cli", "--events", "tune", str(file)]
    assert list(command) == [*start, "--base=zh-en", "--name=mine", "--minutes=2",
                             "--strength=normal"]  # fmt: skip
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    frozen = tune_command(file, "zh-en", "mine", Wishes(2))
    assert frozen == (sys.executable, "--cli", *command[3:])


def test_every_wish_arrives(tmp_path: Path) -> None:
    wishes = Wishes(
        7, "strong", 2.5, 5e-05, 800, ("embeddings", "encoder"), 0.3, brake=False,
        pinned=("-5 度很冷。", '他说 "好"。'),
    )  # fmt: skip
    told = build_parser().parse_args(tune_command(tmp_path / "p", "-a", "-b", wishes)[3:])
    assert (told.base, told.name, told.minutes, told.events) == ("-a", "-b", 7.0, True)
    assert (told.strength, told.epochs, told.learning_rate) == ("strong", 2.5, 5e-05)
    assert (told.batch_tokens, told.frozen) == (800, "embeddings,encoder")
    assert (told.replay, told.no_brake) == (0.3, True)
    assert tuple(told.pin) == wishes.pinned


def test_what_was_not_wished_is_left_to_the_program(tmp_path: Path) -> None:
    told = build_parser().parse_args(tune_command(tmp_path / "p", "a", "b", Wishes())[3:])
    left = (told.epochs, told.learning_rate, told.batch_tokens, told.replay, told.no_brake)
    assert left == (None, None, None, None, False)


def test_going_on(tmp_path: Path) -> None:
    told = build_parser().parse_args(resume_command("-mine")[3:])
    assert (told.resume, told.events) == ("-mine", True)
