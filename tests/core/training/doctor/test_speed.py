"""Time and memory of the first pass: 100,000 pairs in a minute at most, and no more memory."""

from __future__ import annotations

import time
import tracemalloc
from pathlib import Path

import pytest

from core.training.doctor.examination import examine
from core.training.doctor.recognition import recognise
from core.training.doctor.survey import Survey
from tests.pace import seconds_here

from .files import tmx, tsv, write, write_xlsx

pytestmark = pytest.mark.timed

SECONDS_A_PAIR = 60 / 100_000
# Hashes of the pair, for duplicates and contradictions; an object for each pair would be 500.
BYTES_A_PAIR = 320


def made(folder: Path, form: str, count: int) -> Path:
    rows = [
        (
            f"我们今天去公园看花，第 {n} 天<b>好</b>。",
            f"We see <b>flowers</b> in the park on day {n}.",
        )
        for n in range(count)
    ]
    if form == "xlsx":
        return write_xlsx(folder, "p.xlsx", {"S": rows})
    return write(folder, f"p.{form}", (tmx if form == "tmx" else tsv)(rows))


def survey(path: Path) -> Survey:
    found = Survey()
    for item in examine(recognise(path)):
        found.take(item)
    return found


@pytest.mark.parametrize("form", ["tsv", "tmx", "xlsx"])
def test_the_first_pass_keeps_its_pace(tmp_path: Path, form: str) -> None:
    survey(made(tmp_path, "tsv", 20))  # tables of characters are made once
    path = made(tmp_path, form, 5000)
    start = time.process_time()
    assert survey(path).usable == 5000
    assert time.process_time() - start < seconds_here(5000 * SECONDS_A_PAIR)


@pytest.mark.parametrize("form", ["tsv", "tmx"])
def test_memory_grows_by_hashes_alone(tmp_path: Path, form: str) -> None:
    survey(made(tmp_path, "tsv", 20))
    peaks = []
    for count in (1000, 5000):
        path = made(tmp_path, form, count)
        tracemalloc.start()
        survey(path)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] - peaks[0] < 4000 * BYTES_A_PAIR
