"""``attune-cli train``: a new model from files of pairs."""

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
        from core.training.fresh import TrainOptions, train

        wanted = TrainOptions(
            tuple(map(Path, options.files)),
            options.source_language,
            options.target_language,
            options.name,
            options.preset,
            options.minutes,
        )
        return train(wanted, control, ModelStore())

    return run_job(job, events=options.events)
