"""Modules made without weights, which are given to them afterwards."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import torch
from torch.nn import init
from torch.overrides import TorchFunctionMode

_RANDOM = (init.normal_, init.uniform_, init.kaiming_uniform_)


@contextlib.contextmanager
def without_weights() -> Iterator[None]:
    """Tensors made in the block have a shape and no memory (torch's device ``meta``)."""
    with torch.device("meta"), _NothingRandom():
        yield


class _NothingRandom(TorchFunctionMode):
    """Fills nothing with random numbers: for ``meta``, torch would import 800 modules (75 MB)."""

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: Sequence[type],
        args: tuple[Any, ...] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        """Leave what ``func`` would fill as it is."""
        given = kwargs or {}
        if func in _RANDOM:
            return given["tensor"] if "tensor" in given else args[0]
        return func(*args, **given)
