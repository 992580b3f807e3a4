"""Beam search over a model's step, batched over sentences; greedy search is beam 1.

Each step scores every continuation of every unfinished hypothesis, forbids some, and chooses
the best ``2 * beam`` of each sentence. Those of the first ``beam`` that end are finished and
leave; the best ``beam`` that do not end go on (at most ``beam`` of the chosen can end, so enough
remain). Sentences that are done leave the batch.

A sentence is done when

- no hypothesis is left (at its longest length every one must end), or
- ``patience * beam`` hypotheses are finished, or
- no unfinished hypothesis can beat the worst of its ``n_best`` best finished ones. The bound:
  a log-probability L <= 0 only falls as pieces are added, the length penalty divides it by at
  most lp(longest + 1), and the coverage penalty adds at most 0, so that no score can exceed
  L / lp(longest + 1).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Generic

import torch
from torch import Tensor

from core.cancel import CancelToken
from core.decoding.hypothesis import Finished, Hypothesis, Partial, stack_rows
from core.decoding.options import SearchOptions
from core.decoding.scoring import (
    Candidate,
    coverage_penalty,
    forbid_by_length,
    length_penalty,
    loop_ends,
    top_candidates,
)
from core.decoding.step_model import Memory, State, StepModel, check_batch, unusable_output
from core.text.vocab import EOS, SOS


def beam_search(
    model: StepModel[Memory, State],
    source_ids: Tensor,
    source_lengths: Tensor,
    options: SearchOptions,
    cancel: CancelToken | None = None,
) -> tuple[tuple[Hypothesis, ...], ...]:
    """The best outputs of every sentence.

    Args:
        model: the model, in evaluation mode.
        source_ids: [B, S] int64, padded on the right.
        source_lengths: [B] int64 real lengths, at least 1.
        options: options of the search.
        cancel: asked before every step.

    Returns:
        For each sentence up to ``n_best`` distinct hypotheses, best first, earlier finished
        first among equals. Padding and the sentences beside it do not matter to a sentence.

    Raises:
        BundleError: the model predicts NaN, or nothing that is allowed.
        Cancelled: ``cancel`` was cancelled.
    """
    lengths = check_batch(source_ids, source_lengths)
    if not lengths:
        return ()
    with torch.inference_mode():
        search = _Search(model, source_ids, source_lengths, lengths, options)
        while search.live:
            if cancel is not None:
                cancel.check()
            search.step()
        return search.results()


@dataclass(slots=True)
class _Sentence:
    """A sentence being decoded; hypothesis k of live sentence b is row ``b * width + k``."""

    source_length: int
    bounds: tuple[int, int]  # of pieces before the end symbol
    partials: list[Partial] = field(default_factory=lambda: [Partial()])
    finished: list[Finished] = field(default_factory=list)

    def advance(
        self,
        candidates: list[Candidate],
        penalties: list[float],
        vocabulary: int,
        first_row: int,
        options: SearchOptions,
    ) -> None:
        """Finish and extend hypotheses by their best continuations.

        Args:
            candidates: the best ``2 * beam`` continuations, best first.
            penalties: coverage penalty of each hypothesis; none when there is no penalty.
            vocabulary: V.
            first_row: the row of this sentence's first hypothesis in the attention of all steps.
            options: options of the search.
        """
        extended: list[Partial] = []
        for rank, (ranked_by, position, log_probability) in enumerate(candidates):
            if ranked_by == -math.inf:  # forbidden, and so are all behind it
                break
            beam, token = divmod(position, vocabulary)
            parent = self.partials[beam]
            if token != EOS:
                if len(extended) < options.beam:
                    extended.append(parent.extend(token, log_probability, first_row + beam))
            elif rank < options.beam:
                total = parent.total + log_probability
                score = total / length_penalty(len(parent.ids) + 1, options.length_penalty)
                score += penalties[beam] if penalties else 0.0
                self.finished.append(Finished(score, total, parent))
        self.partials = extended
        self._close(options)

    def _close(self, options: SearchOptions) -> None:
        """Drop the unfinished hypotheses when the sentence is done; see the module."""
        self.finished.sort(key=lambda finished: -finished.score)
        if len(self.finished) < options.n_best or not self.partials:
            return
        best = max(partial.total for partial in self.partials)
        bound = best / length_penalty(self.bounds[1] + 1, options.length_penalty)
        beaten = self.finished[options.n_best - 1].score >= bound
        if beaten or len(self.finished) >= options.patience * options.beam:
            self.partials = []


class _Search(Generic[Memory, State]):
    """The search of one batch.

    Shapes: B live sentences, K = ``width`` hypotheses each (1 before the first step), N = B * K
    rows, S source positions, V pieces. A sentence with fewer hypotheses than K has dead rows
    behind them, whose total is minus infinity.
    """

    def __init__(
        self,
        model: StepModel[Memory, State],
        source_ids: Tensor,
        source_lengths: Tensor,
        lengths: list[int],
        options: SearchOptions,
    ) -> None:
        self.model = model
        self.options = options
        self.device = source_ids.device
        self.sentences = [_Sentence(length, options.bounds(length)) for length in lengths]
        self.live = self.sentences
        self.width = 1
        self.memory = model.encode(source_ids, source_lengths)
        self.state = model.initial_state(self.memory)
        self.tokens = self._tensor([SOS] * len(lengths))  # [N]
        self.totals = torch.zeros(len(lengths), device=self.device)  # [N]
        self.attention: list[Tensor] = []  # [N, S] of each step
        self.rows = 0  # in all of them
        positions = torch.arange(source_ids.size(1), device=self.device)
        self.padding = positions >= source_lengths.unsqueeze(1)  # [B, S]
        self.coverage = torch.zeros((), device=self.device)  # [N, S] after the first step
        self.banned = self._tensor(options.banned())

    def _tensor(self, values: list[int]) -> Tensor:
        return torch.tensor(values, dtype=torch.int64, device=self.device)

    def step(self) -> None:
        """Let every live sentence grow by one piece."""
        log_probs, self.state, attention = self.model.decode_step(
            self.tokens, self.state, self.memory
        )  # [N, V], [N, S]
        batch, vocabulary = len(self.live), log_probs.size(1)
        totals = log_probs + self.totals.unsqueeze(1)  # [N, V]
        self._forbid(totals)
        candidates, penalties = top_candidates(
            totals.view(batch, -1),  # [B, K * V]
            log_probs.reshape(batch, -1),
            2 * self.options.beam,
            self._penalties(attention),
        )
        for index, sentence in enumerate(self.live):
            first_row = self.rows + index * self.width
            sentence.advance(
                candidates[index], penalties[index], vocabulary, first_row, self.options
            )
            if not sentence.partials and not sentence.finished:
                raise unusable_output("the model gives no allowed output any probability")
        self.attention.append(attention)
        self._reorder()

    def _forbid(self, totals: Tensor) -> None:
        """Set the totals [N, V] of continuations that are not allowed to minus infinity."""
        totals.index_fill_(1, self.banned, -torch.inf)
        length = len(self.live[0].partials[0].ids)
        blocked: list[tuple[int, int]] = []
        for index, sentence in enumerate(self.live):
            first = index * self.width
            if not sentence.bounds[0] <= length < sentence.bounds[1]:
                forbid_by_length(totals[first : first + self.width], length, sentence.bounds)
            for row, partial in enumerate(sentence.partials, first):
                ends = loop_ends(partial.ids, self.options.loop_copies, self.options.loop_span)
                blocked.extend((row, token) for token in ends)
        if blocked:
            rows, tokens = zip(*blocked, strict=True)
            totals[self._tensor(list(rows)), self._tensor(list(tokens))] = -torch.inf

    def _penalties(self, attention: Tensor) -> Tensor:
        """Coverage penalties [B, K] if each hypothesis ended now; [B, 0] when there is none."""
        if self.options.coverage_penalty == 0:
            return self.totals.new_empty(len(self.live), 0)
        self.coverage = self.coverage + attention  # [N, S]
        coverage = self.coverage.view(len(self.live), self.width, -1)  # [B, K, S]
        return coverage_penalty(coverage, self.padding, self.options.coverage_penalty)

    def _reorder(self) -> None:
        """Bring every tensor to the rows of the hypotheses that go on."""
        kept = [index for index, sentence in enumerate(self.live) if sentence.partials]
        live = [self.live[index] for index in kept]
        width = max((len(sentence.partials) for sentence in live), default=0)
        rows, tokens, totals = [], [], []
        for sentence in live:
            dead = width - len(sentence.partials)
            rows += [partial.rows[-1] - self.rows for partial in sentence.partials]
            rows += rows[-1:] * dead
            tokens += [partial.ids[-1] for partial in sentence.partials] + [EOS] * dead
            totals += [partial.total for partial in sentence.partials] + [-math.inf] * dead
        if live:
            self._select(rows, kept, width)
            self.tokens = self._tensor(tokens)
            self.totals = torch.tensor(totals, device=self.device)
        self.rows += len(self.live) * self.width
        self.live, self.width = live, width

    def _select(self, rows: list[int], kept: list[int], width: int) -> None:
        """Select ``rows`` of state, memory and coverage, those of the sentences ``kept``."""
        before = len(self.live) * self.width
        if rows == list(range(before)):
            return
        index = self._tensor(rows)
        self.state = self.model.select(self.state, index)
        if self.options.coverage_penalty:
            self.coverage = self.coverage[index]
        if len(kept) < len(self.live):
            self.padding = self.padding[self._tensor(kept)]
        # Inside a sentence the rows of the memory are all alike.
        if len(kept) < len(self.live) or width != self.width:
            self.memory = self.model.select_memory(self.memory, index)

    def results(self) -> tuple[tuple[Hypothesis, ...], ...]:
        """The best outputs of all sentences."""
        attention = stack_rows(self.attention)
        return tuple(
            tuple(
                finished.publish(attention, sentence.source_length)
                for finished in sentence.finished[: self.options.n_best]
            )
            for sentence in self.sentences
        )
