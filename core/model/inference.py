"""A trained model laid out for translating on a processor: what ``Seq2Seq`` predicts, sooner."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor, nn
from torch.nn import functional

from core.model.attention import Memory, MultiHeadAttention
from core.model.attention_kinds import make_attention
from core.model.config import ModelConfig
from core.model.decoder_parts import LOCAL
from core.model.embeddings import output_table, target_table
from core.model.empty import without_weights
from core.model.encoder import make_encoder
from core.model.masks import additive_mask, has_padding, padding_mask
from core.model.native import library
from core.model.native.decoder import Layer, NativeDecoder, Parts, Shape
from core.model.packed import Linear, Lookup, Matrix, Rows, make_linear, side_by_side
from core.model.seq2seq import Seq2Seq

Weights = Callable[[str], Matrix]
"""A weight by the name it has in ``Seq2Seq``."""


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
        layers = _Layers(weights, dtype)
        with without_weights():
            self.encoder, self.attention = (
                make_encoder(config).eval(),
                make_attention(config).eval(),
            )
        layers.fill(self.encoder, "encoder")
        layers.fill(self.attention, "decoder.attention")
        cell = LstmCell if config.cell == "lstm" else GruCell
        self.cells = [cell(layers, name) for name in _cell_names(config)]
        self.start = layers.linear("decoder.start")
        self.expand = layers.linear("decoder.expand")
        self.contract = layers.linear("decoder.contract")
        self.norm = layers.floats("decoder.norm.weight"), layers.floats("decoder.norm.bias")
        self.embedding = Lookup(weights(target_table(config)), dtype)
        output = weights(output_table(config))
        self.output = make_linear(output, layers.floats("decoder.bias"), dtype)
        self.scale = config.embedding_size**0.5
        self.native = self._make_native(layers)

    def _make_native(self, layers: _Layers) -> NativeDecoder | None:
        """The step in C, where it was compiled, for the shape and precision that it knows."""
        config, code = self.config, library.find()
        if code is None or self.dtype is not torch.float32:
            return None
        if config.cell != "lstm" or config.attention != "multi-head":
            return None
        shape = Shape(
            config.decoder_width, config.width, config.attention_heads,
            self.scale, config.attention_strength, config.residual,
        )  # fmt: skip
        output = layers.weights(output_table(config)), layers.floats("decoder.bias")
        parts = Parts(
            layers.weights(target_table(config)),
            [_gates(layers, name) for name in _cell_names(config)],
            layers.layer("decoder.attention.query"),
            layers.layer("decoder.expand"),
            layers.layer("decoder.contract"),
            output,
            self.norm,
        )
        return NativeDecoder(code, shape, parts)

    def parameter_count(self) -> int:
        """Number of weights."""
        with without_weights():
            return Seq2Seq(self.config).parameter_count()

    def encode(self, source: Tensor, lengths: Tensor) -> Memory:
        """Ids ``[B, S]`` and lengths ``[B]`` to what the decoder reads."""
        states = self.encoder(source, lengths)  # [B, S, width]
        keys, values = self.attention.prepare(states)
        if isinstance(self.attention, MultiHeadAttention):
            # Small products of bf16 have programs to be made for each shape.
            keys, values = keys.float(), values.float()
        real = padding_mask(lengths, source.shape[1])
        mask = additive_mask(real)[:, None, None, :] if has_padding(real) else None
        start = (states * real[:, :, None]).sum(1) / lengths[:, None].to(states.dtype)
        return Memory(keys, values, mask, start)

    def initial_state(self, memory: Memory) -> Tensor:
        """States of all layers before the first step, ``[N, layers * parts, hidden]``."""
        first = torch.tanh(self.start(memory.start))
        parts = len(self.cells) * self.cells[0].parts
        state = first.new_zeros(first.shape[0], parts, first.shape[1])
        state[:, 0] = first
        return state

    def decode_step(
        self, tokens: Tensor, state: Tensor, memory: Memory
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Tokens ``[N]`` to log-probabilities ``[N, V]`` (float32), the new state, and the
        alignment's weights ``[N, S]``."""
        scores, after, weights = self.decode_step_by_head(tokens, state, memory)
        head = self.config.alignment_head
        shown = weights.mean(1) if head is None else weights[:, head]  # [B, K, S]
        return scores, after, shown.flatten(0, 1)

    def decode_step_by_head(
        self, tokens: Tensor, state: Tensor, memory: Memory
    ) -> tuple[Tensor, Tensor, Tensor]:
        """As :meth:`decode_step`, with the weights of every head ``[B, H, K, S]``."""
        if self.native is not None and len(tokens) <= self.native.most_rows:
            return self.native(tokens, state, memory.keys, memory.values, memory.mask)
        h, contexts, after, weights = self._advance(tokens, state, memory)
        joined = torch.cat((h, contexts), dim=1)
        joined = functional.layer_norm(joined, joined.shape[1:], self.norm[0], self.norm[1])
        features = self.contract(self.expand(joined).relu_())
        scores = self.output(features).float().log_softmax(-1)
        return scores, after, weights

    def read(self, tokens: Tensor, state: Tensor, memory: Memory) -> Tensor:
        """The new state behind tokens ``[N]``; what follows them is not predicted."""
        if self.native is not None and len(tokens) <= self.native.most_rows:
            keys, values, mask = memory.keys, memory.values, memory.mask
            return self.native(tokens, state, keys, values, mask, predict=False)[1]
        return self._advance(tokens, state, memory)[2]

    def _advance(
        self, tokens: Tensor, state: Tensor, memory: Memory
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """The top layer ``[N, hidden]``, the contexts ``[N, width]``, the new state, and the
        attention's weights ``[B, H, K, S]``."""
        before, parts = state.unbind(1), self.cells[0].parts
        after = self.cells[0](self.embedding(tokens) * self.scale, before[:parts])
        h = after[0]
        grouped = h.view(memory.keys.shape[0], -1, h.shape[1])  # [B, K, hidden]
        contexts, weights = self.attention(grouped, memory)  # [B, K, width], [B, H, K, S]
        contexts = contexts.flatten(0, 1).to(self.dtype)
        for index, cell in enumerate(self.cells[1:], start=1):
            own = before[index * parts : (index + 1) * parts]
            above = cell(torch.cat((h, contexts), dim=1), own)
            after += above
            h = h + above[0] if self.config.residual else above[0]
        return h, contexts, torch.stack(after, dim=1), weights

    @staticmethod
    def select(state: Tensor, rows: Tensor) -> Tensor:
        """The rows of a decoder state, in that order."""
        return state.index_select(0, rows)

    @staticmethod
    def select_memory(memory: Memory, rows: Tensor) -> Memory:
        """The rows of a memory, in that order."""
        picked = (None if part is None else part.index_select(0, rows) for part in memory)
        return Memory(*picked)  # type: ignore[arg-type]


class _Layers:
    """Makes layers out of weights, for activations of ``dtype``."""

    def __init__(self, weights: Weights, dtype: torch.dtype) -> None:
        self.weights, self.dtype = weights, dtype

    def floats(self, name: str) -> Tensor:
        """The weight ``name``, as floats."""
        found = self.weights(name)
        return (found.floats() if isinstance(found, Rows) else found).to(self.dtype)

    def linear(self, name: str, *, bias: bool = True) -> Linear:
        """The linear layer ``name``."""
        of_outputs = self.floats(f"{name}.bias") if bias else None
        return make_linear(self.weights(f"{name}.weight"), of_outputs, self.dtype)

    def layer(self, name: str) -> Layer:
        """The matrix and bias of the linear layer ``name``."""
        return self.weights(f"{name}.weight"), self.floats(f"{name}.bias")

    def fill(self, module: nn.Module, name: str) -> None:
        """Give the layers inside ``module``, made without weights, those of ``name``."""
        for part, child in list(module.named_children()):
            place = f"{name}.{part}"
            made: Callable[[Tensor], Tensor]
            if isinstance(child, nn.Linear):
                made = self.linear(place, bias=child.bias is not None)
            elif isinstance(child, nn.Embedding):
                made = Lookup(self.weights(f"{place}.weight"), self.dtype)
            else:
                self.fill(child, place)
                continue
            delattr(module, part)  # a module gives way to no plain function
            setattr(module, part, made)
        for part, _ in list(module.named_parameters(recurse=False)):
            weight = nn.Parameter(self.floats(f"{name}.{part}"), requires_grad=False)
            setattr(module, part, weight)


def _cell_names(config: ModelConfig) -> list[str]:
    """The recurrent layers, the bottom one first."""
    return ["decoder.bottom", *(f"decoder.upper.{i}" for i in range(config.decoder_layers - 1))]


_GATE_WEIGHTS = ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")


class LstmCell:
    """One step of an LSTM with forget gates (Hochreiter & Schmidhuber 1997; Gers et al. 2000)."""

    parts = 2  # h and c

    def __init__(self, layers: _Layers, name: str) -> None:
        self.gates = make_linear(*_gates(layers, name), layers.dtype)

    def __call__(self, x: Tensor, state: tuple[Tensor, ...]) -> list[Tensor]:
        """Input ``[N, inputs]`` and h and c, each ``[N, hidden]``, to the new h and c."""
        gates, hidden = self.gates(torch.cat((x, state[0]), dim=1)), state[0].shape[1]
        i, f, o = gates[:, : 3 * hidden].sigmoid().chunk(3, dim=1)
        c = torch.addcmul(f * state[1], i, gates[:, 3 * hidden :].tanh())
        return [o * c.tanh(), c]


def _gates(layers: _Layers, name: str) -> Layer:
    """All of an LSTM as one linear layer of input and state side by side, i, f, o, g."""
    of_input, of_state, *biases = (f"{name}.{part}" for part in _GATE_WEIGHTS)
    matrix = side_by_side(
        _matrix_output_last(layers.weights(of_input)),
        _matrix_output_last(layers.weights(of_state)),
    )
    return matrix, _output_last(layers.floats(biases[0]) + layers.floats(biases[1]))


def _output_last(gates: Tensor) -> Tensor:
    """The gates i, f, g, o of an LSTM as i, f, o, g, so that those with a sigmoid are together."""
    i, f, g, o = gates.chunk(4)
    return torch.cat((i, f, o, g))


def _matrix_output_last(gates: Matrix) -> Matrix:
    """:func:`_output_last` of the rows of a matrix."""
    if isinstance(gates, Rows):
        return Rows(_output_last(gates.values), _output_last(gates.scales))
    return _output_last(gates)


class GruCell:
    """One step of a GRU (Cho et al. 2014), its reset gate behind the state's matrix as in cuDNN."""

    parts = 1  # h

    def __init__(self, layers: _Layers, name: str) -> None:
        of_input, of_state, *biases = (f"{name}.{part}" for part in _GATE_WEIGHTS)
        self.of_input = make_linear(
            layers.weights(of_input), layers.floats(biases[0]), layers.dtype
        )
        self.of_state = make_linear(
            layers.weights(of_state), layers.floats(biases[1]), layers.dtype
        )

    def __call__(self, x: Tensor, state: tuple[Tensor, ...]) -> list[Tensor]:
        """Input ``[N, inputs]`` and h ``[N, hidden]`` to the new h."""
        (h,) = state
        xr, xz, xn = self.of_input(x).chunk(3, dim=1)
        hr, hz, hn = self.of_state(h).chunk(3, dim=1)
        n = torch.addcmul(xn, (xr + hr).sigmoid(), hn).tanh()
        return [torch.lerp(n, h, (xz + hz).sigmoid())]
