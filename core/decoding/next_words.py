"""The most probable next words after the beginning of an output: words, not pieces.

A word is a piece that may begin one and all pieces up to the next that does. So its probability is
that of its pieces one after another, times that of anything that begins a word behind them; it is
given that a word begins here. Unfinished words only get less probable by going on, so that those
below the last of the best finished ones need not be looked at further: within ``width`` unfinished
words at a time the search is exact.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic

import torch
from torch import Tensor

from core.cancel import CancelToken
from core.decoding.step_model import (
    Memory,
    Reader,
    State,
    StepModel,
    check_batch,
    unusable_output,
)
from core.text.vocab import EOS, PAD, SOS, UNK


@dataclass(frozen=True, slots=True)
class NextWord:
    """A word's pieces, and its probability, 0 to 1."""

    ids: tuple[int, ...]
    probability: float


class Begun(Generic[Memory, State]):
    """One sentence whose output has begun: the decoder has read the beginning.

    Args:
        model: the model, in evaluation mode.
        source_ids: [1, S] int64.
        source_lengths: [1] int64.
        ids: the pieces of the beginning.
        cancel: asked before every step.

    Raises:
        Cancelled: ``cancel`` was cancelled.
    """

    def __init__(
        self,
        model: StepModel[Memory, State],
        source_ids: Tensor,
        source_lengths: Tensor,
        ids: Sequence[int],
        cancel: CancelToken | None = None,
    ) -> None:
        if check_batch(source_ids, source_lengths) != [source_ids.size(1)]:
            raise ValueError("one sentence without padding has a beginning")
        self._model, self._cancel = model, cancel
        self._device = source_ids.device
        with torch.inference_mode():
            self._memory = model.encode(source_ids, source_lengths)
            self._state = model.initial_state(self._memory)
            *before, last = (SOS, *ids)
            for token in before:
                self._state = self._passed(token)
            self._log_probs, self._state = self._read([last], self._state)  # [1, V]

    def _passed(self, token: int) -> State:
        """The state behind ``token``; what follows it is known."""
        if not isinstance(self._model, Reader):
            return self._read([token], self._state)[1]
        if self._cancel is not None:
            self._cancel.check()
        given = torch.tensor([token], device=self._device)
        state: State = self._model.read(given, self._state, self._memory)
        return state

    def _read(self, tokens: Sequence[int], state: State) -> tuple[Tensor, State]:
        """Log-probabilities [N, V] behind ``tokens``, and the state then."""
        if self._cancel is not None:
            self._cancel.check()
        given = torch.tensor(tokens, dtype=torch.int64, device=self._device)
        log_probs, state, _ = self._model.decode_step(given, state, self._memory)
        return log_probs, state

    def next_words(
        self, first: Tensor, begins: Tensor, *, count: int, width: int = 24, longest: int = 8
    ) -> tuple[NextWord, ...]:
        """The ``count`` most probable words here, best first.

        Args:
            first: [V] bool, the pieces that may begin a word here.
            begins: [V] bool, those that begin one behind another word.
            count: how many words.
            width: unfinished words looked at together.
            longest: pieces of a word at most.

        Raises:
            BundleError: the model predicts NaN, or nothing that is allowed.
            Cancelled: see the class.
        """
        begins = begins.clone()
        begins[[EOS, UNK]] = True
        first = first.clone()
        first[[UNK, PAD, SOS, EOS]] = False
        with torch.inference_mode():
            likely = self._log_probs[0].masked_fill(~first, -torch.inf)
            best, tokens = likely.topk(min(width, int(first.sum())))
            given = float(likely.logsumexp(0))
            if not math.isfinite(given):
                raise unusable_output("the model gives no word any probability")
            words: list[tuple[float, tuple[int, ...]]] = [
                (total - given, (token,))
                for total, token in zip(best.tolist(), tokens.tolist(), strict=True)
            ]
            inside = ~begins
            inside[[PAD, SOS]] = False
            if not inside.any():  # each piece is a word
                return tuple(NextWord(ids, math.exp(total)) for total, ids in words[:count])
            state = self._model.select(self._state, torch.zeros_like(tokens))
            return self._finished(words, state, begins, count, width, longest)

    def _finished(
        self,
        words: list[tuple[float, tuple[int, ...]]],
        state: State,
        begins: Tensor,
        count: int,
        width: int,
        longest: int,
    ) -> tuple[NextWord, ...]:
        """Of the unfinished ``words``, best first, the best finished ones."""
        finished: list[tuple[float, tuple[int, ...]]] = []
        for _ in range(longest):
            log_probs, state = self._read([ids[-1] for _, ids in words], state)  # [N, V]
            totals = torch.tensor([total for total, _ in words], device=self._device)
            ends = log_probs.masked_fill(~begins, -torch.inf).logsumexp(1) + totals  # [N]
            finished += zip(ends.tolist(), (ids for _, ids in words), strict=True)
            finished = sorted(finished, key=lambda one: -one[0])[:count]
            going = log_probs.masked_fill(begins, -torch.inf) + totals.unsqueeze(1)
            going[:, [PAD, SOS]] = -torch.inf
            best, places = going.flatten().topk(min(width, going.numel()))
            bound = finished[-1][0] if len(finished) == count else -math.inf
            kept = [
                (total, *divmod(place, log_probs.size(1)))
                for total, place in zip(best.tolist(), places.tolist(), strict=True)
                if total > bound
            ]
            if not kept:
                break
            words = [(total, (*words[row][1], token)) for total, row, token in kept]
            rows = torch.tensor([row for _, row, _ in kept], device=self._device)
            state = self._model.select(state, rows)
        return tuple(NextWord(ids, math.exp(min(total, 0.0))) for total, ids in finished)

    def ahead(self, tokens: Sequence[int], steps: int) -> list[tuple[list[int], list[float]]]:
        """What most probably follows each of ``tokens`` behind the beginning, piece by piece.

        Returns:
            For each at most ``steps`` pieces, none behind the end symbol or an unknown one, and
            their log-probabilities.
        """
        found: list[tuple[list[int], list[float]]] = [([], []) for _ in tokens]
        going = set(range(len(tokens)))
        with torch.inference_mode():
            rows = torch.zeros(len(tokens), dtype=torch.int64, device=self._device)
            state, said = self._model.select(self._state, rows), list(tokens)
            for _ in range(steps):
                log_probs, state = self._read(said, state)
                best, pieces = log_probs.max(1)
                said = pieces.tolist()
                going -= {row for row in going if said[row] in (EOS, UNK, PAD, SOS)}
                if not going:
                    break
                for row in going:
                    found[row][0].append(said[row])
                    found[row][1].append(float(best[row]))
        return found
