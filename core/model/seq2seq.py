"""A whole model: encoder, decoder and output layer, over ids alone."""

from __future__ import annotations

from typing import NamedTuple

from torch import Tensor, nn
from torch.nn import functional

from core.model.attention import Memory
from core.model.config import ModelConfig
from core.model.decoder_kinds import make_decoder
from core.model.embeddings import Encoded, make_embedding, share_table
from core.model.encoder import make_encoder
from core.model.free_running import read_tokens
from core.model.initialisation import xavier
from core.model.masks import additive_mask, has_padding, padding_mask


class Output(NamedTuple):
    """A teacher-forced pass.

    Features ``[B, T, embedding_size]``, attention weights ``[B, H, T, S]``.
    """

    features: Tensor
    attention: Tensor


class Seq2Seq(nn.Module):
    """Encoder and decoder of any shape; ids are those of the vocabularies."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.config = config
        self.encoder = make_encoder(config)
        self.decoder = make_decoder(config)
        if config.embeddings == "shared":
            share_table(self)
        elif config.embeddings == "separate":
            self.output_embedding = make_embedding(config.target_vocabulary, config.embedding_size)
        if config.initialisation == "xavier":
            xavier(self, config.cell)

    @property
    def output_weight(self) -> Tensor:
        """The output layer's matrix ``[V, embedding_size]``."""
        separate = self.config.embeddings == "separate"
        table = self.output_embedding if separate else self.decoder.embedding
        return table.weight

    @property
    def output_bias(self) -> Tensor:
        """The output layer's bias ``[V]``."""
        return self.decoder.bias

    def encode(self, source: Tensor, lengths: Tensor) -> Memory:
        """Ids ``[B, S]`` and lengths ``[B]`` to what the decoder reads."""
        return self.memory(self.encoder.read(source, lengths), lengths)

    def memory(self, encoded: Encoded, lengths: Tensor) -> Memory:
        """What the decoder reads of sentences of ``lengths`` ``[B]`` that the encoder has read."""
        states, finals = encoded  # [B, S, width]
        keys, values = self.decoder.prepare(states)
        real = padding_mask(lengths, states.shape[1])
        mask = additive_mask(real)[:, None, None, :] if has_padding(real) else None
        start = (states * real[:, :, None]).sum(1) / lengths[:, None].to(states.dtype)
        return Memory(keys, values, mask, start, finals)

    def forward(self, source: Tensor, lengths: Tensor, target: Tensor) -> Output:
        """Teacher forcing: ``target`` ``[B, T]`` begins with ``<sos>``."""
        return Output(*self.decoder(target, self.encode(source, lengths)))

    def free_forward(self, source: Tensor, lengths: Tensor, target: Tensor, gold: Tensor) -> Output:
        """As :meth:`forward`, where the target is read only where ``gold`` ``[B, T]`` is true.

        Elsewhere the decoder reads what itself finds most probable there; see
        :func:`core.model.free_running.read_tokens`.
        """
        memory = self.encode(source, lengths)
        tokens = read_tokens(self.decoder, self.logits, target, gold, memory)
        return Output(*self.decoder(tokens, memory))

    def logits(self, features: Tensor) -> Tensor:
        """Features ``[..., width]`` to unnormalised scores ``[..., V]``."""
        return functional.linear(features, self.output_weight, self.output_bias)

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

    def decode_step_by_head(
        self, tokens: Tensor, state: Tensor, memory: Memory
    ) -> tuple[Tensor, Tensor, Tensor]:
        """As :meth:`decode_step`, with the weights of every head ``[B, H, K, S]``."""
        features, state, weights = self.decoder.step(tokens, state, memory)  # [N, H, S]
        scores = self.logits(features).float().log_softmax(-1)
        grouped = weights.view(memory.start.shape[0], -1, *weights.shape[1:])  # [B, K, H, S]
        return scores, state, grouped.transpose(1, 2)

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
