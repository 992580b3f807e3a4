"""``attune-cli tune``: teach a model a file of pairs."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path

from core.cli.jobs import run_job
from core.events import Event
from core.training.control import JobControl


def add_tune_options(
    parser: argparse.ArgumentParser,
    whole_number: Callable[[str], int],
    minutes: Callable[[str], float],
) -> None:
    """The command's arguments; the types tell a person what is wrong with a number."""
    parser.add_argument("file", nargs="?", metavar="FILE", help="pairs")
    parser.add_argument("--base", metavar="MODEL", help="what learns; it stays as it is")
    parser.add_argument("--name", help="of the new model")
    parser.add_argument("--held", metavar="F", help="pairs to validate on")
    parser.add_argument("--minutes", type=minutes, default=3.0, help="default 3")
    parser.add_argument("--epochs", type=float, help="rounds through the pairs, if that is less")
    parser.add_argument("--strength", default="normal", help="gentle, normal or strong")
    parser.add_argument("--learning-rate", type=float)
    parser.add_argument("--batch-tokens", type=whole_number)
    parser.add_argument("--frozen", default="", help="embeddings,encoder,decoder: some of them")
    parser.add_argument("--replay", type=float, help="share of updates for general sentences")
    parser.add_argument("--distil", type=float, help="share of the base model in their loss")
    parser.add_argument("--no-brake", action="store_true", help="let it forget")
    parser.add_argument(
        "--pin", action="append", default=[], metavar="SENTENCE",
        help="show how it is translated at every validation; up to five times",
    )  # fmt: skip
    parser.add_argument("--lesson", action="store_true", help="a few pairs, as soon as can be")
    parser.add_argument("--out", metavar="FOLDER", help="default: among your models")
    parser.add_argument("--seed", type=whole_number)
    parser.add_argument("--resume", metavar="NAME", help="go on with an unfinished run")
    parser.add_argument("--discard", metavar="NAME", help="forget an unfinished run")
    parser.add_argument("--unfinished", action="store_true", help="list unfinished runs")


def check_tune_options(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """End the program where the command line asks for nothing that can be done."""
    if not (options.resume or options.discard or options.unfinished):
        missing = [name for name in ("file", "base", "name") if not getattr(options, name)]
        if missing:
            parser.error(f"tune needs {', '.join(missing)}: tune FILE --base MODEL --name NEW")


def run(options: argparse.Namespace) -> int:
    """Run the job, printing its events; commands come on standard input with ``--events``."""
    if options.unfinished:
        return _list()
    if options.discard:
        from core.training.run_folder import discard_run

        discard_run(options.discard)
        return 0
    return run_job(lambda control: _job(options, control), events=options.events)


def _list() -> int:
    from core.training.run_folder import unfinished_runs

    for found in unfinished_runs():
        print(f"{found.name}\tupdate {found.steps}\t{found.asked.get('file', '')}")
    return 0


def _job(options: argparse.Namespace, control: JobControl) -> Iterator[Event]:
    from core.store.model_store import ModelStore
    from core.training.tune_options import TuneOptions
    from core.training.tuning import resume, tune

    if options.resume:
        return resume(options.resume, control, ModelStore())
    given = {
        "epochs": options.epochs,
        "learning_rate": options.learning_rate,
        "batch_tokens": options.batch_tokens,
        "replay": options.replay,
        "distil": options.distil,
        "seed": options.seed,
    }
    wanted = TuneOptions(
        Path(options.file),
        options.base,
        options.name,
        options.minutes,
        strength=options.strength,
        frozen=tuple(part for part in options.frozen.split(",") if part),
        brake=not options.no_brake,
        held=Path(options.held) if options.held else None,
        lesson=options.lesson,
        out=Path(options.out).absolute() if options.out else None,
        pinned=tuple(dict.fromkeys(sentence.strip() for sentence in options.pin)),
        **{name: value for name, value in given.items() if value is not None},
    )
    return tune(wanted, control, ModelStore())
