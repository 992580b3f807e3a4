"""8-bit weights: the error's bound, exact round trips, what is left alone."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from core.store.quantize import dequantize, quantize


def weights(seed: int = 0) -> dict[str, torch.Tensor]:
    generator = torch.Generator().manual_seed(seed)
    rows = torch.logspace(-8, 3, 40)[:, None]
    return {
        "linear.weight": torch.randn(40, 33, generator=generator) * rows,
        "half.weight": torch.randn(7, 5, generator=generator).bfloat16(),
        "linear.bias": torch.randn(40, generator=generator),
        "norm.scale": torch.randn(40, generator=generator),
        "zero": torch.zeros(3, 4),
        "empty": torch.zeros(0, 4),
        "tiny": torch.full((2, 2), 1e-42),
        "ids": torch.arange(6).reshape(2, 3),
    }


@pytest.mark.parametrize("seed", range(5))
def test_error_is_at_most_half_a_step(seed: int) -> None:
    state = weights(seed)
    quantized = quantize(state)
    restored = dequantize(quantized)
    for name in ("linear.weight", "half.weight", "zero", "tiny"):
        exact = state[name].double().numpy()
        half_step = quantized[name + ".scale"].double().numpy()[:, None] / 2
        assert (np.abs(exact - restored[name].double().numpy()) <= half_step * (1 + 1e-6)).all()


def test_integers_are_those_of_a_numpy_oracle() -> None:
    matrix = weights()["linear.weight"]
    quantized = quantize({"w": matrix})
    scale = np.abs(matrix.double().numpy()).max(1) / 127
    np.testing.assert_allclose(quantized["w.scale"].numpy(), scale, rtol=2**-15)
    oracle = np.rint(matrix.double().numpy() / scale[:, None])
    difference = np.abs(oracle - quantized["w"].numpy())
    assert difference.max() <= 1  # a value amid two steps may fall either way
    assert (difference > 0).mean() < 0.01
    assert np.abs(quantized["w"].numpy()).max(1).tolist() == [127] * len(scale)


@pytest.mark.parametrize("seed", range(5))
def test_quantising_again_changes_nothing(seed: int) -> None:
    once = quantize(weights(seed))
    twice = quantize(dequantize(once))
    assert once.keys() == twice.keys()
    for name, tensor in once.items():
        assert tensor.dtype == twice[name].dtype
        assert torch.equal(tensor, twice[name])


def test_only_matrices_of_floats_become_integers() -> None:
    state = weights()
    quantized = quantize(state)
    small = {name for name, tensor in quantized.items() if tensor.dtype == torch.int8}
    assert small == {"linear.weight", "half.weight", "zero", "tiny"}
    restored = dequantize(quantized)
    assert restored.keys() == state.keys()
    for name in ("linear.bias", "norm.scale", "ids", "empty"):
        assert torch.equal(restored[name], state[name])


def test_what_cannot_be_quantised_is_refused() -> None:
    with pytest.raises(ValueError, match="w has a value"):
        quantize({"w": torch.tensor([[1.0, float("nan")]])})
    with pytest.raises(ValueError, match="name of a scale"):
        quantize({"w": torch.ones(2, 2), "w.scale": torch.ones(2)})


def test_scale_of_another_matrix_is_refused() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        dequantize({"w": torch.ones(2, 2, dtype=torch.int8), "w.scale": torch.ones(3)})
