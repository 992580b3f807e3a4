"""The sample tasks: every answer is right, none is told twice, and the files are what they say."""

from __future__ import annotations

import itertools
import random
import re
from datetime import date, datetime

import pytest

from core.errors import OptionError
from core.training.samples.dates import FIRST, LAST, ordinal
from core.training.samples.numbers import number_words
from core.training.samples.tasks import SAMPLE_TASKS, SampleTask, draw, find_task
from core.training.system import compose

TASKS = pytest.mark.parametrize("task", SAMPLE_TASKS, ids=lambda task: task.name)


def right_word(source: str, target: str) -> bool:
    return source == target[::-1] and source.isalpha() and 3 <= len(source) <= 8


ONES = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip


def value(words: str) -> int:
    """The number that ``words`` say, read from the left as people do."""
    total = part = 0
    for word in words.replace(" and ", " ").split():
        if word == "thousand":
            total, part = part * 1000, 0
        else:
            part = part * 100 if word == "hundred" else part + ONES[word]
    return total + part


def right_number(source: str, target: str) -> bool:
    return str(value(source)) == target


FORMATS = ("%d %B %Y", "%B %d, %Y", "the %d of %B, %Y", "%A, %d %B %Y", "%b %d %Y", "%d %b. %Y")


def right_date(source: str, target: str) -> bool:
    plain = re.sub(r"(?<=\d)(st|nd|rd|th)\b", "", source)
    for form in (*FORMATS, "%d/%m/%Y", "%d.%m.%Y", "%Y/%m/%d"):
        try:
            found = datetime.strptime(plain, form).date()
        except ValueError:
            continue
        named = "day" in plain.lower()
        return found.isoformat() == target and (not named or f"{found:%A}".lower() in plain.lower())
    return False


RIGHT = {"word-reversal": right_word, "number-words": right_number, "dates": right_date}


@TASKS
def test_every_answer_is_right(task: SampleTask) -> None:
    pairs = draw(task, 2_000, seed=7)
    wrong = [pair for pair in pairs if not RIGHT[task.name](*pair)]
    assert wrong == []


@TASKS
def test_no_source_is_drawn_twice(task: SampleTask) -> None:
    pairs = draw(task, 3_000, seed=3)
    assert len({source for source, _ in pairs}) == len(pairs) == 3_000


@TASKS
def test_the_seed_alone_decides(task: SampleTask) -> None:
    random.seed(1)
    first = draw(task, 50, seed=5)
    random.seed(2)
    assert draw(task, 50, seed=5) == first
    assert draw(task, 50, seed=6) != first


@TASKS
def test_what_ships_is_drawn_and_what_is_tested_was_not_learnt(task: SampleTask) -> None:
    learnt, tested = (
        [tuple(line.split("\t")) for line in file.read_text("utf-8").splitlines()]
        for file in (task.training_file, task.test_file)
    )
    assert [*learnt, *tested] == draw(task, len(learnt) + len(tested), seed=1)
    assert len(tested) >= 500
    assert not {source for source, _ in learnt} & {source for source, _ in tested}


@TASKS
def test_its_options_go_together(task: SampleTask) -> None:
    values = compose("small", task.options, prose=False)
    assert task.options.items() <= values.items()


def test_numbers_in_words() -> None:
    british = {
        0: "zero",
        13: "thirteen",
        105: "one hundred and five",
        40_000: "forty thousand",
        2_007: "two thousand and seven",
        342_917: "three hundred and forty two thousand nine hundred and seventeen",
    }
    assert {n: number_words(n, british=True) for n in british} == british
    american = {
        105: "one hundred five",
        2_007: "two thousand seven",
        900_000: "nine hundred thousand",
    }
    assert {n: number_words(n, british=False) for n in american} == american
    for number, way in itertools.product(range(0, 10**6, 997), (True, False)):
        assert value(number_words(number, british=way)) == number
    with pytest.raises(ValueError, match="no words"):
        number_words(10**6, british=True)


def test_ordinals() -> None:
    told = [
        "1st",
        "2nd",
        "3rd",
        "4th",
        "10th",
        "11th",
        "12th",
        "13th",
        "20th",
        "21st",
        "22nd",
        "23rd",
        "24th",
        "30th",
        "31st",
    ]
    assert [ordinal(int(text[:-2])) for text in told] == told


def test_dates_span_two_centuries() -> None:
    days = [date.fromisoformat(iso) for _, iso in draw(find_task("dates"), 3_000, seed=2)]
    assert FIRST <= min(days) <= date(1901, 1, 1)
    assert date(2099, 1, 1) <= max(days) <= LAST


def test_what_cannot_be_drawn() -> None:
    with pytest.raises(OptionError, match="'datse'"):
        find_task("datse")
    small = SampleTask(
        "coin", "Coin", "", ("coin", "side"), lambda chance: (f"{chance.randrange(2)}", "x")
    )
    with pytest.raises(OptionError, match="hardly more than 2"):
        draw(small, 3, seed=1)
