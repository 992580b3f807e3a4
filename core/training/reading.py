"""What a model reads of a batch while it learns: words dropped, gold pieces or its own."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from core.text.vocab import SPECIALS, UNK
from core.training.hyperparameters import Recipe


@dataclass
class Reading:
    """How much of a batch is read as it is; drawn anew for each from torch's random numbers.

    Attributes:
        word_dropout, target_word_dropout: probabilities of reading ``<unk>`` for a piece (Iyyer et
            al. 2015; Bowman et al. 2016); what is to be predicted stays.
        by: ``"token"`` or ``"sentence"``, see :class:`core.training.feeding.Feeding`.
        gold_share: probability of reading the gold piece; changes over a run.
    """

    word_dropout: float = 0.0
    target_word_dropout: float = 0.0
    by: str = "token"
    gold_share: float = 1.0

    @classmethod
    def of(cls, recipe: Recipe) -> Reading:
        """That of a recipe, at the beginning of its run."""
        share = recipe.feeding.gold_share(0.0)
        return cls(recipe.word_dropout, recipe.target_word_dropout, recipe.feeding.by, share)

    def source(self, ids: Tensor) -> Tensor:
        """``ids`` ``[B, S]`` with ``<unk>`` for some."""
        return with_unknowns(ids, self.word_dropout)

    def target(self, ids: Tensor) -> Tensor:
        """``ids`` ``[B, T]``, from ``<sos>`` on, with ``<unk>`` for some."""
        return with_unknowns(ids, self.target_word_dropout)

    def gold(self, ids: Tensor) -> Tensor | None:
        """Which places of ``ids`` ``[B, T]`` are read as they are; ``None`` for all of them.

        The first, ``<sos>``, always is.
        """
        if self.gold_share >= 1:
            return None
        width = 1 if self.by == "sentence" else ids.shape[1]
        gold = torch.rand(len(ids), width) < self.gold_share
        gold = gold.expand(ids.shape).clone()
        gold[:, 0] = True
        return None if bool(gold.all()) else gold


def with_unknowns(ids: Tensor, probability: float) -> Tensor:
    """``ids`` with ``<unk>`` for each by this probability; specials and padding stay."""
    if not probability:
        return ids
    dropped = (torch.rand(ids.shape) < probability) & (ids >= len(SPECIALS))
    return ids.masked_fill(dropped, UNK)
