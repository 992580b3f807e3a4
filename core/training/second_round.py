"""A second round for a trained model: it searches, and learns which of its outputs are best.

Again and again outputs of some hundred sources are searched with the weights as they are, each is
compared with the reference, and a few updates lower the risk (see ``risk``). Outputs of weights
that have changed since would teach faults that the model does not make any more.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np
import torch
from torch import Tensor
from torch.nn.utils import clip_grad_norm_

from core import runtime
from core.cancel import Cancelled, CancelToken
from core.decoding.beam_search import beam_search
from core.decoding.options import SearchOptions
from core.errors import InputError, OptionError
from core.evaluation.metrics import sentence_bleu, sentence_chrf
from core.events import Message
from core.model.seq2seq import Seq2Seq
from core.store.loading import Loaded
from core.text.target import join_pieces
from core.text.vocab import EOS, PAD
from core.training.batching import Batch, BatchSource, Share
from core.training.hyperparameters import BatchOptions
from core.training.optimizers import Optimizers
from core.training.risk import Judged, mean_risk
from core.training.schedule import Budget, Schedule
from core.training.trainer import DivergenceError
from core.training.validation import ReadyModel, inference_model
from core.translation.options import LENGTH_PENALTIES

SHORTEST, LONGEST = 5, 60  # pieces of a source, and of its reference
_SEARCHED = 32  # sources of one search
_CLIP = 1.0  # largest norm of the gradient; that of a risk is mostly far below


@dataclass(frozen=True, slots=True)
class RiskOptions:
    """How a second round learns.

    Attributes:
        minutes: how long it lasts, searching included.
        learning_rate: of Muon and AdamW at its highest.
        sources: of one update.
        updates: between two searches.
        beam: of the search; so many outputs are judged.
        kept: so many of them are learnt from: the first, the best, the worst and any others.
        chrf: share of chrF in the reward; the rest is BLEU.
        share: how far the weights go from those before to those learnt. Half way translates better
            than either: what is learnt goes too far, to outputs that are long (the mean of weights,
            Wortsman et al. 2022).
        seed: of what is drawn.
    """

    minutes: float
    learning_rate: float = 3e-4
    sources: int = 48
    updates: int = 10
    beam: int = 8
    kept: int = 4
    chrf: float = 0.5
    share: float = 0.5
    seed: int = 1

    def __post_init__(self) -> None:
        Budget(seconds=self.minutes * 60)  # tells a senseless one
        if not 2 <= self.kept <= self.beam:
            raise OptionError(
                f"kept is {self.kept}", remedy=f"Give 2 to {self.beam}, as many as are searched."
            )
        if not 0 < self.share <= 1:
            raise OptionError(f"share is {self.share}", remedy="Give more than 0, at most 1.")


@dataclass(frozen=True, slots=True)
class Improved:
    """The weights after a second round, and what they took: pairs learnt from, updates, seconds."""

    weights: dict[str, Tensor]
    pairs: int
    updates: int
    seconds: float

    def facts(self) -> dict[str, int]:
        """What a receipt tells of it."""
        return {"pairs": self.pairs, "updates": self.updates, "seconds": round(self.seconds)}


def learn_from_search(
    loaded: Loaded, shares: Sequence[Share], options: RiskOptions, cancel: CancelToken
) -> Iterator[Message | Improved]:
    """Let the model ``loaded`` learn from its own outputs for pairs of ``shares``.

    If ``cancel`` is cancelled it ends early, with what was learnt until then.

    Raises:
        InputError: there are too few pairs.
        DivergenceError: the risk is no number any more.
        Cancelled: ``cancel`` was cancelled before the first update.
    """
    model, judge = loaded.model.train(), Judge(loaded, options)
    before = {name: weight.clone() for name, weight in model.state_dict().items()}
    optimizers = Optimizers(model, learning_rate=options.learning_rate)
    schedule, budget = Schedule(warmup=5), Budget(seconds=options.minutes * 60)
    stream = BatchSource(
        [_fitting(share) for share in shares],
        BatchOptions(pairs=options.sources, max_length=LONGEST + 1, seed=options.seed),
    )
    if stream.round_size() < options.sources * options.updates:
        raise InputError(
            f"there are too few pairs of {SHORTEST} to {LONGEST} pieces: {stream.round_size()}",
            remedy=f"Give at least {options.sources * options.updates} of them.",
        )
    batches = (batch for _, _, batch in stream.batches())
    began, step, learnt = time.monotonic(), 0, 0
    try:
        while budget.progress(step, time.monotonic() - began) < 1:
            searched = judge(list(islice(batches, options.updates)), cancel)
            yield Message(_told(step, searched))
            for judged in searched:
                cancel.check()
                progress = budget.progress(step, time.monotonic() - began)
                _update(model, optimizers, judged, judge.alpha, schedule.factor(step + 1, progress))
                step, learnt = step + 1, learnt + len(judged)
    except Cancelled:
        if not step:
            raise
    learnt_weights = model.state_dict()
    weights = {n: old.lerp(learnt_weights[n], options.share) for n, old in before.items()}
    yield Improved(weights, learnt, step, time.monotonic() - began)


class Judge:
    """Searches with a model as it is at the moment, and says what the outputs are worth."""

    def __init__(self, loaded: Loaded, options: RiskOptions) -> None:
        self.alpha = LENGTH_PENALTIES.get(loaded.target_language, 1.0)
        self._loaded, self._options = loaded, options
        self._rng = np.random.default_rng(options.seed)
        self._search = SearchOptions(
            beam=options.beam, n_best=options.beam, length_penalty=self.alpha
        )

    def __call__(self, batches: Sequence[Batch], cancel: CancelToken) -> list[list[Judged]]:
        """The sources of every batch with their outputs.

        Raises:
            Cancelled: ``cancel`` was cancelled.
        """
        model = inference_model(self._loaded.model, "int8")
        return [self._judged(model, batch, cancel) for batch in batches]

    def _judged(self, model: ReadyModel, batch: Batch, cancel: CancelToken) -> list[Judged]:
        found: list[Judged] = []
        for begin in range(0, len(batch.source), _SEARCHED):
            rows = slice(begin, begin + _SEARCHED)
            lengths = batch.lengths[rows]
            source = batch.source[rows, : int(lengths.max())]
            references = [_real(row) for row in batch.target_out[rows].tolist()]
            outputs = beam_search(model, source, lengths, self._search, cancel)
            for ids, size, reference, best in zip(
                source.tolist(), lengths.tolist(), references, outputs, strict=True
            ):
                said = [hypothesis.ids for hypothesis in best]
                found.append(self._kept(ids[:size], said, self._rewards(said, reference)))
        return found

    def _rewards(self, outputs: Sequence[Sequence[int]], reference: Sequence[int]) -> list[float]:
        language = self._loaded.target_language
        texts = [self._text(output) for output in outputs]
        wanted = [self._text(reference)] * len(texts)
        share = self._options.chrf
        pairs = zip(
            sentence_bleu(texts, wanted, language), sentence_chrf(texts, wanted), strict=True
        )
        return [((1 - share) * bleu + share * chrf) / 100 for bleu, chrf in pairs]

    def _text(self, ids: Sequence[int]) -> str:
        loaded = self._loaded
        return join_pieces(loaded.target_vocabulary.pieces(ids), loaded.target_language).text

    def _kept(
        self, source: Sequence[int], outputs: Sequence[tuple[int, ...]], rewards: list[float]
    ) -> Judged:
        """The outputs to learn from, the first before the others."""
        chosen = [0, int(np.argmax(rewards)), int(np.argmin(rewards))]
        chosen += self._rng.permutation(len(outputs)).tolist()
        kept = list(dict.fromkeys(chosen))[: self._options.kept]
        return Judged(
            tuple(source), tuple(outputs[i] for i in kept), tuple(rewards[i] for i in kept)
        )


def _update(
    model: Seq2Seq, optimizers: Optimizers, judged: Sequence[Judged], alpha: float, factor: float
) -> None:
    """Lower the risk of some sources once."""
    lower = runtime.has_bf16()
    with torch.autocast(model.output_bias.device.type, torch.bfloat16, enabled=lower):
        risk = mean_risk(model, judged, alpha)
    risk.backward()  # type: ignore[no-untyped-call]
    norm = clip_grad_norm_(model.parameters(), _CLIP)
    if not math.isfinite(float(norm)):
        raise DivergenceError("the risk is no number", remedy="Use a lower learning rate.")
    optimizers.step(factor)


def _real(row: Sequence[int]) -> list[int]:
    """The ids of a target without its end and padding."""
    return [index for index in row if index not in (EOS, PAD)]


def _fitting(share: Share) -> Share:
    """The share without pairs so short that the best of them says little, or long."""
    lengths = share.corpus.source_lengths, share.corpus.target_lengths
    fits = np.logical_and.reduce([(n >= SHORTEST) & (n <= LONGEST) for n in lengths])
    if share.keep is not None:
        fits &= np.isin(np.arange(len(fits)), share.keep)
    return replace(share, keep=np.flatnonzero(fits), synthetic=False)


def _told(step: int, searched: Sequence[Sequence[Judged]]) -> str:
    """How good the outputs are that were searched before update ``step``."""
    every = [one for batch in searched for one in batch]
    first = np.mean([one.rewards[0] for one in every])
    gain = np.mean([one.gain for one in every])
    return f"update {step}: reward {first:.4f}, of the best of each {first + gain:.4f}"
