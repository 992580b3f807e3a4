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

from core import runtime  # noqa: E402
from core.decoding.beam_search import beam_search  # noqa: E402
from core.decoding.options import SearchOptions  # noqa: E402
from core.text.encoding import EncodedSegment  # noqa: E402
from core.translation.chunks import encode_parts  # noqa: E402
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

    def search(self) -> SearchOptions:
        """These options as the search's own."""
        options = TranslateOptions.search(self)
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
        return {"precisions": [name for name in runtime.PRECISIONS if name != "auto"]}

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

    def lengths(self, texts: Sequence[str], ratio: float, beam: int) -> dict[str, Any]:
        """Words, source pieces and target pieces of every sentence, and its parts searched."""
        options = FixedLength(beam=beam, ratio=ratio).search()
        encoded = [
            encode_parts(text, self.translator.encoder, self.translator.longest)[1]
            for text in texts
        ]
        # Sentences of like length waste least padding.
        flat = sorted(
            ((index, part) for index, parts in enumerate(encoded) for part in parts),
            key=lambda item: len(item[1].ids),
        )
        targets = [0] * len(texts)
        for start in range(0, len(flat), _BATCH):
            chunk = flat[start : start + _BATCH]
            for (index, _), length in zip(chunk, self._found(chunk, options), strict=True):
                targets[index] += length
        return {
            "words": [sum(len(part.words) for part in parts) for parts in encoded],
            "sources": [sum(len(part.ids) for part in parts) for parts in encoded],
            "targets": targets,
            "parts": [len(parts) for parts in encoded],
        }

    def _found(
        self, chunk: Sequence[tuple[int, EncodedSegment]], options: SearchOptions
    ) -> list[int]:
        """Length of the best output of each part."""
        ids, lengths = pad([part.ids for _, part in chunk])
        outputs = beam_search(self.translator.model, ids, lengths, options)
        return [len(hypotheses[0].ids) for hypotheses in outputs]

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
        # What the search was held to; `lengths` counts it.
        steps = sum(targets) + len(targets)
        return {"seconds": time.perf_counter() - begin, "steps": steps}


if __name__ == "__main__":
    engine = AttuneEngine()
    serve(
        {
            "describe": engine.describe,
            "load": engine.load,
            "lengths": engine.lengths,
            "translate": engine.translate,
        }
    )
