"""The encoder of self-attention in C, for torch's tensors."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor

from core.model.native.arena import Arena
from core.model.native.layout import kind_of, lay_out
from core.model.native.library import EncoderLayerStruct, EncoderStruct, Library
from core.model.packed import Layer, Matrix, split, united

_UNKNOWN_TOKEN, _NO_MEMORY = 1, 2  # what `attune_encode` returns

Norm = tuple[Tensor, Tensor]
"""Weight and bias of a normalisation."""


class LayerParts(NamedTuple):
    """Weights of one :class:`core.model.encoder.SelfAttentionLayer`, by its names."""

    attention_norm: Norm
    query_key_value: Layer
    output: Layer
    feed_forward_norm: Norm
    expand: Layer
    contract: Layer

    def matrices(self) -> tuple[Layer, ...]:
        """Those of its linear layers, as they lie in ``EncoderLayer``."""
        return self.query_key_value, self.output, self.expand, self.contract


class EncoderParts(NamedTuple):
    """Weights of an encoder; all matrices are ``Rows``, or float32, or bfloat16."""

    embedding: Matrix
    layers: Sequence[LayerParts]
    norm: Norm


class NativeEncoder:
    """:class:`core.model.encoder.TransformerEncoder`; no row of padding is computed.

    Whatever the weights are, all else is float32.

    Args:
        code: the compiled code.
        heads: of each layer.
        scale: what embeddings are multiplied by.
        parts: weights, copied into the layout that the code reads.

    Attributes:
        embedding: the table of pieces, as the code reads it.
    """

    WIDEST_HEAD = 256

    def __init__(self, code: Library, heads: int, scale: float, parts: EncoderParts) -> None:
        self._encode = code.encode
        values, scales = split(parts.embedding)
        self.vocabulary, self.width = values.shape
        self.head_width = self.width // heads
        laid = [
            [lay_out(*split(matrix), bias, code) for matrix, bias in layer.matrices()]
            for layer in parts.layers
        ]
        norms = [
            [part.float() for part in (*layer.attention_norm, *layer.feed_forward_norm)]
            for layer in parts.layers
        ]
        last = [part.float() for part in parts.norm]
        whole = [values, *last, *(() if scales is None else (scales,))]
        whole += [part for layer in norms for part in layer]
        whole += [part for layer in laid for matrix in layer for part in matrix.tensors()]
        self._arena = Arena(whole)
        at = self._arena.address
        self.embedding = united(*self._arena.copies(values, scales))
        self._layers = (EncoderLayerStruct * len(laid))(
            *(
                EncoderLayerStruct(
                    *map(at, of_norms), *(matrix.struct(self._arena) for matrix in matrices)
                )
                for of_norms, matrices in zip(norms, laid, strict=True)
            )
        )
        self._struct = EncoderStruct(
            self.width, heads, len(laid), self.vocabulary, kind_of(values, scales), scale,
            at(values), at(scales), ctypes.addressof(self._layers), *map(at, last),
        )  # fmt: skip
        self._address = ctypes.addressof(self._struct)
        self._arena.forget()

    def __call__(self, source: Tensor, lengths: Tensor, angles: tuple[Tensor, Tensor]) -> Tensor:
        """Ids ``[B, S]`` and lengths ``[B]`` to states ``[B, S, width]``, 0 on padding.

        Args:
            source: whole numbers.
            lengths: whole numbers, from 1 to S.
            angles: cosines and sines ``[S, D / 2]``, of
                :func:`core.model.encoder.rotary_angles`.

        Raises:
            ValueError: a length is none, or the angles are not of as many places.
            IndexError: an id is none of the vocabulary.
            MemoryError: there is no room for what lies between.
        """
        sentences, positions = source.shape
        source, lengths = source.long().contiguous(), lengths.long().contiguous()
        if len(lengths) != sentences or not bool(((lengths > 0) & (lengths <= positions)).all()):
            raise ValueError(f"{sentences} sentences of {positions} places, lengths {lengths}")
        cosines, sines = (part.float().contiguous() for part in angles)
        if cosines.shape != (positions, self.head_width // 2) or sines.shape != cosines.shape:
            raise ValueError(f"{positions} places, angles {list(cosines.shape)}")
        states = torch.zeros(sentences, positions, self.width)
        code = self._encode(
            self._address, sentences, positions, torch.get_num_threads() - 1,
            source.data_ptr(), lengths.data_ptr(), cosines.data_ptr(), sines.data_ptr(),
            states.data_ptr(),
        )  # fmt: skip
        if code == _UNKNOWN_TOKEN:
            raise IndexError(f"an id is none of the vocabulary of {self.vocabulary}")
        if code == _NO_MEMORY:
            raise MemoryError(f"no room to read {sentences} sentences of {positions} places")
        return states
