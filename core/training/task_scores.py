"""Scores of any text-to-text task on held-out pairs, beside BLEU and chrF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.evaluation.token_scores import (
    exact_match,
    mean_teaching_bleu,
    perplexity,
    token_accuracy,
    tokens_of,
)
from core.store.loading import Loaded


@dataclass(frozen=True, slots=True)
class TaskScores:
    """See :class:`core.events.Validation`; all but the first are ``None`` without outputs."""

    perplexity: float
    token_accuracy: float | None = None
    exact_match: float | None = None
    teaching_bleu: float | None = None


def task_scores(
    loaded: Loaded, loss: float, outputs: Sequence[str], references: Sequence[str]
) -> TaskScores:
    """The scores of ``outputs``, one reference each, and of the held-out ``loss`` per piece."""
    if not outputs:
        return TaskScores(perplexity(loss))
    language, units = loaded.target_language, loaded.target_vocabulary.units
    said, wanted = (
        [tokens_of(text, language, units) for text in texts] for texts in (outputs, references)
    )
    return TaskScores(
        perplexity(loss),
        token_accuracy(said, wanted),
        exact_match(outputs, references),
        mean_teaching_bleu(said, wanted),
    )
