"""The fused loss against torch's own, values and gradients."""

from __future__ import annotations

import pytest
import torch
from torch.nn import functional

from core.model.native import library
from core.model.native.library import Library
from core.model.native.loss import cross_entropy
from core.training.loss import CHUNK, guided_alignment, linear_cross_entropy, row_cross_entropy
from tests.core.model.compiled import RUNNABLE, needs_code


@pytest.fixture(params=["torch", *RUNNABLE], autouse=True)
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """What computes the loss: torch, or the C code of a kind of processor."""
    name = str(request.param)
    code = None if name == "torch" else Library(library.file_of(name))
    monkeypatch.setattr(library, "find", lambda: code)
    return name


def make(rows: int, dtype: torch.dtype = torch.float32) -> tuple[torch.Tensor, ...]:
    torch.manual_seed(rows)
    features = torch.randn(rows, 6, dtype=dtype, requires_grad=True)
    weight = torch.randn(9, 6, dtype=dtype, requires_grad=True)
    bias = torch.randn(9, dtype=dtype, requires_grad=True)
    return features, weight, bias, torch.randint(0, 9, (rows,))


@pytest.mark.parametrize("smoothing", [0.0, 0.1, 0.6])
@pytest.mark.parametrize("rows", [1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK + 7])
def test_value_and_gradients_are_torch_s(rows: int, smoothing: float) -> None:
    features, weight, bias, targets = make(rows)
    found, plain = linear_cross_entropy(features, weight, bias, targets, smoothing)
    gradients = torch.autograd.grad(found / rows, (features, weight, bias))

    scores = features @ weight.T + bias
    wanted = functional.cross_entropy(scores, targets, label_smoothing=smoothing)
    torch.testing.assert_close(found / rows, wanted)
    torch.testing.assert_close(plain / rows, functional.cross_entropy(scores, targets))
    for mine, torchs in zip(
        gradients, torch.autograd.grad(wanted, (features, weight, bias)), strict=True
    ):
        torch.testing.assert_close(mine, torchs, atol=1e-6, rtol=1e-4)


@pytest.mark.parametrize("rows", [1, CHUNK, 2 * CHUNK + 7])
@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_rows_have_losses_and_gradients_of_their_own(rows: int, dtype: torch.dtype) -> None:
    features, weight, bias, targets = (t.detach() for t in make(rows, dtype))
    exact = [t.float().requires_grad_() for t in (features, weight, bias)]
    given = [t.clone().requires_grad_() for t in (features, weight, bias)]
    shares = torch.randn(rows)  # some of them negative
    found = row_cross_entropy(*given, targets)
    wanted = functional.cross_entropy(exact[0] @ exact[1].T + exact[2], targets, reduction="none")
    close = {"atol": 1e-6, "rtol": 1e-4} if dtype is torch.float32 else {"atol": 0.1, "rtol": 0.05}
    torch.testing.assert_close(found, wanted, **close)
    gradients = torch.autograd.grad(found @ shares, given)
    for mine, torchs in zip(gradients, torch.autograd.grad(wanted @ shares, exact), strict=True):
        scale = torchs.abs().max().clamp_min(1.0)
        torch.testing.assert_close(mine.float() / scale, torchs / scale, **close)
    with torch.no_grad():
        torch.testing.assert_close(row_cross_entropy(*given, targets), found)


def test_the_gradient_is_that_of_finite_differences() -> None:
    features, weight, bias, targets = (
        t.detach() for t in make(3)
    )  # float32 inside: wide steps in double would not help
    weight.requires_grad_()
    features.requires_grad_()
    found, _ = linear_cross_entropy(features, weight, bias, targets, 0.2)
    (gradient,) = torch.autograd.grad(found, weight)
    with torch.no_grad():
        for row, column in ((0, 0), (4, 5), (8, 2)):
            losses = []
            for step in (-1e-2, 1e-2):
                moved = weight.clone()
                moved[row, column] += step
                losses.append(linear_cross_entropy(features, moved, bias, targets, 0.2)[0])
            slope = float(losses[1] - losses[0]) / 2e-2
            assert slope == pytest.approx(float(gradient[row, column]), abs=2e-3)


def test_without_gradients_the_sums_are_the_same() -> None:
    features, weight, bias, targets = make(CHUNK + 3)
    learning = linear_cross_entropy(features, weight, bias, targets, 0.1)
    with torch.inference_mode():
        measuring = linear_cross_entropy(features, weight, bias, targets, 0.1)
    for one, other in zip(learning, measuring, strict=True):
        torch.testing.assert_close(one, other)
    assert learning[0].requires_grad
    assert not learning[1].requires_grad
    assert not measuring[0].requires_grad


def test_the_gradient_takes_a_factor_from_above() -> None:
    features, weight, bias, targets = make(5)
    found, _ = linear_cross_entropy(features, weight, bias, targets)
    (once,) = torch.autograd.grad(found, weight, retain_graph=True)
    (thrice,) = torch.autograd.grad(3 * found, weight)
    torch.testing.assert_close(thrice, 3 * once)


def test_bfloat16_features_stay_near_the_exact_loss() -> None:
    features, weight, bias, targets = make(CHUNK + 40)
    lower = features.detach().to(torch.bfloat16).requires_grad_()
    found, plain = linear_cross_entropy(lower, weight, bias, targets, 0.1)
    exact, exact_plain = linear_cross_entropy(features, weight, bias, targets, 0.1)
    assert found.item() == pytest.approx(exact.item(), rel=1e-2)
    assert plain.item() == pytest.approx(exact_plain.item(), rel=1e-2)
    found.backward()
    exact.backward()
    assert weight.grad is not None
    assert lower.grad is not None
    assert lower.grad.dtype is torch.bfloat16
    assert features.grad is not None
    assert float((lower.grad.float() - features.grad).norm() / features.grad.norm()) < 2e-2


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_rows_learn_under_autocast_whose_gradients_are_asked_for_outside(
    dtype: torch.dtype,
) -> None:
    made = [t.detach().requires_grad_(t.is_floating_point()) for t in make(CHUNK + 40)]
    features, weight, bias, targets = made
    given = features.detach().to(dtype).requires_grad_()
    with torch.autocast("cpu", torch.bfloat16):
        found = row_cross_entropy(given, weight, bias, targets)
    exact = functional.cross_entropy(features @ weight.T + bias, targets, reduction="sum")
    assert found.sum().item() == pytest.approx(exact.item(), rel=1e-2)
    mine = torch.autograd.grad(found.sum(), (given, weight, bias))
    wanted = torch.autograd.grad(exact, (features, weight, bias))
    assert mine[0].dtype is dtype
    for one, other in zip(mine, wanted, strict=True):
        assert float((one.float() - other).norm() / other.norm()) < 2e-2


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
@pytest.mark.parametrize("size", [1, 255, 256, 257, 1003])
def test_large_vocabularies_of_any_size(size: int, dtype: torch.dtype) -> None:
    torch.manual_seed(size)
    rows, width = 2 * CHUNK + 5, 16
    features = torch.randn(rows, width).to(dtype).requires_grad_()
    weight = (torch.randn(size, width) * 3).to(dtype).float().requires_grad_()
    bias, targets = torch.randn(size, requires_grad=True), torch.randint(0, size, (rows,))
    found, plain = linear_cross_entropy(features, weight, bias, targets, 0.1)
    learnt = (features, weight, bias)
    gradients = torch.autograd.grad(found, learnt)
    exact = [part.detach().double().requires_grad_() for part in learnt]
    scores = (features.detach() @ weight.detach().to(dtype).T).double()  # as they are rounded
    scores += exact[0] @ exact[1].T - (exact[0] @ exact[1].T).detach() + exact[2]
    wanted = functional.cross_entropy(scores, targets, label_smoothing=0.1, reduction="sum")
    assert found.item() == pytest.approx(wanted.item(), rel=1e-5, abs=1e-3)
    alone = functional.cross_entropy(scores, targets, reduction="sum")
    assert plain.item() == pytest.approx(alone.item(), rel=1e-5, abs=1e-3)
    for mine, other in zip(gradients, torch.autograd.grad(wanted, exact), strict=True):
        error = (mine.double() - other).norm() / other.norm().clamp_min(1e-3)
        assert float(error) < (1e-5 if dtype is torch.float32 else 6e-3)


def test_what_is_no_number_is_not_hidden() -> None:
    features, weight, bias, targets = make(CHUNK + 1)
    with torch.no_grad():
        features[3, 2] = torch.nan
    found, plain = linear_cross_entropy(features, weight, bias, targets, 0.1)
    (gradient,) = torch.autograd.grad(found, features)
    assert torch.isnan(found) and torch.isnan(plain)
    assert torch.isnan(gradient[3]).all() and not torch.isnan(gradient[4]).any()


def test_no_number_of_any_bits_and_impossible_scores() -> None:
    features, weight, bias, targets = (part.detach() for part in make(3))
    lower = features.to(torch.bfloat16).requires_grad_()
    with torch.no_grad():
        bias[4:5].view(torch.int32).fill_(0x7FFFFFFF)
    found, _ = linear_cross_entropy(lower, weight, bias, targets)
    (gradient,) = torch.autograd.grad(found, lower)
    assert torch.isnan(found) and torch.isnan(gradient).all()
    bias = torch.zeros(600)
    bias[:300] = -torch.inf
    weight, targets = torch.randn(600, 6), torch.tensor([300, 450, 599])
    found, plain = linear_cross_entropy(features, weight, bias, targets)
    wanted = functional.cross_entropy(features @ weight.T + bias, targets, reduction="sum")
    torch.testing.assert_close(found, wanted)
    torch.testing.assert_close(plain, wanted)


def test_nothing_to_learn_from_is_no_loss_and_other_kinds_of_numbers_count() -> None:
    features, weight, bias, targets = make(4)
    wanted, _ = linear_cross_entropy(features, weight, bias, targets)
    with torch.no_grad():
        empty, plain = linear_cross_entropy(features[:0], weight, bias, targets[:0], 0.1)
        assert empty.item() == plain.item() == 0
        found, _ = linear_cross_entropy(features, weight, bias, targets.int().long(), 0.0)
        torch.testing.assert_close(found, wanted.detach())
        with torch.autocast("cpu", torch.float16):
            near, _ = linear_cross_entropy(features, weight, bias, targets)
        assert near.item() == pytest.approx(wanted.item(), rel=1e-2)


def test_threads_change_nothing() -> None:
    torch.manual_seed(1)
    scores, targets = torch.randn(500, 300, requires_grad=True), torch.randint(0, 300, (500,))
    weight, bias = torch.eye(300), torch.randn(300, requires_grad=True)
    threads, found = torch.get_num_threads(), []
    try:
        for count in (1, 2, 4):
            torch.set_num_threads(count)
            loss, _ = linear_cross_entropy(scores, weight, bias, targets, 0.1)
            found.append(torch.autograd.grad(loss, bias)[0])
    finally:
        torch.set_num_threads(threads)
    torch.testing.assert_close(found[0], found[1], rtol=1e-6, atol=1e-6)
    torch.testing.assert_close(found[0], found[2], rtol=1e-6, atol=1e-6)


@needs_code
def test_the_code_is_given_nothing_that_it_does_not_know(engine: str) -> None:
    code = library.find()
    if code is None:
        pytest.skip("torch")
    scores, bias, targets = torch.randn(4, 9), torch.randn(9), torch.tensor([0, 8, 3, 1])
    for wrong in (-1, 9):
        with pytest.raises(IndexError, match="vocabulary of 9"):
            cross_entropy(code, scores, bias, targets.clone().fill_(wrong), 0.0, learning=False)
    for parts in (
        (scores.double(), bias, targets),
        (scores.T, bias, targets),
        (scores, bias[:8], targets),
        (scores, bias.double(), targets),
        (scores, bias, targets[:3]),
        (scores, bias, targets.int()),
    ):
        with pytest.raises(ValueError, match="scores"):
            cross_entropy(code, *parts, 0.0, learning=True)


def test_impossible_scores_do_not_overflow() -> None:
    features = torch.tensor([[1e4]], requires_grad=True)
    weight = torch.tensor([[1.0], [-1.0]])
    found, plain = linear_cross_entropy(features, weight, torch.zeros(2), torch.tensor([1]))
    assert found.item() == plain.item() == 2e4


def test_guided_alignment_by_hand() -> None:
    # Two target pieces over three source pieces; the first is linked to places 0 and 2.
    attention = torch.tensor([[[0.5, 0.25, 0.25], [0.125, 0.75, 0.125]]], requires_grad=True)
    links = torch.tensor([0, 2, 4])
    shares = torch.tensor([0.5, 0.5, 1.0])
    loss = guided_alignment(attention, links, shares)
    wanted = -(0.5 * torch.tensor(0.5).log() + 0.5 * torch.tensor(0.25).log())
    wanted = wanted - torch.tensor(0.75).log()
    torch.testing.assert_close(loss, wanted)
    loss.backward()
    assert attention.grad is not None
    torch.testing.assert_close(attention.grad, torch.tensor([[[-1.0, 0, -2.0], [0, -1 / 0.75, 0]]]))


def test_attention_of_zero_costs_much_but_not_infinitely() -> None:
    loss = guided_alignment(torch.tensor([[[0.0, 1.0]]]), torch.tensor([0]), torch.tensor([1.0]))
    assert 15 < float(loss) < 30
