"""Teaching a model's aligner, while the model itself stays as it is."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.utils import clip_grad_norm_

from core.cancel import CancelToken
from core.errors import InputError
from core.events import Message
from core.model.aligner import WIDTH, Aligner, Read, read_pairs
from core.model.seq2seq import Seq2Seq
from core.store.loading import Loaded
from core.text.vocab import EOS, PAD
from core.training.batching import Batch, BatchSource, Share
from core.training.hyperparameters import BatchOptions
from core.training.recipe.agreement import read_agreement
from core.training.token_store.store import TokenStore
from core.training.tokens import tokens_of

SURE = 130  # agreement from which on a pair's links are worth learning (see ``recipe.agreement``)
_SHORTEST, _LONGEST = 4, 80  # pieces of either side
_WARMUP = 30
_TOLD = 100  # updates between two messages


@dataclass(frozen=True, slots=True)
class AligningOptions:
    """How an aligner learns.

    Attributes:
        pairs: so many linked pairs are drawn, each learnt from once.
        held: so many others are held out.
        width: of the aligner.
        tokens: padded positions of a batch.
        learning_rate: of AdamW at its highest; it rises over 30 updates and falls linearly.
        seed: of what is drawn, and of the weights.
    """

    pairs: int = 80_000
    held: int = 500
    width: int = WIDTH
    tokens: int = 1500
    learning_rate: float = 1e-2
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Taught:
    """An aligner and how it was made; the loss is that of pairs that it has not learnt from."""

    aligner: Aligner
    pairs: int
    updates: int
    seconds: float
    loss: float

    def facts(self) -> dict[str, str]:
        """What the aligner's file tells of it."""
        return {
            "pairs": str(self.pairs),
            "updates": str(self.updates),
            "seconds": f"{self.seconds:.0f}",
            "held_out_loss": f"{self.loss:.4f}",
        }


def teach_aligner(
    loaded: Loaded, tokens: TokenStore, options: AligningOptions, cancel: CancelToken
) -> Iterator[Message | Taught]:
    """Teach a new aligner for the model ``loaded`` the links of ``tokens``; it comes last.

    Raises:
        InputError: the store has no links, too few, or other vocabularies than the model.
        Cancelled: ``cancel`` was cancelled.
    """
    torch.manual_seed(options.seed)
    model = loaded.model.eval().requires_grad_(False)
    aligner = Aligner(model.config, options.width)
    learnt, held = _drawn(tokens_of(tokens, loaded), options)
    updates = learnt.batches_in_round()
    optimizer = torch.optim.AdamW(aligner.parameters(), weight_decay=0.01)
    began, losses = time.monotonic(), []
    for _, step, batch in learnt.round(0):
        cancel.check()
        for group in optimizer.param_groups:
            group["lr"] = options.learning_rate * _factor(step, updates)
        loss = link_loss(aligner, _read(model, batch), batch)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        clip_grad_norm_(aligner.parameters(), 1.0)
        optimizer.step()
        losses.append(loss.item())
        if len(losses) == _TOLD:
            yield Message(f"update {step + 1} of {updates}: loss {np.mean(losses):.4f}")
            losses.clear()
    pairs, seconds = learnt.round_size(), time.monotonic() - began
    taught = Taught(aligner, pairs, updates, seconds, _held_loss(aligner, model, held))
    aligner.facts = taught.facts()
    yield taught


def link_loss(aligner: Aligner, read: Read, batch: Batch) -> Tensor:
    """Cross-entropy of the given links, a mean over real target pieces.

    A piece with several links shares its one among them; without any it belongs to "nothing".
    """
    shape = (len(batch.source), batch.target_in.shape[1], batch.source.shape[1])
    links = torch.zeros(shape).view(-1).index_put((batch.links,), batch.link_shares)
    wanted = links.view(shape)[:, :-1]  # without the end; [B, T, S]
    nothing = (wanted.sum(-1, keepdim=True) == 0).float()
    wanted = torch.cat((wanted, nothing), dim=-1)
    out = batch.target_out[:, :-1]
    real = (out != PAD) & (out != EOS)
    losses = -(wanted * aligner(read)).sum(-1)
    mean: Tensor = (losses * real).sum() / real.sum()
    return mean


def _read(model: Seq2Seq, batch: Batch) -> Read:
    with torch.no_grad():
        return read_pairs(model, batch.source, batch.lengths, batch.target_in)[0]


def _held_loss(aligner: Aligner, model: Seq2Seq, held: BatchSource) -> float:
    with torch.no_grad():
        found = [float(link_loss(aligner, _read(model, one), one)) for one in _batches(held)]
    return float(np.mean(found))


def _batches(source: BatchSource) -> Iterator[Batch]:
    for _, _, batch in source.round(0):
        yield batch


def _factor(step: int, updates: int) -> float:
    return min((step + 1) / _WARMUP, 1 - step / updates)


def _drawn(tokens: TokenStore, options: AligningOptions) -> tuple[BatchSource, BatchSource]:
    """Pairs to learn from and others to hold out, all of them linked and surely translations."""
    corpus = tokens.corpus
    if corpus.link_offsets is None:
        raise InputError(
            "the tokenised store has no links",
            where=str(tokens.folder),
            remedy="Align its words first: see docs/recipe.md.",
        )
    usable = np.diff(corpus.link_offsets) > 0
    usable &= read_agreement(tokens.folder, len(corpus)) >= SURE
    for lengths in (corpus.source_lengths, corpus.target_lengths):
        usable &= (lengths >= _SHORTEST) & (lengths <= _LONGEST)
    found = np.flatnonzero(usable)
    if len(found) < 2 * options.held:
        raise InputError(
            f"there are too few linked pairs that agree: {len(found)}",
            where=str(tokens.folder),
            remedy=f"Give at least {2 * options.held} of them.",
        )
    drawn = np.random.default_rng(options.seed).permutation(found)[: options.held + options.pairs]
    batches = BatchOptions(tokens=options.tokens, seed=options.seed)

    def source(rows: NDArray[np.int64]) -> BatchSource:
        return BatchSource([Share(corpus, keep=np.sort(rows))], batches)

    return source(drawn[options.held :]), source(drawn[: options.held])
