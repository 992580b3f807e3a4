"""A beam search in C: its memory, and what it found."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor

from core.model.native.decoder import NativeDecoder
from core.model.native.library import SearchStruct

_GOES_ON, _DONE, _NOT_NUMBERS, _NOTHING_ALLOWED = range(4)  # what `attune_search` returns
_COLUMNS = 4  # of what is known of a candidate


class Encoded(NamedTuple):
    """What is searched with.

    Attributes:
        keys, values: ``[B, H, S, D]`` float32, the keys divided by √D.
        mask: additive ``[B, 1, 1, S]`` float32, or ``None``.
        state: before the first piece, ``[B, layers * 2, hidden]``.
    """

    keys: Tensor
    values: Tensor
    mask: Tensor | None
    state: Tensor


class Limits(NamedTuple):
    """What a search keeps to, by the names of :class:`core.decoding.options.SearchOptions`.

    Attributes:
        enough: finished outputs after which a sentence is done.
        banned: pieces that are never said.
        bounds: fewest and most pieces of each sentence.
        penalties: length penalties of outputs of 0, 1, ... pieces and the end.
    """

    beam: int
    n_best: int
    loop_copies: int
    loop_span: int
    enough: float
    banned: Sequence[int]
    bounds: Sequence[tuple[int, int]]
    penalties: Sequence[float]

    @property
    def steps(self) -> int:
        """The most that there can be."""
        return max(most for _, most in self.bounds) + 1

    @property
    def rows(self) -> int:
        """The most that there can be, of all steps."""
        return len(self.bounds) * (1 + self.beam * (self.steps - 1))


class Found(NamedTuple):
    """What became of all rows, of which there are N, E ended as outputs, in order.

    Attributes:
        parents: the row that each grew from, -1 at the beginning, ``[N]`` int32.
        pieces: what it said then, ``[N]`` int32.
        log_probabilities: of these pieces, ``[N]`` float32.
        attention: while each row was read, ``[N, S]`` float32.
        ended: sentence and row of each output, ``[E, 2]`` int32.
        scores: its score and its total log-probability, ``[E, 2]`` float64.
    """

    parents: Tensor
    pieces: Tensor
    log_probabilities: Tensor
    attention: Tensor
    ended: Tensor
    scores: Tensor


class NotNumbers(ArithmeticError):
    """A model predicts what is no number."""


class NothingAllowed(ArithmeticError):
    """A model gives nothing that is allowed any probability."""


class NativeSearch:
    """The search of a batch of B sentences.

    Args:
        decoder: the model's decoder.
        encoded: the sentences.
        limits: what it keeps to.
        start: the piece that is read first.
        head: the head whose attention is kept; ``None`` for the mean of all.
    """

    def __init__(
        self,
        decoder: NativeDecoder,
        encoded: Encoded,
        limits: Limits,
        start: int,
        head: int | None,
    ) -> None:
        self._search = decoder.library.search
        sentences, heads, positions, _ = encoded.keys.shape
        rows = sentences * limits.beam
        self._found = Found(
            torch.full((limits.rows,), -1, dtype=torch.int32),
            torch.empty(limits.rows, dtype=torch.int32),
            torch.empty(limits.rows, dtype=torch.float32),
            torch.empty(limits.rows, positions, dtype=torch.float32),
            torch.empty(limits.rows, 2, dtype=torch.int32),
            torch.empty(limits.rows, 2, dtype=torch.float64),
        )
        room = decoder.library.room(decoder.address, rows)
        self._tensors = {
            **dict(zip(_FOUND_NAMES, self._found, strict=True)),
            **_given(encoded, limits),
            **_of_rows(encoded, rows, start),
            **_of_sentences(limits),
            "scores": torch.empty(rows, decoder.vocabulary, dtype=torch.float32),
            "weights": torch.empty(rows, heads, positions, dtype=torch.float32),
            "room": torch.empty(room, dtype=torch.uint8),
        }
        self._decoder = decoder  # which keeps the weights
        self._struct = SearchStruct(
            decoder=decoder.address, sentences=sentences, positions=positions,
            helpers=torch.get_num_threads() - 1, head=-1 if head is None else head,
            beam=limits.beam, n_best=limits.n_best, copies=limits.loop_copies,
            span=limits.loop_span, banned=len(limits.banned), enough=limits.enough,
            rows=sentences, steps=limits.steps,
            **{name: tensor.data_ptr() for name, tensor in self._tensors.items()},
        )  # fmt: skip
        self._address = ctypes.addressof(self._struct)

    def step(self) -> bool:
        """Let every sentence grow by a piece; whether any goes on.

        Raises:
            NotNumbers, NothingAllowed: see there.
        """
        code = self._search(self._address)
        if code == _NOT_NUMBERS:
            raise NotNumbers
        if code == _NOTHING_ALLOWED:
            raise NothingAllowed
        return code == _GOES_ON

    def found(self) -> Found:
        """What became of all rows so far."""
        rows, ended = self._struct.first_row, self._struct.finished_count
        sizes = (rows,) * 4 + (ended,) * 2
        return Found(*(part[:size] for part, size in zip(self._found, sizes, strict=True)))


_FOUND_NAMES = ("parents", "pieces", "logs", "attention", "finished", "finished_scores")


def _given(encoded: Encoded, limits: Limits) -> dict[str, Tensor]:
    """What the search only reads."""
    given = {
        "keys": encoded.keys.contiguous(),
        "values": encoded.values.contiguous(),
        "banned_ids": torch.tensor(limits.banned, dtype=torch.int32),
        "bounds": torch.tensor(limits.bounds, dtype=torch.int32),
        "penalties": torch.tensor(limits.penalties, dtype=torch.float64),
    }
    return given if encoded.mask is None else {**given, "mask": encoded.mask.contiguous()}


def _of_rows(encoded: Encoded, rows: int, start: int) -> dict[str, Tensor]:
    """What is known of the rows at hand, at first one of each sentence."""
    states = torch.empty(rows, *encoded.state.shape[1:], dtype=torch.float32)
    states[: len(encoded.state)] = encoded.state
    return {
        "states": states,
        "others": torch.empty_like(states),
        "tokens": torch.full((rows,), start),
        "owners": torch.arange(rows, dtype=torch.int32),
        "places": torch.arange(rows, dtype=torch.int32),
        "totals": torch.zeros(rows, dtype=torch.float64),
        "new_totals": torch.empty(rows, dtype=torch.float64),
        "ranked": torch.empty(rows, dtype=torch.float32),
    }


def _of_sentences(limits: Limits) -> dict[str, Tensor]:
    """What is known of each sentence."""
    sentences = len(limits.bounds)
    return {
        "firsts": torch.arange(sentences, dtype=torch.int32),
        "counts": torch.ones(sentences, dtype=torch.int32),
        "ends": torch.zeros(sentences, dtype=torch.int32),
        "bad": torch.zeros(sentences, dtype=torch.int32),
        "best_ends": torch.empty(sentences, limits.n_best, dtype=torch.float64),
        "chosen": torch.empty(sentences, _COLUMNS, 2 * limits.beam, dtype=torch.float64),
        "said": torch.empty(sentences, limits.steps, dtype=torch.int32),
    }
