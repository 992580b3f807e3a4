"""CTranslate2 with a Transformer of random weights; runs in the peers' environment.

The weights are written as CTranslate2's converters write them (int8 as ``--quantization int8``
does), once for each shape. Output lengths are fixed, so what the weights predict does not matter.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import ctranslate2
import numpy as np
from ctranslate2.specs import common_spec, transformer_spec

from benchmarks.speed.material import batches
from benchmarks.speed.protocol import serve
from benchmarks.speed.shapes import SHAPES, TransformerShape

_SPECIALS = ["<unk>", "<s>", "</s>"]


def tokens(size: int) -> list[str]:
    """A vocabulary."""
    return [*_SPECIALS, *(f"t{number}" for number in range(size - len(_SPECIALS)))]


def specification(shape: TransformerShape) -> transformer_spec.TransformerSpec:
    """A model of ``shape`` with random weights, as OPUS-MT's: post-norm, SiLU."""
    spec = transformer_spec.TransformerSpec.from_config(
        (shape.encoder_layers, shape.decoder_layers),
        shape.heads,
        pre_norm=False,
        activation=common_spec.Activation.SWISH,
    )
    draw = np.random.default_rng(1)
    width, inner = shape.width, shape.feed_forward

    def weights(rows: int, columns: int) -> np.ndarray:
        return draw.standard_normal((rows, columns), np.float32) * np.float32(columns**-0.5)

    def fill(linear: common_spec.LinearSpec, rows: int, columns: int) -> None:
        linear.weight = weights(rows, columns)
        linear.bias = weights(1, rows)[0]

    def attend(attention: Any, *, own: bool) -> None:
        for linear, parts in zip(attention.linear, (3, 1) if own else (1, 2, 1), strict=True):
            fill(linear, parts * width, width)
        normalise(attention.layer_norm)

    def normalise(norm: common_spec.LayerNormSpec) -> None:
        norm.gamma, norm.beta = np.ones(width, np.float32), np.zeros(width, np.float32)

    for layer in (*spec.encoder.layer, *spec.decoder.layer):
        attend(layer.self_attention, own=True)
        fill(layer.ffn.linear_0, inner, width)
        fill(layer.ffn.linear_1, width, inner)
        normalise(layer.ffn.layer_norm)
    for layer in spec.decoder.layer:
        attend(layer.attention, own=False)
    target = weights(shape.target_vocabulary, width)
    source = target if shape.shared else weights(shape.source_vocabulary, width)
    spec.encoder.embeddings[0].weight = source
    spec.decoder.embeddings.weight = spec.decoder.projection.weight = target
    spec.decoder.projection.bias = weights(1, shape.target_vocabulary)[0]
    spec.decoder.start_from_zero_embedding = True
    spec.register_source_vocabulary(tokens(shape.source_vocabulary))
    spec.register_target_vocabulary(tokens(shape.target_vocabulary))
    return spec


def model_folder(shape: str, precision: str, models: Path) -> Path:
    """The folder of the model, written if it is not there."""
    folder = models / f"ctranslate2-{shape}-{SHAPES[shape].parameters()}-{precision}"
    if not folder.is_dir():
        spec = specification(SHAPES[shape])
        spec.validate()
        spec.optimize(quantization=precision)
        waiting = folder.with_suffix(".part")
        waiting.mkdir(parents=True, exist_ok=True)
        spec.save(str(waiting))
        waiting.rename(folder)
    return folder


class CTranslate2Engine:
    """The commands of the engine."""

    def load(
        self, shape: str, precision: str, models: str, intra: int, inter: int, batch: int
    ) -> dict[str, Any]:
        """Load the model of ``shape`` for ``inter`` workers of ``intra`` threads each."""
        folder = model_folder(shape, precision, Path(models))
        self.shape, self.batch = SHAPES[shape], batch
        self.translator = ctranslate2.Translator(
            str(folder), compute_type=precision, intra_threads=intra, inter_threads=inter
        )
        return {
            "version": f"CTranslate2 {ctranslate2.__version__}",
            "computes": self.translator.compute_type,
            "parameters": self.shape.parameters(),
        }

    def translate(
        self, texts: Sequence[str], sources: list[int], targets: list[int], ratio: float, beam: int
    ) -> dict[str, Any]:
        """Translate random ids of these lengths; ``texts`` and ``ratio`` are for others."""
        work = list(self._work(sources, targets))
        begin = time.perf_counter()
        waiting = [
            self.translator.translate_batch(
                batch,
                asynchronous=True,
                beam_size=beam,
                min_decoding_length=length,
                max_decoding_length=length,
                return_end_token=True,
            )
            for batch, length in work
        ]
        outputs = [result.result().hypotheses[0] for batch in waiting for result in batch]
        seconds = time.perf_counter() - begin
        return {"seconds": seconds, "steps": sum(map(len, outputs))}

    def _work(
        self, sources: list[int], targets: list[int]
    ) -> Iterator[tuple[list[list[str]], int]]:
        """Random tokens, and the steps for them: the target's pieces and the end symbol."""
        draw = random.Random(1)
        last = self.shape.source_vocabulary - len(_SPECIALS) - 1
        for batch in batches(sources, targets, self.batch):
            rows = [[f"t{draw.randint(0, last)}" for _ in range(n)] for n in batch.sources]
            yield rows, batch.target + 1


if __name__ == "__main__":
    engine = CTranslate2Engine()
    serve({"load": engine.load, "translate": engine.translate})
