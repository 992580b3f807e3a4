"""A lexicon of pieces learnt from links: chance and function words do not get in."""

from __future__ import annotations

import random
from collections import Counter

import numpy as np
import pytest

from core.training.corpus import Corpus
from core.training.recipe import lexicon
from core.training.recipe.lexicon import GRADES, learn_lexicon

Links = list[tuple[int, int]]


def corpus_of(links: Links) -> Corpus:
    """A pair of one piece each for every link."""
    return Corpus.from_pairs([((s,), (t,)) for s, t in links], [[(0, 0)]] * len(links))


def test_a_lexicon_by_hand() -> None:
    # 20 words linked 8 times to their translation: 8 of the 11 links of the target's.
    links = [(10 + i, 50 + i) for i in range(20) for _ in range(8)]
    # A function word linked 3 times to each: 60 of 231 links, so chance alone gives 60 * 11 / 231.
    links += [(5, 50 + i) for i in range(20) for _ in range(3)]
    links += [(30, 70)] * 2  # too seldom
    # One of 9 links of word 31, but the only translation of target 72.
    links += [(31, 71)] * 6 + [(31, 72)] * 3
    found = learn_lexicon(corpus_of(links), 40, 80)
    assert found[10, 50] == GRADES - 1
    assert (found[5] == 0).all()
    assert found[30, 70] == 0
    assert found[31, 72] == GRADES - 1
    assert (found > 0).sum() == 20 + 2


def test_grades_are_by_the_larger_relative_frequency() -> None:
    # Word 10 has 100 links, target 60 has 100: p = 0.05 both ways. Chance: 100 * 100 / 5195.
    links = [(10, 60)] * 5 + [(10, 90)] * 95 + [(20, 60)] * 95
    links += [(30 + i % 50, 100 + i % 50) for i in range(20_000)]
    found = learn_lexicon(corpus_of(links), 80, 150)
    assert found[10, 60] == 1 + 2  # 0.01 and 0.03 are reached
    assert found[10, 90] == GRADES - 1


def test_links_are_counted_in_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random(1)
    sides = [[rng.choices(range(4, 30), k=rng.randint(0, 6)) for _ in "st"] for _ in range(300)]
    links = [
        [(rng.randrange(len(s)), rng.randrange(len(t))) for _ in range(rng.randint(0, 5))]
        if s and t
        else []
        for s, t in sides
    ]
    pairs = Counter((s[i], t[j]) for (s, t), row in zip(sides, links, strict=True) for i, j in row)
    source, target = Counter[int](), Counter[int]()
    for (s, t), count in pairs.items():
        source[s] += count
        target[t] += count
    total = sum(pairs.values())
    good = {
        (s, t)
        for (s, t), n in pairs.items()
        if n >= 3 and n / total >= 4 * (source[s] / total) * (target[t] / total)
    }
    monkeypatch.setattr(lexicon, "_STEP", 7)
    corpus = Corpus.from_pairs(((s, t) for s, t in sides), links)
    assert set(map(tuple, np.argwhere(learn_lexicon(corpus, 30, 30)).tolist())) == good
    assert good
    assert not learn_lexicon(Corpus.from_pairs([((4,), (5,))]), 9, 9).any()
