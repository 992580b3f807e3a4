"""Weights between the base's and the taught ones (Wortsman et al. 2022, "Robust fine-tuning").

On the straight line from what fine-tuning made of a model back to the model itself, its own
abilities come back sooner than what was learnt goes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import torch
from torch import Tensor

from core.cancel import CancelToken
from core.training.keeping import Best
from core.training.trainer import Trainer
from core.training.validation import Held, validate

SHARES = (0.5, 0.75)  # of what was learnt; all of it is the model as it is
KEPT = 0.85  # of what was won in held-out loss, at least
# Where what was learnt by heart has to come out: more shares, and nats a piece that may be lost.
FINER_SHARES = (0.5, 0.6, 0.75, 0.9)
BY_HEART = 0.15


def blended(
    base: Mapping[str, Tensor], taught: Mapping[str, Tensor], share: float
) -> dict[str, Tensor]:
    """``(1 - share) * base + share * taught``."""
    return {name: torch.lerp(weight, taught[name], share) for name, weight in base.items()}


def best_blend(
    trainer: Trainer,
    held: Held,
    base: Mapping[str, Tensor],
    best: Best,
    loss_before: float,
    cancel: CancelToken | None = None,
    *,
    recites: Callable[[], bool] | None = None,
) -> tuple[Best, float]:
    """The blend of ``base`` and ``best`` with least of ``best`` that is nearly as good, its share.

    Nearly as good is one that keeps :data:`KEPT` of the loss that was won on ``held``. Where
    ``recites`` tells whether all that was taught comes out, it is one that does so and loses no
    more than :data:`BY_HEART`. The model of ``trainer``, which learns no more, has its weights
    afterwards.

    Raises:
        Cancelled: ``cancel`` was cancelled; the model's weights are any of those tried.
    """
    worst = best.loss + BY_HEART if recites else loss_before - KEPT * (loss_before - best.loss)
    for share in FINER_SHARES if recites else SHARES:
        weights = blended(base, best.weights, share)
        trainer.take(weights)
        loss = validate(trainer, held, cancel)
        if loss <= worst and (recites is None or recites()):
            return replace(best, loss=loss, weights=weights), share
    trainer.take(best.weights)
    return best, 1.0
