"""Encoders of recurrent layers: from the left, or from both sides."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from core.model.cells import make_rnn, weights_of
from core.model.config import ModelConfig
from core.model.decoder_parts import FIXED_CONTEXT
from core.model.embeddings import Encoded, make_embedding
from core.model.halves import lacks_halves
from core.model.masks import has_padding, padding_mask, reversal

# A gate's energy at which its sigmoid is 0 or 1 to the last bit, whatever is added to it.
_SHUT = 1e4
# Products of rows of another length take a third longer.
_ALIGNED = 16


class RecurrentEncoder(nn.Module):
    """Stacked recurrence, one-directional or bidirectional (Schuster & Paliwal 1997).

    Each layer joins or sums both directions. Rows are reversed by their own length instead of
    packed: padding lies behind the sentence for both directions, so it never reaches a real state,
    and the layer stays one fused call.
    """

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.config = config
        self.embedding = make_embedding(config.source_vocabulary, config.embedding_size)
        self.scale = config.embedding_size**0.5
        self.dropout = nn.Dropout(config.dropout)
        self.keeps_finals = config.decoder in FIXED_CONTEXT
        both = config.encoder == "bidirectional"
        size = config.width // 2 if both and config.joining == "joined" else config.width
        reads = (config.embedding_size, *(config.width for _ in range(config.encoder_layers - 1)))
        self.ahead = nn.ModuleList(make_rnn(config.cell, inputs, size) for inputs in reads)
        if both:
            self.behind = nn.ModuleList(make_rnn(config.cell, inputs, size) for inputs in reads)

    def forward(self, source: Tensor, lengths: Tensor) -> Tensor:
        """Ids ``[B, S]`` and lengths ``[B]`` to states ``[B, S, width]``."""
        return self.read(source, lengths).states

    def read(self, source: Tensor, lengths: Tensor) -> Encoded:
        """As :meth:`forward`, with the last states if the decoder wants them."""
        x: Tensor = self.dropout(self.embedding(source) * self.scale)  # [B, S, embedding_size]
        both = self.config.encoder == "bidirectional"
        index = reversal(lengths, source.shape[1])[:, :, None] if both else None
        finals = []
        for number, ahead in enumerate(self.ahead):
            states, final = self._direction(ahead, x, lengths)  # [B, S, size], [B, 2, size]
            if index is not None:
                mirrored = x.gather(1, index.expand_as(x))
                backwards, behind = self._direction(self.behind[number], mirrored, lengths)
                backwards = backwards.gather(1, index.expand_as(backwards))
                states, final = self._united(states, backwards), self._united(final, behind)
            states = self.dropout(states)
            x = x + states if number and self.config.residual else states
            finals.append(final)
        return Encoded(x, torch.stack(finals, dim=1) if self.keeps_finals else None)

    def _united(self, ahead: Tensor, behind: Tensor) -> Tensor:
        """The states of both directions as one."""
        if self.config.joining == "summed":
            return ahead + behind
        return torch.cat((ahead, behind), dim=-1)

    def _direction(self, layer: nn.Module, x: Tensor, lengths: Tensor) -> tuple[Tensor, Tensor]:
        """``x`` ``[B, S, width]`` to states ``[B, S, size]`` and the one behind the last real word,
        ``[B, 2, size]``: h, and c or 0; nothing where nobody wants it."""
        if not self.keeps_finals:
            states: Tensor = layer(x)[0]
            return states, states[:, :0]
        if self.config.cell == "lstm":
            return _with_cells(layer, x, lengths)
        states = layer(x)[0]
        last = (lengths - 1)[:, None, None].expand(-1, 1, states.shape[2])
        h = states.gather(1, last)  # [B, 1, size]
        return states, torch.cat((h, torch.zeros_like(h)), dim=1)


def _with_cells(layer: nn.Module, x: Tensor, lengths: Tensor) -> tuple[Tensor, Tensor]:
    """States ``[B, S, size]`` of an LSTM, and h and c behind the last real word ``[B, 2, size]``.

    torch tells c behind the last place alone. Where that is padding, c must stay on the way there
    what it was: one input more, which is 1 on padding, opens the forget gate for good and closes
    the input gate, so that c' = 1 ⊙ c + 0 ⊙ g. Rows that are packed would say the same, in twice
    to three times as long, and autocast does not go with them.
    """
    if lacks_halves(x):
        with torch.autocast("cpu", enabled=False):
            return _with_cells(layer, x.float(), lengths)
    real = padding_mask(lengths, x.shape[1])
    if not has_padding(real):
        states, (h, c) = layer(x)
        return states, torch.cat((h, c)).transpose(0, 1)
    if x.device.type != "cpu":  # where weights made anew would be laid out anew at every call
        return _packed(layer, x, lengths)
    weights = weights_of(layer)
    size = weights.of_state.shape[1]
    gates = weights.of_input.new_tensor([-_SHUT, _SHUT, 0.0, 0.0])  # i, f, g, o
    of_padding = gates.repeat_interleave(size)[:, None]  # [4 size, 1]
    more = (0, -(x.shape[2] + 1) % _ALIGNED)
    of_input = functional.pad(torch.cat((weights.of_input, of_padding), dim=1), more)
    given = (of_input, *weights[1:])
    x = functional.pad(torch.cat((x, (~real).to(x.dtype)[:, :, None]), dim=2), more)
    start = x.new_zeros(1, x.shape[0], size)
    states, _, c = torch.lstm(x, (start, start), given, True, 1, 0.0, layer.training, False, True)
    last = (lengths - 1)[:, None, None].expand(-1, 1, size)
    return states, torch.cat((states.gather(1, last), c.transpose(0, 1)), dim=1)


def _packed(layer: nn.Module, x: Tensor, lengths: Tensor) -> tuple[Tensor, Tensor]:
    """See :func:`_with_cells`."""
    size = x.shape[1]
    with torch.autocast(x.device.type, enabled=False):
        x = x.to(layer.get_parameter("weight_ih_l0").dtype)
        packed = pack_padded_sequence(x, lengths.cpu(), batch_first=True, enforce_sorted=False)
        run, (h, c) = layer(packed)
        states, _ = pad_packed_sequence(run, batch_first=True, total_length=size)
    return states, torch.cat((h, c)).transpose(0, 1)
