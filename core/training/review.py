"""Before and after: the base and the taught model translate the same sentences."""

from __future__ import annotations

import dataclasses
from collections.abc import Generator, Iterator, Sequence
from typing import Any

from core.cancel import CancelToken
from core.evaluation.comparison import Comparison, compare
from core.events import Changed, Compared, Event, Message
from core.store.loading import Loaded, Ready
from core.store.model_store import ModelCard
from core.training.checks import Pair
from core.training.control import JobControl
from core.training.keeping import PRECISION
from core.training.resting import begun_again
from core.training.validation import inference_model
from core.translation.autotune import choose_setting
from core.translation.lines import translate_lines
from core.translation.translator import DEFAULTS, Translator

MOST = 200  # sentences of each set
FEW_MOST = 60  # where a few sentences are taught: an answer is wanted within seconds
_BEAM_COST = 2.0  # of the translator's search, compared with greedy search
_BESIDE = 14.0  # seconds for what is no translating: blending, loading, resampling, saving
TOGETHER = 32  # sentences that are begun again after a pause


class Review:
    """Compares a base with what it has become, as the translator uses both.

    Args:
        base: the model that was taught.
        sets: what is translated, by name.
        control: told to discard, it ends at once; ``told`` is then empty.
        most: sentences of each set.
    """

    def __init__(
        self,
        base: ModelCard,
        sets: dict[str, Sequence[Pair]],
        control: JobControl,
        most: int = MOST,
    ) -> None:
        self._base, self._control = base, control
        self._sets = {name: pairs[:most] for name, pairs in sets.items() if pairs}
        self.told: dict[str, Any] = {}

    def seconds(self, each: float) -> float:
        """How long it may take where greedy search takes ``each`` seconds a sentence."""
        return _BESIDE + 2 * sum(map(len, self._sets.values())) * each * _BEAM_COST

    def events(self, loaded: Loaded, step: int) -> Iterator[Event]:
        """Translate with both, after update ``step``; ``loaded`` holds the weights to be kept."""
        yield Message("comparing before and after")
        before = Translator.load(self._base.path)
        precision = choose_setting(stored=PRECISION).precision
        after = Translator.of(_ready(loaded, precision), precision)
        for name, pairs in self._sets.items():
            old = yield from self._translated(before, pairs, step)
            new = yield from self._translated(after, pairs, step)
            if old is None or new is None:
                self.told = {}
                return
            sides = [p.source for p in pairs], [p.target for p in pairs]
            found = compare(*sides, old, new, loaded.target_language)
            self.told[name] = dataclasses.asdict(found)
            yield _compared(name, found)
            for change in (*found.better, *found.worse):
                yield Changed(name, **dataclasses.asdict(change))

    def _translated(
        self, translator: Translator, pairs: Sequence[Pair], step: int
    ) -> Generator[Event, None, list[str] | None]:
        """The translations, or ``None`` if the job was told to discard what it did."""
        control, texts = self._control, list[str]()
        for begin in range(0, len(pairs), TOGETHER):
            lines = [pair.source for pair in pairs[begin : begin + TOGETHER]]

            def work(token: CancelToken, lines: Sequence[str] = lines) -> list[str]:
                found = translate_lines(translator, lines, DEFAULTS, token)
                return [translation.translation for translation in found]

            found = yield from begun_again(work, control.dismissal, control, step)
            if found is None:
                return None
            texts += found
        return texts


def recites(loaded: Loaded, pairs: Sequence[Pair]) -> bool:
    """Whether ``loaded``, as it would be kept, translates all ``pairs`` as they are."""
    precision = choose_setting(stored=PRECISION).precision
    translator = Translator.of(_ready(loaded, precision), precision)
    found = translator.translate_segments([pair.source for pair in pairs], DEFAULTS)
    return all(one.translation == pair.target for one, pair in zip(found, pairs, strict=True))


def _ready(loaded: Loaded, precision: str) -> Ready:
    return Ready(
        name=loaded.name,
        source_language=loaded.source_language,
        target_language=loaded.target_language,
        model=inference_model(loaded.model, precision),
        source_vocabulary=loaded.source_vocabulary,
        target_vocabulary=loaded.target_vocabulary,
    )


def _compared(name: str, found: Comparison) -> Compared:
    return Compared(
        name,
        found.sentences,
        *(
            value
            for estimate in (found.bleu, found.chrf)
            for value in dataclasses.astuple(estimate)
        ),
    )
