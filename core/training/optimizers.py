"""Optimisers by name, and their state as named tensors."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from typing import Any

import torch
from torch import Tensor, nn

from core.errors import OptionError
from core.training.muon import Muon


def _leave_compiler_out() -> None:
    """Let no optimiser import torch's compiler, 800 modules that take 70 MB and two seconds.

    They would ask it to leave these methods alone, and nothing is compiled here.
    """
    optimizer = torch.optim.Optimizer
    for method in (optimizer.add_param_group, optimizer.zero_grad):
        function = inspect.unwrap(method)
        # Where torch looks for the function that the compiler has been told of.
        function.__dict__.setdefault("__dynamo_disable", function)


_leave_compiler_out()


KINDS = ("muon", "adamw", "adam", "sgd")


class Optimizers:
    """One optimiser, or several stepped as one.

    - ``"muon"`` (Jordan et al. 2024) makes each update of a matrix orthogonal; embeddings, biases
      and norms, which are no maps between hidden states, take AdamW;
    - ``"adamw"`` (Loshchilov & Hutter 2019), with decoupled weight decay;
    - ``"adam"`` (Kingma & Ba 2015), whose weight decay is part of the gradient;
    - ``"sgd"`` with momentum (Polyak 1964).

    Args:
        model: whose weights that want a gradient are learnt.
        learning_rate: before the schedule's factor.
        kind: one of these.
        decay: of the weights.
        momentum: of SGD alone.

    Raises:
        OptionError: there is no such kind.
    """

    def __init__(
        self,
        model: nn.Module,
        *,
        learning_rate: float,
        kind: str = "muon",
        decay: float = 0.0,
        momentum: float = 0.9,
    ) -> None:
        if kind not in KINDS:
            raise OptionError(f"optimizer is {kind!r}", remedy=f"Give one of {', '.join(KINDS)}.")
        self.learning_rate = learning_rate
        trained = [(n, p) for n, p in model.named_parameters() if p.requires_grad]
        muon = kind == "muon"
        matrices = [p for n, p in trained if muon and p.ndim == 2 and "embedding" not in n]
        chosen = {id(p) for p in matrices}
        others = [p for _, p in trained if id(p) not in chosen]
        self._optimizers: dict[str, torch.optim.Optimizer] = {}
        if matrices:
            self._optimizers["muon"] = Muon(
                matrices, lr=learning_rate, weight_decay=decay, adjust_lr_fn="match_rms_adamw"
            )
        if others:
            name = "adamw" if muon else kind
            self._optimizers[name] = _make(name, others, learning_rate, decay, momentum)

    @torch.no_grad()
    def step(self, factor: float) -> None:
        """Update all weights at ``factor`` times the learning rate and forget the gradients."""
        for optimizer in self._optimizers.values():
            for group in optimizer.param_groups:
                group["lr"] = self.learning_rate * factor
            # The wrapper, which would call hooks too, imports the compiler.
            inspect.unwrap(type(optimizer).step)(optimizer)
            optimizer.zero_grad(set_to_none=True)

    def forget(self) -> None:
        """Let go of the weights and of all that is remembered of them; nothing learns any more."""
        self._optimizers.clear()

    def _slots(self) -> Iterator[tuple[str, nn.Parameter, dict[str, Any]]]:
        for name, optimizer in self._optimizers.items():
            parameters = [p for group in optimizer.param_groups for p in group["params"]]
            for index, parameter in enumerate(parameters):
                yield f"{name}.{index}", parameter, optimizer.state[parameter]

    def state(self) -> dict[str, Tensor]:
        """Every tensor of the optimisers' state under a stable name; not copied."""
        return {
            f"{slot}.{key}": value
            for slot, _, values in self._slots()
            for key, value in values.items()
            if isinstance(value, Tensor)
        }

    def load_state(self, state: Mapping[str, Tensor]) -> None:
        """Take up a copy of the state that :meth:`state` gave for the same model.

        Raises:
            ValueError: it is the state of other optimisers or of another model; nothing is taken.
        """
        found: dict[str, dict[str, Tensor]] = {slot: {} for slot, _, _ in self._slots()}
        for name, value in state.items():
            slot, _, key = name.rpartition(".")
            if slot not in found:
                raise ValueError(f"the optimisers have no {name}")
            found[slot][key] = value
        for slot, parameter, _ in self._slots():
            for key, value in found[slot].items():
                if value.ndim and value.shape != parameter.shape:
                    raise ValueError(f"{slot}.{key} is {tuple(value.shape)}")
        for slot, parameter, values in self._slots():
            values.clear()
            for key, value in found[slot].items():
                values[key] = value.to(parameter.device, copy=True)


def _make(
    kind: str, weights: list[nn.Parameter], learning_rate: float, decay: float, momentum: float
) -> torch.optim.Optimizer:
    if kind == "sgd":
        return torch.optim.SGD(weights, lr=learning_rate, momentum=momentum, weight_decay=decay)
    if kind == "adam":
        return torch.optim.Adam(weights, lr=learning_rate, weight_decay=decay, fused=True)
    return torch.optim.AdamW(
        weights, lr=learning_rate, betas=(0.9, 0.98), weight_decay=decay, fused=True
    )
