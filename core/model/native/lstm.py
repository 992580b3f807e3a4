"""An LSTM layer in C, for training in bfloat16 where the processor has tiles."""

from __future__ import annotations

import contextlib
import ctypes
from typing import Any

import torch
from torch import Tensor, nn
from torch.autograd.function import once_differentiable

from core.model.halves import in_halves, lacks_halves
from core.model.native import library
from core.model.native.library import Library, LstmStruct

_TILE = 32  # units and rows are taken in so many
_HALF = torch.bfloat16


class Lstm(nn.LSTM):
    """``nn.LSTM`` of one layer, batch first: under autocast to bfloat16 sooner, else itself.

    Of a layer of 512 over 12 sentences of 545 places, forward and backward, oneDNN needs four times
    as long, over 44 sentences of 139 places twice (``docs/training-speed.md``).
    """

    def __init__(self, inputs: int, hidden: int) -> None:
        super().__init__(inputs, hidden, batch_first=True)

    def forward(  # type: ignore[override]  # packed sequences, which are torch's alone, are as ever
        self, x: Tensor, first: tuple[Tensor, Tensor] | None = None
    ) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """``[B, T, inputs]`` and h and c before, ``[1, B, hidden]`` each or zero, to h of all
        places ``[B, T, hidden]`` and h and c behind the last."""
        code = self._code(x, first)
        if code is None:
            return self._by_torch(x, first)
        zeros = x.new_zeros(x.shape[0], self.hidden_size)
        h, c = (zeros, zeros) if first is None else (part[0] for part in first)
        weights = (getattr(self, f"{name}_l0") for name in _NAMES)
        states, c = _Layer.apply(code, x, h, c, *weights)  # type: ignore[no-untyped-call]
        return states, (states[None, :, -1].clone(), c[None])

    def _by_torch(
        self, x: Any, first: tuple[Tensor, Tensor] | None
    ) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """torch's layer, in fp32 where oneDNN has none in bfloat16 for this processor."""
        in_fp32 = isinstance(x, Tensor) and lacks_halves(x)
        if in_fp32:
            first = None if first is None else (first[0].float(), first[1].float())
            x = x.float()
        with torch.autocast("cpu", enabled=False) if in_fp32 else contextlib.nullcontext():
            found: tuple[Tensor, tuple[Tensor, Tensor]] = super().forward(x, first)
        return found

    def _code(self, x: object, first: tuple[Tensor, Tensor] | None) -> Library | None:
        """The C code, where it knows what is asked; torch refuses what is wrong."""
        wanted = (
            isinstance(x, Tensor)
            and in_halves(x)
            and self.hidden_size % _TILE == 0
            and x.dim() == 3
            and x.is_floating_point()
            and x.numel() > 0
            and (first is None or self._fit(first, x.shape[0]))
        )
        code = library.find() if wanted else None
        return code if code is not None and code.has_tiles else None

    def _fit(self, first: tuple[Tensor, Tensor], batch: int) -> bool:
        """Whether the states before are of one layer of this size."""
        return all(part.shape == (1, batch, self.hidden_size) for part in first)


_NAMES = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")


class _Layer(torch.autograd.Function):
    @staticmethod
    def forward(
        ctx: Any, code: Library, x: Tensor, h: Tensor, c: Tensor,
        of_input: Tensor, of_state: Tensor, input_bias: Tensor, state_bias: Tensor,
    ) -> tuple[Tensor, Tensor]:  # fmt: skip
        batch, steps, _ = x.shape
        hidden = of_state.shape[1]
        x, given = x.to(_HALF), of_input.to(_HALF)
        bias = (input_bias + state_bias).to(_HALF)
        gates = torch.addmm(bias, x.reshape(batch * steps, -1), given.T)
        states = torch.empty(batch, steps, hidden, dtype=_HALF)
        cells = torch.empty(batch, steps + 1, hidden, dtype=torch.float32)
        cells[:, 0] = c
        before = _rows(h.to(_HALF))
        struct = _struct(
            batch, steps, hidden, weights=_tiles_of_gates(of_state), gates=gates, cells=cells,
            outputs=states, now=before.clone(), next=torch.zeros_like(before),
        )  # fmt: skip
        _call(code, struct, backward=False)
        ctx.save_for_backward(x, given, of_state, gates, cells, states, before[:batch])
        ctx.code = code
        ctx.dtypes = h.dtype, c.dtype
        return states, cells[:, -1].to(c.dtype)

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, of_states: Tensor, of_last: Tensor) -> Any:
        x, given, of_state, gates, cells, states, before = ctx.saved_tensors
        batch, steps, hidden = states.shape
        learnt = torch.empty_like(gates)
        room = _rows(learnt.new_empty(batch, 4 * hidden))
        h_gradient, c_gradient = (
            torch.zeros(batch, hidden, dtype=torch.float32),
            of_last.float().contiguous().clone(),
        )
        struct = _struct(
            batch, steps, hidden, weights=_tiles_of_units(of_state), gates=gates, cells=cells,
            now=room, next=torch.zeros_like(room), gradients=of_states.to(_HALF).contiguous(),
            gate_gradients=learnt, h_gradient=h_gradient, c_gradient=c_gradient,
        )  # fmt: skip
        _call(ctx.code, struct, backward=True)
        earlier = torch.cat((before[:, None], states[:, :-1]), dim=1).view(-1, hidden)
        # A sum of so many halves is sooner a product.
        bias = (learnt.new_ones(1, len(learnt)) @ learnt)[0].float()
        x_gradient = (learnt @ given).view(batch, steps, -1)
        of_input = (learnt.T @ x.reshape(batch * steps, -1)).float()
        return (
            None, x_gradient, h_gradient.to(ctx.dtypes[0]), c_gradient.to(ctx.dtypes[1]),
            of_input, (learnt.T @ earlier).float(), bias, bias.clone(),
        )  # fmt: skip


def _rows(part: Tensor) -> Tensor:
    """Rows ``[B, ..]`` filled up with zeros to whole tiles."""
    more = -len(part) % _TILE
    return torch.cat((part, part.new_zeros(more, part.shape[1])))


def _tiles_of_gates(weights: Tensor) -> Tensor:
    """U ``[4 H, H]`` as ``lstm.h`` reads it forward."""
    hidden = weights.shape[1]
    halves = weights.to(_HALF).view(4, hidden // 16, 16, hidden // 2, 2)
    return halves.permute(1, 0, 3, 2, 4).contiguous()  # units, gates, pairs of inputs, 16, 2


def _tiles_of_units(weights: Tensor) -> Tensor:
    """U ``[4 H, H]`` as ``lstm.h`` reads it backward."""
    gates, hidden = weights.shape
    halves = weights.to(_HALF).view(gates // 2, 2, hidden // 16, 16)
    return halves.permute(2, 0, 3, 1).contiguous()  # units, pairs of gates, 16, 2


def _struct(batch: int, steps: int, hidden: int, **tensors: Tensor) -> tuple[LstmStruct, Any]:
    """The structure, and what must live as long."""
    places = {name: tensor.data_ptr() for name, tensor in tensors.items()}
    helpers = torch.get_num_threads() - 1
    return LstmStruct(batch, steps, hidden, helpers, **places), tensors


def _call(code: Library, struct: tuple[LstmStruct, Any], *, backward: bool) -> None:
    if code.lstm(ctypes.addressof(struct[0]), backward):
        raise RuntimeError(f"{code.kind} has no tiles of bfloat16")
