"""The decoder's step in C, for torch's tensors."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor

from core.model.native.arena import Arena
from core.model.native.layout import kind_of, lay_out
from core.model.native.library import DecoderStruct, Library, MatrixStruct
from core.model.packed import Layer, Matrix, split, united

_UNKNOWN_TOKEN, _NO_MEMORY = 1, 2  # what `attune_step` returns


class Shape(NamedTuple):
    """Sizes and numbers of a decoder, by the names of :class:`core.model.config.ModelConfig`."""

    hidden: int
    width: int
    heads: int
    scale: float
    strength: float
    residual: bool


class Parts(NamedTuple):
    """Weights of a decoder; all matrices are :class:`Rows`, or float32, or bfloat16.

    ``cells`` are the gates i, f, o, g of each LSTM layer, of input and state side by side.
    """

    embedding: Matrix
    cells: Sequence[Layer]
    query: Layer
    expand: Layer
    contract: Layer
    output: Layer
    norm: tuple[Tensor, Tensor]


class NativeDecoder:
    """A step of :class:`core.model.decoder_recurrent.AttentionDecoder` of LSTM cells.

    Whatever the weights are, all else is float32.

    Args:
        library: the compiled code.
        shape: see there.
        parts: weights, copied into the layout that the code reads.

    Attributes:
        library: as given.
        address: where the C code finds the decoder.
        embedding: the table of pieces, as the code reads it.
        vocabulary: how many pieces it knows.
        most_rows: more are computed sooner by torch.
        takes_all: whether there is no such number.
    """

    def __init__(self, library: Library, shape: Shape, parts: Parts) -> None:
        self.library = library
        values, scales = split(parts.embedding)
        self.vocabulary, embedding = values.shape
        self.takes_all = library.takes_all_floats if scales is None else library.takes_all
        self.most_rows = library.most_float_rows if scales is None else library.most_rows
        layers = (*parts.cells, parts.query, parts.expand, parts.contract, parts.output)
        laid = [lay_out(*split(matrix), bias, library) for matrix, bias in layers]
        norm = [part.float() for part in parts.norm]
        whole = [values, *norm, *(() if scales is None else (scales,))]
        self._arena = Arena(whole + [part for layer in laid for part in layer.tensors()])
        at = self._arena.address
        self.embedding = united(*self._arena.copies(values, scales))
        matrices = [layer.struct(self._arena) for layer in laid]
        self._cells = (MatrixStruct * len(parts.cells))(*matrices[: len(parts.cells)])
        self._struct = DecoderStruct(
            embedding, shape.hidden, shape.width, shape.heads,
            len(parts.cells), self.vocabulary, shape.residual, kind_of(values, scales),
            shape.scale, shape.strength,
            at(values), at(scales), ctypes.addressof(self._cells),
            *matrices[len(parts.cells) :], *map(at, norm),
        )  # fmt: skip
        self.address = ctypes.addressof(self._struct)
        self._arena.forget()

    def __call__(
        self,
        tokens: Tensor,
        state: Tensor,
        keys: Tensor,
        values: Tensor,
        mask: Tensor | None,
        *,
        predict: bool = True,
        helpers: int | None = None,
    ) -> tuple[Tensor, Tensor, Tensor]:
        """One step of N rows, K of each of B sentences in succession; the memory contiguous.

        Args:
            tokens: ``[N]`` int64.
            state: h and c of each layer, ``[N, layers * 2, hidden]``.
            keys, values: ``[B, H, S, D]`` float32, the keys divided by √D.
            mask: additive ``[B, 1, 1, S]`` float32, or ``None``.
            predict: whether what follows is wanted.
            helpers: other threads that may take a share; if ``None``, all but one of torch's.

        Returns:
            Log-probabilities ``[N, V]`` (``[0, V]`` if they are not wanted), the new state, and
            the attention's weights ``[B, H, K, S]``.

        Raises:
            ValueError: the rows are not as many for each sentence.
            IndexError: a token is none of the vocabulary.
            MemoryError: there is no room for what lies between.
        """
        sentences, heads, positions, _ = keys.shape
        rows = tokens.shape[0]
        if rows % sentences or len(state) != rows:
            raise ValueError(f"{rows} tokens, {len(state)} states and {sentences} sentences")
        tokens, state = tokens.contiguous(), state.float().contiguous()
        after = torch.empty_like(state)
        weights = torch.empty(sentences, heads, rows // sentences, positions)
        scores = torch.empty(rows if predict else 0, self.vocabulary)
        code = self.library.step(
            self.address, rows, sentences, positions,
            torch.get_num_threads() - 1 if helpers is None else helpers,
            tokens.data_ptr(), state.data_ptr(), keys.data_ptr(), values.data_ptr(),
            None if mask is None else mask.data_ptr(),
            after.data_ptr(), weights.data_ptr(), scores.data_ptr() if predict else None,
        )  # fmt: skip
        if code == _UNKNOWN_TOKEN:
            raise IndexError(f"a token is none of the vocabulary of {self.vocabulary}")
        if code == _NO_MEMORY:
            raise MemoryError(f"no room for a step of {rows} rows")
        return scores, after, weights
