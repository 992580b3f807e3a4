"""The LSTM layer in C against torch's own in double precision, forward and backward."""

from __future__ import annotations

import copy
from typing import Any

import pytest
import torch
from torch import Tensor, nn

from core.model.config import ModelConfig
from core.model.native import library
from core.model.native.library import Library
from core.model.native.lstm import Lstm, _call, _struct
from core.model.seq2seq import Seq2Seq
from tests.core.model.compiled import RUNNABLE, needs_code

needs_tiles = pytest.mark.skipif("amx" not in RUNNABLE, reason="no tiles (AMX) here")
HALF = torch.bfloat16


def made(batch: int, steps: int, inputs: int, hidden: int) -> tuple[Lstm, list[Tensor]]:
    """A layer, its input, h and c before it, and what its outputs, h and c are weighed by."""
    torch.manual_seed(batch * steps + inputs)
    layer = Lstm(inputs, hidden)
    shapes = [(batch, steps, inputs), *[(1, batch, hidden)] * 2]
    given = [(torch.randn(shape) / 2).to(HALF).float() for shape in shapes]
    weighed = [torch.randn(shape) for shape in ((batch, steps, hidden), *shapes[1:])]
    with torch.no_grad():
        for parameter in layer.parameters():
            nn.init.uniform_(parameter, -0.3, 0.3)
    return layer, [*given, *weighed]


def learnt(layer: nn.LSTM, parts: list[Tensor], *, half: bool) -> list[Tensor]:
    """Outputs, last states, and all gradients."""
    x, h, c = (part.clone().requires_grad_() for part in parts[:3])
    layer.zero_grad()
    with torch.autocast("cpu", HALF, enabled=half):
        states, (last_h, last_c) = layer(x, (h, c))
    outputs = [states, last_h, last_c]
    loss = sum((one.to(x.dtype) * by).sum() for one, by in zip(outputs, parts[3:], strict=True))
    loss.backward()  # type: ignore[union-attr]
    found = [*outputs, x.grad, h.grad, c.grad, *(p.grad for p in layer.parameters())]
    return [part.detach().double() for part in found if part is not None]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether each call of the C code was a way back."""
    seen: list[bool] = []

    def call(code: Library, struct: Any, *, backward: bool) -> None:
        seen.append(backward)
        _call(code, struct, backward=backward)

    monkeypatch.setattr("core.model.native.lstm._call", call)
    return seen


@needs_tiles
@pytest.mark.parametrize(
    ("batch", "steps", "inputs", "hidden"),
    [(1, 1, 8, 32), (3, 5, 7, 32), (16, 4, 32, 64), (17, 9, 20, 96), (33, 3, 64, 64),
     (70, 12, 5, 128), (2, 150, 16, 64)],
)  # fmt: skip
def test_it_learns_as_torch_s_layer_in_double_precision(
    batch: int, steps: int, inputs: int, hidden: int, calls: list[bool]
) -> None:
    layer, parts = made(batch, steps, inputs, hidden)
    exact = learnt(copy.deepcopy(layer).double(), [part.double() for part in parts], half=False)
    mine = learnt(layer, parts, half=True)
    assert calls == [False, True]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(library, "find", lambda: None)
        torchs = learnt(layer, parts, half=True)
    assert len(mine) == len(exact) == len(torchs) == 10
    for one, other, wanted in zip(mine, torchs, exact, strict=True):
        assert one.shape == wanted.shape
        error, allowed = ((part - wanted).norm() / wanted.norm() for part in (one, other))
        # As near as oneDNN's layer, which rounds to bfloat16 as well.
        assert float(error) < 1.3 * float(allowed) + 2e-3


@needs_tiles
def test_without_states_it_begins_with_zeros(calls: list[bool]) -> None:
    layer, parts = made(5, 4, 8, 32)
    zeros = torch.zeros(1, 5, 32)
    with torch.autocast("cpu", HALF), torch.no_grad():
        alone, (h, c) = layer(parts[0])
        given, (given_h, given_c) = layer(parts[0], (zeros, zeros))
    for one, other in ((alone, given), (h, given_h), (c, given_c)):
        assert torch.equal(one, other)
    assert torch.equal(alone[:, -1], h[0]) and alone.dtype == h.dtype == HALF
    assert calls == [False, False]


@needs_tiles
def test_large_numbers_saturate_and_what_is_no_number_stays_none() -> None:
    layer, parts = made(4, 3, 8, 32)
    x = parts[0] * 1e4
    x[2, 1, 3] = torch.nan
    with torch.autocast("cpu", HALF), torch.no_grad():
        states, (_, c) = layer(x)
    whole = torch.tensor([0, 1, 3])
    assert torch.isfinite(states[whole]).all() and states[whole].abs().max() <= 1
    assert torch.isfinite(c[0, whole]).all() and torch.isfinite(states[2, 0]).all()
    assert torch.isnan(states[2, 1:]).all()


@needs_tiles
@pytest.mark.parametrize("threads", [1, 2, 3])
def test_threads_change_nothing(threads: int) -> None:
    layer, parts = made(40, 20, 16, 128)
    before = torch.get_num_threads()
    wanted = learnt(layer, parts, half=True)
    try:
        torch.set_num_threads(threads)
        found = learnt(layer, parts, half=True)
    finally:
        torch.set_num_threads(before)
    assert all(torch.equal(one, other) for one, other in zip(found[:3], wanted[:3], strict=True))
    for one, other in zip(found, wanted, strict=True):  # torch's products are cut by threads
        torch.testing.assert_close(one, other, rtol=1e-2, atol=1e-3)


@needs_tiles
def test_a_second_way_back_finds_the_same() -> None:
    layer, parts = made(5, 4, 8, 32)
    x = parts[0].requires_grad_()
    with torch.autocast("cpu", HALF):
        states, _ = layer(x)
    loss = states.float().square().sum()
    (once,) = torch.autograd.grad(loss, x, retain_graph=True)
    (twice,) = torch.autograd.grad(loss, x)
    assert torch.equal(once, twice)


@needs_tiles
@pytest.mark.parametrize(
    ("x", "h", "c"),
    [((40, 3, 8), (1, 1, 32), (1, 40, 32)), ((4, 3, 8), (1, 4, 64), (1, 4, 32)),
     ((4, 3, 8), (1, 5, 32), (1, 4, 32)), ((4, 3, 8), (2, 4, 32), (2, 4, 32)),
     ((4, 3, 8), (1, 4, 32), (1, 1, 32))],
)  # fmt: skip
def test_wrong_shapes_are_refused_as_torch_refuses_them(
    x: tuple[int, ...], h: tuple[int, ...], c: tuple[int, ...], calls: list[bool]
) -> None:
    layer = Lstm(8, 32)
    with torch.autocast("cpu", HALF), pytest.raises(RuntimeError, match="hidden"):
        layer(torch.randn(x), (torch.zeros(h), torch.zeros(c)))
    with torch.autocast("cpu", HALF):
        alone, _ = layer(torch.randn(3, 8))  # a single sentence, which torch knows
    assert alone.shape == (3, 32) and calls == []


@needs_tiles
def test_what_it_is_given_stays_as_it_is() -> None:
    layer, parts = made(5, 4, 8, 32)
    x = parts[0].requires_grad_()
    with torch.autocast("cpu", HALF):
        states, (h, c) = layer(x)
    given = [torch.randn_like(states), torch.randn_like(c)]
    before = [part.clone() for part in given]
    torch.autograd.backward([states, c], given)
    assert all(torch.equal(one, other) for one, other in zip(given, before, strict=True))
    kept = states.detach().clone()
    h.detach().zero_()
    assert torch.equal(states, kept)


@needs_tiles
def test_a_number_that_is_none_of_any_bits_stays_none() -> None:
    layer, parts = made(2, 3, 8, 32)
    c = parts[2].clone()
    c[0, 1].view(torch.int32).fill_(0x7FFFFFFF)
    with torch.autocast("cpu", HALF), torch.no_grad():
        states, _ = layer(parts[0], (parts[1], c))
    assert torch.isnan(states[1]).all() and torch.isfinite(states[0]).all()


@needs_tiles
def test_what_it_does_not_know_is_torch_s(calls: list[bool]) -> None:
    layer, parts = made(3, 4, 8, 32)
    odd, odd_parts = made(3, 4, 8, 40)
    with torch.no_grad():
        layer(parts[0])
        with torch.autocast("cpu", HALF):
            odd(odd_parts[0])
            layer(parts[0][:0])
    assert calls == []


@needs_code
def test_code_without_tiles_refuses() -> None:
    kinds = [kind for kind in RUNNABLE if kind != "amx"]
    if not kinds:
        pytest.skip("no other kind here")
    struct = _struct(1, 1, 32)
    with pytest.raises(RuntimeError, match=f"{kinds[0]} has no tiles"):
        _call(Library(library.file_of(kinds[0])), struct, backward=False)


@needs_tiles
@pytest.mark.parametrize("encoder", ["transformer", "bidirectional"])
def test_a_whole_model_learns_the_same(
    encoder: str, calls: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    torch.manual_seed(3)
    config = ModelConfig.from_dict(
        {
            "source_vocabulary": 40, "target_vocabulary": 50, "width": 64, "encoder": encoder,
            "encoder_layers": 2, "encoder_heads": 2, "feed_forward": 64, "decoder_width": 64,
            "decoder_layers": 2, "attention_heads": 2, "dropout": 0.0,
        }
    )  # fmt: skip
    model = Seq2Seq(config)
    source, target = torch.randint(4, 40, (6, 9)), torch.randint(4, 50, (6, 7))
    lengths = torch.tensor([9, 4, 9, 1, 5, 7])

    def gradients() -> dict[str, Tensor]:
        model.zero_grad()
        with torch.autocast("cpu", HALF):
            features = model(source, lengths, target)[0]
        features.float().square().mean().backward()
        return {n: p.grad.clone() for n, p in model.named_parameters() if p.grad is not None}

    mine = gradients()
    assert calls
    monkeypatch.setattr(library, "find", lambda: None)
    torchs = gradients()
    assert mine.keys() == torchs.keys()
    for name, one in mine.items():
        assert float((one - torchs[name]).norm()) <= 0.05 * float(torchs[name].norm()) + 1e-5, name
