"""``attune-cli samples``: tasks to learn in minutes, and files of pairs of them."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from pathlib import Path

from core.cli.streams import write_line
from core.files import write_atomically
from core.training.samples.tasks import SAMPLE_TASKS, SampleTask, TaskPair, draw, find_task


def run(options: argparse.Namespace) -> int:
    """List the tasks, or write pairs of one."""
    if options.task is None:
        for task in SAMPLE_TASKS:
            write_line(json.dumps(_fields(task)) if options.events else _line(task))
        return 0
    task = find_task(options.task)
    tests = options.test_pairs if options.test_out else 0
    pairs = draw(task, options.pairs + tests, options.seed)
    _write(options.out, pairs[: options.pairs])
    if options.test_out:
        _write(options.test_out, pairs[options.pairs :])
    return 0


def _write(place: Path, pairs: Iterable[TaskPair]) -> None:
    write_atomically(place, "".join(f"{source}\t{target}\n" for source, target in pairs))


def _fields(task: SampleTask) -> dict[str, object]:
    known = {"name": task.name, "title": task.title, "about": task.about, "options": task.options}
    return {
        **known,
        "languages": "-".join(task.languages),
        "pairs": str(task.training_file),
        "test": str(task.test_file),
    }


def _line(task: SampleTask) -> str:
    return f"{task.name:<16} {'-'.join(task.languages):<16} {task.about}"
