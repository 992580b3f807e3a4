"""Which weights take which optimiser, and their state from one run to the next."""

from __future__ import annotations

import sys
import weakref
from collections.abc import Callable

import pytest
import torch
from torch import nn

from core.model.seq2seq import Seq2Seq
from core.training.optimizers import Optimizers

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


def test_adamw_s_first_step_has_the_size_of_the_rate() -> None:
    layer = nn.Linear(3, 4)
    before = {name: value.clone() for name, value in layer.state_dict().items()}
    optimizers = Optimizers(layer, learning_rate=0.1, muon=False)
    fill(layer, 3)
    signs = {name: p.grad.sign() for name, p in layer.named_parameters() if p.grad is not None}
    optimizers.step(0.5)
    for name, value in layer.state_dict().items():
        torch.testing.assert_close(before[name] - value, 0.05 * signs[name], atol=1e-4, rtol=0)


@pytest.mark.parametrize("muon", [True, False])
def test_the_state_goes_on_bit_for_bit(make_model: MakeModel, muon: bool) -> None:
    def make(model: Seq2Seq) -> Optimizers:
        return Optimizers(model, learning_rate=0.01, muon=muon, decay=0.1)

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
    def stepped(muon: bool, **changes: int) -> Optimizers:
        model = make_model(**changes)
        optimizers = Optimizers(model, learning_rate=0.01, muon=muon)
        fill(model, 1)
        optimizers.step(1.0)
        return optimizers

    mine = stepped(True)
    kept = {name: value.clone() for name, value in mine.state().items()}
    for foreign in (stepped(False), stepped(True, width=16), stepped(True, decoder_layers=3)):
        with pytest.raises(ValueError, match=r"muon|adamw"):
            mine.load_state(foreign.state())
        assert all(torch.equal(value, kept[name]) for name, value in mine.state().items())


def test_no_optimiser_brings_in_torch_s_compiler(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("torch._dynamo")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "torch._dynamo", None)  # importing it is an error now
    layers = nn.Sequential(nn.Linear(4, 4), nn.LayerNorm(4))
    before = [p.detach().clone() for p in layers.parameters()]
    optimizers = Optimizers(layers, learning_rate=0.1)
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
