"""The search in C finds what the search by steps finds, to the last bit, and says what it must."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest
import torch

from core.cancel import Cancelled, CancelToken
from core.decoding import beam_search as searching
from core.decoding.beam_search import beam_search
from core.decoding.constraints import Prefix
from core.decoding.hypothesis import Hypothesis
from core.decoding.native_search import limits_of, search_natively
from core.decoding.options import SearchOptions
from core.decoding.recording import SearchRecorder
from core.errors import BundleError
from core.model.inference import InferenceModel
from core.model.native import library
from core.model.native.library import Library
from core.text.vocab import EOS
from tests.core.model.compiled import RUNNABLE, laid_out, model_of, needs_code

from .toys import GruModel, pad

pytestmark = needs_code
SOURCES = [[4, 5, 6], [5], [6, 6, 4, 9, 5, 4, 10, 8], [8, 4, 4, 5], [7, 5], [4, 4, 9, 9, 5]]
OPTIONS: list[dict[str, Any]] = [
    {},
    {"beam": 1},
    {"beam": 2, "length_penalty": 0.0},
    {"beam": 3, "n_best": 3, "length_penalty": 1.3, "loop_copies": 0},
    {"beam": 5, "n_best": 2, "loop_copies": 2, "loop_span": 2},
    {"beam": 4, "n_best": 4, "loop_span": 3, "patience": float("inf")},
    {"beam": 3, "patience": 1.5, "allow_unknown": False},
    {"beam": 4, "min_length_ratio": 1.5, "max_length_ratio": 1.5, "max_length_offset": 0},
    {"beam": 4, "n_best": 4, "max_length_ratio": 0.0, "max_length_offset": 2},
    {"max_length_ratio": 0.0, "max_length_offset": 0},
]


def translator(kind: str, precision: str, **changes: object) -> InferenceModel:
    """A model that ends an output now and then, laid out for a kind of processor."""
    model = model_of(**{"alignment_head": 1, **changes})
    with torch.no_grad():
        model.decoder.bias[EOS] += 7.0  # type: ignore[operator, index]
    return laid_out(model, precision, Library(library.file_of(kind)))


def by_steps(
    model: InferenceModel, sources: list[list[int]], options: SearchOptions
) -> tuple[tuple[Hypothesis, ...], ...]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(searching, "search_natively", lambda *_: None)
        return beam_search(model, *pad(sources), options)


def natively(
    model: object, sources: list[list[int]], options: SearchOptions, cancel: Any = None
) -> tuple[tuple[Hypothesis, ...], ...] | None:
    ids, lengths = pad(sources)
    with torch.inference_mode():
        return search_natively(model, ids, lengths, lengths.tolist(), options, cancel)


def assert_same(
    found: tuple[tuple[Hypothesis, ...], ...] | None, wanted: tuple[tuple[Hypothesis, ...], ...]
) -> None:
    assert found == wanted  # ids, scores and log-probabilities, exactly
    for own, others in zip(found, wanted, strict=True):
        for one, other in zip(own, others, strict=True):
            np.testing.assert_array_equal(one.attention, other.attention)
            assert not one.attention.flags.writeable


@pytest.mark.parametrize("kind", RUNNABLE)
@pytest.mark.parametrize("options", OPTIONS)
def test_it_finds_what_the_search_by_steps_finds(kind: str, options: dict[str, Any]) -> None:
    model = translator(kind, "int8")
    wanted = SearchOptions(**options)
    fits = len(SOURCES) * wanted.beam <= model.native.most_rows  # type: ignore[union-attr]
    for sources in (SOURCES if fits else SOURCES[:3], SOURCES[2:3], SOURCES[1:2]):
        assert_same(natively(model, sources, wanted), by_steps(model, sources, wanted))


@pytest.mark.parametrize("kind", RUNNABLE)
@pytest.mark.parametrize(
    "changes", [{"decoder_layers": 1}, {"alignment_head": 0}, {"width": 48, "residual": False}]
)
def test_so_it_does_in_floats_and_other_shapes(kind: str, changes: dict[str, object]) -> None:
    model, options = translator(kind, "fp32", **changes), SearchOptions(beam=5, n_best=5)
    assert_same(natively(model, SOURCES[:3], options), by_steps(model, SOURCES[:3], options))


def test_the_mean_of_all_heads_is_kept_where_none_is_the_alignments() -> None:
    model, options = translator(RUNNABLE[0], "fp32", alignment_head=None), SearchOptions()
    found, wanted = natively(model, SOURCES[2:3], options), by_steps(model, SOURCES[2:3], options)
    assert found is not None and found[0][0].ids == wanted[0][0].ids
    np.testing.assert_allclose(found[0][0].attention, wanted[0][0].attention, rtol=1e-6)


@pytest.mark.parametrize("seed", range(120))
def test_so_it_does_by_chance(seed: int) -> None:
    """Options, sizes and ends drawn at random: what the cases above do not tell apart."""
    draw = np.random.default_rng(seed)
    vocabulary = int(draw.choice([4, 5, 9, 40, 299, 320]))
    model = model_of(alignment_head=1, target_vocabulary=vocabulary)
    with torch.no_grad():
        model.decoder.bias[EOS] += float(draw.uniform(-3, 9))  # type: ignore[operator, index]
    laid = laid_out(model, "int8", Library(library.file_of(RUNNABLE[seed % len(RUNNABLE)])))
    beam = int(draw.integers(1, 6 if seed % 3 else 14))
    options = SearchOptions(
        beam=beam, n_best=int(draw.integers(1, beam + 1)),
        length_penalty=float(draw.choice([0.0, 0.6, 1.0, 2.5])),
        patience=float(draw.choice([1.0, 1.5, 2.3, float("inf")])),
        loop_copies=int(draw.choice([0, 2, 3, 4])), loop_span=int(draw.choice([2, 5, 8, 20])),
        max_length_ratio=float(draw.choice([0.5, 1.5, 3.0])),
        max_length_offset=int(draw.integers(1, 9)), allow_unknown=bool(draw.integers(2)),
    )  # fmt: skip
    many = max(1, min(4, laid.native.most_rows // beam))  # type: ignore[union-attr]
    lengths = draw.integers(1, 12, size=int(draw.integers(1, many + 1)))
    sources = [draw.integers(4, 11, size=length).tolist() for length in lengths]
    if vocabulary == 4 and not options.allow_unknown:  # only the end can be said
        options = dataclasses.replace(options, min_length_ratio=0.0)
    assert_same(natively(laid, sources, options), by_steps(laid, sources, options))


@pytest.mark.parametrize("large", [2**31 - 1, 2**31, 2**62])
def test_numbers_too_large_for_the_code_mean_the_same(large: int) -> None:
    model = translator(RUNNABLE[0], "int8")
    for options in (SearchOptions(loop_span=large), SearchOptions(loop_copies=large)):
        found, wanted = (find(model, SOURCES[:2], options) for find in (natively, by_steps))
        assert_same(found, wanted or ())


def test_the_sentences_of_these_tests_end_loop_and_reach_their_longest() -> None:
    """Else the tests above would show little."""
    model = translator(RUNNABLE[0], "int8")
    sources, longest = SOURCES[2:3], SearchOptions().bounds(8)[1]
    ids = [found[0].ids for found in by_steps(model, SOURCES[:3], SearchOptions())]
    assert any(len(one) < longest for one in ids)
    free = by_steps(model, sources, SearchOptions(loop_copies=0, min_length_ratio=2))
    kept = by_steps(model, sources, SearchOptions(min_length_ratio=2))
    strict = by_steps(model, sources, SearchOptions(min_length_ratio=2, loop_copies=2, loop_span=2))
    assert len({free[0][0].ids, kept[0][0].ids, strict[0][0].ids}) == 3


def test_a_sentence_does_not_matter_to_others() -> None:
    model, options = translator(RUNNABLE[0], "int8"), SearchOptions(beam=2, n_best=2)
    together = natively(model, SOURCES, options)
    assert together is not None
    for source, found in zip(SOURCES, together, strict=True):
        (alone,) = natively(model, [source], options) or ()
        for one, other in zip(found, alone, strict=True):
            assert one.ids == other.ids and one.score == pytest.approx(other.score, abs=1e-4)


@pytest.mark.parametrize("helpers", [1, 2, 4])
def test_helpers_change_nothing(helpers: int) -> None:
    model, options = translator(RUNNABLE[0], "int8"), SearchOptions(beam=5, n_best=2)
    sources = SOURCES[:3]
    threads = torch.get_num_threads()
    wanted = natively(model, sources, options)
    try:
        torch.set_num_threads(helpers)
        for _ in range(20):
            assert wanted is not None
            assert_same(natively(model, sources, options), wanted)
    finally:
        torch.set_num_threads(threads)


def test_numbers_that_are_none_are_told() -> None:
    model = model_of()
    with torch.no_grad():
        model.decoder.bias[17] = torch.nan  # type: ignore[operator, index]
    laid = laid_out(model, "int8", Library(library.file_of(RUNNABLE[0])))
    with pytest.raises(BundleError, match="not numbers"):
        natively(laid, SOURCES[:2], SearchOptions())


def test_it_is_told_where_nothing_is_allowed() -> None:
    model = model_of()
    with torch.no_grad():
        model.decoder.bias[:] = -torch.inf  # type: ignore[operator, index]
        model.decoder.bias[:3] = 0.0  # type: ignore[operator, index]
    laid = laid_out(model, "fp32", Library(library.file_of(RUNNABLE[0])))
    with pytest.raises(BundleError, match="no allowed output"):
        natively(laid, SOURCES[:2], SearchOptions(allow_unknown=False))
    with pytest.raises(BundleError, match="no allowed output"):
        by_steps(laid, SOURCES[:2], SearchOptions(allow_unknown=False))


class CancelledAfter(CancelToken):
    """Cancelled when it was asked so many times."""

    def __init__(self, times: int) -> None:
        super().__init__()
        self.left = times

    def check(self) -> None:
        if self.left == 0:
            self.cancel()
        self.left -= 1
        super().check()


@pytest.mark.parametrize("times", [0, 1, 3])
def test_it_can_be_cancelled_before_every_piece(times: int) -> None:
    model, cancel = translator(RUNNABLE[0], "int8"), CancelledAfter(times)
    options = SearchOptions(min_length_ratio=2)
    with pytest.raises(Cancelled):
        natively(model, SOURCES[2:3], options, cancel)
    assert cancel.left == -1


def test_what_it_does_not_know_is_left_to_the_search_by_steps() -> None:
    model = translator(RUNNABLE[0], "int8")
    assert natively(model, SOURCES, SearchOptions(coverage_penalty=0.1)) is None
    assert natively(GruModel(0), SOURCES, SearchOptions()) is None  # type: ignore[call-arg]
    assert natively(laid_out(model_of(), "int8", None), SOURCES, SearchOptions()) is None
    endless = SearchOptions(max_length_ratio=1e9)
    assert limits_of([9], endless) is None and natively(model, [[4] * 9], endless) is None
    steep = SearchOptions(length_penalty=250.0)
    assert limits_of([120], steep) is None and limits_of([3], steep) is not None


def test_where_someone_looks_on_it_goes_by_steps() -> None:
    model, recorder = translator(RUNNABLE[0], "int8"), SearchRecorder()
    ids = pad(SOURCES[2:3])
    (found,) = beam_search(model, *ids, SearchOptions(), recorder=recorder)
    assert recorder.records and recorder.attention.shape[1] == 8
    (same,) = natively(model, SOURCES[2:3], SearchOptions()) or ()
    assert found == same
    ((begun,),) = beam_search(model, *ids, SearchOptions(), prefixes=[Prefix.of([42, 43])])
    assert begun.ids[:2] == (42, 43)
