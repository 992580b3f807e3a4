"""Which weights take which optimiser, and their state from one run to the next."""

from __future__ import annotations

import sys
import weakref
from collections.abc import Callable

import numpy as np
import pytest
import torch
from torch import nn

from core.errors import OptionError
from core.model.seq2seq import Seq2Seq
from core.training.muon import Muon
from core.training.optimizers import KINDS, Optimizers

MakeModel = Callable[..., Seq2Seq]


def fill(model: nn.Module, seed: int) -> None:
    torch.manual_seed(seed)
    for parameter in model.parameters():
        parameter.grad = torch.randn_like(parameter)


def test_muon_takes_the_hidden_matrices_alone(make_model: MakeModel) -> None:
    model = make_model()
    optimizers = Optimizers(model, learning_rate=0.1)
    fill(model, 1)
    optimizers.step(1.0)
    muon = {name for name in optimizers.state() if name.startswith("muon.")}
    hidden = [
        name
        for name, parameter in model.named_parameters()
        if parameter.ndim == 2 and "embedding" not in name
    ]
    assert {name.split(".")[2] for name in muon} == {"momentum_buffer"}
    assert len(muon) == len(hidden) > 5
    sizes = {tuple(optimizers.state()[name].shape) for name in muon}
    assert sizes == {tuple(model.get_parameter(name).shape) for name in hidden}


def test_a_step_of_muon_is_orthogonal_and_as_large_as_adamw_s() -> None:
    layer = nn.Linear(8, 6, bias=False)
    before = layer.weight.detach().clone()
    optimizers = Optimizers(layer, learning_rate=0.5)
    fill(layer, 2)
    optimizers.step(0.2)
    change = (before - layer.weight.detach()) / (0.5 * 0.2)
    # Liu et al. 2025: scaled by 0.2 sqrt(max(rows, columns)); singular values near that.
    singular = torch.linalg.svdvals(change) / (0.2 * 8**0.5)
    assert 0.6 < float(singular.min()) <= float(singular.max()) < 1.3
    assert layer.weight.grad is None


@pytest.mark.parametrize("bf16", [True, False])
def test_matrices_learn_together_what_torch_s_muon_teaches_each(
    bf16: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.runtime.has_bf16", lambda: bf16)
    torch.manual_seed(5)
    shapes = [(6, 8), (8, 6), (6, 8), (7, 7), (8, 6), (9, 2), (6, 8)]
    mine = [nn.Parameter(torch.randn(shape)) for shape in shapes]
    theirs = [nn.Parameter(p.detach().clone()) for p in mine]
    options = {"lr": 0.1, "weight_decay": 0.2, "adjust_lr_fn": "match_rms_adamw"}
    optimizers = Muon(mine, **options), torch.optim.Muon(theirs, **options)  # type: ignore[arg-type]
    for step in range(4):
        for index, (one, other) in enumerate(zip(mine, theirs, strict=True)):
            one.grad = torch.randn_like(one)
            other.grad = one.grad.clone()
            if (index, step) == (2, 1):  # no part of this batch
                one.grad = other.grad = None
        for optimizer in optimizers:
            optimizer.step()
        for one, other in zip(mine, theirs, strict=True):
            # Both round to bfloat16 on the way, torch always.
            torch.testing.assert_close(one, other, atol=8e-3, rtol=2e-2)
    for one, other in zip(mine, theirs, strict=True):
        buffers = optimizers[0].state[one], optimizers[1].state[other]
        torch.testing.assert_close(buffers[0], buffers[1])


def test_adamw_s_first_step_has_the_size_of_the_rate() -> None:
    layer = nn.Linear(3, 4)
    before = {name: value.clone() for name, value in layer.state_dict().items()}
    optimizers = Optimizers(layer, learning_rate=0.1, kind="adamw")
    fill(layer, 3)
    signs = {name: p.grad.sign() for name, p in layer.named_parameters() if p.grad is not None}
    optimizers.step(0.5)
    for name, value in layer.state_dict().items():
        torch.testing.assert_close(before[name] - value, 0.05 * signs[name], atol=1e-4, rtol=0)


@pytest.mark.parametrize("kind", ["sgd", "adam", "adamw"])
def test_updates_are_those_of_the_papers(kind: str) -> None:
    """Three updates against the equations, in NumPy (Polyak 1964; Kingma & Ba 2015)."""
    layer = nn.Linear(3, 2, bias=False)
    weight = layer.weight.detach().numpy().astype(np.float64)
    rate, decay, momentum = 0.1, 0.05, 0.8
    beta = 0.98 if kind == "adamw" else 0.999
    optimizers = Optimizers(layer, learning_rate=rate, kind=kind, decay=decay, momentum=momentum)
    first, second = np.zeros_like(weight), np.zeros_like(weight)
    for step, factor in enumerate((1.0, 0.5, 0.25), start=1):
        fill(layer, step)
        assert layer.weight.grad is not None
        gradient = layer.weight.grad.numpy().astype(np.float64)
        if kind == "adamw":
            weight = weight - rate * factor * decay * weight
        else:
            gradient = gradient + decay * weight
        if kind == "sgd":
            first = gradient if step == 1 else momentum * first + gradient
            weight = weight - rate * factor * first
        else:
            first = 0.9 * first + 0.1 * gradient
            second = beta * second + (1 - beta) * gradient**2
            found, spread = first / (1 - 0.9**step), second / (1 - beta**step)
            weight = weight - rate * factor * found / (np.sqrt(spread) + 1e-8)
        optimizers.step(factor)
        np.testing.assert_allclose(layer.weight.detach().numpy(), weight, rtol=1e-5, atol=1e-6)


def test_an_unknown_optimiser_is_refused() -> None:
    with pytest.raises(OptionError, match="optimizer is 'sgdm'"):
        Optimizers(nn.Linear(2, 2), learning_rate=0.1, kind="sgdm")


@pytest.mark.parametrize("kind", KINDS)
def test_the_state_goes_on_bit_for_bit(make_model: MakeModel, kind: str) -> None:
    def make(model: Seq2Seq) -> Optimizers:
        return Optimizers(model, learning_rate=0.01, kind=kind, decay=0.1)

    model = make_model()
    optimizers = make(model)
    for seed in range(3):
        fill(model, seed)
        optimizers.step(1.0)
    other = make_model(seed=9)
    other.load_state_dict(model.state_dict())
    restored = make(other)
    restored.load_state(optimizers.state())
    for seed in range(3, 6):
        for m, o in ((model, optimizers), (other, restored)):
            fill(m, seed)
            o.step(0.5)
    for name, value in model.state_dict().items():
        assert torch.equal(value, other.state_dict()[name]), name


def test_a_loaded_state_is_a_copy(make_model: MakeModel) -> None:
    model = make_model()
    optimizers = Optimizers(model, learning_rate=0.01)
    fill(model, 1)
    optimizers.step(1.0)
    kept = {name: value.clone() for name, value in optimizers.state().items()}
    other = make_model()
    restored = Optimizers(other, learning_rate=0.01)
    restored.load_state(optimizers.state())
    fill(other, 2)
    restored.step(1.0)
    assert all(torch.equal(value, kept[name]) for name, value in optimizers.state().items())


def test_the_state_before_the_first_step_is_empty_and_clears(make_model: MakeModel) -> None:
    fresh = Optimizers(make_model(), learning_rate=0.01).state()
    assert fresh == {}
    model = make_model()
    optimizers = Optimizers(model, learning_rate=0.01)
    fill(model, 1)
    optimizers.step(1.0)
    optimizers.load_state(fresh)
    assert optimizers.state() == {}


def test_the_state_of_another_run_is_refused_whole(make_model: MakeModel) -> None:
    def stepped(kind: str, **changes: int) -> Optimizers:
        model = make_model(**changes)
        optimizers = Optimizers(model, learning_rate=0.01, kind=kind)
        fill(model, 1)
        optimizers.step(1.0)
        return optimizers

    mine = stepped("muon")
    kept = {name: value.clone() for name, value in mine.state().items()}
    for foreign in (stepped("sgd"), stepped("muon", width=16), stepped("muon", decoder_layers=3)):
        with pytest.raises(ValueError, match=r"muon|adamw|sgd"):
            mine.load_state(foreign.state())
        assert all(torch.equal(value, kept[name]) for name, value in mine.state().items())


@pytest.mark.parametrize("kind", KINDS)
def test_no_optimiser_brings_in_torch_s_compiler(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.startswith("torch._dynamo")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "torch._dynamo", None)  # importing it is an error now
    layers = nn.Sequential(nn.Linear(4, 4), nn.LayerNorm(4))
    before = [p.detach().clone() for p in layers.parameters()]
    optimizers = Optimizers(layers, learning_rate=0.1, kind=kind)
    layers(torch.randn(3, 4)).square().sum().backward()
    optimizers.step(1.0)
    assert any(not torch.equal(a, b) for a, b in zip(before, layers.parameters(), strict=True))


def test_forgetting_frees_state_and_weights() -> None:
    layer = nn.Linear(4, 4)
    optimizers = Optimizers(layer, learning_rate=0.1)
    layer(torch.randn(3, 4)).sum().backward()
    optimizers.step(1.0)
    weight = weakref.ref(layer.weight)
    del layer
    assert weight() is not None
    optimizers.forget()
    assert weight() is None
    assert optimizers.state() == {}
