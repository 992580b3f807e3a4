"""Prefix-constrained search against exhaustive search, and against the search without a prefix."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
import torch

from core.decoding.beam_search import beam_search
from core.decoding.constraints import Prefix
from core.decoding.hypothesis import Hypothesis
from core.decoding.options import SearchOptions
from core.text.vocab import EOS, PAD, UNK

from .test_beam_search import SOURCES, rank, walk
from .toys import GruModel, ScriptModel, TableModel, pad, peaked

Found = list[tuple[Hypothesis, ...]]


def search(model: Any, sources: list[list[int]], prefixes: list[Prefix], **options: Any) -> Found:
    return list(beam_search(model, *pad(sources), SearchOptions(**options), prefixes=prefixes))


def spells(prefix: Prefix, ids: tuple[int, ...]) -> bool:
    """Whether an output may begin with ``ids``: it leads through the whole prefix."""
    place = 0
    for token in (*ids, EOS):
        if place == len(prefix.moves):
            break
        if token not in prefix.moves[place]:
            return False
        place = prefix.moves[place][token]
    return place == len(prefix.moves)


SPELLED = Prefix.of([5]).then({4: 1, 6: 2}, {5: 2, 4: 2})  # 5 6, 5 4 5 or 5 4 4


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("prefix", [Prefix.of([6, 4]), Prefix.of([UNK]), SPELLED])
@pytest.mark.parametrize(("alpha", "beta"), [(0, 0), (1, 0.4)])
def test_a_wide_beam_finds_the_best_of_all_that_begin_so(
    seed: int, prefix: Prefix, alpha: float, beta: float
) -> None:
    model, longest = TableModel(seed, 7), 5
    words = [UNK, *range(EOS + 1, 7)]
    sources = SOURCES[:3]
    found = search(
        model,
        sources,
        [prefix] * 3,
        beam=5000,
        n_best=6,
        length_penalty=alpha,
        coverage_penalty=beta,
        max_length_ratio=0,
        max_length_offset=longest,
        loop_copies=0,
    )
    for source, hypotheses in zip(sources, found, strict=True):
        every = [ids for n in range(longest + 1) for ids in itertools.product(words, repeat=n)]
        fitting = [ids for ids in every if spells(prefix, ids)]
        scores = {ids: rank(model, source, ids, alpha, beta) for ids in fitting}
        best = sorted(fitting, key=lambda ids: -scores[ids])[:6]
        assert [hypothesis.ids for hypothesis in hypotheses] == best
        for hypothesis in hypotheses:
            assert hypothesis.score == pytest.approx(scores[hypothesis.ids], abs=1e-5)
            total, attention = walk(model, source, hypothesis.ids)
            assert hypothesis.log_probability == pytest.approx(total, abs=1e-4)
            np.testing.assert_allclose(hypothesis.attention, attention[:-1], atol=1e-5)


@pytest.mark.parametrize("seed", range(4))
def test_the_winners_own_beginning_gives_the_same_winner(seed: int) -> None:
    """True of greedy search; a beam may find a better one, which has more room to be found."""
    model = GruModel(seed)
    free = beam_search(model, *pad(SOURCES), SearchOptions(beam=1))
    for size in (0, 1, 3, 7):
        prefixes = [Prefix.of(winner.ids[:size]) for (winner,) in free]
        found = search(model, SOURCES, prefixes, beam=1)
        for (winner,), (again,) in zip(free, found, strict=True):
            assert again.ids == winner.ids
            assert again.score == pytest.approx(winner.score, abs=1e-4)
            assert again.token_log_probabilities == pytest.approx(
                winner.token_log_probabilities, abs=1e-4
            )
            np.testing.assert_allclose(again.attention, winner.attention, atol=1e-4)


def test_each_sentence_keeps_to_its_own_prefix() -> None:
    model = TableModel(3, 12)
    prefixes = [Prefix.of(ids) for ids in ([4, 5], [], [6], [7, 7, 7, 8], [4], [11, 10, 9])]
    together = search(model, SOURCES, prefixes, beam=3, n_best=2)
    for source, prefix, hypotheses in zip(SOURCES, prefixes, together, strict=True):
        [alone] = search(model, [source], [prefix], beam=3, n_best=2)
        assert [one.ids for one in hypotheses] == [one.ids for one in alone]
        assert all(spells(prefix, one.ids) for one in hypotheses)


def test_what_is_asked_for_may_loop_be_unknown_and_be_longer_than_allowed() -> None:
    prefix = Prefix.of([UNK, *[5] * 30])
    [(found,)] = search(TableModel(0, 9), [[4, 5]], [prefix], beam=2, allow_unknown=False)
    assert found.ids[:31] == (UNK, *[5] * 30)
    assert len(found.ids) <= 31 + 10  # the offset
    assert PAD not in found.ids


def test_nothing_more_is_computed_than_the_pieces_of_the_beginning() -> None:
    model = ScriptModel(lambda said, _step: peaked(8, 7 if len(said) < 4 else EOS))
    [(found,)] = search(model, [[4]], [Prefix.of([5, 6])], beam=1)
    assert found.ids == (5, 6, 7, 7)
    assert model.steps == 5


def test_a_prefix_that_leads_nowhere_is_refused() -> None:
    for moves in [({},), ({4: 0},), ({4: 2},)]:
        with pytest.raises(ValueError, match="leads nowhere"):
            Prefix(moves)


def test_a_search_without_prefixes_is_as_it_was() -> None:
    model = TableModel(1, 12)
    plain = beam_search(model, *pad(SOURCES), SearchOptions(beam=4))
    empty = search(model, SOURCES, [Prefix()] * len(SOURCES), beam=4)
    assert [[one.ids for one in each] for each in plain] == [[o.ids for o in e] for e in empty]
    assert torch.is_grad_enabled()
