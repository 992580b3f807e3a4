"""The whole of a beam search in C, where nobody looks on: what ``beam_search`` finds, sooner.

A step in C takes half a millisecond. What Python does between two of them (what is forbidden, who
goes on, whose state is whose) took more than half as long again for one sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

import numpy as np
import torch
from torch import Tensor

from core.cancel import CancelToken
from core.decoding.hypothesis import Hypothesis
from core.decoding.options import SearchOptions
from core.decoding.scoring import length_penalty, no_numbers
from core.decoding.step_model import nothing_allowed
from core.model.attention import Memory
from core.model.native.decoder import NativeDecoder
from core.model.native.search import (
    Encoded,
    Found,
    Limits,
    NativeSearch,
    NothingAllowed,
    NotNumbers,
)
from core.text.vocab import SOS

_MOST_NUMBERS = 2**26  # that a search may keep: outputs of such lengths are sought in steps


@runtime_checkable
class Compiled(Protocol):
    """A model whose step, attention and memory are known to the C code."""

    @property
    def alignment_head(self) -> int | None:
        """The head whose attention is the alignment; ``None`` for the mean of all."""
        ...

    def native_for(self, rows: int) -> NativeDecoder | None:
        """The decoder in C, where steps of up to so many rows are soonest done by it."""
        ...

    def encode(self, source_ids: Tensor, source_lengths: Tensor, /) -> Memory:
        """See :class:`core.decoding.step_model.StepModel`."""
        ...

    def initial_state(self, memory: Memory, /) -> Tensor:
        """See :class:`core.decoding.step_model.StepModel`."""
        ...


def search_natively(
    model: object,
    source_ids: Tensor,
    source_lengths: Tensor,
    lengths: Sequence[int],
    options: SearchOptions,
    cancel: CancelToken | None,
) -> tuple[tuple[Hypothesis, ...], ...] | None:
    """The best outputs of every sentence, as ``beam_search`` returns them.

    Returns:
        ``None`` where the search must be made by steps: there is no C code for the model, or the
        options ask for what it does not know.

    Raises:
        BundleError: the model predicts NaN, or nothing that is allowed.
        Cancelled: ``cancel`` was cancelled.
    """
    if not isinstance(model, Compiled) or options.coverage_penalty:
        return None
    decoder = model.native_for(len(lengths) * options.beam)
    limits = None if decoder is None else limits_of(lengths, options)
    if decoder is None or limits is None:
        return None
    memory = model.encode(source_ids, source_lengths)
    encoded = Encoded(memory.keys, memory.values, memory.mask, model.initial_state(memory))
    search = NativeSearch(decoder, encoded, limits, SOS, model.alignment_head)
    try:
        goes_on = True
        while goes_on:
            if cancel is not None:
                cancel.check()
            goes_on = search.step()
    except NotNumbers as error:
        raise no_numbers() from error
    except NothingAllowed as error:
        raise nothing_allowed() from error
    return _outputs(search.found(), lengths, options.n_best)


def limits_of(lengths: Sequence[int], options: SearchOptions) -> Limits | None:
    """``options`` for sources of such lengths as the C code takes them; ``None`` where the search
    would have to keep too much, or to reckon with penalties that are no numbers."""
    bounds = [options.bounds(length) for length in lengths]
    most = max(most for _, most in bounds)
    if len(lengths) * (1 + options.beam * most) * max(lengths) > _MOST_NUMBERS:
        return None
    try:
        alpha = options.length_penalty
        penalties = [length_penalty(pieces + 1, alpha) for pieces in range(most + 1)]
    except OverflowError:
        return None
    return Limits(
        options.beam, options.n_best,
        # No output has more pieces, nor the C code larger numbers.
        min(options.loop_copies, most + 2), min(options.loop_span, most + 2),
        options.patience * options.beam, options.banned(), bounds, penalties,
    )  # fmt: skip


def _outputs(
    found: Found, lengths: Sequence[int], n_best: int
) -> tuple[tuple[Hypothesis, ...], ...]:
    """The best outputs of each sentence, earlier ones first among equals."""
    sentences = found.ended[:, 0].numpy()
    scores = found.scores[:, 0].numpy()
    outputs = []
    for sentence, length in enumerate(lengths):
        own = np.flatnonzero(sentences == sentence)
        best = own[np.argsort(-scores[own], kind="stable")][:n_best]
        outputs.append(tuple(_hypothesis(found, ended, length) for ended in best.tolist()))
    return tuple(outputs)


def _hypothesis(found: Found, ended: int, source_length: int) -> Hypothesis:
    """An output with all that led to it."""
    rows, row = [], int(found.ended[ended, 1])
    parents = found.parents
    while (parent := int(parents[row])) >= 0:
        rows.append(row)
        row = parent
    rows.reverse()
    grown = torch.tensor(rows, dtype=torch.int64)
    before = parents[grown].long()
    weights = found.attention[before, :source_length].numpy()
    weights.setflags(write=False)
    score, total = found.scores[ended].tolist()
    return Hypothesis(
        ids=tuple(found.pieces[grown].tolist()),
        score=score,
        log_probability=total,
        token_log_probabilities=tuple(found.log_probabilities[grown].tolist()),
        attention=weights,
    )
