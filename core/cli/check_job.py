"""The check of a file of pairs as a job: what it finds, event by event."""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from core.cancel import Cancelled
from core.cli.selection import model_folder
from core.errors import OptionError
from core.events import Checked, Doubted, Event, Rejected, Scored
from core.text.languages import CHINESE, ENGLISH
from core.training.checks import Doubt, Pair, Rejection
from core.training.control import JobControl
from core.training.doctor.doubts import DOUBTS
from core.training.doctor.examination import examine
from core.training.doctor.memory import HeldOut
from core.training.doctor.recognition import recognise
from core.training.doctor.sources import DELIMITERS, JSON_LINES, TEXT, Choices, PairSource
from core.training.doctor.survey import Survey

# What else people call a form.
_FORMS = {"tsv": TEXT, "txt": TEXT, "json": JSON_LINES}


class CheckJob:
    """One file, read as often as it takes so that its pairs need not be kept.

    Args:
        options: the command line.

    Attributes:
        source: the file, recognised.
        survey: what was found so far.
        complete: whether all that was asked for was looked at.

    Raises:
        OptionError: the options do not fit the file, or each other.
        InputError: it is not there, or no file of pairs.
    """

    def __init__(self, options: argparse.Namespace) -> None:
        for reason in sorted(options.drop - set(DOUBTS)):
            raise OptionError(
                f"{reason!r} is no reason for doubt", remedy=f"Give some of {', '.join(DOUBTS)}."
            )
        self._options = options
        self.source = recognise(options.files, _choices(options))
        self.survey = Survey(options.drop)
        self._held = _held_out(options.held, self.source)
        self.complete = False
        self._scored = 0

    def pairs(self) -> Iterator[Pair]:
        """The usable pairs, read once more."""
        fix = self._options.fix_swapped
        return self.survey.kept(
            examine(self.source, held_out=self._held, fix_swapped=fix, doubts=False)
        )

    def events(self, control: JobControl) -> Iterator[Event]:
        """What is found, as it is found; :class:`core.events.Checked` comes last.

        Told to end, in whatever way, it tells of what was looked at until then.

        Raises, from the first ``next`` on:
            InputError: the file cannot be read.
            BundleError: the model cannot.
        """
        with contextlib.suppress(Cancelled):
            yield from self._first_pass(control)
            if self._options.second_pass is not None:
                yield from self._second_pass(self._options.second_pass, control)
            self.complete = True
        survey = self.survey
        yield Checked(survey.rows, survey.pairs, survey.usable, self._scored, self.complete)

    def _first_pass(self, control: JobControl) -> Iterator[Event]:
        fix = self._options.fix_swapped
        for found in examine(
            self.source, held_out=self._held, fix_swapped=fix, cancel=control.cancel
        ):
            control.wait_while_paused()
            self.survey.take(found)
            if isinstance(found, Rejection):
                yield Rejected(found.line, found.reason)
            elif isinstance(found, Doubt):
                yield _told(found)

    def _second_pass(self, model: str, control: JobControl) -> Iterator[Event]:
        """Have a model look for wrong partners."""
        total = self.survey.usable
        folder = model_folder(
            argparse.Namespace(
                model=model,
                source_language=self.source.source_language,
                target_language=self.source.target_language,
            )
        )
        yield Scored(0, 0, total)
        from core import runtime
        from core.store.loading import load_model
        from core.training.doctor.second_pass import POOL, Score, second_pass

        runtime.set_threads()
        recent: dict[int, Pair] = {}

        def remembered() -> Iterator[Pair]:
            for pair in self.pairs():
                if len(recent) == POOL:
                    recent.clear()
                recent[pair.line] = pair
                yield pair

        found: list[tuple[Doubt, Pair | None]] = []
        try:
            for event in second_pass(load_model(folder), remembered(), control.cancel):
                control.wait_while_paused()
                if not isinstance(event, Score):
                    self._scored = event.done
                    yield replace(event, total=total)
                elif doubt := event.doubt():
                    found.append((doubt, recent.get(doubt.line)))
                    yield _told(doubt)
        finally:  # what is left out changes only when no pair is read any more
            for doubt, pair in sorted(found, key=lambda item: item[0].line):
                self.survey.doubt(doubt, pair)


def _told(doubt: Doubt) -> Doubted:
    return Doubted(doubt.line, doubt.reason, doubt.note, doubt.other)


def _choices(options: argparse.Namespace) -> Choices:
    source, target = options.source_language, options.target_language
    other = {CHINESE: ENGLISH, ENGLISH: CHINESE}
    return Choices(
        format=_FORMS.get(options.format, options.format),
        encoding=options.encoding,
        delimiter=DELIMITERS.get(options.delimiter, options.delimiter),
        columns=options.columns,
        header=options.header,
        sheet=options.sheet,
        source_language=source or other.get(target),
        target_language=target or other.get(source),
    )


def _held_out(file: Path | None, source: PairSource) -> HeldOut | None:
    """The pairs of a file, of any form, that nothing may learn."""
    if file is None:
        return None
    languages = source.source_language, source.target_language
    wanted = Choices(source_language=languages[0], target_language=languages[1])
    found = examine(recognise(file, wanted), doubts=False)
    return HeldOut((item.source, item.target) for item in found if isinstance(item, Pair))
