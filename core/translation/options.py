"""How a text is translated, as a user says it, or as a system was composed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.decoding.options import SamplingOptions, SearchOptions
from core.decoding.parts import DECODING_PARTS, GREEDY, SAMPLE
from core.parts import defaults
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
        longest_output: most units of an output, 0 for no such bound.
        draw: draw outputs at random so, instead of searching for the best.
        seed: of what is drawn; the same one draws the same.
    """

    beam: int = 4
    n_best: int = 1
    length_penalty: float | None = None
    coverage_penalty: float = 0.0
    longest_output: int = 0
    draw: SamplingOptions | None = None
    seed: int = 1

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
            longest_output=self.longest_output,
        )


DEFAULTS = TranslateOptions()


def options_of_system(system: Mapping[str, Any]) -> TranslateOptions:
    """The search that belongs to a composed system.

    Args:
        system: values of ``DECODING_PARTS`` by their names, as a receipt keeps them; what is
            missing, and all else in it, counts nothing.

    Raises:
        OptionError: a value makes no sense.
    """
    usual = defaults(DECODING_PARTS)
    found: dict[str, Any] = {name: system.get(name, value) for name, value in usual.items()}
    for part in DECODING_PARTS:
        part.check(found[part.name])
    longest = int(found["longest_output"])
    if found["search"] == SAMPLE:
        wanted = ("temperature", "top_k", "top_p")
        draw = SamplingOptions(**{name: found[name] for name in wanted}, longest_output=longest)
        return TranslateOptions(longest_output=longest, draw=draw)
    penalty = float(found["length_penalty"])
    return TranslateOptions(
        beam=1 if found["search"] == GREEDY else int(found["beam"]),
        length_penalty=None if penalty == usual["length_penalty"] else penalty,
        coverage_penalty=float(found["coverage_penalty"]),
        longest_output=longest,
    )
