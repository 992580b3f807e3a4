"""What a search records, against a plain search that keeps everything it ranks."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pytest

from core.decoding.beam_search import beam_search
from core.decoding.options import SearchOptions
from core.decoding.recording import Fate, SearchRecorder
from core.text.vocab import EOS, SOS, UNK

from .toys import TableModel, pad

SOURCE = [6, 6, 4, 9, 5]


class Ranked(NamedTuple):
    """A continuation of the plain search."""

    ids: tuple[int, ...]
    total: float
    fate: str


def plain_search(
    model: TableModel, source: list[int], options: SearchOptions
) -> list[list[Ranked]]:
    """The ranking of every step: the best ``2 * beam``, what ended, what went on."""
    kind, longest = model.kind(source), options.bounds(len(source))[1]
    live: list[tuple[tuple[int, ...], float]] = [((), 0.0)]
    finished, steps = 0, []
    while live:
        grown = []
        for ids, total in live:
            state = 0
            for said in (SOS, *ids):
                state = model.hash(state, said)
            allowed = [EOS] if len(ids) == longest else [UNK, *range(EOS, model.log_probs.shape[2])]
            for token in allowed:
                grown.append(((*ids, token), total + float(model.log_probs[kind, state, token])))
        grown.sort(key=lambda item: -item[1])
        grown = grown[: 2 * options.beam]
        ended = [item for item in grown[: options.beam] if item[0][-1] == EOS]
        live = [item for item in grown if item[0][-1] != EOS][: options.beam]
        finished += len(ended)
        done = finished >= options.patience * options.beam
        live = [] if done else live
        steps.append([Ranked(*item, _fate(item, ended, live)) for item in grown])
    return steps


def _fate(item: Any, ended: list[Any], live: list[Any]) -> str:
    if item in ended:
        return "finished"
    if item in live:
        return "kept"
    return "pruned" if live or item[0][-1] == EOS else "left"


def record(model: Any, source: list[int], options: SearchOptions) -> tuple[SearchRecorder, Any]:
    recorder = SearchRecorder()
    [found] = beam_search(model, *pad([source]), options, recorder=recorder)
    return recorder, found


def said(recorder: SearchRecorder, index: int) -> tuple[int, ...]:
    return tuple(recorder.records[i].token for i in recorder.path(index))


# Without the bound on scores, which ends a search sooner, the plain search is the very same.
OPTIONS = [
    SearchOptions(beam=beam, n_best=beam, length_penalty=alpha, max_length_ratio=1, loop_copies=0)
    for beam, alpha in ((1, 0.0), (3, 0.8), (5, 1.5))
]


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("options", OPTIONS, ids=lambda options: f"beam {options.beam}")
def test_every_ranked_continuation_is_recorded(seed: int, options: SearchOptions) -> None:
    model = TableModel(seed, 12)
    recorder, _ = record(model, SOURCE, options)
    expected = plain_search(model, SOURCE, options)
    steps = max(r.step for r in recorder.records)
    assert steps == len(expected)
    for step, ranked in enumerate(expected, start=1):
        own = [i for i, r in enumerate(recorder.records) if r.step == step]
        assert len(own) <= 2 * options.beam
        assert [said(recorder, i) for i in own] == [r.ids for r in ranked]
        assert [recorder.records[i].fate.value for i in own] == [r.fate for r in ranked]
        totals = [recorder.records[i].total for i in own]
        assert totals == pytest.approx([r.total for r in ranked], abs=1e-5)
        scores = [recorder.records[i].score for i in own]
        penalty = ((5 + step) / 6) ** options.length_penalty  # Wu et al. 2016
        assert scores == pytest.approx([r.total / penalty for r in ranked], abs=1e-5)


@pytest.mark.parametrize("beta", [0.0, 0.4])
def test_the_winner_and_the_other_outputs_are_those_of_the_search(beta: float) -> None:
    model = TableModel(3, 12)
    options = SearchOptions(beam=4, n_best=4, coverage_penalty=beta, length_penalty=0.7)
    recorder, found = record(model, SOURCE, options)
    [same] = beam_search(TableModel(3, 12), *pad([SOURCE]), options)
    assert found == same  # to be recorded changes nothing
    order = sorted(recorder.finished, key=lambda i: -recorder.records[i].score)
    outputs = [(said(recorder, i)[:-1], recorder.records[i].score) for i in order[: len(found)]]
    assert outputs == [(hypothesis.ids, hypothesis.score) for hypothesis in found]
    assert said(recorder, recorder.winner)[:-1] == found[0].ids
    assert recorder.records[recorder.winner].total == found[0].log_probability
    assert recorder.records[recorder.winner].fate is Fate.FINISHED
    rows = [recorder.records[i].row for i in recorder.path(recorder.winner)[:-1]]
    assert np.array_equal(recorder.attention[rows], found[0].attention)


def test_only_one_sentence_can_be_recorded() -> None:
    with pytest.raises(ValueError, match="one sentence"):
        beam_search(TableModel(0, 9), *pad([[4], [5]]), SearchOptions(), recorder=SearchRecorder())
