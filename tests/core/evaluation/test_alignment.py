"""Alignment scores against cases worked by hand and the formula in sets."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InputError
from core.evaluation.alignment import (
    Annotation,
    LinkRule,
    Links,
    agreement,
    combine,
    links_of,
    score_alignment,
    turned,
)


def links(*pairs: tuple[int, int]) -> Links:
    return frozenset(pairs)


def test_error_rate_worked_by_hand() -> None:
    # 他 吃 了 一个 苹果 / He ate an apple: S = he, ate, an, apple; P adds 了-ate and 苹果-an.
    gold = Annotation(sure=links((0, 0), (1, 1), (3, 2), (4, 3)), possible=links((2, 1), (4, 2)))
    # Right: he, apple; merely possible: 了-ate, 苹果-an; wrong: 一个-apple.
    found = links((0, 0), (2, 1), (4, 2), (4, 3), (3, 3))
    scores = score_alignment([found], [gold])
    assert scores.precision == pytest.approx(100 * 4 / 5)
    assert scores.recall == pytest.approx(100 * 2 / 4)
    assert scores.f1 == pytest.approx(100 * 2 * 0.8 * 0.5 / 1.3)
    assert scores.error_rate == pytest.approx(100 * (1 - (2 + 4) / (5 + 4)))
    assert (scores.links, scores.sure, scores.possible, scores.sentences) == (5, 4, 6, 1)


CELLS = list(itertools.product(range(3), range(4)))
SOME = st.frozensets(st.sampled_from(CELLS))
CORPUS = st.lists(st.tuples(SOME, SOME, SOME), min_size=1, max_size=4)


@given(CORPUS)
def test_error_rate_is_the_formula_in_sets(corpus: list[tuple[Links, Links, Links]]) -> None:
    def whole(column: int) -> set[tuple[int, tuple[int, int]]]:
        return {(number, link) for number, row in enumerate(corpus) for link in row[column]}

    a, s, p = whole(0), whole(1), whole(1) | whole(2)
    found = [row[0] for row in corpus]
    gold = [Annotation(row[1], row[2]) for row in corpus]
    if not a and not s:
        with pytest.raises(InputError, match="no links"):
            score_alignment(found, gold)
        return
    scores = score_alignment(found, gold)
    wanted = 1 - (len(a & s) + len(a & p)) / (len(a) + len(s))
    assert scores.error_rate == pytest.approx(100 * wanted)
    assert scores.precision == pytest.approx(100 * len(a & p) / len(a) if a else 0)
    assert scores.recall == pytest.approx(100 * len(a & s) / len(s) if s else 0)
    both = [scores.precision, scores.recall]
    assert min(both) - 1e-9 <= scores.f1 <= max(both) + 1e-9


@given(CORPUS)
def test_the_direction_does_not_matter(corpus: list[tuple[Links, Links, Links]]) -> None:
    found = [row[0] | {(0, 0)} for row in corpus]
    gold = [Annotation(row[1], row[2]) for row in corpus]
    assert score_alignment(found, gold) == score_alignment(
        [turned(one) for one in found], [one.turned() for one in gold]
    )


def test_between_sure_and_possible_there_is_no_error() -> None:
    gold = Annotation(sure=links((0, 0)), possible=links((1, 1)))
    for found in (links((0, 0)), links((0, 0), (1, 1))):
        assert score_alignment([found], [gold]).error_rate == 0
    assert score_alignment([links()], [gold]).error_rate == 100
    assert score_alignment([links((2, 2))], [gold]).error_rate == 100


def test_two_passes_as_one() -> None:
    first = Annotation(sure=links((0, 0), (1, 1)), possible=links((2, 1)))
    second = Annotation(sure=links((0, 0), (2, 1)), possible=links((3, 3)))
    gold = combine([first, second])
    assert gold.sure == links((0, 0))
    assert gold.possible == links((0, 0), (1, 1), (2, 1), (3, 3))


def test_agreement_worked_by_hand() -> None:
    first = [Annotation(links((0, 0), (1, 1)), links((2, 1))), Annotation(links((0, 0)), links())]
    second = [Annotation(links((0, 0)), links((1, 1))), Annotation(links(), links((0, 0)))]
    found = agreement(first, second)
    assert found.sure == pytest.approx(100 * 2 * 1 / (3 + 1))
    assert found.possible == pytest.approx(100 * 2 * 3 / (4 + 3))
    assert agreement(second, first) == found
    nothing = [Annotation(links(), links())]
    for same in (first, nothing):
        assert (agreement(same, same).sure, agreement(same, same).possible) == (100, 100)


def test_the_strongest_source_word_of_each_target_word() -> None:
    rows = np.random.default_rng(0).dirichlet([0.3] * 5, size=40)
    wanted = {(int(row.argmax()), t) for t, row in enumerate(rows) if row.max() >= 0.6}
    assert 0 < len(wanted) < 40
    assert links_of(rows.tolist(), LinkRule(0.6)) == wanted


def test_source_words_choose_too_where_they_are_asked() -> None:
    rows = np.random.default_rng(1).dirichlet([0.3] * 5, size=8) * 0.9
    rule = LinkRule(0.5, 0.2)
    ahead = {(int(row.argmax()), t) for t, row in enumerate(rows) if row.max() >= 0.5}
    behind = {(s, int(column.argmax())) for s, column in enumerate(rows.T) if column.max() >= 0.2}
    assert behind - ahead and ahead - behind
    assert links_of(rows.tolist(), rule) == ahead | behind
    # 一个 / an apple: the one Chinese word belongs to both, and so does each English one to it.
    assert links_of(((0.6,), (0.3,)), LinkRule(0.25, 0.1)) == links((0, 0), (0, 1))
    assert links_of(((0.6, 0.1),), LinkRule(0.25, 0.1)) == links((0, 0), (1, 0))
    assert links_of(((0.6, 0.1),), LinkRule(0.25)) == links((0, 0))


def test_ties_empty_rows_and_weights_at_the_threshold() -> None:
    rows = ((0.5, 0.5), (0.0, 0.0), (0.2, 0.3))
    assert links_of(rows, LinkRule()) == links((0, 0), (1, 2))
    assert links_of(rows, LinkRule(0.5)) == links((0, 0))
    assert links_of(rows, LinkRule(1.0, 0.0)) == links((0, 0), (1, 0))
    for nothing in ((), ((), ())):
        assert links_of(nothing, LinkRule(0.0, 0.0)) == links()


def test_corpora_of_different_lengths_are_told() -> None:
    one = Annotation(links((0, 0)), links())
    with pytest.raises(InputError, match="of 2 and of 1 pairs"):
        score_alignment([links(), links()], [one])
    with pytest.raises(InputError, match="of 1 and of 2 pairs"):
        agreement([one], [one, one])
