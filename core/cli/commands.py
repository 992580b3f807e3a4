"""Which module runs which command, and how failures are told."""

from __future__ import annotations

import argparse
import importlib
import sys

from core.errors import AttuneError
from core.events import Failed


def run(options: argparse.Namespace) -> int:
    """Run the command that ``options`` names; returns the exit code."""
    module = importlib.import_module(f"core.cli.{options.command}")
    code: int = module.run(options)
    return code


def report_failure(error: AttuneError, *, events: bool) -> None:
    """Tell a user's error: as the last event, and as one line on standard error."""
    if events:
        print(Failed(error.what, error.where, error.remedy).to_json(), flush=True)
    print(error.sentence(), file=sys.stderr)
