"""``attune-cli check``: what a file of pairs is, what is good in it, and what is wrong."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict

from core.cli.check_job import CheckJob
from core.cli.check_report import report_lines
from core.cli.jobs import run_job
from core.cli.progress import ProgressBar
from core.cli.streams import write_line
from core.errors import OptionError
from core.events import Checked, Event, Scored
from core.files import replacement
from core.training.control import JobControl
from core.training.doctor.delimited import on_one_line
from core.training.doctor.sources import PairSource
from core.training.doctor.survey import Survey
from core.training.limits import FEWEST_PAIRS

# When whoever asked goes away; where a file is written, it is put in its place or taken away.
_ORPHAN_SECONDS = 0.5


def run(options: argparse.Namespace) -> int:
    """Tell of the file; 0 if it has enough usable pairs to teach a model, else 1."""
    if options.events and options.json:
        raise OptionError("--events writes JSON already", remedy="Leave out --json.")
    job = _with_events(options) if options.events else _with_report(options)
    return 0 if job.survey.usable >= FEWEST_PAIRS else 1


def _with_report(options: argparse.Namespace) -> CheckJob:
    """Check the file and tell a person, or with ``--json`` a program, of all of it at once."""
    job, bar = CheckJob(options), ProgressBar()
    for event in job.events(JobControl()):
        if isinstance(event, Scored) and event.total:
            bar.draw(event.done / event.total, f"{event.done:,} pairs")
    bar.clear()
    if options.json:
        write_line(json.dumps(_fields(job.source, job.survey), ensure_ascii=False))
    else:
        for line in report_lines(job.source, job.survey):
            write_line(line)
    _write_good(options, job)
    return job


def _with_events(options: argparse.Namespace) -> CheckJob:
    """Check the file and tell a program of each thing as it is found."""
    jobs: list[CheckJob] = []

    def make(control: JobControl) -> Iterator[Event]:
        jobs.append(CheckJob(options))
        for event in jobs[0].events(control):
            if isinstance(event, Checked) and jobs[0].complete:
                _write_good(options, jobs[0])
            yield event

    writes = options.write_good is not None
    run_job(make, events=True, orphan_seconds=None if writes else _ORPHAN_SECONDS)
    return jobs[0]


def _fields(source: PairSource, survey: Survey) -> dict[str, object]:
    return {
        "files": [str(path) for path in source.paths],
        "format": source.format,
        "encodings": source.encodings,
        "delimiter": source.delimiter,
        "columns": source.columns,
        "header": source.header,
        "sheet": source.sheet,
        "source_language": source.source_language,
        "target_language": source.target_language,
        "guesses": {guess.field: guess.certainty for guess in source.guesses},
        "rows": survey.rows,
        "pairs": survey.pairs,
        "usable": survey.usable,
        "rejected": dict(survey.rejected),
        "doubtful": dict(survey.doubtful),
        "examples": {
            reason: [asdict(example) for example in examples]
            for reason, examples in survey.examples.items()
        },
    }


def _write_good(options: argparse.Namespace, job: CheckJob) -> None:
    """Write the usable pairs, if that is wanted; a file of that name is replaced at the end.

    Raises:
        StorageError: it cannot be written; a file that was there is as it was.
    """
    if options.write_good is None:
        return
    with replacement(options.write_good) as file:
        for pair in job.pairs():
            file.write(f"{on_one_line(pair.source)}\t{on_one_line(pair.target)}\n".encode())
