"""What this processor's multiply-adds and memory allow, measured; an engine of its own."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from benchmarks.speed.protocol import serve
from core.environment import prepare_environment

prepare_environment()

import torch  # noqa: E402

from core.model.native import library  # noqa: E402
from core.model.native.linear import NativeLinear  # noqa: E402

_SIDE = 1536  # of the square matrices
_LARGE = 256_000_000  # bytes, more than any cache
_ROUNDS = 5


def _best(run: Callable[[], object], repeats: int) -> float:
    """Seconds of the fastest of ``repeats`` runs: a limit is not a typical time."""
    run()
    times = []
    for _ in range(repeats):
        begin = time.perf_counter()
        run()
        times.append(time.perf_counter() - begin)
    return min(times)


def multiply_adds() -> dict[str, float]:
    """Per second, in a product of large square matrices, by precision.

    Torch multiplies bytes and bfloat16 number by number where the processor has no instructions for
    them. The limit is what is sooner then: the C code's products of bytes, and those of floats,
    which bfloat16 becomes by a shift.
    """
    products: dict[str, Callable[[], object]] = {}
    for name, dtype in (("fp32", torch.float32), ("bf16", torch.bfloat16)):
        a, b = (torch.randn(_SIDE, _SIDE).to(dtype) for _ in range(2))
        products[name] = lambda a=a, b=b: a @ b
    x, y = (torch.randint(-127, 128, (_SIDE, _SIDE), dtype=torch.int8) for _ in range(2))
    products["int8"] = lambda: torch._int_mm(x, y)
    speeds = {name: _SIDE**3 / _best(run, _ROUNDS) for name, run in products.items()}
    code = library.find()
    if code is not None:
        layer = NativeLinear(code, x, torch.ones(_SIDE), torch.zeros(_SIDE))
        rows = torch.randn(_SIDE, _SIDE)
        in_c = _SIDE**3 / _best(lambda: layer(rows), _ROUNDS)
        speeds["int8"] = max(speeds["int8"], in_c)
    speeds["bf16"] = max(speeds["bf16"], speeds["fp32"])
    return speeds


def reading(sets: dict[str, int]) -> dict[str, float]:
    """Bytes per second when so many bytes are read again and again, by name."""
    speeds = {}
    for name, size in {**sets, "memory": _LARGE}.items():
        numbers = torch.ones(size // 4)
        repeats = max(_ROUNDS, min(50, _LARGE // size))
        speeds[name] = size / _best(numbers.sum, repeats)
    return speeds


def copying() -> float:
    """Bytes per second read and written in a copy of a large array."""
    source = torch.ones(_LARGE // 4)
    target = torch.empty_like(source)
    return 2 * _LARGE / _best(lambda: target.copy_(source), _ROUNDS)


def measure(threads: int, sets: dict[str, int]) -> dict[str, Any]:
    """All of it, on so many threads; speeds per second."""
    torch.set_num_threads(threads)
    return {"multiply_adds": multiply_adds(), "reading": reading(sets), "copying": copying()}


if __name__ == "__main__":
    serve({"measure": measure})
