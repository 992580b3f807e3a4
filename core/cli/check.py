"""``attune-cli check``: what a file of pairs is, what is good in it, and what is wrong."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from core.cli.check_report import report_lines
from core.cli.progress import ProgressBar
from core.cli.selection import model_folder
from core.cli.streams import write_line
from core.errors import OptionError
from core.files import replacement
from core.text.languages import CHINESE, ENGLISH
from core.training.checks import Pair
from core.training.doctor.delimited import on_one_line
from core.training.doctor.doubts import DOUBTS
from core.training.doctor.examination import examine
from core.training.doctor.memory import HeldOut
from core.training.doctor.recognition import recognise
from core.training.doctor.sources import DELIMITERS, JSON_LINES, TEXT, Choices, PairSource
from core.training.doctor.survey import Survey
from core.training.limits import FEWEST_PAIRS

# What else people call a form.
_FORMS = {"tsv": TEXT, "txt": TEXT, "json": JSON_LINES}


def run(options: argparse.Namespace) -> int:
    """Tell of the file; 0 if it has enough usable pairs to teach a model, else 1."""
    for reason in sorted(options.drop - set(DOUBTS)):
        raise OptionError(
            f"{reason!r} is no reason for doubt", remedy=f"Give some of {', '.join(DOUBTS)}."
        )
    source = recognise(options.files, _choices(options))
    held = _held_out(options.held, source)
    survey = Survey(options.drop)
    survey.count(examine(source, held_out=held, fix_swapped=options.fix_swapped))

    def pairs() -> Iterator[Pair]:
        """The usable pairs, read once more so that they need not be kept."""
        again = examine(source, held_out=held, fix_swapped=options.fix_swapped, doubts=False)
        return survey.kept(again)

    if options.second_pass is not None:
        _look_for_wrong_partners(options.second_pass, source, survey, pairs())
    if options.json:
        write_line(json.dumps(_fields(source, survey), ensure_ascii=False))
    else:
        for line in report_lines(source, survey):
            write_line(line)
    if options.write_good is not None:
        _write(options.write_good, pairs())
    return 0 if survey.usable >= FEWEST_PAIRS else 1


def _choices(options: argparse.Namespace) -> Choices:
    source, target = options.source_language, options.target_language
    other = {CHINESE: ENGLISH, ENGLISH: CHINESE, None: None}
    return Choices(
        format=_FORMS.get(options.format, options.format),
        encoding=options.encoding,
        delimiter=DELIMITERS.get(options.delimiter, options.delimiter),
        columns=options.columns,
        header=options.header,
        sheet=options.sheet,
        source_language=source or other[target],
        target_language=target or other[source],
    )


def _held_out(file: Path | None, source: PairSource) -> HeldOut | None:
    """The pairs of a file, of any form, that nothing may learn."""
    if file is None:
        return None
    languages = source.source_language, source.target_language
    wanted = Choices(source_language=languages[0], target_language=languages[1])
    found = examine(recognise(file, wanted), doubts=False)
    return HeldOut((item.source, item.target) for item in found if isinstance(item, Pair))


def _look_for_wrong_partners(
    model: str, source: PairSource, survey: Survey, pairs: Iterator[Pair]
) -> None:
    """Add the doubts of a model, which computes a while, to ``survey``."""
    from core import runtime
    from core.store.loading import load_model
    from core.training.doctor.second_pass import POOL, Score, second_pass

    chosen = argparse.Namespace(
        model=model, source_language=source.source_language, target_language=source.target_language
    )
    folder = model_folder(chosen)
    runtime.set_threads()
    recent: dict[int, Pair] = {}

    def remembered() -> Iterator[Pair]:
        for pair in pairs:
            if len(recent) == POOL:
                recent.clear()
            recent[pair.line] = pair
            yield pair

    bar, most = ProgressBar(), survey.usable
    doubts = []
    for event in second_pass(load_model(folder), remembered()):
        if not isinstance(event, Score):
            bar.draw(event.done / max(1, most), f"{event.done:,} pairs")
        elif doubt := event.doubt():
            doubts.append((doubt, recent.get(doubt.line)))
    bar.clear()
    for doubt, pair in doubts:  # what is left out changes only when all were read
        survey.doubt(doubt, pair)


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


def _write(path: Path, pairs: Iterator[Pair]) -> None:
    """Write ``pairs`` as plain tab-separated text; a file of that name is replaced at the end.

    Raises:
        StorageError: it cannot be written; a file that was there is as it was.
    """
    with replacement(path) as file:
        for pair in pairs:
            file.write(f"{on_one_line(pair.source)}\t{on_one_line(pair.target)}\n".encode())
