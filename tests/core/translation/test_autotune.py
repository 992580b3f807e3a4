"""What to compute with: measured once, kept, and chosen by what was measured."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace

import pytest
import torch

from core import paths, runtime
from core.errors import OptionError
from core.model.native import library
from core.translation import autotune
from core.translation.autotune import Setting, Times, choose_setting, measure, pick

KINDS = ("fp32", "bf16", "int8")


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """Nothing is remembered inside the process, before or after."""
    autotune._times.cache_clear()
    before = torch.get_num_threads()
    yield
    torch.set_num_threads(before)
    autotune._times.cache_clear()


class Measured:
    """Stands for the measuring, and counts how often it is asked."""

    def __init__(self, times: Times, *, calm: bool = True) -> None:
        self.times, self.calm, self.calls = times, calm, 0

    def __call__(self, kinds: Sequence[str], counts: Sequence[int]) -> tuple[Times, bool]:
        self.calls += 1
        return self.times, self.calm


TWO_CORES = {
    **{"fp32 x 2": 0.09, "bf16 x 2": 0.05, "int8 x 2": 0.06},
    **{"fp32 x 1": 0.15, "bf16 x 1": 0.08, "int8 x 1": 0.07},
}


@pytest.fixture
def two_cores(monkeypatch: pytest.MonkeyPatch) -> Measured:
    measured = Measured(dict(TWO_CORES))
    monkeypatch.setattr(autotune, "measure", measured)
    monkeypatch.setattr(runtime, "cores", lambda: 2)
    monkeypatch.setattr(runtime, "has_bf16", lambda: True)
    return measured


def test_the_fastest_is_chosen(two_cores: Measured) -> None:
    assert choose_setting() == Setting("bf16", 2)
    assert choose_setting(threads=1) == Setting("int8", 1)
    assert choose_setting("fp32") == Setting("fp32", 2)


def test_what_is_given_is_not_measured(two_cores: Measured) -> None:
    assert choose_setting("int8", 3) == Setting("int8", 3)
    assert two_cores.calls == 0


@pytest.mark.parametrize(("int8", "chosen"), [(0.0951, "fp32"), (0.0899, "int8"), (0.2, "fp32")])
def test_exactness_is_given_up_for_a_tenth_of_the_time(int8: float, chosen: str) -> None:
    assert pick({"fp32 x 1": 0.1, "int8 x 1": int8}, ("fp32", "int8"), (1,)).precision == chosen


def test_fewer_threads_must_be_worth_it() -> None:
    times = {"fp32 x 16": 0.100, "fp32 x 8": 0.095, "fp32 x 4": 0.080, "fp32 x 2": 0.079}
    assert pick(times, ("fp32",), (16, 8, 4, 2)) == Setting("fp32", 4)


def test_where_time_was_short_instructions_are_the_guess(monkeypatch: pytest.MonkeyPatch) -> None:
    only = {"fp32 x 4": 0.1}
    monkeypatch.setattr(autotune, "has_byte_products", lambda: True)
    assert pick(only, KINDS, (4, 1)) == Setting("int8", 4)
    assert pick(only, ("fp32", "int8"), (4, 1)) == Setting("int8", 4)
    monkeypatch.setattr(autotune, "has_byte_products", lambda: False)
    monkeypatch.setattr(library, "find", lambda: SimpleNamespace(takes_all=True))
    assert pick(only, KINDS, (4, 1)) == Setting("int8", 4)
    monkeypatch.setattr(library, "find", lambda: SimpleNamespace(takes_all=False))
    assert pick(only, ("fp32", "int8"), (4, 1)) == Setting("fp32", 4)
    monkeypatch.setattr(library, "find", lambda: None)
    few = {"fp32 x 4": 0.1, "bf16 x 4": 0.2}
    assert pick(few, KINDS, (4, 1)) == Setting("bf16", 4)
    assert pick({"fp32 x 4": 0.1}, ("fp32", "int8"), (4, 1)) == Setting("fp32", 4)
    assert pick({**few, "int8 x 4": 0.3}, KINDS, (4, 1)) == Setting("fp32", 4)
    fewer_threads = {"bf16 x 4": 0.2, "bf16 x 1": 0.1}
    assert pick(fewer_threads, KINDS, (4, 1)) == Setting("bf16", 1)


def test_a_later_start_measures_nothing(two_cores: Measured) -> None:
    first = choose_setting()
    autotune._times.cache_clear()  # as in a new process
    assert choose_setting() == first
    assert two_cores.calls == 1


def test_what_had_no_calm_is_measured_again_when_asked(two_cores: Measured) -> None:
    two_cores.calm = False
    choose_setting()
    two_cores.calm, two_cores.times = True, {**TWO_CORES, "int8 x 2": 0.01}
    autotune.remember()
    autotune._times.cache_clear()  # as in a new process
    assert choose_setting() == Setting("int8", 2)
    autotune.remember()
    assert two_cores.calls == 2


def test_another_processor_measures_again(
    two_cores: Measured, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose_setting()
    autotune._times.cache_clear()
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: {"architecture": "other"})
    choose_setting()
    assert two_cores.calls == 2


def test_times_of_a_busy_machine_do_not_choose_the_precision_and_are_not_kept(
    two_cores: Measured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(autotune, "has_byte_products", lambda: True)
    two_cores.calm = False
    two_cores.times = {**TWO_CORES, "int8 x 2": 9.0, "int8 x 1": 8.0}  # something else computed
    assert choose_setting() == Setting("int8", 1)
    autotune._times.cache_clear()
    two_cores.calm, two_cores.times = True, TWO_CORES
    assert choose_setting() == Setting("bf16", 2)


@pytest.mark.parametrize("content", [b"", b"[]", b'{"processor": 1}', b"\xff", b'{"seconds": {}}'])
def test_a_damaged_file_is_replaced(
    content: bytes, two_cores: Measured, caplog: pytest.LogCaptureFixture
) -> None:
    file = paths.ensure(paths.cache_folder()) / "processor.json"
    file.write_bytes(content)
    assert choose_setting() == Setting("bf16", 2)
    assert json.loads(file.read_text("utf-8"))["seconds"] == TWO_CORES


@pytest.mark.parametrize("time", ["1e999", "NaN", "-1", "0", "9" * 400])
def test_times_that_are_none_are_measured_again(time: str, two_cores: Measured) -> None:
    choose_setting()
    file = paths.cache_folder() / "processor.json"
    file.write_text(file.read_text("utf-8").replace("0.05", time), "utf-8")
    autotune._times.cache_clear()
    assert choose_setting() == Setting("bf16", 2)
    assert two_cores.calls == 2


def test_a_folder_that_cannot_be_written_is_no_fault(
    two_cores: Measured,
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setattr(paths, "cache_folder", lambda: blocked / "cache")
    with caplog.at_level(logging.INFO, logger="core.translation.autotune"):
        assert choose_setting() == Setting("bf16", 2)
    assert any("not kept" in record.message for record in caplog.records)


def test_without_bf16_it_is_not_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runtime, "has_bf16", lambda: False)
    assert autotune.able() == ("fp32", "int8")
    assert choose_setting().precision in ("fp32", "int8")


def test_unknown_precisions_are_refused() -> None:
    with pytest.raises(OptionError, match="fp64"):
        choose_setting("fp64")


@pytest.mark.parametrize(
    ("cores", "counts"), [(1, (1,)), (2, (2, 1)), (6, (6, 4, 2, 1)), (32, (32, 8, 4, 2, 1))]
)
def test_numbers_of_threads(cores: int, counts: tuple[int, ...]) -> None:
    assert autotune.thread_counts(cores) == counts


def test_measuring_is_true_to_the_clock() -> None:
    """In all it took no less than the products that it counts, once each."""
    begin = time.perf_counter()
    found, _ = measure(("fp32", "int8"), (1,), seconds=60)
    elapsed = time.perf_counter() - begin
    assert set(found) == {"fp32 x 1", "int8 x 1"}
    # A layer and a step ran three and five times, twice, for a sentence of six and 28; both
    # ran twice for a batch of 16, in three blocks, which counts for a sixteenth.
    assert 0 < sum(found.values()) < 28 / 5 * elapsed


def test_measuring_ends_in_time() -> None:
    found, calm = measure(KINDS, (1, 2, 4), seconds=0.0)
    assert set(found) == {"fp32 x 1"}
    assert not calm


def test_threads_are_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    torch.set_num_threads(1)
    monkeypatch.setattr(runtime, "cores", lambda: 2)
    choose_setting()
    assert torch.get_num_threads() == 1


def test_what_lies_between_the_steps_of_int8_is_not_rounded_to_them(two_cores: Measured) -> None:
    two_cores.times = {**TWO_CORES, "int8 x 2": 0.01}
    assert choose_setting() == Setting("int8", 2)
    assert choose_setting(stored="bf16") == Setting("bf16", 2)
    assert choose_setting("int8", stored="bf16").precision == "int8"
