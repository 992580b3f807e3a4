"""A trained model laid out for translating on a processor: what ``Seq2Seq`` predicts, sooner."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import torch
from torch import Tensor

from core.model.attention import Memory, MultiHeadAttention
from core.model.attention_kinds import make_attention
from core.model.config import ModelConfig
from core.model.decoder_parts import LOCAL
from core.model.embeddings import SOURCE_TABLE, output_table, target_table
from core.model.empty import without_weights
from core.model.encoder import make_encoder, rotary_angles
from core.model.laying_out import Layers, Weights, cell_names, encoder_parts, gates_of
from core.model.masks import additive_mask, has_padding, padding_mask
from core.model.native import library
from core.model.native.decoder import NativeDecoder, Parts, Shape
from core.model.native.encoder import NativeEncoder
from core.model.packed import Lookup, Rows
from core.model.seq2seq import Seq2Seq
from core.model.torch_step import TorchStep

Encoder = Callable[[Tensor, Tensor], Tensor]
"""Ids ``[B, S]`` and lengths ``[B]`` to states ``[B, S, width]``."""


def can_lay_out(config: ModelConfig) -> bool:
    """Whether :class:`InferenceModel` knows the shape; any other translates as ``Seq2Seq`` itself.

    It knows the decoder that training likes best, of gated cells, under any encoder: what is
    translated with daily. The others exist to be compared.
    """
    return (
        config.decoder == "attention"
        and not config.input_feeding
        and config.attention not in LOCAL
        and config.cell in ("lstm", "gru")
    )


class InferenceModel:
    """Encoder, attention and decoder's step; see :class:`core.decoding.step_model.StepModel`.

    Args:
        config: the model's shape, of which :func:`can_lay_out` is true.
        weights: its weights; those that are :class:`Rows` are computed with as integers.
        dtype: of activations, and of weights that are floats.
    """

    def __init__(
        self, config: ModelConfig, weights: Weights, dtype: torch.dtype = torch.float32
    ) -> None:
        self.config, self.dtype = config, dtype
        layers = Layers(weights, dtype)
        with without_weights():
            self.attention = make_attention(config).eval()
        layers.fill(self.attention, "decoder.attention")
        self.encoder, self.source_rows = self._make_encoder(layers)
        self.start = layers.linear("decoder.start")
        self.parts = len(cell_names(config)) * (2 if config.cell == "lstm" else 1)
        self.native = self._make_native(layers)
        alone = self.native is not None and self.native.takes_all
        self.by_torch = None if alone else TorchStep(config, layers, self.attention)
        self.target_rows = self._target_rows()

    def _make_encoder(self, layers: Layers) -> tuple[Encoder, Lookup]:
        """The encoder, in C where it was compiled for the shape and precision; its embeddings."""
        config, code = self.config, library.find()
        if code is not None and config.encoder == "transformer":
            table = layers.matrix(SOURCE_TABLE)
            takes_all = code.takes_all if isinstance(table, Rows) else code.takes_all_floats
            head = config.width // config.encoder_heads
            if takes_all and head <= NativeEncoder.WIDEST_HEAD:
                return self._native_encoder(code, layers, head)
        with without_weights():
            encoder = make_encoder(config).eval()
        layers.fill(encoder, "encoder")
        return encoder, cast("Lookup", encoder.embedding)

    def _native_encoder(
        self, code: library.Library, layers: Layers, head: int
    ) -> tuple[Encoder, Lookup]:
        config, dtype = self.config, self.dtype
        parts = encoder_parts(layers, config)
        native = NativeEncoder(code, config.encoder_heads, config.width**0.5, parts)

        def encode(source: Tensor, lengths: Tensor) -> Tensor:
            angles = rotary_angles(source.shape[1], head)
            return native(source, lengths, angles).to(dtype)

        return encode, Lookup(native.embedding, dtype)

    def _target_rows(self) -> Lookup:
        """The embeddings of the target, which the decoder has."""
        if self.by_torch is not None:
            return self.by_torch.embedding
        assert self.native is not None
        return Lookup(self.native.embedding, self.dtype)

    def _make_native(self, layers: Layers) -> NativeDecoder | None:
        """The step in C, where it was compiled, for the shape and precision that it knows."""
        config, code = self.config, library.find()
        if code is None:
            return None
        if config.cell != "lstm" or config.attention != "multi-head":
            return None
        shape = Shape(
            config.decoder_width, config.width, config.attention_heads,
            config.embedding_size**0.5, config.attention_strength, config.residual,
        )  # fmt: skip
        parts = Parts(
            layers.matrix(target_table(config)),
            [gates_of(layers, name) for name in cell_names(config)],
            layers.layer("decoder.attention.query"),
            layers.layer("decoder.expand"),
            layers.layer("decoder.contract"),
            (layers.matrix(output_table(config)), layers.floats("decoder.bias")),
            layers.norm("decoder.norm"),
        )
        return NativeDecoder(code, shape, parts)

    def parameter_count(self) -> int:
        """Number of weights."""
        with without_weights():
            return Seq2Seq(self.config).parameter_count()

    def encode(self, source: Tensor, lengths: Tensor) -> Memory:
        """Ids ``[B, S]`` and lengths ``[B]`` to what the decoder reads."""
        return self.memory(self.encoder(source, lengths), lengths)

    def memory(self, states: Tensor, lengths: Tensor) -> Memory:
        """What the decoder reads of the encoder's states ``[B, S, width]``."""
        keys, values = self.attention.prepare(states)
        if isinstance(self.attention, MultiHeadAttention):
            # Small products of bf16 have programs to be made for each shape.
            keys, values = keys.float(), values.float()
        real = padding_mask(lengths, states.shape[1])
        mask = additive_mask(real)[:, None, None, :] if has_padding(real) else None
        start = (states * real[:, :, None]).sum(1) / lengths[:, None].to(states.dtype)
        return Memory(keys, values, mask, start)

    def initial_state(self, memory: Memory) -> Tensor:
        """States of all layers before the first step, ``[N, layers * parts, hidden]``."""
        first = torch.tanh(self.start(memory.start))
        state = first.new_zeros(first.shape[0], self.parts, first.shape[1])
        state[:, 0] = first
        return state

    def decode_step(
        self, tokens: Tensor, state: Tensor, memory: Memory
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Tokens ``[N]`` to log-probabilities ``[N, V]`` (float32), the new state, and the
        alignment's weights ``[N, S]``."""
        scores, after, weights = self.decode_step_by_head(tokens, state, memory)
        head = self.alignment_head
        shown = weights.mean(1) if head is None else weights[:, head]  # [B, K, S]
        return scores, after, shown.flatten(0, 1)

    def decode_step_by_head(
        self, tokens: Tensor, state: Tensor, memory: Memory
    ) -> tuple[Tensor, Tensor, Tensor]:
        """As :meth:`decode_step`, with the weights of every head ``[B, H, K, S]``."""
        native = self.native_for(len(tokens))
        if native is not None:
            return native(tokens, state, memory.keys, memory.values, memory.mask)
        assert self.by_torch is not None
        return self.by_torch(tokens, state, memory)

    def read(self, tokens: Tensor, state: Tensor, memory: Memory) -> Tensor:
        """The new state behind tokens ``[N]``; what follows them is not predicted."""
        return self.read_by_head(tokens, state, memory)[0]

    def read_by_head(self, tokens: Tensor, state: Tensor, memory: Memory) -> tuple[Tensor, Tensor]:
        """As :meth:`read`, with the weights of every head ``[B, H, K, S]``."""
        native = self.native_for(len(tokens))
        if native is not None:
            keys, values, mask = memory.keys, memory.values, memory.mask
            return native(tokens, state, keys, values, mask, predict=False)[1:]
        assert self.by_torch is not None
        return self.by_torch.read(tokens, state, memory)

    def tops(self, state: Tensor) -> Tensor:
        """What the top layer adds up to in a state: ``[N, hidden]``."""
        outputs = state[:, :: self.parts // self.config.decoder_layers]  # of each layer
        return outputs.sum(1) if self.config.residual else outputs[:, -1]

    @property
    def alignment_head(self) -> int | None:
        """The head whose attention is the alignment; ``None`` for the mean of all."""
        return self.config.alignment_head

    def native_for(self, rows: int) -> NativeDecoder | None:
        """The decoder in C, where steps of up to so many rows are soonest done by it."""
        native = self.native
        return native if native is not None and rows <= native.most_rows else None

    @staticmethod
    def select(state: Tensor, rows: Tensor) -> Tensor:
        """The rows of a decoder state, in that order."""
        return state.index_select(0, rows)

    @staticmethod
    def select_memory(memory: Memory, rows: Tensor) -> Memory:
        """The rows of a memory, in that order."""
        picked = (None if part is None else part.index_select(0, rows) for part in memory)
        return Memory(*picked)  # type: ignore[arg-type]
