"""How a text is translated, as a user says it."""

from __future__ import annotations

from dataclasses import dataclass

from core.decoding.options import SearchOptions
from core.text.languages import CHINESE, ENGLISH

# Into Chinese our model ends too soon with less (docs/default-model.md).
LENGTH_PENALTIES = {CHINESE: 1.5, ENGLISH: 1.0}


@dataclass(frozen=True, slots=True)
class TranslateOptions:
    """How to translate.

    Attributes:
        beam: hypotheses kept by the search; 1 is greedy.
        n_best: alternatives looked for, at most ``beam``; those that read alike count once.
        length_penalty: exponent of Wu et al. 2016; more favours longer output. ``None`` is what
            serves the target language best.
        coverage_penalty: weight of Wu et al. 2016; more favours output that leaves nothing out.
    """

    beam: int = 4
    n_best: int = 1
    length_penalty: float | None = None
    coverage_penalty: float = 0.0

    def search(self, target_language: str) -> SearchOptions:
        """These options as the search's own."""
        penalty = self.length_penalty
        return SearchOptions(
            beam=self.beam,
            n_best=self.n_best,
            length_penalty=LENGTH_PENALTIES.get(target_language, 1.0)
            if penalty is None
            else penalty,
            coverage_penalty=self.coverage_penalty,
        )


DEFAULTS = TranslateOptions()
