"""Batches: every pair in its share, padding by hand, the same again from any place."""

from __future__ import annotations

from collections import Counter
from itertools import islice, takewhile
from typing import Any

import numpy as np
import pytest
import torch

from core.errors import TrainingError
from core.text.vocab import EOS, PAD, SOS, UNK
from core.training.batching import Batch, BatchSource, Share, collate
from core.training.corpus import Corpus
from core.training.examples import TAG, Forms
from core.training.hyperparameters import BatchOptions

STOP = 9


def corpus(first: int, count: int, *, links: bool = False) -> Corpus:
    """Pairs that say who they are: source and target repeat an id of their own."""
    lengths = [(1 + i % 7, 1 + i % 5) for i in range(count)]
    pairs = [((first + i,) * s, (first + i,) * t) for i, (s, t) in enumerate(lengths)]
    ends = [[(s - 1, t - 1)] for s, t in lengths]  # the last pieces are linked
    return Corpus.from_pairs(pairs, ends if links else None)


def one_round(source: BatchSource, number: int = 0) -> list[Batch]:
    stream = takewhile(lambda item: item[0] == number, source.batches(number))
    return [batch for _, _, batch in stream]


def rows(batches: list[Batch]) -> list[tuple[list[int], list[int]]]:
    """Source and target ids of every example, padding and ends taken off."""
    found = []
    for batch in batches:
        for source, length, target in zip(
            batch.source, batch.lengths, batch.target_out, strict=True
        ):
            ids = target.tolist()
            found.append((source[:length].tolist(), ids[: ids.index(EOS)]))
    return found


def same(one: Batch, other: Batch) -> bool:
    return all(
        torch.equal(getattr(one, name), getattr(other, name))
        for name in one.__annotations__
        if name != "replayed"
    )


# --- padding -------------------------------------------------------------------------------------


def test_a_batch_by_hand() -> None:
    def array(*values: Any) -> Any:
        return np.array(values, np.int64)

    batch = collate(
        [
            (array(10, 11, 12), array(20, 21), array((0, 1), (2, 1), (1, 0))),
            (array(13), array(22, 23, 24), np.zeros((0, 2), np.int64)),
        ]
    )
    assert batch.source.tolist() == [[10, 11, 12], [13, PAD, PAD]]
    assert batch.lengths.tolist() == [3, 1]
    assert batch.target_in.tolist() == [[SOS, 20, 21, PAD], [SOS, 22, 23, 24]]
    assert batch.target_out.tolist() == [[20, 21, EOS, PAD], [22, 23, 24, EOS]]
    assert batch.target_tokens == 7
    # Piece 20 (t 0) is linked to 11 (s 1); 21 (t 1) to 10 and 12, half each.
    attention = torch.zeros(2, 4, 3)
    attention.view(-1)[batch.links] = batch.link_shares
    assert attention[0].tolist() == [[0, 1, 0], [0.5, 0, 0.5], [0, 0, 0], [0, 0, 0]]
    assert not attention[1].any()


def test_links_point_at_their_places_in_every_batch() -> None:
    source = BatchSource([Share(corpus(100, 60, links=True))], BatchOptions(tokens=40))
    for batch in one_round(source):
        attention = torch.zeros(*batch.target_out.shape, batch.source.shape[1])
        attention.view(-1)[batch.links] = batch.link_shares
        for row, length, target in zip(attention, batch.lengths, batch.target_out, strict=True):
            last = target.tolist().index(EOS) - 1
            assert row.nonzero().tolist() == [[last, int(length) - 1]]


# --- rounds --------------------------------------------------------------------------------------


def test_a_round_holds_every_pair_as_often_as_its_share_says() -> None:
    shares = [
        Share(corpus(100, 30)),
        Share(corpus(200, 20), 3),
        Share(corpus(300, 40), 0.5),
        Share(corpus(400, 10), 1.5),
        Share(corpus(500, 0)),
    ]
    source = BatchSource(shares, BatchOptions(tokens=50, pool=16))
    found = rows(one_round(source))
    counts = Counter(ids[0] for ids, _ in found)
    assert all(ids == [ids[0]] * (1 + (ids[0] % 100) % 7) for ids, _ in found)
    assert all(target == [ids[0]] * (1 + (ids[0] % 100) % 5) for ids, target in found)
    assert [counts[100 + i] for i in range(30)] == [1] * 30
    assert [counts[200 + i] for i in range(20)] == [3] * 20
    assert sorted(counts[300 + i] for i in range(40)) == [0] * 20 + [1] * 20
    assert sorted(counts[400 + i] for i in range(10)) == [1] * 5 + [2] * 5
    assert sum(counts.values()) == source.round_size() == 30 + 60 + 20 + 15


def test_rounds_draw_other_halves() -> None:
    source = BatchSource([Share(corpus(100, 40), 0.5)], BatchOptions(tokens=50))
    halves = [{ids[0] for ids, _ in rows(one_round(source, n))} for n in range(2)]
    assert halves[0] != halves[1]


@pytest.mark.parametrize("tokens", [1, 7, 24, 1000])
def test_a_batch_stays_within_its_tokens(tokens: int) -> None:
    source = BatchSource([Share(corpus(100, 300))], BatchOptions(tokens=tokens, join=0.3))
    for batch in one_round(source):
        longest = max(batch.source.shape[1], batch.target_out.shape[1])
        assert len(batch.source) == 1 or len(batch.source) * longest <= tokens


def test_like_lengths_lie_together_and_fill_the_batch() -> None:
    pairs = Corpus.from_pairs(((4,) * (1 + i % 9), (5,) * (1 + i % 9)) for i in range(900))
    batches = one_round(BatchSource([Share(pairs)], BatchOptions(tokens=200)))
    real = sum(batch.target_tokens for batch in batches)
    padded = sum(batch.target_out.numel() for batch in batches)
    assert padded < 1.1 * real
    assert len(batches) < 1.2 * real / 200


def test_neither_side_is_padded_much() -> None:
    rng = np.random.default_rng(1)
    source = np.exp(rng.normal(2.7, 0.5, 20_000)).clip(1, 100).astype(int)
    target = (source * np.exp(rng.normal(0, 0.25, len(source)))).clip(1, 100).astype(int)
    pairs = Corpus.from_pairs(((4,) * s, (5,) * t) for s, t in zip(source, target, strict=True))
    batches = one_round(BatchSource([Share(pairs)], BatchOptions(tokens=2000)))
    for real, padded in (
        (sum(int(batch.lengths.sum()) for batch in batches), [b.source for b in batches]),
        (sum(batch.target_tokens for batch in batches), [b.target_out for b in batches]),
    ):
        assert sum(ids.numel() for ids in padded) < 1.07 * real


def test_pairs_too_long_or_without_ids_are_left_out() -> None:
    long = Corpus.from_pairs(
        [((4,) * 6, (5,)), ((6,) * 5, (7,) * 4), ((8,), (9,) * 5), ((), (10,)), ((11,), ())]
    )
    source = BatchSource([Share(long)], BatchOptions(max_length=5))
    assert rows(one_round(source)) == [([6] * 5, [7] * 4)]


def test_a_corpus_without_a_usable_pair_cannot_be_learnt() -> None:
    for useless in (Corpus.from_pairs([]), Corpus.from_pairs([((4,) * 9, (5,))])):
        with pytest.raises(TrainingError, match="short enough"):
            next(BatchSource([Share(useless)], BatchOptions(max_length=5)).batches())


# --- what is done to examples --------------------------------------------------------------------


def test_joined_examples_are_two_with_their_links_moved() -> None:
    options = BatchOptions(tokens=60, join=1.0, join_below=5, max_length=9)
    source = BatchSource([Share(corpus(100, 60, links=True))], options)
    seen = joined = 0
    for batch in one_round(source):
        places = torch.zeros(*batch.target_out.shape, batch.source.shape[1])
        places.view(-1)[batch.links] = batch.link_shares
        for ids, links in zip(rows([batch]), places, strict=True):
            whole, target = ids
            seen += 1
            parts = list(dict.fromkeys(whole))
            assert list(dict.fromkeys(target)) == parts
            assert len(whole) <= 9
            assert len(target) < 9
            if len(parts) == 2:
                joined += 1
                assert whole.count(parts[0]) < 5
            ends = [
                [
                    len(target) - 1 - target[::-1].index(part),
                    len(whole) - 1 - whole[::-1].index(part),
                ]
                for part in parts
            ]
            assert links.nonzero().tolist() == ends
    assert seen == 60  # each example leads once; partners are copies
    assert joined > 15


def test_the_full_stop_is_dropped_with_its_link() -> None:
    pairs = Corpus.from_pairs([((5, STOP), (6, 7)), ((STOP,), (7,))], [[(0, 0), (1, 1)], [(0, 0)]])
    options, forms = BatchOptions(drop_stop=1.0), Forms(stops=frozenset({STOP}))
    (batch,) = one_round(BatchSource([Share(pairs)], options, forms))
    assert sorted(rows([batch])) == [([5], [6, 7]), ([STOP], [7])]
    assert len(batch.links) == 2  # those of 5 and of the lone stop


def test_sources_of_synthetic_pairs_are_tagged_and_their_links_moved() -> None:
    human, machine = (Share(corpus(n, 20, links=True), synthetic=n == 200) for n in (100, 200))
    for batch in one_round(BatchSource([human, machine], BatchOptions(tokens=40))):
        places = torch.zeros(*batch.target_out.shape, batch.source.shape[1])
        places.view(-1)[batch.links] = batch.link_shares
        for (source, target), links in zip(rows([batch]), places, strict=True):
            assert (source[0] == TAG) == (target[0] >= 200)
            assert source.count(TAG) == (source[0] == TAG)
            assert links.nonzero().tolist() == [[len(target) - 1, len(source) - 1]]


def test_unknowns_are_added_to_both_sides_alike() -> None:
    options = BatchOptions(tokens=300, copy_unknown=1.0)
    source = BatchSource([Share(corpus(100, 40, links=True))], options)
    first = last = 0
    for batch in one_round(source):
        places = torch.zeros(*batch.target_out.shape, batch.source.shape[1])
        places.view(-1)[batch.links] = batch.link_shares
        for (whole, target), links in zip(rows([batch]), places, strict=True):
            assert whole.count(UNK) == target.count(UNK) in (1, 2)
            assert (whole[0] == UNK) == (target[0] == UNK)
            assert (whole[-1] == UNK) == (target[-1] == UNK)
            first, last = first + (whole[0] == UNK), last + (whole[-1] == UNK)
            for t, s in links.nonzero().tolist():
                assert (target[t] == UNK) == (whole[s] == UNK)
            assert len(links.nonzero()) == whole.count(UNK) + 1
    assert first > 5
    assert last > 5
    assert first + last == 40


# --- again from any place ------------------------------------------------------------------------

NOISY = BatchOptions(tokens=30, join=0.4, drop_stop=0.5, copy_unknown=0.3, pool=32)


def test_the_same_seed_gives_the_same_batches_and_another_others() -> None:
    def batches(seed: int) -> list[Batch]:
        options = BatchOptions(tokens=30, join=0.4, copy_unknown=0.3, seed=seed)
        return one_round(BatchSource([Share(corpus(100, 50))], options))

    first, again, other = batches(1), batches(1), batches(2)
    assert len(first) == len(again)
    assert all(map(same, first, again))
    assert not all(map(same, first, other))


@pytest.mark.parametrize("begin", [0, 1, 5])
def test_a_stream_goes_on_exactly_where_it_was_left(begin: int) -> None:
    source = BatchSource([Share(corpus(100, 50)), Share(corpus(200, 30), 0.7)], NOISY)
    whole = list(islice(source.batches(), 40))
    number, index, _ = whole[begin]
    rest = list(islice(source.batches(number, index + 1), 40 - begin - 1))
    assert [(n, i) for n, i, _ in rest] == [(n, i) for n, i, _ in whole[begin + 1 :]]
    assert all(same(a[2], b[2]) for a, b in zip(rest, whole[begin + 1 :], strict=True))
    assert len({n for n, _, _ in whole}) > 1  # across rounds
