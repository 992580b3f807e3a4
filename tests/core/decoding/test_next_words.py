"""The next words against all words there are."""

from __future__ import annotations

import itertools
import math

import pytest
import torch

from core.cancel import Cancelled, CancelToken
from core.decoding.next_words import Begun
from core.text.vocab import EOS, PAD, SOS, UNK

from .toys import TableModel, pad

VOCABULARY = 10
BEGINS = torch.tensor([index in (4, 5, 6, 7) for index in range(VOCABULARY)])  # 8, 9 go on
ENDS = [EOS, UNK, 4, 5, 6, 7]


def probability(
    model: TableModel, source: list[int], before: tuple[int, ...], word: tuple
) -> float:
    """Of ``word`` behind ``before``, given that a word begins there."""
    kind, state = model.kind(source), 0
    for said in (SOS, *before):
        state = model.hash(state, said)
    row = model.log_probs[kind, state]
    total = -math.log(sum(math.exp(row[first]) for first in (4, 5, 6, 7)))
    for piece in word:
        total += float(row[piece])
        state = model.hash(state, piece)
        row = model.log_probs[kind, state]
    return math.exp(total) * sum(math.exp(row[end]) for end in ENDS)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("before", [(), (4,), (5, 9, 4, 8)])
def test_the_best_words_are_those_of_all_words(seed: int, before: tuple[int, ...]) -> None:
    model, source = TableModel(seed, VOCABULARY, spread=3), [4, 5, 6]
    begun = Begun(model, *pad([source]), before)
    found = begun.next_words(BEGINS, BEGINS, count=5, width=10_000, longest=5)
    every = [
        (first, *more)
        for first in (4, 5, 6, 7)
        for size in range(5)
        for more in itertools.product((8, 9), repeat=size)
    ]
    expected = sorted(every, key=lambda word: -probability(model, source, before, word))[:5]
    assert [word.ids for word in found] == expected
    for word in found:
        true = probability(model, source, before, word.ids)
        assert word.probability == pytest.approx(true, rel=1e-4)


def test_words_share_the_whole_probability() -> None:
    model = TableModel(0, VOCABULARY, spread=3)
    everything = torch.ones(VOCABULARY, dtype=torch.bool)  # as in Chinese: each piece is a word
    words = Begun(model, *pad([[4, 7]]), (5,)).next_words(everything, everything, count=10)
    assert sum(word.probability for word in words) == pytest.approx(1, abs=1e-4)
    assert not {PAD, SOS, UNK, EOS} & {piece for word in words for piece in word.ids}


def test_looking_ahead_follows_the_most_probable_pieces() -> None:
    model, source = TableModel(2, VOCABULARY), [4, 5]
    found = Begun(model, *pad([source]), (6,)).ahead([4, 8], 4)
    for token, (pieces, logs) in zip([4, 8], found, strict=True):
        state = 0
        for said in (SOS, 6, token):
            state = model.hash(state, said)
        expected = []
        while len(expected) < 4:
            piece = int(model.log_probs[model.kind(source), state].argmax())
            if piece in (UNK, PAD, SOS, EOS):
                break
            expected.append(piece)
            state = model.hash(state, piece)
        assert pieces == expected
        assert len(logs) == len(pieces)


def test_reading_the_beginning_can_be_cancelled() -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        Begun(TableModel(0, VOCABULARY), *pad([[4]]), (5,), cancel)
