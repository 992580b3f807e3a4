"""Ancestral sampling with temperature, top-k and nucleus (Holtzman et al. 2020)."""

from __future__ import annotations

from typing import Generic

import torch
from torch import Tensor

from core.cancel import CancelToken
from core.decoding.hypothesis import Finished, Hypothesis, stack_rows
from core.decoding.options import SamplingOptions
from core.decoding.scoring import forbid_by_length
from core.decoding.step_model import Memory, State, StepModel, check_batch, unusable_output
from core.text.vocab import EOS, SOS


def sampling_distribution(log_probs: Tensor, options: SamplingOptions) -> Tensor:
    """What is drawn from: [N, V] log-probabilities to [N, V] probabilities.

    Ties at the edge of a filter fall to the lower id.
    """
    probs = torch.softmax(log_probs / options.temperature, dim=-1)  # [N, V]
    if options.top_k == 0 and options.top_p == 1:
        return probs
    ordered, ids = probs.sort(dim=-1, descending=True, stable=True)
    if options.top_k:
        ordered[:, options.top_k :] = 0
        ordered /= ordered.sum(-1, keepdim=True)
    before = ordered.cumsum(-1) - ordered  # mass of the more probable pieces
    ordered = ordered.masked_fill(before >= options.top_p, 0)
    ordered /= ordered.sum(-1, keepdim=True)
    return torch.zeros_like(probs).scatter(1, ids, ordered)


def sample(
    model: StepModel[Memory, State],
    source_ids: Tensor,
    source_lengths: Tensor,
    options: SamplingOptions,
    generator: torch.Generator,
    cancel: CancelToken | None = None,
) -> tuple[Hypothesis, ...]:
    """Draw one output for every sentence.

    Args:
        model: the model, in evaluation mode.
        source_ids: [B, S] int64, padded on the right.
        source_lengths: [B] int64 real lengths, at least 1.
        options: options of the sampling.
        generator: the source of chance, on the device of ``source_ids``.
        cancel: asked before every step.

    Returns:
        An output per sentence; score and log-probabilities are the model's own, unfiltered.

    Raises:
        BundleError: the model predicts NaN, or nothing that is allowed.
        Cancelled: ``cancel`` was cancelled.
    """
    lengths = check_batch(source_ids, source_lengths)
    if not lengths:
        return ()
    with torch.inference_mode():
        sampling = _Sampling(model, source_ids, source_lengths, lengths, options)
        while sampling.live:
            if cancel is not None:
                cancel.check()
            sampling.step(generator)
        return sampling.results()


class _Sampling(Generic[Memory, State]):
    """The sampling of one batch: N live sentences are the rows, in the order of the input."""

    def __init__(
        self,
        model: StepModel[Memory, State],
        source_ids: Tensor,
        source_lengths: Tensor,
        lengths: list[int],
        options: SamplingOptions,
    ) -> None:
        self.model = model
        self.options = options
        self.lengths = lengths
        self.live = list(range(len(lengths)))
        # Of each sentence the pieces, their log-probabilities and rows in the attention stacked.
        self.drawn: list[tuple[list[int], list[float], list[int]]] = [([], [], []) for _ in lengths]
        self.totals = [0.0] * len(lengths)
        self.memory = model.encode(source_ids, source_lengths)
        self.state = model.initial_state(self.memory)
        self.tokens = torch.full_like(source_lengths, SOS)  # [N]
        self.banned = torch.tensor(options.banned(), device=source_ids.device)
        self.attention: list[Tensor] = []  # [N, S] of each step
        self.rows = 0  # in all of them

    def step(self, generator: torch.Generator) -> None:
        """Draw one piece for every live sentence."""
        log_probs, self.state, attention = self.model.decode_step(
            self.tokens, self.state, self.memory
        )  # [N, V], [N, S]
        self.tokens = self._draw(log_probs, generator)
        last = log_probs.gather(1, self.tokens.unsqueeze(1)).squeeze(1)  # [N]
        kept = []
        for row, (token, log_probability) in enumerate(
            zip(self.tokens.tolist(), last.tolist(), strict=True)
        ):
            index = self.live[row]
            self.totals[index] += log_probability
            if token != EOS:
                ids, log_probabilities, rows = self.drawn[index]
                ids.append(token)
                log_probabilities.append(log_probability)
                rows.append(self.rows + row)
                kept.append(row)
        self.attention.append(attention)
        self.rows += len(self.live)
        self._keep(kept)

    def _draw(self, log_probs: Tensor, generator: torch.Generator) -> Tensor:
        """One allowed piece [N] for every row of ``log_probs`` [N, V]."""
        allowed = log_probs.index_fill(1, self.banned, -torch.inf)
        for row, index in enumerate(self.live):
            bounds = self.options.bounds(self.lengths[index])
            if not bounds[0] <= len(self.attention) < bounds[1]:
                forbid_by_length(allowed[row : row + 1], len(self.attention), bounds)
        # NaN compares false, and is what a row of nothing but minus infinity would lead to.
        if not bool((allowed.amax(-1).abs() < torch.inf).all()):
            raise unusable_output("the model predicts no number for any allowed piece")
        probs = sampling_distribution(allowed, self.options)
        return torch.multinomial(probs, 1, generator=generator).squeeze(1)

    def _keep(self, rows: list[int]) -> None:
        """Go on with ``rows`` alone."""
        if 0 < len(rows) < len(self.live):
            index = torch.tensor(rows, device=self.tokens.device)
            self.tokens = self.tokens[index]
            self.state = self.model.select(self.state, index)
            self.memory = self.model.select_memory(self.memory, index)
        self.live = [self.live[row] for row in rows]

    def results(self) -> tuple[Hypothesis, ...]:
        """The outputs of all sentences."""
        attention = stack_rows(self.attention)
        return tuple(
            Finished(total, total, tuple(ids), tuple(logs), tuple(rows)).publish(attention, length)
            for total, (ids, logs, rows), length in zip(
                self.totals, self.drawn, self.lengths, strict=True
            )
        )
