"""Scores of whole translations against references: BLEU and chrF by sacrebleu, repetitions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.errors import InputError
from core.text.languages import CHINESE, HAN, HAN_PATTERN
from core.text.units import CHARACTERS, PIECES, SPACES

_BLEU_TOKENIZERS = {CHINESE: "zh"}
_BLEU_OF_UNITS = {CHARACTERS: "char", SPACES: "none"}
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_CHARACTER = re.compile(f"[{HAN}]|[^\\W_{HAN}]+")


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores of a corpus, both from 0 to 100, with sacrebleu's signatures to reproduce them."""

    bleu: float
    chrf: float
    bleu_signature: str
    chrf_signature: str
    sentences: int


def score(
    hypotheses: Sequence[str],
    references: Sequence[str],
    target_language: str,
    units: str = PIECES,
) -> Scores:
    """BLEU (Papineni et al. 2002) and chrF2 (Popović 2015) of ``hypotheses``, one reference each.

    BLEU is over sacrebleu's ``zh`` tokens (a Chinese character each) or ``13a`` words, by language;
    over characters, or over what stands between blanks, where these are a model's ``units``.

    Raises:
        InputError: there is nothing to score, or the two differ in length.
    """
    if len(hypotheses) != len(references):
        raise InputError(
            f"there are {len(hypotheses)} translations for {len(references)} references",
            remedy="Give a reference for every line.",
        )
    if not hypotheses:
        raise InputError("there is nothing to score", remedy="Give at least one line.")
    bleu, chrf = corpus_metrics(target_language, units)
    bleu_score = bleu.corpus_score(hypotheses, [references]).score
    chrf_score = chrf.corpus_score(hypotheses, [references]).score
    return Scores(
        bleu=bleu_score,
        chrf=chrf_score,
        bleu_signature=str(bleu.get_signature()),
        chrf_signature=str(chrf.get_signature()),
        sentences=len(hypotheses),
    )


def corpus_metrics(target_language: str, units: str = PIECES) -> tuple[Any, Any]:
    """sacrebleu's BLEU and chrF2 as they score translations into ``target_language``."""
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF

    by_language = _BLEU_TOKENIZERS.get(target_language, "13a")
    return BLEU(tokenize=_BLEU_OF_UNITS.get(units, by_language)), CHRF()


def sentence_chrf(hypotheses: Sequence[str], references: Sequence[str]) -> list[float]:
    """chrF2 of each sentence, from 0 to 100."""
    from sacrebleu.metrics.chrf import CHRF

    return _each(CHRF(), hypotheses, references)


def sentence_bleu(
    hypotheses: Sequence[str], references: Sequence[str], target_language: str
) -> list[float]:
    """BLEU of each sentence, from 0 to 100: only orders that it is long enough for count."""
    from sacrebleu.metrics.bleu import BLEU

    tokenizer = _BLEU_TOKENIZERS.get(target_language, "13a")
    return _each(BLEU(tokenize=tokenizer, effective_order=True), hypotheses, references)


def _each(metric: Any, hypotheses: Sequence[str], references: Sequence[str]) -> list[float]:
    """The score of every sentence by one of sacrebleu's metrics."""
    return [
        metric.sentence_score(hypothesis, [reference]).score
        for hypothesis, reference in zip(hypotheses, references, strict=True)
    ]


def repetition_rate(hypotheses: Sequence[str]) -> float:
    """The share of outputs, 0 to 1, that say some phrase three times in a row.

    A phrase is 1 to 4 words, or 2 to 8 characters where the output is Chinese; punctuation and
    case do not count.
    """
    if not hypotheses:
        return 0.0
    return sum(map(says_thrice, hypotheses)) / len(hypotheses)


def says_thrice(text: str) -> bool:
    """Whether ``text`` says some phrase three times in a row, see :func:`repetition_rate`."""
    if HAN_PATTERN.search(text):
        tokens, lengths = _CHARACTER.findall(text), range(2, 9)
    else:
        tokens, lengths = _WORD.findall(text.casefold()), range(1, 5)
    return any(_thrice(tokens, length) for length in lengths)


def _thrice(tokens: Sequence[str], length: int) -> bool:
    """Whether ``length`` tokens occur three times in a row: twice as many equal those behind."""
    run = 0
    for token, later in zip(tokens, tokens[length:], strict=False):
        run = run + 1 if token == later else 0
        if run == 2 * length:
            return True
    return False
