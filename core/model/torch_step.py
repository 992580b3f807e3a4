"""A decoder's step for translating, computed by torch."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from core.model.attention import Memory
from core.model.config import ModelConfig
from core.model.embeddings import output_table, target_table
from core.model.laying_out import GATE_WEIGHTS, Layers, cell_names, gates_of
from core.model.packed import Lookup, make_linear


class TorchStep:
    """One step of :class:`core.model.decoder_recurrent.AttentionDecoder`.

    Args:
        config: the model's shape.
        layers: its weights.
        attention: the decoder's own.
    """

    def __init__(self, config: ModelConfig, layers: Layers, attention: nn.Module) -> None:
        self._config, self._dtype, self._attention = config, layers.dtype, attention
        cell = LstmCell if config.cell == "lstm" else GruCell
        self._cells = [cell(layers, name) for name in cell_names(config)]
        self._expand = layers.linear("decoder.expand")
        self._contract = layers.linear("decoder.contract")
        self._norm = layers.norm("decoder.norm")
        self.embedding = Lookup(layers.weights(target_table(config)), layers.dtype)
        output = layers.weights(output_table(config))
        self._output = make_linear(output, layers.floats("decoder.bias"), layers.dtype)
        self._scale = config.embedding_size**0.5

    def __call__(
        self, tokens: Tensor, state: Tensor, memory: Memory
    ) -> tuple[Tensor, Tensor, Tensor]:
        """See :meth:`core.model.inference.InferenceModel.decode_step_by_head`."""
        h, contexts, after, weights = self._advance(tokens, state, memory)
        joined = torch.cat((h, contexts), dim=1)
        joined = functional.layer_norm(joined, joined.shape[1:], *self._norm)
        features = self._contract(self._expand(joined).relu_())
        return self._output(features).float().log_softmax(-1), after, weights

    def read(self, tokens: Tensor, state: Tensor, memory: Memory) -> tuple[Tensor, Tensor]:
        """See :meth:`core.model.inference.InferenceModel.read_by_head`."""
        return self._advance(tokens, state, memory)[2:]

    def _advance(
        self, tokens: Tensor, state: Tensor, memory: Memory
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """The top layer ``[N, hidden]``, the contexts ``[N, width]``, the new state, and the
        attention's weights ``[B, H, K, S]``."""
        before, parts = state.to(self._dtype).unbind(1), self._cells[0].parts
        after = self._cells[0](self.embedding(tokens) * self._scale, before[:parts])
        h = after[0]
        grouped = h.view(memory.keys.shape[0], -1, h.shape[1])  # [B, K, hidden]
        contexts, weights = self._attention(grouped, memory)  # [B, K, width], [B, H, K, S]
        contexts = contexts.flatten(0, 1).to(self._dtype)
        for index, cell in enumerate(self._cells[1:], start=1):
            own = before[index * parts : (index + 1) * parts]
            above = cell(torch.cat((h, contexts), dim=1), own)
            after += above
            h = h + above[0] if self._config.residual else above[0]
        return h, contexts, torch.stack(after, dim=1), weights


class LstmCell:
    """One step of an LSTM with forget gates (Hochreiter & Schmidhuber 1997; Gers et al. 2000)."""

    parts = 2  # h and c

    def __init__(self, layers: Layers, name: str) -> None:
        self.gates = make_linear(*gates_of(layers, name), layers.dtype)

    def __call__(self, x: Tensor, state: tuple[Tensor, ...]) -> list[Tensor]:
        """Input ``[N, inputs]`` and h and c, each ``[N, hidden]``, to the new h and c."""
        gates, hidden = self.gates(torch.cat((x, state[0]), dim=1)), state[0].shape[1]
        i, f, o = gates[:, : 3 * hidden].sigmoid().chunk(3, dim=1)
        c = torch.addcmul(f * state[1], i, gates[:, 3 * hidden :].tanh())
        return [o * c.tanh(), c]


class GruCell:
    """One step of a GRU (Cho et al. 2014), its reset gate behind the state's matrix as in cuDNN."""

    parts = 1  # h

    def __init__(self, layers: Layers, name: str) -> None:
        of_input, of_state, *biases = (f"{name}.{part}" for part in GATE_WEIGHTS)
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
