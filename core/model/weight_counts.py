"""How many weights each part of a model has, without making any."""

from __future__ import annotations

from core.model.config import ModelConfig
from core.model.decoder_parts import LOCAL, ONE_SIZE
from core.model.parts import GATES


def _linear(inputs: int, outputs: int, *, bias: bool = True) -> int:
    return outputs * (inputs + bias)


def _feed_forward(width: int, inner: int) -> int:
    return _linear(width, inner) + _linear(inner, width)


class WeightCounts:
    """Numbers of weights of the model that ``config`` composes."""

    def __init__(self, config: ModelConfig) -> None:
        self._config = config

    def _recurrent(self, inputs: int, hidden: int) -> int:
        """One layer; torch has two biases."""
        return GATES[self._config.cell] * hidden * (inputs + hidden + 2)

    def encoder(self) -> int:
        """All layers, embeddings aside."""
        config, width = self._config, self._config.width
        if config.encoder == "transformer":
            layer = 2 * 2 * width + _linear(width, 3 * width) + _linear(width, width)
            layer += _feed_forward(width, config.feed_forward)
            return config.encoder_layers * layer + 2 * width
        directions = 2 if config.encoder == "bidirectional" else 1
        size = width // 2 if directions == 2 and config.joining == "joined" else width
        first, other = self._recurrent(config.embedding_size, size), self._recurrent(width, size)
        return directions * (first + (config.encoder_layers - 1) * other)

    def attention(self) -> int:
        """What asks the source, in all layers of a Transformer decoder together."""
        config, width = self._config, self._config.width
        if config.decoder == "transformer":
            return config.decoder_layers * self._multi_head(width)
        asked = config.decoder_width
        if config.attention == "multi-head":
            return self._multi_head(asked)
        if config.attention == "additive":
            return _linear(asked, width) + width * width + width
        if config.attention == "none" or config.attention in ONE_SIZE:
            return 0
        predicts = config.attention in LOCAL and config.attention == "local-p"
        return width * asked + (asked * asked + asked if predicts else 0)

    def _multi_head(self, asked: int) -> int:
        width = self._config.width
        return _linear(asked, width) + 2 * _linear(width, width)

    def first_state(self) -> int:
        """What makes the first state of a recurrent decoder, and its context if that is fixed."""
        config = self._config
        to_hidden = _linear(config.width, config.decoder_width)
        if config.decoder == "initial-state":
            if config.encoder == "one-directional" and config.width == config.decoder_width:
                return 0  # states are taken as they are
            return config.decoder_layers * to_hidden * (2 if config.cell == "lstm" else 1)
        if config.decoder == "context":
            return to_hidden + _linear(config.width, config.width)
        return to_hidden

    def bottom_inputs(self) -> int:
        """How many numbers the bottom layer of a recurrent decoder reads."""
        config = self._config
        if config.decoder == "context":
            return config.embedding_size + config.width
        return config.embedding_size + (config.decoder_width if config.input_feeding else 0)

    def recurrent_layers(self, first: int, end: int) -> int:
        """Layers ``first`` to below ``end`` of a recurrent decoder."""
        config, hidden = self._config, self._config.decoder_width
        asks_below = config.decoder == "attention" and not config.input_feeding
        upper = hidden + (config.width if asks_below else 0)
        inputs = [self.bottom_inputs(), *(upper for _ in range(1, config.decoder_layers))]
        return sum(self._recurrent(size, hidden) for size in inputs[first:end])

    def way_out(self) -> int:
        """From the top states of a recurrent decoder to its features."""
        config, width, hidden = self._config, self._config.width, self._config.decoder_width
        size = config.embedding_size
        if config.input_feeding:
            return _linear(width + hidden, hidden, bias=False) + _linear(hidden, size)
        joined = hidden if config.decoder == "initial-state" else hidden + width
        return 2 * joined + _linear(joined, 2 * hidden) + _linear(2 * hidden, size)

    def transformer_layers(self) -> int:
        """Layers of a Transformer decoder without what asks the source."""
        config, width = self._config, self._config.width
        layer = 3 * 2 * width + _linear(width, 3 * width) + 2 * _linear(width, width)
        return config.decoder_layers * (layer + _feed_forward(width, config.feed_forward))
