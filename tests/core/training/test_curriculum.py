"""From easy to hard: competence by hand, which pairs take part, the same again after a break."""

from __future__ import annotations

from itertools import islice

import numpy as np
import pytest
import torch

from core.training.batching import Batch, BatchSource, Share
from core.training.corpus import Corpus
from core.training.curriculum import DRAWN, competence
from core.training.difficulty import difficulties
from core.training.hyperparameters import BatchOptions
from core.training.stream import BatchStream

RARE = 90


def corpus(count: int = 400) -> Corpus:
    """Sources of 1 to 20 pieces; target i tells which pair it is of (200 + i)."""
    random = np.random.default_rng(3)
    sources = [
        np.minimum(random.geometric(0.1, random.integers(1, 21)) + 3, RARE) for _ in range(count)
    ]
    return Corpus.from_pairs((source.tolist(), [200 + i]) for i, source in enumerate(sources))


def pairs_of(batch: Batch) -> list[int]:
    return [int(index) - 200 for index in batch.target_in[:, 1]]


def test_competence_is_that_of_the_paper() -> None:
    linear = BatchOptions(curriculum="linear", curriculum_share=0.5, competence=0.1)
    root = BatchOptions(curriculum="root", curriculum_share=0.5, competence=0.1)
    for t in np.linspace(0, 1, 21):
        assert competence(linear, t) == pytest.approx(min(1, t * 0.9 / 0.5 + 0.1))
        assert competence(root, t) == pytest.approx(min(1, np.sqrt(t * 0.99 / 0.5 + 0.01)))
        assert competence(BatchOptions(), t) == 1
    assert competence(root, 0) == pytest.approx(0.1)


def test_difficulties_by_hand() -> None:
    first = Corpus.from_pairs([([4, 4, 5], [9]), ([5], [9])])
    second = Corpus.from_pairs([([], [9]), ([4], [9])])
    lengths = difficulties([first, second], "length")
    assert [d.tolist() for d in lengths] == [[3, 1], [0, 1]]
    common, rare = -np.log(3 / 5), -np.log(2 / 5)
    rarity = difficulties([first, second], "rarity")
    np.testing.assert_allclose(rarity[0], [2 * common + rare, rare])
    np.testing.assert_allclose(rarity[1], [0, common], atol=1e-12)


@pytest.mark.parametrize("kind", ["length", "rarity"])
def test_the_easiest_come_first_and_all_in_the_end(kind: str) -> None:
    pairs = corpus()
    options = BatchOptions(
        tokens=100, curriculum="root", difficulty=kind, curriculum_share=0.5, competence=0.1
    )
    stream = BatchStream(BatchSource([Share(pairs)], options))
    hardness = difficulties([pairs], kind)[0]
    for progress in (0.0, 0.1, 0.3):
        stream.progress = lambda now=progress: now
        stream.position = type(stream.position)(stream.position.round + 1)
        seen = [i for batch in islice(stream, 4) for i in pairs_of(batch)]
        share = competence(options, progress)
        allowed = np.sort(hardness)[: int(np.ceil(share * len(pairs)))].max()
        assert hardness[seen].max() <= allowed < hardness.max()
        assert set(seen) <= set(np.flatnonzero(hardness <= allowed))
    stream.progress = lambda: 0.6
    stream.position = type(stream.position)(9)
    rounds = BatchSource([Share(pairs)], options).batches_in_round(9)
    seen = [i for batch in islice(stream, rounds) for i in pairs_of(batch)]
    assert sorted(seen) == list(range(len(pairs)))


def test_a_stream_goes_on_where_it_was_left_as_competence_grows() -> None:
    """The competence of a round is that at its beginning, also for whoever comes in later."""
    options = BatchOptions(
        tokens=100, curriculum="linear", curriculum_share=1.0, competence=0.05, join=0.2
    )
    source = BatchSource([Share(corpus())], options)
    total, taken = 60, 0

    def stream() -> BatchStream:
        made = BatchStream(source)
        made.progress = lambda: taken / total
        return made

    whole, wanted = stream(), []
    states = []
    batches = iter(whole)
    for step in range(total):
        taken = step
        states.append(whole.state())
        wanted.append(next(batches))
    assert len({state["competence"] for state in states}) > 4
    for start in (1, 7, 23, 40):
        other = stream()
        taken = start
        other.load_state(states[start])
        again = iter(other)
        for step in range(start, min(start + 15, total)):
            taken = step
            assert torch.equal(next(again).source, wanted[step].source)


def test_rounds_are_short_while_competence_grows() -> None:
    options = BatchOptions(tokens=100, curriculum="linear")
    source = BatchSource([Share(corpus(3000))], options)
    drawn = sum(len(batch.lengths) for _, _, batch in source.round(0, competence=0.9))
    assert drawn == DRAWN


# --- batches -------------------------------------------------------------------------------------


def test_batches_of_so_many_pairs() -> None:
    source = BatchSource([Share(corpus(103))], BatchOptions(pairs=10, tokens=5))
    sizes = [len(batch.lengths) for _, _, batch in source.round(0)]
    assert sorted(sizes) == [3] + 10 * [10]
    one = BatchSource([Share(corpus(20))], BatchOptions(pairs=1))
    assert [len(batch.lengths) for _, _, batch in one.round(0)] == 20 * [1]


def test_long_pairs_are_cut_and_go_on_behind_the_cut() -> None:
    pad, eos = 1, 3
    rows = [([7] * 9, [8] * 5), ([7] * 2, [8] * 3), ([7] * 3, [8] * 4), ([7] * 12, [8] * 2)]
    pairs = Corpus.from_pairs(rows, [[(0, 0), (8, 1)], [(1, 1)], [(1, 3)], [(11, 0)]])
    left_out = BatchSource([Share(pairs)], BatchOptions(pairs=4, max_length=4))
    assert [len(batch.lengths) for _, _, batch in left_out.round(0)] == [1]
    options = BatchOptions(pairs=4, max_length=4, truncate=True, join=1.0)
    ((_, _, batch),) = BatchSource([Share(pairs)], options).round(0)
    found = {
        (int(length), tuple(row[row != pad].tolist()))
        for length, row in zip(batch.lengths, batch.target_out, strict=True)
    }
    cut, ended = (8, 8, 8), (8, 8, 8, eos)
    assert found == {(4, cut), (2, ended), (3, cut), (4, (8, 8, eos))}
    assert batch.source.shape == (4, 4) and batch.target_in.shape == (4, 4)
    assert len(batch.links) == 2  # (0, 0) and (1, 1): the others point behind a cut
