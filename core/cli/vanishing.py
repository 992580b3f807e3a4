"""``attune-cli vanishing``: which recurrent cells learn to remember over a long gap."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator

from core.cli.jobs import run_job
from core.events import Event
from core.training.control import JobControl


def add_vanishing_options(
    parser: argparse.ArgumentParser, whole_number: Callable[[str], int]
) -> None:
    """The command's arguments."""
    parser.add_argument(
        "--cells", default="rnn-tanh,gru,lstm", help="some of rnn-tanh, rnn-relu, gru, lstm"
    )
    parser.add_argument("--gap", type=whole_number, help="blanks between symbols and answer")
    parser.add_argument("--symbols", type=whole_number, help="how many are to be remembered")
    parser.add_argument("--width", type=whole_number, help="of the states")
    parser.add_argument("--steps", type=whole_number, help="updates of each cell")
    parser.add_argument("--learning-rate", type=float)
    parser.add_argument("--seed", type=whole_number)
    parser.add_argument("--threads", type=whole_number, metavar="N", help="processors to use (all)")


def run(options: argparse.Namespace) -> int:
    """Run the job, printing its events; commands come on standard input with ``--events``."""

    def job(control: JobControl) -> Iterator[Event]:
        from core.training.vanishing import RecallOptions, recall

        names = ("gap", "symbols", "width", "steps", "learning_rate", "seed", "threads")
        given = {name: getattr(options, name) for name in names}
        wanted = RecallOptions(
            cells=tuple(options.cells.split(",")),
            **{name: value for name, value in given.items() if value is not None},
        )
        return recall(wanted, control)

    return run_job(job, events=options.events)
