"""Self-attention while learning: values and gradients are those of torch's fused attention."""

from __future__ import annotations

import pytest
import torch
from torch.nn.functional import scaled_dot_product_attention

from core.model.encoder import self_attention

REAL = torch.tensor([[1, 1, 1, 1, 1], [1, 1, 0, 0, 0], [1, 0, 0, 0, 0]], dtype=torch.bool)


@pytest.mark.parametrize("mask", [None, REAL[:, None, None, :]], ids=["whole", "padded"])
def test_values_and_gradients_are_those_of_the_fused_attention(
    mask: torch.Tensor | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    torch.manual_seed(1)
    q, k, v = (torch.randn(3, 2, 5, 8, requires_grad=True) for _ in range(3))
    towards = torch.randn(3, 2, 5, 8)
    wanted = scaled_dot_product_attention(q, k, v, attn_mask=mask)
    monkeypatch.delattr(torch.nn.functional, "scaled_dot_product_attention")
    found = self_attention(q, k, v, mask)
    torch.testing.assert_close(found, wanted)
    gradients = torch.autograd.grad(found, (q, k, v), towards)
    fused = torch.autograd.grad(wanted, (q, k, v), towards)
    for mine, torchs in zip(gradients, fused, strict=True):
        torch.testing.assert_close(mine, torchs)


def test_without_gradients_it_is_the_fused_attention() -> None:
    q, k, v = torch.randn(3, 3, 2, 5, 8)
    mask = REAL[:, None, None, :]
    wanted = scaled_dot_product_attention(q, k, v, attn_mask=mask)
    assert torch.equal(self_attention(q, k, v, mask), wanted)
