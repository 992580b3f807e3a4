"""A whole model: encoder, attention decoder and output layer, over ids alone."""

from __future__ import annotations

from typing import NamedTuple

from torch import Tensor, nn
from torch.nn import functional

from core.errors import OptionError
from core.model.attention import Memory
from core.model.config import ModelConfig
from core.model.decoder import RecurrentDecoder
from core.model.encoder import RecurrentEncoder, TransformerEncoder
from core.model.masks import additive_mask, has_padding, padding_mask


class Output(NamedTuple):
    """A teacher-forced pass: features ``[B, T, width]``, attention weights ``[B, H, T, S]``."""

    features: Tensor
    attention: Tensor


class Seq2Seq(nn.Module):
    """Encoder and attention decoder; ids are those of the vocabularies."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        _refuse_unbuilt(config)
        self.config = config
        kind = TransformerEncoder if config.encoder == "transformer" else RecurrentEncoder
        self.encoder = kind(config)
        self.decoder = RecurrentDecoder(config)

    def encode(self, source: Tensor, lengths: Tensor) -> Memory:
        """Ids ``[B, S]`` and lengths ``[B]`` to what the decoder reads."""
        states = self.encoder(source, lengths)  # [B, S, width]
        keys, values = self.decoder.attention.prepare(states)
        real = padding_mask(lengths, source.shape[1])
        mask = additive_mask(real)[:, None, None, :] if has_padding(real) else None
        start = (states * real[:, :, None]).sum(1) / lengths[:, None].to(states.dtype)
        return Memory(keys, values, mask, start)

    def forward(self, source: Tensor, lengths: Tensor, target: Tensor) -> Output:
        """Teacher forcing: ``target`` ``[B, T]`` begins with ``<sos>``."""
        return Output(*self.decoder(target, self.encode(source, lengths)))

    def logits(self, features: Tensor) -> Tensor:
        """Features ``[..., width]`` to unnormalised scores ``[..., V]``."""
        return functional.linear(features, self.decoder.embedding.weight, self.decoder.bias)

    def alignment(self, weights: Tensor) -> Tensor:
        """Attention weights ``[N, H, ...]`` to those shown as alignment ``[N, ...]``."""
        head = self.config.alignment_head
        return weights.mean(1) if head is None else weights[:, head]

    def initial_state(self, memory: Memory) -> Tensor:
        """The decoder's state before the first step."""
        return self.decoder.initial_state(memory)

    def decode_step(
        self, tokens: Tensor, state: Tensor, memory: Memory
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Tokens ``[N]`` to log-probabilities ``[N, V]`` (float32), the new state, and the
        alignment's weights ``[N, S]``."""
        features, state, weights = self.decoder.step(tokens, state, memory)
        scores = self.logits(features).float().log_softmax(-1)
        return scores, state, self.alignment(weights)

    @staticmethod
    def select(state: Tensor, rows: Tensor) -> Tensor:
        """The rows of a decoder state, in that order."""
        return state.index_select(0, rows)

    @staticmethod
    def select_memory(memory: Memory, rows: Tensor) -> Memory:
        """The rows of a memory, in that order."""
        picked = (None if part is None else part.index_select(0, rows) for part in memory)
        return Memory(*picked)  # type: ignore[arg-type]

    def set_dropout(self, probability: float) -> None:
        """Drop activations with another probability than the shape's own."""
        for module in self.modules():
            if isinstance(module, nn.Dropout):
                module.p = probability

    def parameter_count(self) -> int:
        """Number of weights."""
        return sum(parameter.numel() for parameter in self.parameters())


def _refuse_unbuilt(config: ModelConfig) -> None:
    """Refuse what is registered and not built yet."""
    built = ModelConfig(1, 1)
    names = ("joining", "residual", "decoder", "input_feeding", "embeddings", "initialisation")
    for name in names:
        if getattr(config, name) != getattr(built, name):
            raise OptionError(f"{name} cannot be {getattr(config, name)!r} yet")
    if config.encoder == "one-directional" or config.cell.startswith("rnn-"):
        raise OptionError("vanilla cells and one-directional encoders are not built yet")
