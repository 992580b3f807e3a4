"""Shapes of the Transformers (Vaswani et al. 2017) that peers run with random weights."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TransformerShape:
    """A post-norm encoder and decoder; the output weights are the target embeddings.

    Attributes:
        source_vocabulary, target_vocabulary: number of ids on each side.
        width, feed_forward: of every layer.
        heads: of every attention; must divide ``width``.
        encoder_layers, decoder_layers: how many.
        shared: whether one matrix holds the embeddings of both sides.
    """

    source_vocabulary: int
    target_vocabulary: int
    width: int
    feed_forward: int
    heads: int
    encoder_layers: int = 6
    decoder_layers: int = 6
    shared: bool = False

    def parameters(self) -> int:
        """Number of weights; positions are sinusoids and have none."""
        width = self.width
        attention = 4 * (width * width + width)
        feed_forward = 2 * width * self.feed_forward + self.feed_forward + width
        norm = 2 * width
        encoder = self.encoder_layers * (attention + feed_forward + 2 * norm)
        decoder = self.decoder_layers * (2 * attention + feed_forward + 3 * norm)
        entries = self.target_vocabulary + (0 if self.shared else self.source_vocabulary)
        return encoder + decoder + entries * width + self.target_vocabulary


SHAPES = {
    # As the OPUS-MT models from and to Chinese (Tiedemann & Thottingal 2020), "transformer-align".
    "opus": TransformerShape(65_001, 65_001, 512, 2048, 8, shared=True),
    # The vocabularies and the number of weights of the default model, as a plain Transformer.
    "equal": TransformerShape(16_000, 12_000, 320, 1536, 5),
    # The same weights in a deep encoder under a shallow decoder (Kasai et al. 2021).
    "shallow": TransformerShape(16_000, 12_000, 384, 1536, 6, 7, 2),
}
