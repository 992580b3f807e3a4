"""A model's scores on a test set."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from core.cancel import CancelToken
from core.errors import InputError
from core.evaluation.metrics import Scores, score
from core.translation.lines import translate_lines
from core.translation.translator import DEFAULTS, TranslateOptions, Translator


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Scores, the translations they belong to, and the seconds that translating took."""

    scores: Scores
    translations: tuple[str, ...]
    seconds: float


def evaluate(
    translator: Translator,
    sources: Sequence[str],
    references: Sequence[str],
    options: TranslateOptions = DEFAULTS,
    cancel: CancelToken | None = None,
) -> Evaluation:
    """Translate ``sources`` and score the result against ``references``.

    Raises:
        InputError: the two differ in length, or there is nothing to score.
    """
    if not sources or len(sources) != len(references):
        raise InputError(
            f"there are {len(sources)} sources and {len(references)} references",
            remedy="Give one reference line to every source line, and at least one.",
        )
    begin = time.perf_counter()
    results = translate_lines(translator, sources, options, cancel)
    translations = tuple(result.translation for result in results)
    seconds = time.perf_counter() - begin
    scores = score(translations, references, translator.target_language)
    return Evaluation(scores, translations, seconds)
