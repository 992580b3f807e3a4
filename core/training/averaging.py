"""A running average of the weights (Polyak & Juditsky 1992), exponentially forgetting."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping

import torch
from torch import Tensor, nn

from core.errors import OptionError


class WeightAverage:
    """``average <- d * average + (1 - d) * weights`` after every update.

    ``d`` is ``decay``, but at most (1 + t) / (10 + t) at update t, so that the first weights,
    which are random, are soon forgotten.
    """

    def __init__(self, model: nn.Module, decay: float) -> None:
        if not 0 < decay < 1:
            raise OptionError(f"ema is {decay}", remedy="Give a number between 0 and 1.")
        self.decay = decay
        self.updates = 0
        self._weights = dict(model.named_parameters())
        self._average = {name: w.detach().clone() for name, w in self._weights.items()}

    @torch.no_grad()
    def update(self) -> None:
        """Take the weights as they are now into the average."""
        self.updates += 1
        decay = min(self.decay, (1 + self.updates) / (10 + self.updates))
        average = list(self._average.values())
        torch._foreach_lerp_(average, [w.detach() for w in self._weights.values()], 1 - decay)

    @contextlib.contextmanager
    def in_use(self) -> Iterator[None]:
        """Within this block the model has the averaged weights."""
        self._swap()
        try:
            yield
        finally:
            self._swap()

    @torch.no_grad()
    def _swap(self) -> None:
        for name, weight in self._weights.items():
            weight.data, self._average[name] = self._average[name], weight.data

    def state(self) -> dict[str, Tensor]:
        """The average and its number of updates, as named tensors."""
        return {**self._average, "updates": torch.tensor(self.updates)}

    def load_state(self, state: Mapping[str, Tensor]) -> None:
        """Take up what :meth:`state` gave.

        Raises:
            KeyError: a weight is missing.
        """
        self.updates = int(state["updates"])
        for name, value in self._average.items():
            value.copy_(state[name])
