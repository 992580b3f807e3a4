"""Letting a decoder read its own predictions in place of some words of the target.

What is read is found first, step by step and without gradients; then one teacher-forced pass over
it gives features and gradients. Since none flows through an argmax, that is the same as to learn
while stepping, for every decoder, and its layers stay fused calls.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

from core.model.attention import Memory
from core.model.decoder import Decoder


@torch.no_grad()
def read_tokens(
    decoder: Decoder,
    logits: Callable[[Tensor], Tensor],
    target: Tensor,
    gold: Tensor,
    memory: Memory,
) -> Tensor:
    """The tokens that the decoder reads if some of the target's are hidden from it.

    It takes one step for each place before the last hidden one. Predictions are made without
    dropout, those behind a predicted end included.

    Args:
        decoder: makes the steps; comes back as it was.
        logits: features ``[B, width]`` to scores ``[B, V]``.
        target: ids ``[B, T]``, from ``<sos>`` on.
        gold: where the target's own token is read, ``[B, T]`` bool; elsewhere it is the most
            probable one behind all that was read before. The first is always the target's.
        memory: of the B sources.

    Returns:
        Ids ``[B, T]``.
    """
    hidden = (~gold).any(0).tolist()[1:]  # for each step, whether what it predicts is read
    steps = len(hidden) - hidden[::-1].index(True) if True in hidden else 0
    tokens = target.clone()
    training = decoder.training
    decoder.eval()
    try:
        state = decoder.initial_state(memory)
        for step in range(steps):
            features, state, _ = decoder.step(tokens[:, step], state, memory)
            if hidden[step]:
                own = logits(features).argmax(-1)
                tokens[:, step + 1] = torch.where(gold[:, step + 1], target[:, step + 1], own)
    finally:
        decoder.train(training)
        # Autocast keeps the weights that it has cast, and these know no gradient.
        torch.clear_autocast_cache()
    return tokens
