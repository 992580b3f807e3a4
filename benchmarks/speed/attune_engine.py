"""Our own engine as the program uses it: text in, text and alignment out."""

from __future__ import annotations

import dataclasses
import itertools
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.speed.protocol import serve
from core.environment import prepare_environment

prepare_environment()

import torch  # noqa: E402

from core.decoding.beam_search import beam_search  # noqa: E402
from core.decoding.options import SearchOptions  # noqa: E402
from core.translation.autotune import PRECISIONS  # noqa: E402
from core.translation.lines import translate_lines  # noqa: E402
from core.translation.translator import TranslateOptions, Translator, pad  # noqa: E402

_BATCH = 32


@dataclass(frozen=True, slots=True)
class FixedLength(TranslateOptions):
    """Options that hold the search to a length.

    Attributes:
        ratio: target pieces for each source piece, rounded down; 0 leaves the length free.
        run: differs from run to run, so that no answer comes from memory.
    """

    ratio: float = 0.0
    run: int = 0

    def search(self, target_language: str) -> SearchOptions:
        """These options as the search's own."""
        options = TranslateOptions.search(self, target_language)
        if not self.ratio:
            return options
        return dataclasses.replace(
            options,
            min_length_ratio=self.ratio,
            max_length_ratio=self.ratio,
            max_length_offset=0,
        )


class AttuneEngine:
    """The commands of the engine."""

    def __init__(self) -> None:
        self._runs = itertools.count(1)

    def describe(self) -> dict[str, Any]:
        """The precisions that there are; no model is needed."""
        return {"precisions": [name for name in PRECISIONS if name != "auto"]}

    def load(self, model: str, precision: str, threads: int) -> dict[str, Any]:
        """Load the model in the folder ``model``."""
        self.translator = Translator.load(Path(model), precision=precision, threads=threads)
        config = self.translator.model.config
        return {
            "version": f"Attune, torch {torch.__version__}",
            "computes": self.translator.precision,
            "parameters": self.translator.loaded.model.parameter_count(),
            "config": config.to_dict(),
        }

    def pieces(self, texts: Sequence[str]) -> dict[str, Any]:
        """Words and pieces of every sentence."""
        encoded = [self.translator.encoder.encode(text) for text in texts]
        return {
            "words": [len(source.words) for source in encoded],
            "sources": [len(source.ids) for source in encoded],
        }

    def search(self, texts: Sequence[str], ratio: float, beam: int) -> dict[str, Any]:
        """Pieces of the best output of every sentence."""
        options = FixedLength(beam=beam, ratio=ratio).search(self.translator.target_language)
        # Sentences of like length waste least padding.
        encoded = [self.translator.encoder.encode(text).ids for text in texts]
        ordered = sorted(range(len(texts)), key=lambda index: len(encoded[index]))
        targets = [0] * len(texts)
        for start in range(0, len(ordered), _BATCH):
            chunk = ordered[start : start + _BATCH]
            ids, lengths = pad([encoded[index] for index in chunk])
            outputs = beam_search(self.translator.model, ids, lengths, options)
            for index, hypotheses in zip(chunk, outputs, strict=True):
                targets[index] = len(hypotheses[0].ids)
        return {"targets": targets}

    def translate(
        self,
        texts: list[str],
        sources: Sequence[int],
        targets: Sequence[int],
        ratio: float,
        beam: int,
    ) -> dict[str, Any]:
        """Translate one sentence as the window does, several as the terminal program does."""
        options = FixedLength(beam=beam, ratio=ratio, run=next(self._runs))
        begin = time.perf_counter()
        if len(texts) == 1:
            self.translator.translate_segments(texts, options)
        else:
            for _ in translate_lines(self.translator, texts, options):
                pass
        # What the search was held to.
        steps = sum(targets) + len(targets)
        return {"seconds": time.perf_counter() - begin, "steps": steps}


if __name__ == "__main__":
    engine = AttuneEngine()
    serve(
        {
            "describe": engine.describe,
            "load": engine.load,
            "pieces": engine.pieces,
            "search": engine.search,
            "translate": engine.translate,
        }
    )
