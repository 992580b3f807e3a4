"""``attune-cli tune``: teach a model a file of pairs."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from core.cli.jobs import run_job
from core.events import Event
from core.training.control import JobControl


def run(options: argparse.Namespace) -> int:
    """Run the job, printing its events; commands come on standard input with ``--events``."""

    def job(control: JobControl) -> Iterator[Event]:
        from core.store.model_store import ModelStore
        from core.training.tuning import TuneOptions, tune

        wanted = TuneOptions(Path(options.file), options.base, options.name, options.minutes)
        return tune(wanted, control, ModelStore())

    return run_job(job, events=options.events)
