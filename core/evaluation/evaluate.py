"""A model's scores on a test set, alone or beside another's."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from core.cancel import CancelToken
from core.errors import InputError, OptionError
from core.evaluation.comparison import Estimate, compare
from core.evaluation.forced_loss import forced_loss
from core.evaluation.metrics import Scores, score
from core.evaluation.resampling import compare_means
from core.evaluation.token_scores import (
    exact_matches,
    mean_teaching_bleu,
    perplexity,
    token_accuracy,
    tokens_of,
)
from core.store.loading import Loaded
from core.translation.lines import translate_lines
from core.translation.translator import DEFAULTS, TranslateOptions, Translator


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Scores of a test set.

    Attributes:
        scores: BLEU and chrF of sacrebleu.
        teaching_bleu: mean of the tutorials' BLEU over lines, 0 to 1.
        token_accuracy, exact_match: shares, 0 to 1 (see :mod:`core.evaluation.token_scores`).
        translations: what the scores are of.
        seconds: that translating took.
    """

    scores: Scores
    teaching_bleu: float
    token_accuracy: float
    exact_match: float
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
    language, units = translator.target_language, translator.loaded.target_vocabulary.units
    outputs = [tokens_of(text, language, units) for text in translations]
    wanted = [tokens_of(text, language, units) for text in references]
    return Evaluation(
        scores=score(translations, references, language, units),
        teaching_bleu=mean_teaching_bleu(outputs, wanted),
        token_accuracy=token_accuracy(outputs, wanted),
        exact_match=sum(exact_matches(translations, references)) / len(references),
        translations=translations,
        seconds=seconds,
    )


def forced_perplexity(
    loaded: Loaded,
    sources: Sequence[str],
    references: Sequence[str],
    cancel: CancelToken | None = None,
) -> float:
    """The model's perplexity per unit of ``references``, 1 or more.

    Those of models with other vocabularies do not compare.

    Raises:
        InputError: no pair has two sides.
    """
    return perplexity(forced_loss(loaded, sources, references, cancel))


@dataclass(frozen=True, slots=True)
class Contest:
    """Two systems on the same lines: ``before`` is the other one's, ``after`` the first's."""

    bleu: Estimate
    chrf: Estimate
    exact_match: Estimate


def contest(
    sources: Sequence[str],
    references: Sequence[str],
    own: Evaluation,
    other: Evaluation,
    translator: Translator,
) -> Contest:
    """The paired bootstrap between two systems' translations of ``sources``.

    ``own`` are those of ``translator``, whose units BLEU counts.
    """
    units = translator.loaded.target_vocabulary.units
    found = compare(
        sources,
        references,
        other.translations,
        own.translations,
        translator.target_language,
        units=units,
    )
    matches = [exact_matches(one.translations, references) for one in (other, own)]
    return Contest(found.bleu, found.chrf, compare_means(*matches))


def require_same_languages(own: Translator, other: Translator) -> None:
    """Refuse to compare models of different languages.

    Raises:
        OptionError: they are.
    """
    pairs = [(one.source_language, one.target_language) for one in (own, other)]
    if pairs[0] != pairs[1]:
        shown = " and ".join(f"{source}-{target}" for source, target in pairs)
        raise OptionError(
            f"the models translate {shown}", remedy="Give --against a model of the same languages."
        )
