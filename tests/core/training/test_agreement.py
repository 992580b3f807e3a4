"""How far the sides of pairs agree: planted misaligned pairs score low, true ones high."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest
from numpy.typing import NDArray

from core.training.corpus import Corpus
from core.training.recipe.agreement import MISALIGNED, PRIOR, Evidence, Judge
from core.training.recipe.lexicon import GRADES


def test_evidence_by_hand() -> None:
    counts = np.zeros((4, GRADES), np.int64)
    true, wrong = counts.copy(), counts.copy()
    true[2, 5], true[2, 0] = 900_000, 100_000
    wrong[2, 5], wrong[2, 0] = 100_000, 900_000
    true[3, 4] = wrong[3, 4] = 500_000  # a function word: found anywhere
    evidence = Evidence.of(true, wrong)
    ratio = math.log(0.905 / 0.105)
    assert evidence.ratios[2, [5, 0]] == pytest.approx([ratio, -ratio], abs=1e-3)
    assert evidence.ratios[3, 4] == pytest.approx(0, abs=1e-6)
    assert evidence.expected[2] == pytest.approx(0.8 * ratio, abs=1e-3)
    # Two content words, one with its translation, a function word and padding.
    (agreement,) = evidence.agreement(np.array([[2, 2, 3, 1]]), np.array([[5, 0, 4, 0]], np.uint8))
    assert agreement == pytest.approx(PRIOR / (2 * 0.8 * ratio + PRIOR), abs=1e-3)


FUNCTION, FIRST, WORDS = 4, 10, 300  # the translation of word n is n + WORDS


def made_up(count: int, seed: int) -> Corpus:
    """Sentences of words with their translations in another order, and function words."""
    rng = random.Random(seed)
    rows, links = [], []
    for _ in range(count):
        words = rng.sample(range(FIRST, FIRST + WORDS), rng.randint(4, 9))
        order = rng.sample(range(len(words)), len(words))
        target = [words[place] + WORDS for place in order]
        row = [(place, at) for at, place in enumerate(order)]
        source = [*words, *[FUNCTION] * 4]
        row += [(len(words) + i, len(target) + i) for i in range(3)]
        row += [(len(words) + 3, rng.randrange(len(words)))]
        rows.append((source, [*target, *[FUNCTION] * 3]))
        links.append(row)
    return Corpus.from_pairs(rows, links)


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return made_up(3000, seed=1)


@pytest.fixture(scope="module")
def judge(corpus: Corpus) -> Judge:
    return Judge(corpus, FIRST + WORDS, FIRST + 2 * WORDS)


def rows_of(corpus: Corpus) -> NDArray[np.int64]:
    return np.arange(len(corpus))


def test_planted_misaligned_pairs_score_low(corpus: Corpus, judge: Judge) -> None:
    rows = rows_of(corpus)
    true, wrong = judge.scores(rows, rows), judge.scores(rows, np.roll(rows, -1))
    assert (true > 180).all()
    assert np.mean(wrong < MISALIGNED) > 0.98
    assert int(true.min()) > int(wrong.max())


def test_a_target_of_which_half_is_missing_scores_lower(corpus: Corpus) -> None:
    rows = [corpus.pair(i) for i in range(200)]
    links = [corpus.pair_links(i) for i in range(200)]
    halves = [(s, t[: (len(t) - 3) // 2]) for s, t in rows]
    planted = Corpus.from_pairs([*rows, *halves], [*map(tuple, links), *[()] * 200])
    judge = Judge(planted, FIRST + WORDS, FIRST + 2 * WORDS)
    scores = judge.scores(*[rows_of(planted)] * 2).reshape(2, 200).astype(int)
    assert np.mean(scores[1] < scores[0] - 20) > 0.95


def test_a_score_does_not_depend_on_the_others(corpus: Corpus, judge: Judge) -> None:
    rows = rows_of(corpus)
    targets = np.random.default_rng(4).permutation(rows)
    scores = judge.scores(rows, targets)
    alone = [int(judge.scores(rows[i : i + 1], targets[i : i + 1])[0]) for i in range(0, 3000, 97)]
    # Padding changes in which order numbers are summed.
    assert np.abs(scores[::97].astype(int) - alone).max() <= 1


def test_both_directions_score_alike(corpus: Corpus, judge: Judge) -> None:
    rows = rows_of(corpus)
    other = Judge(corpus.flipped(), FIRST + 2 * WORDS, FIRST + WORDS)
    difference = other.scores(rows, rows).astype(int) - judge.scores(rows, rows)
    assert np.abs(difference).max() <= 12  # what is paired wrongly to learn from differs


def test_sentences_without_pieces_are_no_fault(judge: Judge) -> None:
    none = np.zeros(0, np.int64)
    assert judge.scores(none, none).shape == (0,)
    unlinked = Corpus.from_pairs([((), (5, 6)), ((), ())])
    assert Judge(unlinked, 9, 9).scores(np.arange(2), np.arange(2)).tolist() == [200, 200]
