"""Real failures of decoding: the same model with its safeguards taken away, or damaged."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import torch

from benchmarks.drawing import Drawn
from core.decoding.options import SamplingOptions, SearchOptions
from core.store.loading import Ready, load_model, load_ready
from core.text.encoding import EncodedSegment
from core.text.languages import CHINESE
from core.translation.careful import Found
from core.translation.chunks import LONGEST, Part
from core.translation.composing import Composer
from core.translation.outputs import Output
from core.translation.result import Translation
from core.translation.search import OutputSearch
from core.translation.translator import Translator

BATCH = 16
_TOGETHER = 3  # sentences that make a long one
_FEW = 60  # sentences searched most widely, which takes longest
SOME = 300  # sentences that are put together
_UNGUARDED = SearchOptions(beam=4, length_penalty=1.0, loop_copies=0)

Failing = Iterator[tuple[Drawn, Translation]]


class Unguarded:
    """Decodes without cutting, second searches, mending or a ban on loops."""

    def __init__(self, folder: Path, precision: str) -> None:
        self.folder, self.precision = folder, precision
        self.ready = load_ready(folder, precision)
        whole = Translator.of(self.ready, precision)
        self.encoder = whole.encoder
        self.composer = Composer(
            whole.source_language,
            whole.target_language,
            whole.target_tokenizer,
            whole.calibration,
        )

    def failing(self, drawn: Sequence[Drawn]) -> dict[str, Failing]:
        """Ways to fail, by name, with what they make of ``drawn``."""
        wide = replace(_UNGUARDED, beam=32, length_penalty=0.0)
        greedy = replace(_UNGUARDED, beam=1)
        long = together(drawn[:SOME], self.composer)
        return {
            "wide beam, no length penalty": self._searched(drawn[:_FEW], wide),
            "three sentences as one, uncut": self._searched(long, greedy),
            "damaged model, greedy": self._damaged(drawn, greedy),
            "sampled, temperature 1": self._sampled(drawn),
        }

    def _searched(
        self, drawn: Sequence[Drawn], options: SearchOptions, ready: Ready | None = None
    ) -> Failing:
        search = OutputSearch(ready or self.ready)
        encoded = [(one, self.encoder.encode(one.source, protect=True)) for one in drawn]
        encoded = [(one, source) for one, source in encoded if _fits(source)]
        encoded.sort(key=lambda pair: len(pair[1].ids))
        begins = list(range(0, len(encoded), BATCH))
        random.Random(1).shuffle(begins)  # long and short ones alike: enough may soon be found
        for begin in begins:
            batch = encoded[begin : begin + BATCH]
            outputs = search([source for _, source in batch], options)
            for (one, source), found in zip(batch, outputs, strict=True):
                yield one, self._composed(source, found[0])

    def _damaged(self, drawn: Sequence[Drawn], options: SearchOptions) -> Failing:
        """By the model with noise on all its matrices, a quarter of their own spread."""
        loaded = load_model(self.folder)
        chance = torch.Generator().manual_seed(1)
        weights = {
            name: value + 0.25 * value.std() * torch.randn(value.shape, generator=chance)
            if value.ndim == 2
            else value
            for name, value in loaded.model.state_dict().items()
        }
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place) / "damaged"
            loaded.save(folder, name="damaged", weights=weights, receipt={}, precision="fp32")
            ready = load_ready(folder, self.precision)
        yield from self._searched(drawn, options, ready)

    def _sampled(self, drawn: Sequence[Drawn]) -> Failing:
        search = OutputSearch(self.ready)
        for seed, one in enumerate(drawn):
            source = self.encoder.encode(one.source, protect=True)
            if _fits(source):
                output = search.sample(source, 1, SamplingOptions(temperature=1.0), seed)[0]
                yield one, self._composed(source, output)

    def _composed(self, source: EncodedSegment, output: Output) -> Translation:
        return self.composer.translation(source.text, [Found(Part(0, source), (output,))], 0.0)


def _fits(source: EncodedSegment) -> bool:
    return source.translatable and len(source.ids) <= LONGEST


def together(drawn: Sequence[Drawn], composer: Composer) -> list[Drawn]:
    """The sentences of ``drawn``, three at a time, as one sentence with commas."""
    marks = {True: "，", False: ", "}

    def joined(texts: Sequence[str], language: str) -> str:
        heads = [text.rstrip(" .。!！?？") for text in texts[:-1]]
        return marks[language == CHINESE].join((*heads, texts[-1]))

    return [
        Drawn(
            three[0].place,
            joined([one.source for one in three], composer.source_language),
            joined([one.reference for one in three], composer.target_language),
        )
        for three in (drawn[i : i + _TOGETHER] for i in range(0, len(drawn) - 2, _TOGETHER))
    ]
