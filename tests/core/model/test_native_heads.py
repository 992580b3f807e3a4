"""Heads parted and turned in C against the plain passes of torch, forward and backward."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from core.model.encoder import part_heads, rotary_angles
from core.model.native import heads as native
from core.model.native import library
from core.model.native.library import Library
from tests.core.model.compiled import RUNNABLE, needs_code

pytestmark = needs_code


@pytest.fixture(params=RUNNABLE)
def kind(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    code = Library(library.file_of(request.param))
    monkeypatch.setattr(library, "find", lambda: code)
    return str(request.param)


def both_ways(joined: Tensor, heads: int, weights: Tensor) -> tuple[list[Tensor], Tensor]:
    """Queries, keys and values, and the gradient of what they were made of."""
    joined = joined.clone().requires_grad_()
    width = joined.shape[2] // 3 // heads
    parts = part_heads(joined, rotary_angles(joined.shape[1], width), heads)
    (torch.stack(parts) * weights.to(joined.dtype)).sum().backward()
    assert joined.grad is not None
    return [part.detach() for part in parts], joined.grad


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
@pytest.mark.parametrize(
    ("batch", "size", "heads", "width"),
    [(1, 1, 1, 2), (3, 7, 2, 6), (2, 5, 3, 64), (9, 33, 6, 64), (1, 4, 2, 256), (2, 3, 1, 34)],
)
def test_they_are_those_of_the_plain_passes(
    kind: str, dtype: torch.dtype, batch: int, size: int, heads: int, width: int
) -> None:
    torch.manual_seed(size)
    joined = torch.randn(batch, size, 3 * heads * width).to(dtype)
    weights = torch.randn(3, batch, heads, size, width).to(dtype)
    found, gradient = both_ways(joined, heads, weights)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(library, "find", lambda: None)
        wanted, wanted_gradient = both_ways(joined.double(), heads, weights)
    rtol, atol = (1e-5, 1e-6) if dtype is torch.float32 else (8e-3, 8e-3)
    for one, other in zip(found, wanted, strict=True):
        assert one.shape == (batch, heads, size, width) and one.dtype == dtype
        torch.testing.assert_close(one.double(), other.double(), rtol=rtol, atol=atol)
    torch.testing.assert_close(gradient.double(), wanted_gradient.double(), rtol=rtol, atol=atol)
    assert torch.equal(found[2].transpose(1, 2).flatten(2), joined[:, :, 2 * heads * width :])


def test_numbers_that_do_not_lie_side_by_side(kind: str) -> None:
    joined = torch.randn(4, 5, 24)
    weights = torch.randn(3, 4, 2, 5, 4)
    wanted, gradient = both_ways(joined, 2, weights)
    # Given from the other side, and asked back the same way.
    found, other = both_ways(joined.permute(2, 0, 1).contiguous().permute(1, 2, 0), 2, weights)
    assert all(torch.equal(one, two) for one, two in zip(found, wanted, strict=True))
    assert torch.equal(gradient, other)


def test_threads_change_nothing(kind: str) -> None:
    joined, weights = torch.randn(40, 9, 96), torch.randn(3, 40, 2, 9, 16)
    wanted = both_ways(joined, 2, weights)
    threads = torch.get_num_threads()
    try:
        torch.set_num_threads(4)
        found = both_ways(joined, 2, weights)
    finally:
        torch.set_num_threads(threads)
    assert torch.equal(found[1], wanted[1])
    assert all(torch.equal(one, two) for one, two in zip(found[0], wanted[0], strict=True))


def test_what_it_does_not_know_is_torch_s(kind: str) -> None:
    angles = rotary_angles(2, 4)
    assert native.parted(torch.randn(1, 2, 12), *angles, 1) is not None
    assert native.parted(torch.randn(1, 2, 12).double(), *angles, 1) is None
    wide = native.MOST_WIDE + 2
    joined, wide_angles = torch.randn(1, 2, 3 * wide), rotary_angles(2, wide)
    assert native.parted(joined, *wide_angles, 1) is None
    q, *_ = part_heads(joined, wide_angles, 1)
    assert q.shape == (1, 1, 2, wide)
    code = library.find()
    assert code is not None
    with pytest.raises(ValueError, match="too wide"):
        native._call(code, joined, torch.empty(3, 1, 1, 2, wide), *wide_angles, back=False)
