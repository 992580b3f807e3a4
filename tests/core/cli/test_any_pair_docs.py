"""Every command of docs/any-pair.md is one that the program takes."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from core.cli.program import build_parser
from core.cli.train import train_options

ROOT = Path(__file__).resolve().parents[3]
COMMANDS = re.findall(
    r"^    attune-cli (.+)$", (ROOT / "docs" / "any-pair.md").read_text("utf-8"), re.MULTILINE
)


@pytest.mark.parametrize("command", COMMANDS)
def test_the_program_takes_it(command: str) -> None:
    given = build_parser().parse_args(shlex.split(command))
    if given.command != "train":
        return
    options = train_options(given)
    assert options.values()
    assert options.texts().units == (
        options.values()["source_units"],
        options.values()["target_units"],
    )
    for place in re.findall(r"resources/\S+", command):
        assert (ROOT / place).is_file()


def test_there_are_commands_of_every_kind() -> None:
    assert {command.split()[0] for command in COMMANDS} >= {
        "train", "translate", "evaluate", "samples",
    }  # fmt: skip
