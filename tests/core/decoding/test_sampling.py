"""Sampling, by statistics on known distributions."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pytest
import torch

from core.cancel import Cancelled, CancelToken
from core.decoding.beam_search import beam_search
from core.decoding.options import SamplingOptions, SearchOptions
from core.decoding.sampling import sample, sampling_distribution
from core.errors import BundleError
from core.text.vocab import EOS, UNK

from .toys import GruModel, ScriptModel, TableModel, pad, peaked

PROBABILITIES = np.array([0.05, 0.0, 0.0, 0.1, 0.4, 0.25, 0.15, 0.05])
DRAWS = 4000


def fixed(said: list[int], step: int) -> list[float]:
    """The same distribution at every step; padding and start would be likely."""
    logits: list[float] = np.log(np.maximum(PROBABILITIES, 1e-30)).tolist()
    logits[1] = logits[2] = 3.0
    return logits


def draw(model: Any, sources: list[list[int]], seed: int = 0, **options: Any) -> Any:
    generator = torch.Generator().manual_seed(seed)
    return sample(model, *pad(sources), SamplingOptions(**options), generator)


def expected(temperature: float, top_k: int, top_p: float) -> np.ndarray:
    """The filtered distribution, item by item."""
    heated = PROBABILITIES ** (1 / temperature)
    heated /= heated.sum()
    order = sorted(range(len(heated)), key=lambda piece: (-heated[piece], piece))
    kept = order[: top_k or None]
    mass, nucleus = 0.0, []
    for piece in kept:
        if mass >= top_p:
            break
        nucleus.append(piece)
        mass += heated[piece] / heated[kept].sum()
    result = np.zeros(len(heated))
    result[nucleus] = heated[nucleus] / heated[nucleus].sum()
    return result


FILTERS = [(1.0, 0, 1.0), (0.5, 0, 1.0), (2.0, 0, 1.0), (1.0, 3, 1.0), (1.0, 0, 0.6), (1.5, 4, 0.8)]


@pytest.mark.parametrize(("temperature", "top_k", "top_p"), FILTERS)
def test_first_pieces_follow_the_filtered_distribution(
    temperature: float, top_k: int, top_p: float
) -> None:
    outputs = draw(
        ScriptModel(fixed),
        [[4]] * DRAWS,
        temperature=temperature,
        top_k=top_k,
        top_p=top_p,
        max_length_ratio=1,
        max_length_offset=0,
    )
    counts = Counter(output.ids[0] if output.ids else EOS for output in outputs)
    wanted = expected(temperature, top_k, top_p)
    for piece, probability in enumerate(wanted):
        error = 4.5 * np.sqrt(probability * (1 - probability) / DRAWS)
        assert abs(counts[piece] / DRAWS - probability) <= error, piece


@pytest.mark.parametrize(("temperature", "top_k", "top_p"), FILTERS)
def test_the_filters_give_the_distribution_itself(
    temperature: float, top_k: int, top_p: float
) -> None:
    options = SamplingOptions(temperature=temperature, top_k=top_k, top_p=top_p)
    logs = torch.from_numpy(PROBABILITIES).log().repeat(2, 1)
    for row in sampling_distribution(logs, options).numpy():
        np.testing.assert_allclose(row, expected(temperature, top_k, top_p), atol=1e-6)


def test_a_later_piece_depends_on_the_earlier_one() -> None:
    def rule(said: list[int], step: int) -> list[float]:
        if step == 0:
            return [0.0] + [-99.0] * 3 + [0.0, 0.0]  # 0, 4 or 5
        return peaked(6, said[-1]) if step == 1 else peaked(6, EOS, (EOS, 99.0))

    outputs = draw(ScriptModel(rule), [[4]] * 300, temperature=0.2)
    assert {output.ids for output in outputs} == {(0, 0), (4, 4), (5, 5)}


def test_the_coldest_sampling_is_greedy_search() -> None:
    for model in (TableModel(2, 20), GruModel(4)):
        sources = [[4, 5, 6], [5], [6, 6, 4, 9], [7, 5]]
        options = SearchOptions(beam=1, loop_copies=0)
        greedy = beam_search(model, *pad(sources), options)
        for (found,), drawn in zip(greedy, draw(model, sources, top_k=1), strict=True):
            assert drawn.ids == found.ids
            assert drawn.log_probability == pytest.approx(found.log_probability, abs=1e-4)
            assert drawn.score == drawn.log_probability
            logs = found.token_log_probabilities
            assert drawn.token_log_probabilities == pytest.approx(logs, abs=1e-5)
            np.testing.assert_allclose(drawn.attention, found.attention, atol=1e-5)


def test_the_generator_alone_decides() -> None:
    model, sources = TableModel(1, 30), [[4, 5], [6], [7, 7, 7]]
    torch.manual_seed(1)
    first = draw(model, sources, seed=5)
    torch.manual_seed(2)
    assert draw(model, sources, seed=5) == first
    assert draw(model, sources, seed=6) != first


def test_outputs_keep_to_lengths_and_allowed_pieces() -> None:
    outputs = draw(
        ScriptModel(fixed),
        [[4] * 4] * 200,
        min_length_ratio=0.5,
        max_length_ratio=1,
        max_length_offset=1,
        allow_unknown=False,
    )
    lengths = Counter(len(output.ids) for output in outputs)
    assert set(lengths) == {2, 3, 4, 5}
    assert {piece for output in outputs for piece in output.ids} == {4, 5, 6, 7}
    assert any(UNK in output.ids for output in draw(ScriptModel(fixed), [[4] * 4] * 50))


@pytest.mark.parametrize("bad", [float("nan"), float("inf")])
def test_numbers_that_are_none_raise(bad: float) -> None:
    model = ScriptModel(lambda said, step: peaked(8, 5, (6, bad if step == 1 else 0.0)))
    with pytest.raises(BundleError, match="no number"):
        draw(model, [[4], [5, 5]])


def test_cancelling_and_an_empty_batch() -> None:
    cancel, generator = CancelToken(), torch.Generator()
    cancel.cancel()
    model, options = TableModel(0, 8), SamplingOptions()
    with pytest.raises(Cancelled):
        sample(model, *pad([[4]]), options, generator, cancel)
    assert model.steps == 0
    none = torch.zeros(0, dtype=torch.int64)
    assert sample(model, none.view(0, 0), none, options, generator) == ()
