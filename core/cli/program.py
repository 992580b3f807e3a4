"""The terminal program: arguments in, exit code out (0 done, 1 user's error, 2 usage)."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Callable, Sequence

from core import __version__, crash_reports
from core.cancel import Cancelled
from core.cli.check_options import add_check_options
from core.cli.language_options import language
from core.cli.models import add_models_options, check_models_options
from core.cli.presets import add_presets_options
from core.cli.samples_options import add_samples_options, check_samples_options
from core.cli.steer_options import add_steer_options, check_steer_options
from core.cli.streams import abandon_output, flush, prepare_output
from core.cli.train_options import add_train_options, check_train_options
from core.cli.tune import add_tune_options, check_tune_options
from core.cli.vanishing import add_vanishing_options
from core.environment import prepare_environment
from core.errors import AttuneError
from core.events import Failed
from core.store.manifest import PRECISIONS


def _whole_number(most: int) -> Callable[[str], int]:
    """A type of argument: a whole number from 1 to ``most``."""

    def parse(text: str) -> int:
        if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"{text} is no whole number from 1 to {most}")
        return int(text)

    return parse


def _minutes(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < float("inf"):
        raise argparse.ArgumentTypeError(f"{text} is no length of time")
    return value


def _add_model(parser: argparse.ArgumentParser, *, languages: bool) -> None:
    if languages:
        parser.add_argument("--from", dest="source_language", type=language, metavar="LANG")
        parser.add_argument("--to", dest="target_language", type=language, metavar="LANG")
    parser.add_argument("--model", metavar="NAME", help="a model's name or folder")
    parser.add_argument(
        "--beam",
        type=_whole_number(64),
        help="hypotheses kept; 1 is greedy (default 4, or what the model was trained with)",
    )
    parser.add_argument("--precision", choices=("auto", *PRECISIONS), default="auto")
    parser.add_argument(
        "--threads", type=_whole_number(1024), help="processors to use (default: the fastest)"
    )


def _add_align(align: argparse.ArgumentParser) -> None:
    align.add_argument("file", metavar="PAIRS.tsv")
    align.add_argument("--json", action="store_true", help="one JSON object per line")
    align.add_argument("--tokenized", action="store_true", help="blanks are word boundaries")
    align.add_argument(
        "--backward", metavar="NAME", help="a model of the other direction that reads them, too"
    )
    align.add_argument(
        "--attention", action="store_true", help="what the model looked at, not its aligner's links"
    )
    _add_model(align, languages=True)


def _check_test_set(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """End with a usage error unless a test set is one file of pairs, or two files."""
    given = [options.source is not None, options.reference is not None]
    if any(given) if options.pairs is not None else not all(given):
        parser.error("evaluate takes --pairs, or --source and --reference")


def build_parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    parser = argparse.ArgumentParser(
        prog="attune-cli", description="Translate, align, train and measure, offline."
    )
    parser.add_argument("--version", action="version", version=f"Attune {__version__}")
    parser.add_argument(
        "--events", action="store_true", help="write events as JSON lines, read commands"
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    translate = commands.add_parser("translate", help="translate a file or standard input")
    translate.add_argument("file", nargs="?", default="-", metavar="FILE")
    translate.add_argument("--json", action="store_true", help="one JSON object per line")
    translate.add_argument(
        "--alarms", action="store_true", help="with --json: how sure words are, what looks wrong"
    )
    translate.add_argument(
        "--output", metavar="FILE", help="write here, keeping what is done if interrupted"
    )
    translate.add_argument(
        "--resume", action="store_true", help="go on with an unfinished --output"
    )
    add_steer_options(translate, _whole_number)
    _add_model(translate, languages=True)

    _add_align(commands.add_parser("align", help="align the words of given pairs"))

    evaluate = commands.add_parser("evaluate", help="score a model on a test set")
    evaluate.add_argument("--source", metavar="F", help="what to translate, a text a line")
    evaluate.add_argument("--reference", metavar="F", help="what ought to come out, line by line")
    evaluate.add_argument("--pairs", metavar="F.tsv", help="both, with a tab between")
    evaluate.add_argument("--json", action="store_true", help="one JSON object")
    evaluate.add_argument("--against", metavar="MODEL", help="test the difference from this model")
    _add_model(evaluate, languages=True)

    train = commands.add_parser("train", help="train a new model on files of pairs")
    add_train_options(train, _whole_number(10**9), _minutes)

    presets = commands.add_parser("presets", help="list the systems that train knows by name")
    add_presets_options(presets)

    tune = commands.add_parser("tune", help="teach a model a file of pairs")
    add_tune_options(tune, _whole_number(10**9), _minutes)

    vanishing = commands.add_parser("vanishing", help="see which recurrent cells remember")
    add_vanishing_options(vanishing, _whole_number(10**6))

    check = commands.add_parser("check", help="tell what is good in a file of pairs and what not")
    add_check_options(check)

    samples = commands.add_parser("samples", help="list small tasks, or write pairs of one")
    add_samples_options(samples, _whole_number(10**7))

    models = commands.add_parser("models", help="list, name, note, copy or delete models")
    add_models_options(models)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program with ``arguments`` (the process's own if ``None``)."""
    prepare_output()
    parser = build_parser()
    options = parser.parse_args(arguments)
    looks_long = getattr(options, "second_pass", None) is not None
    prepare_environment(patient=looks_long or options.command in ("train", "tune", "vanishing"))
    if options.command == "models":
        check_models_options(parser, options)
    if options.command == "evaluate":
        _check_test_set(parser, options)
    if options.command == "samples":
        check_samples_options(parser, options)
    if options.command == "train":
        check_train_options(parser, options)
    if options.command == "tune":
        check_tune_options(parser, options)
    if options.command == "translate":
        check_steer_options(parser, options)
    if options.command == "translate" and options.resume and not options.output:
        parser.error("--resume goes with --output")
    if options.command == "translate" and options.alarms and not options.json:
        parser.error("--alarms goes with --json")
    try:
        return _run(options)
    except AttuneError as error:
        _report(error, events=options.events)
        return 1
    except (Cancelled, KeyboardInterrupt):
        print("stopped", file=sys.stderr)
        return 1
    except BrokenPipeError:
        abandon_output()  # whoever read it went away; there is nobody to tell
        return 1


def _run(options: argparse.Namespace) -> int:
    """Run the command; a bug in the child of a window leaves a report beside the window's own."""
    if not options.events:
        return _run_command(options)
    program = f"attune-cli {options.command}"
    with crash_reports.watch(program):
        try:
            return _run_command(options)
        except (AttuneError, Cancelled, BrokenPipeError):
            raise
        except Exception as error:
            crash_reports.report(error, program)
            raise


def _run_command(options: argparse.Namespace) -> int:
    # A command's module is imported when it is asked for: listing models needs no torch.
    module = importlib.import_module(f"core.cli.{options.command}")
    code: int = module.run(options)
    flush()
    return code


def _report(error: AttuneError, *, events: bool) -> None:
    """Tell a user's error: as the last event, and as one line on standard error."""
    if events:
        print(Failed(error.what, error.where, error.remedy).to_json(), flush=True)
    print(" ".join(error.sentence().splitlines()), file=sys.stderr)
