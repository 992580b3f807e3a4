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

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Generic, NamedTuple

import numpy as np
import torch
from torch import Tensor

from core.cancel import CancelToken
from core.decoding.constraints import Places, Prefix
from core.decoding.hypothesis import Finished, Grown, Hypothesis, stack_rows, trace
from core.decoding.native_search import search_natively
from core.decoding.options import SearchOptions
from core.decoding.recording import SearchRecorder
from core.decoding.scoring import (
    Candidates,
    all_loop_ends,
    coverage_penalty,
    forbid_by_length,
    length_penalty,
    top_candidates,
)
from core.decoding.step_model import Memory, State, StepModel, check_batch, nothing_allowed
from core.text.vocab import EOS, SOS


def beam_search(
    model: StepModel[Memory, State],
    source_ids: Tensor,
    source_lengths: Tensor,
    options: SearchOptions,
    cancel: CancelToken | None = None,
    recorder: SearchRecorder | None = None,
    prefixes: Sequence[Prefix] | None = None,
) -> tuple[tuple[Hypothesis, ...], ...]:
    """The best outputs of every sentence.

    Args:
        model: the model, in evaluation mode.
        source_ids: [B, S] int64, padded on the right.
        source_lengths: [B] int64 real lengths, at least 1.
        options: options of the search.
        cancel: asked before every step.
        recorder: notes what the search of a single sentence looks at.
        prefixes: what the outputs of each sentence must begin with; a prefix may be longer than
            ``options`` allow.

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
    if recorder is not None and len(lengths) > 1:
        raise ValueError(f"one sentence can be recorded, not {len(lengths)}")
    with torch.inference_mode():
        if recorder is None and prefixes is None:
            given = source_ids, source_lengths, lengths, options, cancel
            if (found := search_natively(model, *given)) is not None:
                return found
        search = _Search(model, source_ids, source_lengths, lengths, options)
        search.recorder = recorder
        if prefixes is not None:
            search.constrain(prefixes)
        while search.live:
            if cancel is not None:
                cancel.check()
            search.step()
        return search.results()


class Extension(NamedTuple):
    """A hypothesis that goes on: the row it grew from, by what, and its total then."""

    row: int
    token: int
    log_probability: float
    total: float


@dataclass(slots=True)
class _Sentence:
    """A sentence of the batch."""

    source_length: int
    bounds: tuple[int, int]  # of pieces before the end symbol
    finished: list[Finished] = field(default_factory=list)

    def is_done(self, best: float, options: SearchOptions) -> bool:
        """Whether no unfinished hypothesis, ``best`` their greatest total, is needed any more."""
        if len(self.finished) < options.n_best:
            return False
        if len(self.finished) >= options.patience * options.beam:
            return True
        bound = best / length_penalty(self.bounds[1] + 1, options.length_penalty)
        return self.best(options.n_best)[-1].score >= bound

    def best(self, count: int) -> list[Finished]:
        """The best finished hypotheses, earlier ones first among equals."""
        return sorted(self.finished, key=lambda finished: -finished.score)[:count]


class _Search(Generic[Memory, State]):
    """The search of one batch.

    Shapes: B live sentences, K hypotheses each (1 before the first step), N = B * K rows,
    S source positions, V pieces. A sentence with fewer hypotheses than K has dead rows behind
    them, whose total is minus infinity.
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
        self.memory = model.encode(source_ids, source_lengths)  # of B rows
        self.state = model.initial_state(self.memory)
        self.totals = [0.0] * len(lengths)  # of N rows
        self.tokens = self._tensor([SOS] * len(lengths))  # [N]
        self.said = np.zeros((len(lengths), 0), np.int64)  # [N, T]: all tokens so far
        self.steps: list[Grown] = []
        self.attention: list[Tensor] = []  # [N, S] of each step
        self.rows = 0  # in all of them
        positions = torch.arange(source_ids.size(1), device=self.device)
        self.padding = positions >= source_lengths.unsqueeze(1)  # [B, S]
        self.coverage = torch.zeros((), device=self.device)  # [N, S] after the first step
        self.banned = self._tensor(options.banned())
        self.recorder: SearchRecorder | None = None
        self.places: Places | None = None

    def constrain(self, prefixes: Sequence[Prefix]) -> None:
        """Let the outputs of the sentences begin with ``prefixes``."""
        for sentence, prefix in zip(self.sentences, prefixes, strict=True):
            shortest, longest = sentence.bounds
            if prefix.most >= longest:  # leave it room to go on
                sentence.bounds = shortest, prefix.most + self.options.max_length_offset
        self.places = Places(prefixes, self.device)

    def _tensor(self, values: Sequence[int]) -> Tensor:
        return torch.tensor(values, dtype=torch.int64, device=self.device)

    def step(self) -> None:
        """Let every live sentence grow by one piece."""
        log_probs, self.state, attention = self.model.decode_step(
            self.tokens, self.state, self.memory
        )  # [N, V], [N, S]
        self._forbid(log_probs)
        candidates, penalties = top_candidates(
            log_probs,
            torch.tensor(self.totals, device=self.device),
            len(self.live),
            2 * self.options.beam,
            self._penalties(attention),
        )
        self._grow(candidates, penalties)
        self.attention.append(attention)
        self.rows += attention.size(0)

    def _forbid(self, log_probs: Tensor) -> None:
        """Set what is not allowed in [N, V] to minus infinity."""
        spared = self.places.spare(log_probs) if self.places is not None else []
        log_probs.index_fill_(1, self.banned, -torch.inf)
        length, width = len(self.steps), len(self.totals) // len(self.live)
        for index, sentence in enumerate(self.live):
            if not sentence.bounds[0] <= length < sentence.bounds[1]:
                own = log_probs[index * width : (index + 1) * width]
                forbid_by_length(own, length, sentence.bounds)
        blocked = all_loop_ends(self.said, self.options.loop_copies, self.options.loop_span)
        if blocked:
            rows, tokens = zip(*blocked, strict=True)
            log_probs[self._tensor(rows), self._tensor(tokens)] = -torch.inf
        Places.restrict(log_probs, spared)

    def _penalties(self, attention: Tensor) -> Tensor:
        """Coverage penalties [B, K] if each hypothesis ended now; [B, 0] when there is none."""
        if self.options.coverage_penalty == 0:
            return attention.new_empty(len(self.live), 0)
        self.coverage = self.coverage + attention  # [N, S]
        coverage = self.coverage.view(len(self.live), -1, attention.size(1))  # [B, K, S]
        return coverage_penalty(coverage, self.padding, self.options.coverage_penalty)

    def _grow(self, candidates: list[Candidates], penalties: list[list[float]]) -> None:
        """Finish and extend the hypotheses of every sentence by its best continuations."""
        width = len(self.totals) // len(self.live)
        kept: list[int] = []
        extended: list[list[Extension]] = []
        for index, (sentence, found) in enumerate(zip(self.live, candidates, strict=True)):
            goes_on = self._choose(sentence, found, index * width, penalties[index])
            if self.recorder is not None:
                kept_pieces = [(extension.row, extension.token) for extension in goes_on]
                alpha = self.options.length_penalty
                self.recorder.note(found, kept_pieces, sentence.finished, self.rows, alpha)
            if goes_on:
                kept.append(index)
                extended.append(goes_on)
            elif not sentence.finished:
                raise nothing_allowed()
        if extended:
            self._reorder(kept, extended)
        self.live = [self.live[index] for index in kept]

    def _choose(
        self, sentence: _Sentence, found: Candidates, first: int, penalties: list[float]
    ) -> list[Extension]:
        """Finish hypotheses of a sentence, whose rows begin at ``first``; what goes on."""
        beam = self.options.beam
        extended: list[Extension] = []
        for rank, (ranked_by, hypothesis, token, log_probability) in enumerate(
            zip(*found, strict=True)
        ):
            if ranked_by == -math.inf:  # forbidden, and so are all behind it
                break
            row = first + hypothesis
            total = self.totals[row] + log_probability
            if token != EOS:
                extended.append(Extension(row, token, log_probability, total))
                if len(extended) == beam and rank >= beam - 1:
                    break
            elif rank < beam:
                score = total / length_penalty(len(self.steps) + 1, self.options.length_penalty)
                score += penalties[hypothesis] if penalties else 0.0
                sentence.finished.append(Finished(score, total, *trace(self.steps, row)))
        if sentence.finished and extended:
            best = max(extension.total for extension in extended)
            if sentence.is_done(best, self.options):
                return []
        return extended

    def _reorder(self, kept: list[int], extended: list[list[Extension]]) -> None:
        """Bring everything to the rows of the hypotheses that go on, of the sentences ``kept``."""
        width = max(map(len, extended))
        for goes_on in extended:
            goes_on += [goes_on[-1]._replace(token=EOS, total=-math.inf)] * (width - len(goes_on))
        rows, tokens, logs, totals = (
            list(part) for part in zip(*itertools.chain.from_iterable(extended), strict=True)
        )
        self.steps.append(Grown(rows, tokens, logs, self.rows))
        self.said = np.concatenate((self.said[rows], np.array(tokens)[:, None]), axis=1)
        self.tokens = self._tensor(tokens)
        if self.places is not None:
            self.places.follow(rows, tokens, kept)
            self.places = self.places if self.places.inside else None
        if len(kept) < len(self.live):
            sentences = self._tensor(kept)
            self.padding = self.padding[sentences]
            self.memory = self.model.select_memory(self.memory, sentences)
        if rows != list(range(len(self.totals))):
            index = self._tensor(rows)
            self.state = self.model.select(self.state, index)
            if self.options.coverage_penalty:
                self.coverage = self.coverage[index]
        self.totals = totals

    def results(self) -> tuple[tuple[Hypothesis, ...], ...]:
        """The best outputs of all sentences."""
        attention = stack_rows(self.attention)
        if self.recorder is not None:
            self.recorder.attention = attention
        return tuple(
            tuple(
                finished.publish(attention, sentence.source_length)
                for finished in sentence.best(self.options.n_best)
            )
            for sentence in self.sentences
        )
