"""Weights between the base's and the taught ones (Wortsman et al. 2022, "Robust fine-tuning").

On the straight line between a model and what fine-tuning made of it, losses are often lower than
at its ends: the base's own abilities come back sooner than what was learnt goes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import torch
from torch import Tensor

from core.training.keeping import Best
from core.training.trainer import Trainer
from core.training.validation import Held, validate

SHARES = (0.75, 0.5)  # of what was learnt; all of it is the model as it is


def blended(
    base: Mapping[str, Tensor], taught: Mapping[str, Tensor], share: float
) -> dict[str, Tensor]:
    """``(1 - share) * base + share * taught``."""
    return {name: torch.lerp(weight, taught[name], share) for name, weight in base.items()}


def best_blend(
    trainer: Trainer, held: Held, base: Mapping[str, Tensor], best: Best
) -> tuple[Best, float]:
    """The blend of ``base`` and ``best`` with the lowest loss on ``held``, and its share.

    The model of ``trainer`` has its weights afterwards.
    """
    chosen, chosen_share = best, 1.0
    for share in SHARES:
        weights = blended(base, best.weights, share)
        trainer.model.load_state_dict(weights)
        loss = validate(trainer, held)
        if loss < chosen.loss:
            chosen, chosen_share = replace(best, loss=loss, weights=weights), share
    trainer.model.load_state_dict(chosen.weights)
    return chosen, chosen_share
