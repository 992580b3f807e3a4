"""The sample tasks: what they are, and pairs of them drawn at random.

A task draws texts from far more than a file holds, so that what is learnt cannot be what was seen;
:func:`draw` never draws a source twice, so nothing held out was learnt.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from core.errors import OptionError
from core.parts import Value
from core.paths import resources_folder
from core.text.units import CHARACTERS, SPACES
from core.training.samples.dates import draw_date
from core.training.samples.numbers import draw_number
from core.training.samples.reversal import draw_word

_VAIN = 200  # draws in a row that bring nothing new: the task has hardly any more

TaskPair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class SampleTask:
    """A task.

    Attributes:
        name: as the command line takes it.
        title: for a person.
        about: what is read and what is written.
        languages: codes of its sides.
        draw: draws a pair.
        options: a system that learns it, by the names of the registered parts; others are as in
            the preset ``small``.
    """

    name: str
    title: str
    about: str
    languages: tuple[str, str]
    draw: Callable[[random.Random], TaskPair]
    options: dict[str, Value] = field(default_factory=dict)

    @property
    def training_file(self) -> Path:
        """The pairs to learn that ship with the program."""
        return resources_folder() / "samples" / f"{self.name}.tsv"

    @property
    def test_file(self) -> Path:
        """Pairs that ship with the program and are not among those to learn."""
        return resources_folder() / "samples" / f"{self.name}.test.tsv"


# A small system that learns any of them in a minute or two on two cores.
_SYSTEM: dict[str, Value] = {
    "encoder": "bidirectional", "encoder_layers": 1, "width": 128, "cell": "gru",
    "attention": "additive", "decoder_layers": 1, "decoder_width": 128,
    "batch_tokens": 800, "label_smoothing": 0.0,
}  # fmt: skip

SAMPLE_TASKS = (
    SampleTask(
        "word-reversal",
        "Word reversal",
        "A made-up word is written backwards: melora becomes arolem.",
        ("word", "reversed"),
        draw_word,
        {**_SYSTEM, "source_units": CHARACTERS, "target_units": CHARACTERS},
    ),
    SampleTask(
        "number-words",
        "Number words to digits",
        "A number in English words is written in digits: two thousand and seven becomes 2007.",
        ("words", "digits"),
        draw_number,
        {**_SYSTEM, "source_units": SPACES, "target_units": CHARACTERS},
    ),
    SampleTask(
        "dates",
        "Date normaliser",
        "A date as people write it becomes one of ISO 8601: May 3rd, 2021 becomes 2021-05-03.",
        ("date", "iso"),
        draw_date,
        {**_SYSTEM, "source_units": CHARACTERS, "target_units": CHARACTERS},
    ),
)


def find_task(name: str) -> SampleTask:
    """The task called ``name``.

    Raises:
        OptionError: there is none.
    """
    for task in SAMPLE_TASKS:
        if task.name == name:
            return task
    names = ", ".join(task.name for task in SAMPLE_TASKS)
    raise OptionError(f"there is no sample task called {name!r}", remedy=f"Give one of {names}.")


def draw(task: SampleTask, count: int, seed: int) -> list[TaskPair]:
    """``count`` pairs of ``task``, no source twice; the same seed draws the same.

    Raises:
        OptionError: the task has not so many.
    """
    chance = random.Random(seed)
    found: dict[str, str] = {}
    vain = 0
    while len(found) < count:
        source, target = task.draw(chance)
        vain = vain + 1 if source in found else 0
        if vain == _VAIN:
            raise OptionError(
                f"{task.name} has hardly more than {len(found)} pairs", remedy="Ask for fewer."
            )
        found[source] = target
    pairs = list(found.items())
    chance.shuffle(pairs)  # the last ones are the rarer kinds: short ones soon repeat themselves
    return pairs
