"""What the matrices of a model hold before anything is learnt."""

from __future__ import annotations

import math

import torch
from torch import nn

from core.model.parts import GATES

_RECURRENT = ("weight_ih_l", "weight_hh_l")


def xavier(model: nn.Module, cell: str) -> None:
    """Fill every matrix but embeddings as Glorot & Bengio 2010, eq. 16: W ~ U(−b, b).

    b = √(6 / (n + m)) for n inputs and m outputs, so that neither states nor gradients grow or
    fade from layer to layer. Where several matrices stand one below the other (gates of a cell;
    query, key and value) each is one of its own: together, m would be too large and b too small.
    """
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if weight.ndim != 2 or "embedding" in name:
                continue
            stacked = 1
            if any(part in name for part in _RECURRENT):
                stacked = GATES[cell]
            elif "query_key_value" in name:
                stacked = 3
            outputs, inputs = weight.shape[0] // stacked, weight.shape[1]
            bound = math.sqrt(6 / (inputs + outputs))
            nn.init.uniform_(weight, -bound, bound)
