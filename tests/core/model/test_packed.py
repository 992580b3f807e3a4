"""Products in packed layouts and in integers, against NumPy."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from core.model import packed
from core.model.packed import IntegerLinear, Lookup, PlainLinear, Rows, make_linear, side_by_side

SHAPES = [(1, 3), (16, 8), (40, 33), (300, 512)]


def random_rows(size: int, width: int) -> Rows:
    random = np.random.default_rng(size)
    values = random.integers(-127, 128, size=(size, width)).astype(np.int8)
    scales = random.uniform(1e-4, 1e-2, size=size).astype(np.float32)
    return Rows(torch.from_numpy(values), torch.from_numpy(scales))


def inputs(count: int, width: int) -> torch.Tensor:
    random = np.random.default_rng(width)
    spread = np.logspace(-3, 3, count)[:, None]  # rows of very different sizes
    return torch.from_numpy((random.normal(size=(count, width)) * spread).astype(np.float32))


def oracle(x: torch.Tensor, rows: Rows, bias: torch.Tensor | None, levels: float) -> Any:
    """Integers times integers in NumPy, one row of the input at a time."""
    values = rows.values.numpy().astype(np.int64)
    scales = rows.scales.numpy().astype(np.float64)
    results = []
    for row in x.numpy().astype(np.float64):
        peak = np.abs(row).max()
        rounded = np.rint(row * levels / peak).astype(np.int64) if peak else np.zeros(len(row), int)
        results.append((values @ rounded) * (scales * peak / levels))
    return np.array(results) + (0 if bias is None else bias.numpy())


NO_BYTES = pytest.mark.skipif(not packed.has_byte_products(), reason="no products of bytes here")


@pytest.mark.parametrize("able", [pytest.param(True, marks=NO_BYTES), False])
@pytest.mark.parametrize(("size", "width"), SHAPES)
def test_integers_are_multiplied_as_integers(
    size: int, width: int, able: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packed, "has_byte_products", lambda: able)
    rows, bias = random_rows(size, width), torch.randn(size)
    x = inputs(5, width)
    found = IntegerLinear(rows, bias)(x).numpy()
    wanted = oracle(x, rows, bias, 127 if able else 63)
    # A value amid two steps may fall either way: one step of one input, times one weight.
    slack = x.abs().amax(1, keepdim=True).numpy() / 63 * rows.scales.numpy() * 127
    assert (np.abs(found - wanted) <= slack + 1e-3 * np.abs(wanted)).all()
    assert np.abs(found - wanted).mean() <= 1e-4 * np.abs(wanted).mean() + slack.mean() / 100


def test_the_greatest_products_do_not_overflow() -> None:
    rows = Rows(torch.full((16, 64), 127, dtype=torch.int8), torch.ones(16))
    for sign in (1, -1):
        found = IntegerLinear(rows, None)(torch.full((4, 64), float(sign)))
        torch.testing.assert_close(found, torch.full((4, 16), sign * 127.0 * 64))


def test_a_row_hangs_on_no_other_row() -> None:
    layer, x = IntegerLinear(random_rows(40, 33), torch.randn(40)), inputs(7, 33)
    together = layer(x)
    for index in range(7):
        assert torch.equal(layer(x[index : index + 1])[0], together[index])
    assert torch.equal(layer(x.view(7, 1, 33)), together.view(7, 1, 40))


def test_rows_of_zeros_give_the_bias_and_numbers_that_are_none_stay_so() -> None:
    bias = torch.randn(16)
    layer = IntegerLinear(random_rows(16, 8), bias)
    x = torch.zeros(3, 8)
    x[1, 2] = float("nan")
    found = layer(x)
    assert torch.equal(found[0], bias)
    assert found[1].isnan().all()
    assert torch.equal(found[2], bias)


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
@pytest.mark.parametrize(("size", "width"), SHAPES)
def test_floats_are_multiplied_as_by_numpy(size: int, width: int, dtype: torch.dtype) -> None:
    weight, bias, x = torch.randn(size, width), torch.randn(size), torch.randn(2, 3, width)
    wanted = x.numpy() @ weight.numpy().T + bias.numpy()
    found = make_linear(weight, bias, dtype)(x.to(dtype))
    assert found.dtype == dtype
    near = 1e-5 if dtype == torch.float32 else 5e-2
    np.testing.assert_allclose(found.float().numpy(), wanted, rtol=near, atol=near * width**0.5)
    found = make_linear(weight, None, dtype)(x.to(dtype)).float() + bias
    np.testing.assert_allclose(found.numpy(), wanted, rtol=near, atol=near * width**0.5)


def test_a_joint_product_is_the_sum_of_two() -> None:
    x, y, bias = torch.randn(5, 24), torch.randn(5, 32), torch.randn(40)
    first, second = torch.randn(40, 24), torch.randn(40, 32)
    found = make_linear(side_by_side(first, second), bias, torch.float32)(torch.cat((x, y), dim=1))
    torch.testing.assert_close(found, x @ first.T + y @ second.T + bias, rtol=1e-4, atol=1e-4)
    one, other = random_rows(40, 24), random_rows(40, 32)
    found = make_linear(side_by_side(one, other), bias, torch.float32)(torch.cat((x, y), dim=1))
    wanted = x @ one.floats().T + y @ other.floats().T + bias
    # Half a step of 8 bits, each input's and each weight's, all of them uncertain at random.
    steps = torch.maximum(one.scales, other.scales) + 1 / 127
    assert (found - wanted).abs().mean() < (steps * 24**0.5).mean()
    assert (found - wanted).abs().max() < 6 * (steps * 56**0.5).max()


def test_matrices_side_by_side_keep_to_half_a_step() -> None:
    one, other = random_rows(40, 24), random_rows(40, 32)
    joint = side_by_side(one, other)
    assert isinstance(joint, Rows)
    wanted = torch.cat((one.floats(), other.floats()), dim=1)
    assert ((joint.floats() - wanted).abs() <= 0.501 * joint.scales[:, None]).all()
    greater = torch.maximum(one.scales, other.scales)
    assert torch.equal(joint.scales, greater)


def test_embeddings_are_rows_of_the_matrix() -> None:
    rows, ids = random_rows(12, 6), torch.tensor([[0, 11], [3, 3]])
    assert torch.equal(Lookup(rows, torch.float32)(ids), rows.floats()[ids])
    matrix = torch.randn(12, 6)
    assert torch.equal(Lookup(matrix, torch.bfloat16)(ids), matrix.bfloat16()[ids])


def test_a_processor_without_byte_products_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def able(architecture: str, **features: bool) -> bool:
        known = {"architecture": architecture, **features}
        monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: known)
        return packed.has_byte_products()

    assert not able("x86_64", avx2=True, avx512_vnni=False, avx_vnni=False)
    assert able("x86_64", avx2=True, avx_vnni=True)
    assert able("x86_64", avx512_vnni=True)
    assert able("aarch64")


@pytest.mark.parametrize("kind", ["int8", "bf16", "fp32"])
def test_any_number_of_rows_is_multiplied_in_few_sizes(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = random_rows(40, 24)
    dtype = torch.bfloat16 if kind == "bf16" else torch.float32
    bias = torch.randn(40)
    layer: Any = make_linear(rows.floats(), bias, dtype)
    if kind == "int8":  # which make_linear leaves to C where it can
        layer = IntegerLinear(rows, bias)
    x = torch.randn(300, 24, dtype=dtype)
    alone = torch.cat([layer(row[None]) for row in x])
    near = 2e-2 if kind == "bf16" else 1e-4
    for count in (1, 2, 3, 5, 31, 127, 128, 129, 300):
        torch.testing.assert_close(layer(x[:count]), alone[:count], rtol=near, atol=near)
    if isinstance(layer, PlainLinear):  # oneDNN has no bfloat16 for this processor
        return
    sizes = {layer._filled(count) for count in range(1, 129)}
    assert len(sizes) < 12
    assert max(sizes) == 128
