"""The search against independent ones in NumPy, and what it promises of its outputs."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
import torch
from torch.utils._python_dispatch import TorchDispatchMode

from core.cancel import Cancelled, CancelToken
from core.decoding.beam_search import beam_search
from core.decoding.hypothesis import Hypothesis
from core.decoding.options import SearchOptions
from core.errors import BundleError
from core.text.vocab import EOS, PAD, SOS, UNK

from .toys import GruModel, ScriptModel, TableModel, pad, peaked

SOURCES = [[4, 5, 6], [5], [6, 6, 4, 9, 5, 4], [8, 4, 4, 5], [7, 5], [4, 4, 9]]


def search(model: Any, sources: list[list[int]], **options: Any) -> list[tuple[Hypothesis, ...]]:
    return list(beam_search(model, *pad(sources), SearchOptions(**options)))


def walk(model: TableModel, source: list[int], ids: tuple[int, ...]) -> tuple[float, np.ndarray]:
    """Log-probability of ``ids`` and the end, and the attention [T + 1, S] of every step."""
    kind, state, said, total, rows = model.kind(source), 0, SOS, 0.0, []
    for token in (*ids, EOS):
        state = model.hash(state, said)
        total += float(model.log_probs[kind, state, token])
        weights = np.exp(model.focus[kind, state, : len(source)].astype(np.float64))
        rows.append(weights / weights.sum())
        said = token
    return total, np.array(rows)


def rank(
    model: TableModel, source: list[int], ids: tuple[int, ...], alpha: float, beta: float
) -> float:
    """Equation 14 of Wu et al. 2016, written apart from the product's code."""
    total, attention = walk(model, source, ids)
    coverage = np.log(np.minimum(attention.sum(0), 1)).sum()
    return float(total * 6**alpha / (5 + len(ids) + 1) ** alpha + beta * coverage)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("alpha", "beta"), [(0, 0), (1, 0), (0.6, 0.4), (2, 2)])
def test_a_wide_beam_finds_what_exhaustive_search_finds(
    seed: int, alpha: float, beta: float
) -> None:
    model, longest = TableModel(seed, 7), 5
    words = [UNK, *range(EOS + 1, 7)]
    sources = SOURCES[:3]
    found = search(
        model,
        sources,
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
        scores = {ids: rank(model, source, ids, alpha, beta) for ids in every}
        best = sorted(every, key=lambda ids: -scores[ids])[:6]
        assert [hypothesis.ids for hypothesis in hypotheses] == best
        for hypothesis in hypotheses:
            assert hypothesis.score == pytest.approx(scores[hypothesis.ids], abs=1e-5)


def narrow_search(
    model: TableModel, source: list[int], options: SearchOptions
) -> list[tuple[float, tuple[int, ...]]]:
    """The beam search of the module's description, one hypothesis at a time."""
    kind, live, finished = model.kind(source), [((), 0.0)], []
    vocabulary = model.log_probs.shape[-1]
    longest = options.bounds(len(source))[1]
    while live:
        grown = []
        for ids, total in live:
            state = 0
            for said in (SOS, *ids):
                state = model.hash(state, said)
            allowed = [EOS] if len(ids) == longest else [UNK, *range(EOS, vocabulary)]
            for token in allowed:
                grown.append(((*ids, token), total + float(model.log_probs[kind, state, token])))
        grown.sort(key=lambda item: -item[1])
        for ids, _ in grown[: options.beam]:
            if ids[-1] == EOS:
                score = rank(
                    model, source, ids[:-1], options.length_penalty, options.coverage_penalty
                )
                finished.append((score, ids[:-1]))
        live = [item for item in grown if item[0][-1] != EOS][: options.beam]
        if len(finished) >= options.patience * options.beam:
            break
    return sorted(finished, key=lambda item: -item[0])[: options.n_best]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("beam", [1, 2, 3, 5])
@pytest.mark.parametrize("patience", [1, 2, float("inf")])
def test_narrow_beams_equal_a_plain_search_without_bound(
    seed: int, beam: int, patience: float
) -> None:
    model = TableModel(seed, 12)
    options = SearchOptions(
        beam=beam,
        n_best=min(beam, 2),
        patience=patience,
        length_penalty=0.8,
        coverage_penalty=0.3,
        loop_copies=0,
    )
    found = beam_search(model, *pad(SOURCES), options)
    for source, hypotheses in zip(SOURCES, found, strict=True):
        expected = narrow_search(model, source, options)
        assert [hypothesis.ids for hypothesis in hypotheses] == [ids for _, ids in expected]
        scores = [score for score, _ in expected]
        assert [hypothesis.score for hypothesis in hypotheses] == pytest.approx(scores, abs=1e-5)


@pytest.mark.parametrize("seed", range(5))
def test_greedy_is_the_chain_of_the_most_probable_pieces(seed: int) -> None:
    model = TableModel(seed, 20)
    found = search(model, SOURCES, beam=1, loop_copies=0)
    for source, (hypothesis,) in zip(SOURCES, found, strict=True):
        state, said, ids = 0, SOS, []
        longest = 2 * len(source) + 10
        while len(ids) < longest:
            state = model.hash(state, said)
            scores = model.log_probs[model.kind(source), state].copy()
            scores[[PAD, SOS]] = -np.inf
            said = int(scores.argmax())
            if said == EOS:
                break
            ids.append(said)
        assert hypothesis.ids == tuple(ids)
    # Rows move only when a sentence leaves and another stays.
    assert model.selects == len({len(hypothesis.ids) for (hypothesis,) in found}) - 1


def test_every_field_of_a_hypothesis_agrees_with_the_tables() -> None:
    model = TableModel(3, 12)
    for source, hypotheses in zip(
        SOURCES, search(model, SOURCES, beam=4, n_best=4, length_penalty=0), strict=True
    ):
        scores = [hypothesis.score for hypothesis in hypotheses]
        assert scores == sorted(scores, reverse=True)
        assert len({hypothesis.ids for hypothesis in hypotheses}) == len(hypotheses) == 4
        for hypothesis in hypotheses:
            total, attention = walk(model, source, hypothesis.ids)
            assert hypothesis.log_probability == pytest.approx(total, abs=1e-5)
            assert hypothesis.score == hypothesis.log_probability
            before = [walk(model, source, hypothesis.ids[:n])[1] for n in (0, 1)]
            assert len(before[0]) == 1
            np.testing.assert_allclose(hypothesis.attention, attention[:-1], atol=1e-6)
            assert hypothesis.attention.shape == (len(hypothesis.ids), len(source))
            assert not hypothesis.attention.flags.writeable
            logs = hypothesis.token_log_probabilities
            assert len(logs) == len(hypothesis.ids)
            assert sum(logs) > hypothesis.log_probability


def same(one: tuple[Hypothesis, ...], other: tuple[Hypothesis, ...]) -> None:
    assert [hypothesis.ids for hypothesis in one] == [hypothesis.ids for hypothesis in other]
    for left, right in zip(one, other, strict=True):
        assert left.score == pytest.approx(right.score, abs=1e-4)
        np.testing.assert_allclose(left.attention, right.attention, atol=1e-5)


@pytest.mark.parametrize("beam", [1, 2, 4, 7])
@pytest.mark.parametrize("seed", range(3))
def test_a_batch_equals_one_by_one(beam: int, seed: int) -> None:
    options = SearchOptions(beam=beam, n_best=beam, coverage_penalty=0.2, min_length_ratio=0.5)
    for model in (TableModel(seed, 12, width=11), GruModel(seed)):
        together = beam_search(model, *pad(SOURCES), options)
        for source, hypotheses in zip(SOURCES, together, strict=True):
            same(hypotheses, beam_search(model, *pad([source]), options)[0])
            ids, lengths = pad([source, [9] * 11])
            same(hypotheses, beam_search(model, ids, lengths, options)[0])


def test_what_stands_on_padding_does_not_matter() -> None:
    options = SearchOptions(beam=3, coverage_penalty=0.5)
    for ones, others in zip(
        beam_search(GruModel(1), *pad(SOURCES, filler=PAD), options),
        beam_search(GruModel(1), *pad(SOURCES, filler=9), options),
        strict=True,
    ):
        same(ones, others)


def test_sentences_with_fewer_hypotheses_than_others() -> None:
    model = TableModel(5, 12)
    model.log_probs[0, :, 6:] = -np.inf  # sources of this kind can say three pieces
    model.log_probs[1, :4, 5:] = -np.inf
    options = SearchOptions(beam=9, n_best=9, coverage_penalty=0.2, loop_span=2)
    together = beam_search(model, *pad(SOURCES), options)
    for source, hypotheses in zip(SOURCES, together, strict=True):
        same(hypotheses, beam_search(model, *pad([source]), options)[0])


def test_equal_scores_fall_to_the_lower_hypothesis_and_piece() -> None:
    model = ScriptModel(lambda said, step: [0.0] * 300)  # all pieces alike, always
    (hypotheses,) = search(model, [[4]], beam=4, n_best=4, length_penalty=0)
    assert [hypothesis.ids for hypothesis in hypotheses] == [(), (0,), (0, 0), (0, 0, 0)]


LOOP = (4, 5, 6)


def looping(said: list[int], step: int) -> list[float]:
    """A model that says 7, then 4 5 6 without end, and 8 then the end where it may not."""
    if said and said[-1] == 8:
        return peaked(10, EOS, (EOS, 8.0))
    piece = 7 if not said else LOOP[(step - 1) % 3]
    return peaked(10, piece, (8, 4.0))


@pytest.mark.parametrize("beam", [1, 4])
def test_a_phrase_is_not_said_three_times_in_a_row(beam: int) -> None:
    ((free,),) = search(ScriptModel(looping), [[4] * 6], beam=1, loop_copies=0)
    assert free.ids == (7, *(LOOP * 8)[:21])  # the longest output: the model does loop
    ((guarded,),) = search(ScriptModel(looping), [[4] * 6], beam=beam, length_penalty=0)
    assert guarded.ids[-1] == 8
    text = " ".join(map(str, guarded.ids))
    assert "4 5 6 4 5 6 4 5 6" not in text


def test_greedy_breaks_the_loop_at_its_last_piece() -> None:
    ((guarded,),) = search(ScriptModel(looping), [[4] * 6], beam=1)
    assert guarded.ids == (7, *LOOP, *LOOP, 4, 5, 8)


@pytest.mark.parametrize(
    "said", [(4, 5, 5, 6), (4, 5, 5, 5, 6), (4, 5, 4, 5, 6), (9, 4, 5, 6, 4, 5, 6, 7)]
)
def test_lawful_repetition_survives(said: tuple[int, ...]) -> None:
    model = ScriptModel(lambda _, step: peaked(10, (*said, EOS)[step]))
    ((hypothesis,),) = search(model, [[4] * 4], beam=2)
    assert hypothesis.ids == said


def test_outputs_keep_to_the_shortest_and_longest_length() -> None:
    hasty = ScriptModel(lambda said, step: peaked(6, EOS, (EOS, 8.0)))
    endless = ScriptModel(lambda said, step: peaked(60, 4 + step))
    for source in ([4], [4] * 3, [4] * 10):
        ((short,),) = search(hasty, [source], min_length_ratio=0.7, loop_copies=0)
        assert len(short.ids) == int(0.7 * len(source))
        ((long,),) = search(
            endless, [source], max_length_ratio=1.5, max_length_offset=2, length_penalty=0
        )
        assert long.ids == tuple(range(4, 4 + int(1.5 * len(source)) + 2))


def test_specials_are_never_produced_and_unknown_only_when_allowed() -> None:
    def rule(said: list[int], step: int) -> list[float]:
        return [5.0, 9.0, 9.0, 0.0 if step < 3 else 20.0, 1.0, 0.0]

    ((free,),) = search(ScriptModel(rule), [[4, 4]], beam=1)
    assert free.ids == (UNK, UNK, UNK)
    ((known,),) = search(ScriptModel(rule), [[4, 4]], beam=1, allow_unknown=False)
    assert known.ids == (4, 4, 4)


def test_the_search_stops_when_the_bound_allows() -> None:
    def rule(said: list[int], step: int) -> list[float]:
        return peaked(10, EOS if step == 2 else 4 + step, (EOS, 8.0 if step == 2 else -8.0))

    model = ScriptModel(rule)
    search(model, [[4] * 100], beam=4, length_penalty=0, patience=float("inf"))
    assert model.steps == 3


def test_the_search_goes_on_while_a_longer_output_can_win() -> None:
    def rule(said: list[int], step: int) -> list[float]:
        if step == 0:  # ends at once with probability 0.5, goes on with 0.4
            return [-99.0, -99.0, -99.0, float(np.log(0.5)), float(np.log(0.4)), -2.4]
        return peaked(6, 4) if step < 12 else peaked(6, EOS, (EOS, 8.0))

    ((hypothesis,),) = search(ScriptModel(rule), [[4] * 5], beam=2, length_penalty=1, loop_copies=0)
    assert hypothesis.ids == (4,) * 12


def test_cancelling_stops_before_the_next_step() -> None:
    cancel = CancelToken()

    def rule(said: list[int], step: int) -> list[float]:
        if step == 3:
            cancel.cancel()
        return peaked(60, 4 + step)

    model = ScriptModel(rule)
    with pytest.raises(Cancelled):
        beam_search(model, *pad([[4] * 9]), SearchOptions(), cancel)
    assert model.steps == 4


@pytest.mark.parametrize("beam", [1, 4])
@pytest.mark.parametrize("bad", [float("nan"), float("inf")])
def test_numbers_that_are_none_raise(beam: int, bad: float) -> None:
    def rule(said: list[int], step: int) -> list[float]:
        return peaked(12, 5, (7, bad if step == 2 else 1.0))

    with pytest.raises(BundleError, match="not numbers"):
        search(ScriptModel(rule), [[4] * 5, [5]], beam=beam)


def test_a_model_that_allows_nothing_raises() -> None:
    def rule(said: list[int], step: int) -> list[float]:
        return [-float("inf"), 0.0, 0.0, *[-float("inf")] * 3]  # only padding and start

    with pytest.raises(BundleError, match="no allowed output"):
        search(ScriptModel(rule), [[4]])


def test_batches_without_sentences_or_with_wrong_shapes() -> None:
    model, options = TableModel(0, 8), SearchOptions()
    none = torch.zeros(0, dtype=torch.int64)
    assert beam_search(model, none.view(0, 0), none, options) == ()
    for ids, lengths in (([[4, 5]], [3]), ([[4, 5]], [0]), ([[4, 5]], [1, 1]), ([4, 5], [1, 1])):
        with pytest.raises(ValueError, match="lengths"):
            beam_search(model, torch.tensor(ids), torch.tensor(lengths), options)


class _Count(TorchDispatchMode):
    """Counts the operations that are carried out."""

    operations = 0

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        self.operations += 1
        return func(*args, **(kwargs or {}))


@pytest.mark.parametrize("beam", [2, 8])
def test_a_step_costs_few_operations(beam: int) -> None:
    """What the search adds to the model's own step stays small, whatever the beam."""
    random = np.random.default_rng(0)
    logits = random.normal(size=(50, 60)).astype(np.float32)
    logits[:, EOS] = -90
    ready = torch.from_numpy(logits).log_softmax(-1)

    class Ready(TableModel):
        """All rows of a step predict the same; two selections are its only operations."""

        def decode_step(self, tokens: Any, state: Any, memory: Any) -> Any:
            self.steps += 1
            rows = [self.steps % 50] * len(tokens)
            return ready[rows], state, memory.blank.expand(len(tokens), -1)

    model = Ready(0, 60)
    with _Count() as count:
        search(model, [[4] * 5], beam=beam, max_length_ratio=6)
    assert model.steps == 41
    assert count.operations / model.steps < 46  # views and conversions counted
