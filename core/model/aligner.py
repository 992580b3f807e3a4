"""A layer that reads word alignments out of a model which is not changed by it.

Attention looks *before* a piece is said, at what the model is about to say. This layer looks
afterwards: it knows the piece, and so links it better (Chen et al. 2020, "Accurate Word Alignment
Induction from Neural Machine Translation", who call the shift by one step SHIFT-AET). Nothing of
it flows back into the translation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import torch
from torch import Tensor, nn

from core.model.config import ModelConfig
from core.model.inference import InferenceModel
from core.model.masks import padding_mask
from core.model.seq2seq import Output, Seq2Seq
from core.text.vocab import SOS

WIDTH = 128
_LEAST = 1e-4  # of an attention weight whose logarithm is taken
_NOWHERE = -1e9  # energy of padding


class Read(NamedTuple):
    """What the layer reads of pairs that a model has read; T target pieces, the end not among them.

    Attributes:
        said: the decoder's top states before and after a piece, each ``[B, T, top_width]``, and the
            piece's embedding ``[B, T, embedding_size]``.
        heard: states ``[B, S, width]`` and embeddings ``[B, S, source_width]`` of the source.
        looked: ``[B, T, S, 2]``: logarithms of the alignment head's weights, before and after.
        real: ``[B, S]``, true on real source pieces.
    """

    said: tuple[Tensor, ...]
    heard: tuple[Tensor, ...]
    looked: Tensor
    real: Tensor


class Aligner(nn.Module):
    """Links each target piece with source pieces, or with nothing.

    With q linear in what was said and k in what was heard, each part of them normalised by itself,
    and a the weights of the alignment head, target piece t is linked with source piece s by

        softmax over s of qₜ·kₛ / √width + u₀ log a(t, s) + u₁ log a(t + 1, s),

    where "nothing" takes part with an energy linear in what was said.

    Args:
        config: the model's shape.
        width: size of q and k.

    Attributes:
        facts: how it was taught, which its file keeps.
    """

    facts: Mapping[str, str]

    def __init__(self, config: ModelConfig, width: int = WIDTH) -> None:
        super().__init__()
        self.facts = {}
        said = (top_width(config), top_width(config), config.embedding_size)
        heard = (config.width, source_width(config))
        self.said = nn.ModuleList(map(nn.LayerNorm, said))
        self.heard = nn.ModuleList(map(nn.LayerNorm, heard))
        self.query = nn.Linear(sum(said), width)
        self.key = nn.Linear(sum(heard), width)
        self.nothing = nn.Linear(sum(said), 1)
        self.looks = nn.Parameter(torch.tensor([1.0, 0.5]))

    def forward(self, read: Read) -> Tensor:
        """Log-probabilities ``[B, T, S + 1]``; the last column is "nothing"."""
        said, heard = _normalised(self.said, read.said), _normalised(self.heard, read.heard)
        keys = self.key(heard).transpose(1, 2)  # [B, width, S]
        energies = self.query(said) @ keys / self.query.out_features**0.5
        energies = energies + read.looked @ self.looks
        energies = energies.masked_fill(~read.real[:, None], _NOWHERE)
        together = torch.cat((energies, self.nothing(said)), dim=-1)
        likely: Tensor = together.log_softmax(-1)
        return likely

    def weights(self, read: Read) -> Tensor:
        """Probabilities ``[B, T, S]`` of a link; what a row lacks of 1 is that of "nothing"."""
        likely: Tensor = self(read)
        return likely.exp()[:, :, :-1]


def _normalised(norms: nn.ModuleList, parts: tuple[Tensor, ...]) -> Tensor:
    return torch.cat([norm(part) for norm, part in zip(norms, parts, strict=True)], dim=-1)


def top_width(config: ModelConfig) -> int:
    """Size of ``tops`` of :class:`core.model.decoder.Trace`."""
    known = config.decoder == "attention" and not config.input_feeding
    return config.decoder_width if known else config.embedding_size


def source_width(config: ModelConfig) -> int:
    """Size of the source's embeddings."""
    return config.width if config.encoder == "transformer" else config.embedding_size


def read_pairs(
    model: Seq2Seq, source: Tensor, lengths: Tensor, target: Tensor
) -> tuple[Read, Output]:
    """What the layer reads of pairs, and what the model says of them under teacher forcing.

    Args:
        model: the model, in fp32.
        source: ids ``[B, S]``; lengths ``[B]``.
        target: ids ``[B, T + 1]``, from ``<sos>`` on.
    """
    encoded = model.encoder.read(source, lengths)
    trace = model.decoder.trace(target, model.memory(encoded, lengths))
    pieces = model.decoder.embedding(target[:, 1:])
    heard = encoded.states, model.encoder.embedding(source)
    real = padding_mask(lengths, source.shape[1])
    read = _shifted(trace.tops, pieces, heard, model.alignment(trace.attention), real)
    return read, Output(trace.features, trace.attention)


def read_pair(
    model: InferenceModel,
    source: Sequence[int],
    target: Sequence[int],
    check: Callable[[], None] = lambda: None,
) -> Read:
    """As :func:`read_pairs` of one pair, by a model that is laid out for translating.

    Args:
        model: the model, in any precision.
        source: ids ``[S]``.
        target: ids ``[T]``, without ``<sos>`` and ``<eos>``.
        check: called before each step; what it raises ends the reading.
    """
    ids, lengths = torch.tensor([source]), torch.tensor([len(source)])
    states = model.encoder(ids, lengths)
    memory = model.memory(states, lengths)
    state, tops, weights = model.initial_state(memory), [], []
    for token in (SOS, *target):
        check()
        state, looks = model.read_by_head(torch.tensor([token]), state, memory)
        tops.append(model.tops(state))
        weights.append(looks[:, :, 0])  # [1, H, S]
    head = model.alignment_head
    by_head = torch.stack(weights, dim=2)  # [1, H, T + 1, S]
    return _shifted(
        torch.stack(tops, dim=1).float(),
        model.target_rows(torch.tensor([target])).float(),
        (states.float(), model.source_rows(ids).float()),
        by_head.mean(1) if head is None else by_head[:, head],
        padding_mask(lengths, len(source)),
    )


def _shifted(
    tops: Tensor, pieces: Tensor, heard: tuple[Tensor, Tensor], attention: Tensor, real: Tensor
) -> Read:
    """Before and after each piece: ``tops`` ``[B, T + 1, top_width]`` and the alignment head's
    ``attention`` ``[B, T + 1, S]``."""
    looked = attention.float().add(_LEAST).log()
    return Read(
        said=(tops[:, :-1], tops[:, 1:], pieces),
        heard=heard,
        looked=torch.stack((looked[:, :-1], looked[:, 1:]), dim=-1),
        real=real,
    )
