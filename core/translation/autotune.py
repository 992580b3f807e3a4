"""In what precision, and on how many threads, this processor translates soonest.

Processors differ: one multiplies bfloat16 in hardware, another has products of bytes, a third has
neither; and small products gain from a second thread, but seldom from a sixteenth. So the products
of a model of the default shape, for one sentence alone and for one of a document's batch, are timed
at the first start, and what was found is kept in the cache folder for the next.
"""

from __future__ import annotations

import functools
import hashlib
import json
import logging
import math
import platform
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from core import paths, runtime
from core.errors import OptionError, StorageError
from core.files import parse_json, write_atomically
from core.model.native import library
from core.model.native.decoder import NativeDecoder, Parts, Shape
from core.model.packed import Linear, Matrix, Rows, has_byte_products, make_linear
from core.store.manifest import PRECISIONS as STORED

logger = logging.getLogger(__name__)

PRECISIONS = ("auto", *STORED)
EXACT_FIRST = ("fp32", "bf16", "int8")

SECONDS = 0.4  # for all that is measured at a start
_FORMAT = 2  # of the file in which times are kept
_WORTH = 0.9  # a less exact precision, or fewer threads, must take no more than this share
_CALM = 1.5  # times that differ by more are not kept: other programs were computing

# Products of the default model (inputs, outputs): one layer of the encoder, one decoder step.
_LAYER = ((384, 1152), (384, 384), (384, 1536), (1536, 384))
_STEP = ((896, 2048), (512, 384), (1408, 2048), (896, 1024), (1024, 384), (384, 12000))
_LAYERS, _STEPS = 6, 28
_PIECES, _BEAM = 24, 4
_TOGETHER = 16  # sentences of a document
_ROWS = 128  # that are multiplied at once

Times = dict[str, float]
"""Seconds for a sentence alone and one of a document, together, by precision and threads, as
``"bf16 x 2"``."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What to compute with.

    Attributes:
        precision: ``"int8"``, ``"bf16"`` or ``"fp32"``.
        threads: of torch.
    """

    precision: str
    threads: int


def choose_setting(
    precision: str = "auto",
    threads: int | None = None,
    *,
    stored: str = "int8",
    laid_out: bool = True,
) -> Setting:
    """Fill in what is left open with what is fastest here; measures at the first start alone.

    Args:
        precision: one of :data:`PRECISIONS`.
        threads: ``None`` leaves it open.
        stored: the precision of the model's weights on disk. What a model has learnt that was
            stored in int8 before lies between the steps of int8, and rounding undoes it: it is
            translated in int8 only if ``precision`` says so.
        laid_out: whether the model's shape can be (see ``inference.can_lay_out``); any other is
            computed in fp32, whatever ``precision`` says.

    Raises:
        OptionError: there is no such precision.
    """
    if precision not in PRECISIONS:
        raise OptionError(
            f"unknown precision {precision!r}", remedy=f"Give one of {', '.join(PRECISIONS)}."
        )
    if not laid_out:
        precision = "fp32"
    if precision != "auto" and threads is not None:
        return Setting(precision, threads)
    counts = thread_counts(runtime.cores()) if threads is None else (threads,)
    kinds = able() if precision == "auto" else (precision,)
    if precision == "auto" and stored != "int8":
        kinds = tuple(kind for kind in kinds if kind != "int8")
    return pick(_times(kinds, counts), kinds, counts)


def able() -> tuple[str, ...]:
    """The precisions that this processor has in hardware, the most exact first."""
    return tuple(name for name in EXACT_FIRST if name != "bf16" or runtime.has_bf16())


def thread_counts(cores: int) -> tuple[int, ...]:
    """The numbers of threads worth trying: all cores, and powers of two up to 8."""
    return (cores, *(count for count in (8, 4, 2, 1) if count < cores))


def pick(times: Times, kinds: Sequence[str], counts: Sequence[int]) -> Setting:
    """The fastest of what was measured; of nearly equal ones the most exact, on most threads.

    Threads that gain nothing with one sentence still serve a document's batches. Where not every
    precision was measured, what the processor has instructions for is the best guess.
    """
    if any(_name(kind, counts[0]) not in times for kind in kinds):
        kinds = (_guess(kinds),)
    best: tuple[float, Setting] | None = None
    for kind in kinds:
        for count in counts:
            seconds = times.get(_name(kind, count))
            if seconds is not None and (best is None or seconds <= _WORTH * best[0]):
                best = seconds, Setting(kind, count)
    return Setting(kinds[0], counts[0]) if best is None else best[1]


def _guess(kinds: Sequence[str]) -> str:
    """int8 reads a quarter of fp32's bytes, bf16 half, and one sentence is mostly reading."""
    if "int8" in kinds and _multiplies_bytes():
        return "int8"
    return "bf16" if "bf16" in kinds else kinds[0]


def _multiplies_bytes() -> bool:
    """Whether products of bytes are soonest: the processor has them, or C makes them."""
    code = library.find()
    return has_byte_products() or (code is not None and code.takes_all)


def remember() -> None:
    """Measure for the next start what this one had no calm for; nothing if all is kept.

    A window that opens computes on all processors itself, so what is measured then is seldom kept.
    """
    kinds, counts = able(), thread_counts(runtime.cores())
    _times.cache_clear()
    _times(kinds, counts)


@functools.lru_cache
def _times(kinds: tuple[str, ...], counts: tuple[int, ...]) -> Times:
    """Kept times of these settings, or new ones."""
    file = paths.cache_folder() / "processor.json"
    kept = _read(file)
    wanted = [_name(kind, count) for kind in kinds for count in counts]
    if all(name in kept for name in wanted):
        return kept
    before = torch.get_num_threads()
    try:
        found, calm = measure(kinds, counts)
    finally:
        torch.set_num_threads(before)
    logger.debug("seconds for a sentence: %s%s", found, "" if calm else " (busy)")
    if not calm:  # a precision that the others' noise hits looks slower than it is
        guess = _guess(kinds)
        return {name: taken for name, taken in found.items() if name.startswith(f"{guess} x ")}
    if all(name in found for name in wanted):
        _write(file, {**kept, **found})
    return found


def measure(
    kinds: Sequence[str], counts: Sequence[int], seconds: float = SECONDS
) -> tuple[Times, bool]:
    """Time the products in every setting, those of a sentence twice, within about ``seconds``.

    The first setting is always measured; the others while there is time.

    Returns:
        The shorter times, and whether they were alike.
    """
    begin = time.perf_counter()
    loads: dict[str, _Load] = {}
    alone: Times = {}
    batch: Times = {}
    calm = True
    for again in (False, True):
        for count in counts:
            torch.set_num_threads(count)
            for kind in kinds:
                name = _name(kind, count)
                if batch and time.perf_counter() - begin > seconds:
                    return {name: alone[name] + batch[name] for name in batch}, False
                if kind not in loads:
                    loads[kind] = _Load(kind)
                taken = loads[kind].alone()
                if again:
                    calm &= max(taken, alone[name]) < _CALM * min(taken, alone[name])
                else:
                    batch[name] = loads[kind].batch()
                alone[name] = min(taken, alone.get(name, taken))
    return {name: alone[name] + batch[name] for name in batch}, calm


def _name(kind: str, count: int) -> str:
    return f"{kind} x {count}"


class _Load:
    """The products of a model in a precision."""

    def __init__(self, kind: str) -> None:
        self._dtype = _dtype(kind)
        self._layer = [_product(kind, *shape, self._dtype) for shape in _LAYER]
        self._step = [_product(kind, *shape, self._dtype) for shape in _STEP]
        code = library.find()
        self._native = None if code is None else _native_step(code, kind)

    def alone(self) -> float:
        """The seconds of a sentence alone."""
        reading = _LAYERS * _soonest(self._layer, self._rows(_LAYER, _PIECES), 2)
        if self._native is not None:
            return reading + _STEPS * _soonest([self._native], [torch.zeros(_BEAM).long()], 4)
        return reading + _STEPS * _soonest(self._step, self._rows(_STEP, _BEAM), 4)

    def batch(self) -> float:
        """The seconds of a sentence amid a batch."""
        blocks = _PIECES * _TOGETHER / _ROWS
        reading = _LAYERS * blocks * _soonest(self._layer, self._rows(_LAYER, _ROWS), 1)
        writing = _STEPS * _soonest(self._step, self._rows(_STEP, _BEAM * _TOGETHER), 1)
        return (reading + writing) / _TOGETHER

    def _rows(self, shapes: Sequence[tuple[int, int]], count: int) -> list[torch.Tensor]:
        return [torch.ones(count, width, dtype=self._dtype) for width, _ in shapes]


def _product(kind: str, inputs: int, outputs: int, dtype: torch.dtype) -> Linear:
    return make_linear(_matrix(kind, inputs, outputs), torch.zeros(outputs), dtype)


def _matrix(kind: str, inputs: int, outputs: int) -> Matrix:
    if kind == "int8":
        values = torch.ones(outputs, inputs, dtype=torch.int8)
        return Rows(values, torch.full((outputs,), 0.01))
    return torch.full((outputs, inputs), 0.01, dtype=_dtype(kind))


def _dtype(kind: str) -> torch.dtype:
    return torch.bfloat16 if kind == "bf16" else torch.float32


def _native_step(code: library.Library, kind: str) -> Linear:
    """A step in C of the same products: of tokens, behind the same state of a sentence."""
    bottom, query, upper, expand, contract, output = (
        (_matrix(kind, *shape), torch.zeros(shape[1])) for shape in _STEP
    )
    hidden, width, heads = _STEP[1][0], _STEP[1][1], 6
    norm = torch.ones(hidden + width), torch.zeros(hidden + width)
    table = _matrix(kind, width, _STEP[-1][1])
    parts = Parts(table, (bottom, upper), query, expand, contract, output, norm)
    decoder = NativeDecoder(code, Shape(hidden, width, heads, 1.0, 1.0, True), parts)
    state, memory = torch.zeros(_BEAM, 4, hidden), torch.ones(1, heads, _PIECES, width // heads)
    return lambda tokens: decoder(tokens, state, memory, memory, None)[0]


def _soonest(products: Sequence[Linear], inputs: Sequence[torch.Tensor], times: int) -> float:
    """The least of some times, after one that makes oneDNN's programs and is not counted."""
    taken = []
    with torch.inference_mode():
        for _ in range(times + 1):
            begin = time.perf_counter()
            for product, rows in zip(products, inputs, strict=True):
                product(rows)
            taken.append(time.perf_counter() - begin)
    return min(taken[1:])


def _processor() -> str:
    """What the times hang on: the processor's abilities, torch, and this program's measure."""
    facts: Mapping[str, object] = {
        "abilities": dict(torch.cpu.get_capabilities()),
        "bf16": runtime.has_bf16(),
        "cores": runtime.cores(),
        "format": _FORMAT,
        "machine": platform.machine(),
        "native": library.find() is not None,
        "torch": torch.__version__,
        "measure": [_LAYER, _STEP, _LAYERS, _STEPS, _PIECES, _BEAM, _TOGETHER, _ROWS],
    }
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:16]


def _read(file: Path) -> Times:
    """The times kept for this very processor; none if the file tells nothing of use."""
    try:
        kept = parse_json(file.read_text("utf-8"))
        if kept["processor"] == _processor():
            times = {str(name): float(seconds) for name, seconds in kept["seconds"].items()}
            if all(0 < seconds < math.inf for seconds in times.values()):
                return times
            raise ValueError("a time is no time")
    except FileNotFoundError:
        pass  # the first start
    except (OSError, ValueError, OverflowError, TypeError, KeyError, AttributeError) as error:
        logger.info("%s is measured again: %s", file, error)
    return {}


def _write(file: Path, times: Times) -> None:
    try:
        paths.ensure(file.parent)
        write_atomically(file, json.dumps({"processor": _processor(), "seconds": times}, indent=1))
    except StorageError as error:  # the next start measures again
        logger.info("the processor's times are not kept: %s", error)
