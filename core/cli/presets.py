"""``attune-cli presets``: systems by name, what each teaches and what it mends."""

from __future__ import annotations

import argparse
import json
import textwrap
from typing import Any

from core.cli.streams import write_line
from core.training.presets import PRESETS, Preset

_WIDTH = 96


def add_presets_options(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("--json", action="store_true", help="one JSON object per line")


def run(options: argparse.Namespace) -> int:
    """List them all."""
    for name, preset in PRESETS.items():
        if options.json:
            write_line(json.dumps(_fields(name, preset)))
        else:
            _tell(name, preset)
    return 0


def _fields(name: str, preset: Preset) -> dict[str, Any]:
    return {
        "name": name,
        "about": preset.about,
        "teaches": preset.teaches,
        "paper": preset.paper,
        "mends": preset.mends,
        "options": dict(preset.values),
        "epochs": preset.epochs,
        "measured": preset.measured,
    }


def _tell(name: str, preset: Preset) -> None:
    write_line(f"{name}: {preset.about}")
    values = ", ".join(f"{option} {_said(value)}" for option, value in preset.values.items())
    for heading, text in (
        ("teaches", preset.teaches),
        ("paper", preset.paper),
        ("mends", "; ".join(preset.mends)),
        ("options", values),
        ("epochs", str(preset.epochs or "")),
        ("measured", preset.measured),
    ):
        for line in textwrap.wrap(f"{heading}: {text}", _WIDTH) if text else ():
            write_line(f"    {line}")


def _said(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
