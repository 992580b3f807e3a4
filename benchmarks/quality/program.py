"""The program: arguments in, a folder with ``report.html`` and ``results.json`` out."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from benchmarks.measuring import machine
from benchmarks.quality.bundles import Model, models_in, previous_of, take_out
from benchmarks.quality.earlier import EarlierReport, read_earlier
from benchmarks.quality.judging import Judge
from benchmarks.quality.memory import Memory
from benchmarks.quality.report import as_html
from benchmarks.quality.results import Report, SetResult, as_json
from benchmarks.quality.sets import read_sets
from core.cli.streams import prepare_output
from core.errors import AttuneError, OptionError
from core.files import require_writable, write_atomically
from core.text.languages import ENGLISH
from core.translation.autotune import choose_setting
from core.translation.translator import TranslateOptions

RESULTS = Path(__file__).parents[1] / "results"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.quality",
        description="Score models on test sets and write a report.",
    )
    add = parser.add_argument
    add("sets", nargs="+", type=Path, metavar="SETS", help="a folder of .tsv files, or such files")
    add("--models", nargs="+", metavar="MODEL", help="folders or names (default: those shipped)")
    add(
        "--against", nargs="+", default=[], metavar="PREVIOUS",
        help="previous models: a folder, or a revision of this checkout; and results.json files",
    )  # fmt: skip
    add("--lines", type=_lines, metavar="N", help="use the first N pairs of every set")
    add("--out", type=Path, metavar="FOLDER", help="default: a new one in benchmarks/results")
    defaults = TranslateOptions()
    add("--beam", type=int, default=defaults.beam)
    add("--length-penalty", type=float, default=defaults.length_penalty)
    add("--coverage-penalty", type=float, default=defaults.coverage_penalty)
    return parser


def _lines(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is no whole number from 1")
    return int(text)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write; the exit code: 0 done, 1 an error of the user's, 2 usage."""
    prepare_output()
    given = _parser().parse_args(arguments)
    try:
        with ExitStack() as stack:
            _run(given, stack)
    except AttuneError as error:
        print(error.sentence(), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("stopped; the sets that are done need not be translated again", file=sys.stderr)
        return 1
    return 0


def _run(given: argparse.Namespace, stack: ExitStack) -> None:
    created = datetime.now().astimezone()
    # All that can be wrong is found out before the long work begins.
    out = given.out or RESULTS / f"quality-{created:%Y%m%d-%H%M%S}"
    options = TranslateOptions(
        beam=given.beam,
        length_penalty=given.length_penalty,
        coverage_penalty=given.coverage_penalty,
    )
    options.search(ENGLISH)  # tells a senseless one
    sets = read_sets(given.sets, given.lines)
    models = [model for place in given.models or [None] for model in models_in(place)]
    previous, named, earlier = _previous(given.against, stack)
    require_writable(out)
    judge = Judge(sets, options, Memory(), _tell, _progress)
    report = Report(
        created=created.isoformat(" ", "seconds"),
        against=named,
        lines=given.lines,
        precision=choose_setting().precision,
        options=asdict(options),
        machine=machine(),
        models=tuple(judge.judge(model, previous_of(model, previous)) for model in models),
    )
    write_atomically(out / "results.json", as_json(report))
    write_atomically(out / "report.html", as_html(report, earlier))
    print(out / "report.html")


def _previous(
    places: Sequence[str], stack: ExitStack
) -> tuple[tuple[Model, ...], str, tuple[EarlierReport, ...]]:
    """The previous models, what to call them, and the earlier reports in ``places``."""
    files = [place for place in places if place.endswith(".json")]
    others = [place for place in places if place not in files]
    if len(others) > 1:
        raise OptionError(
            f"there are two places of previous models, {others[0]} and {others[1]}",
            remedy="Give one folder or revision; results.json files can be any number.",
        )
    earlier = tuple(read_earlier(Path(place)) for place in files)
    if not others:
        return (), "", earlier
    [place] = others
    if Path(place).is_dir():
        return models_in(place), Path(place).resolve().name, earlier
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="attune-")))
    short = take_out(place, folder)
    named = f"revision {short}" if place == short else f"revision {place} ({short})"
    return models_in(str(folder / "resources" / "models")), named, earlier


def _tell(model: Model, result: SetResult) -> None:
    group = result.group
    words = f"{'-'.join(model.direction)} {result.name}: BLEU {group.now.bleu.score:.1f}"
    if group.before is not None:
        words += f" ({group.change('bleu'):+.1f})"
    if group.chance is not None:
        words += f" p {group.chance.bleu:.3f}"
    print(f"{words}, chrF {group.now.chrf.score:.1f}", flush=True)


def _progress(name: str, done: int, total: int) -> None:
    """The state of a long translation, on one line of a terminal; nothing where it is none."""
    if sys.stderr.isatty():
        end = "\r" if done < total else "\r\033[K"
        print(f"{name} {done}/{total}", end=end, file=sys.stderr, flush=True)
