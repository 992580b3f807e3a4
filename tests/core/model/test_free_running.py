"""A decoder that reads its own predictions: which, and that it learns all the same."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from core.model.free_running import read_tokens
from core.model.seq2seq import Seq2Seq
from core.text.vocab import SOS

from .test_decoders import LENGTHS, SOURCE, TARGETS, make, name

KINDS: list[dict[str, Any]] = [
    {},
    {"input_feeding": True, "cell": "gru"},
    {"attention": "local-m", "input_feeding": True, "cell": "rnn-tanh"},
    {"decoder": "initial-state", "attention": "none"},
    {"decoder": "context", "attention": "none", "cell": "rnn-relu"},
    {"decoder": "transformer"},
]
SOME = torch.rand(3, 6, generator=torch.Generator().manual_seed(5)) < 0.5


def lively(**changes: Any) -> Seq2Seq:
    """A model whose predictions change from step to step."""
    model = make(**changes)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.mul_(1.5)
    return model


def by_whole_passes(model: Seq2Seq, gold: torch.Tensor) -> torch.Tensor:
    """What is read, found by running the whole decoder anew for each place."""
    tokens = TARGETS.clone()
    with torch.inference_mode():
        for place in range(1, TARGETS.shape[1]):
            output = model(SOURCE, LENGTHS, tokens[:, :place])
            own = model.logits(output.features[:, -1]).argmax(-1)
            hidden = ~gold[:, place]
            tokens[hidden, place] = own[hidden]
    return tokens


@pytest.mark.parametrize("gold", [SOME, torch.zeros(3, 6, dtype=torch.bool)], ids=["some", "none"])
@pytest.mark.parametrize("changes", KINDS, ids=name)
def test_where_the_target_is_hidden_the_likeliest_token_is_read(
    changes: dict[str, Any], gold: torch.Tensor
) -> None:
    model = lively(**changes)
    wanted = by_whole_passes(model, gold)
    assert (wanted[:, 0] == SOS).all()
    memory = model.encode(SOURCE, LENGTHS)
    found = read_tokens(model.decoder, model.logits, TARGETS, gold, memory)
    assert torch.equal(found, wanted)
    assert not torch.equal(found, TARGETS)
    features = model.free_forward(SOURCE, LENGTHS, TARGETS, gold).features
    torch.testing.assert_close(features, model(SOURCE, LENGTHS, wanted).features)


@pytest.mark.parametrize("changes", KINDS, ids=name)
def test_where_all_is_told_it_is_teacher_forcing(changes: dict[str, Any]) -> None:
    model = lively(**changes)
    free = model.free_forward(SOURCE, LENGTHS, TARGETS, torch.ones(3, 6, dtype=torch.bool))
    for mine, other in zip(free, model(SOURCE, LENGTHS, TARGETS), strict=True):
        torch.testing.assert_close(mine, other)


@pytest.mark.parametrize("changes", KINDS, ids=name)
def test_every_weight_learns_under_autocast_too(changes: dict[str, Any]) -> None:
    model = lively(**changes).train()
    with torch.autocast("cpu", torch.bfloat16):
        features = model.free_forward(SOURCE, LENGTHS, TARGETS, SOME).features
        model.logits(features).float().log_softmax(-1)[..., 4].sum().backward()
    assert model.decoder.training
    for parameter_name, parameter in model.named_parameters():
        assert parameter.grad is not None, parameter_name


def test_predictions_are_made_without_dropout() -> None:
    model = lively(dropout=0.9)
    memory = model.encode(SOURCE, LENGTHS)
    hidden = torch.zeros(3, 6, dtype=torch.bool)
    wanted = read_tokens(model.decoder, model.logits, TARGETS, hidden, memory)
    model.train()
    found = read_tokens(model.decoder, model.logits, TARGETS, hidden, memory)
    assert torch.equal(found, wanted)
