"""Scores that tutorials use: the teaching BLEU, perplexity, token accuracy, exact match.

All but perplexity compare sequences of tokens: words, characters or ids, as the caller cuts them.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Sequence

from core.errors import InputError
from core.text.languages import is_spaced
from core.text.rule_tokenizers import PlainTokenizer
from core.text.units import CHARACTERS, SPACES

LONGEST = 2  # tokens of the n-grams that the teaching BLEU counts

Tokens = Sequence[Hashable]


def teaching_bleu(hypothesis: Tokens, reference: Tokens, longest: int = LONGEST) -> float:
    """BLEU of one output as tutorials compute it, from 0 to 1.

    ``exp(min(0, 1 - len_ref / len_hyp)) * prod(p_n ** (1 / 2 ** n) for n in 1..k)``

    where p_n is the share of the output's n-grams that the reference has, each as often as there
    (Zhang et al. 2023, "Dive into Deep Learning", section 10.7.6). It is no score to publish: long
    n-grams weigh less than in Papineni et al. 2002, and sentences are not gathered in a corpus.

    Args:
        hypothesis, reference: tokens.
        longest: k, at least 1.

    Returns:
        0 for an output that is empty or shorter than k.
    """
    if longest < 1:
        raise ValueError(f"longest must be at least 1, not {longest}")
    if len(hypothesis) < longest:
        return 0.0
    score = math.exp(min(0.0, 1 - len(reference) / len(hypothesis)))
    for size in range(1, longest + 1):
        found, wanted = _ngrams(hypothesis, size), _ngrams(reference, size)
        precision = (found & wanted).total() / found.total()
        score *= precision ** (0.5**size)
    return float(score)


def _ngrams(tokens: Tokens, size: int) -> Counter[tuple[Hashable, ...]]:
    return Counter(tuple(tokens[i : i + size]) for i in range(len(tokens) - size + 1))


def mean_teaching_bleu(
    hypotheses: Sequence[Tokens], references: Sequence[Tokens], longest: int = LONGEST
) -> float:
    """The mean of :func:`teaching_bleu` over outputs, 0 to 1.

    Raises:
        InputError: there is nothing to score, or the two differ in length.
    """
    _check(hypotheses, references)
    scores = map(teaching_bleu, hypotheses, references, [longest] * len(hypotheses))
    return sum(scores) / len(hypotheses)


def token_accuracy(hypotheses: Sequence[Tokens], references: Sequence[Tokens]) -> float:
    """The share of tokens, 0 to 1, that stand at the very place where the reference has them.

    A place is counted where either side has a token: what is missing or too much is wrong.

    Raises:
        InputError: there is nothing to score, or the two differ in length.
    """
    _check(hypotheses, references)
    right = places = 0
    for hypothesis, reference in zip(hypotheses, references, strict=True):
        right += sum(a == b for a, b in zip(hypothesis, reference, strict=False))
        places += max(len(hypothesis), len(reference))
    return right / places if places else 1.0


def exact_match(hypotheses: Sequence[str], references: Sequence[str]) -> float:
    """The share of texts, 0 to 1, that are the reference, however many blanks there are in a row.

    Raises:
        InputError: there is nothing to score, or the two differ in length.
    """
    return sum(exact_matches(hypotheses, references)) / len(hypotheses)


def exact_matches(hypotheses: Sequence[str], references: Sequence[str]) -> list[bool]:
    """Of each text whether it is the reference.

    Raises:
        InputError: there is nothing to score, or the two differ in length.
    """
    _check(hypotheses, references)
    pairs = zip(hypotheses, references, strict=True)
    return [hypothesis.split() == reference.split() for hypothesis, reference in pairs]


def perplexity(loss: float) -> float:
    """``exp(loss)``: among how many equally likely tokens the model wavers, 1 or more.

    Args:
        loss: mean cross-entropy per token, natural logarithm.

    Returns:
        Infinity where that is too much for a number.
    """
    try:
        return math.exp(loss)
    except OverflowError:
        return math.inf


def tokens_of(text: str, language: str, units: str) -> list[str]:
    """``text`` as scores of tokens count it.

    Args:
        text: an output or a reference.
        language: its code.
        units: what the model writes: characters are counted as such, what stands between blanks
            as that; of all else words and marks, in a language without blanks characters.
    """
    if units == SPACES:
        return text.split()
    if units == CHARACTERS:
        return list(" ".join(text.split()))
    found = PlainTokenizer(language).tokenize(text) if is_spaced(language) else list(text)
    return [token for token in found if not token.isspace()]


def _check(hypotheses: Sequence[object], references: Sequence[object]) -> None:
    if len(hypotheses) != len(references):
        raise InputError(
            f"there are {len(hypotheses)} outputs for {len(references)} references",
            remedy="Give a reference for every line.",
        )
    if not hypotheses:
        raise InputError("there is nothing to score", remedy="Give at least one line.")
