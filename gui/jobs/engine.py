"""The real translator and the real models, imported in the thread that asks for them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from core.cancel import CancelToken
from core.errors import BundleError
from core.translation.result import Alarm, Completed, Rows, SegmentResult, Translation, WordChoice
from gui.errors import describe
from gui.jobs.other_models import Aligned, Translated
from gui.viewmodels.models import Listing

if TYPE_CHECKING:
    from core.insight.attention_heads import AttentionHeads
    from core.insight.search_tree import SearchTrees
    from core.store.model_store import ModelCard
    from core.translation.translator import Translator
    from gui.jobs.translation_engine import Draw


class CoreEngine:
    """:class:`core.translation.translator.Translator` as the translation thread sees it."""

    def __init__(self, translator: Translator) -> None:
        self._translator = translator
        self.name = translator.name
        self.precision = translator.precision

    def translate(self, text: str, beam: int, cancel: CancelToken) -> Iterator[SegmentResult]:
        """One result per sentence, in order."""
        from core.translation.translator import TranslateOptions

        return self._translator.translate(text, TranslateOptions(beam=beam), cancel)

    def alternatives(
        self, shown: Translation, before: str, cancel: CancelToken
    ) -> tuple[WordChoice, ...]:
        """The words that may stand behind ``before`` in the translation ``shown``."""
        return self._translator.alternatives(shown.source, before, shown, cancel)

    def complete(
        self, shown: Translation, beginning: str, beam: int, cancel: CancelToken, *, whole: bool
    ) -> Completed:
        """The sentence of ``shown`` translated anew, with a ``beginning``."""
        from core.translation.translator import TranslateOptions

        options = TranslateOptions(beam=beam)
        return self._translator.complete(
            shown.source, beginning, options, cancel, shown=shown, whole=whole
        )

    def n_best(
        self, sentence: str, count: int, beam: int, cancel: CancelToken
    ) -> tuple[Translation, ...]:
        """The best translations of a sentence."""
        from core.translation.translator import TranslateOptions

        return self._translator.n_best(sentence, count, TranslateOptions(beam=beam), cancel)

    def sample(
        self, sentence: str, count: int, draw: Draw, cancel: CancelToken
    ) -> tuple[Translation, ...]:
        """Translations of a sentence drawn at random."""
        from core.decoding.options import SamplingOptions

        options = SamplingOptions(temperature=draw.temperature, top_p=draw.top_p)
        return self._translator.sample(sentence, count, options, draw.seed, cancel)

    def try_again(
        self, before: Translation, alarm: Alarm, beam: int, cancel: CancelToken
    ) -> Translation | None:
        """Another translation of a sentence, without an alarm of the one ``before``."""
        from core.translation.translator import TranslateOptions

        return self._translator.try_again(before, alarm, TranslateOptions(beam=beam), cancel)

    def search_trees(
        self, shown: Translation, beginning: str, beam: int, cancel: CancelToken
    ) -> SearchTrees:
        """What the search for a sentence looked at, its translation given a ``beginning``."""
        from core.insight.recorded_search import record_search
        from core.translation.translator import TranslateOptions

        options = TranslateOptions(beam=beam)
        return record_search(self._translator, shown, options, beginning, cancel)

    def heads(self, shown: Translation, beam: int, cancel: CancelToken) -> AttentionHeads:
        """What each head of the attention looked at."""
        from core.insight.head_reading import read_heads
        from core.translation.translator import TranslateOptions

        return read_heads(self._translator, shown, TranslateOptions(beam=beam), cancel)

    def links(self, shown: Translation, cancel: CancelToken) -> Rows | None:
        """How strongly words of ``shown`` belong together, as the model's aligner says."""
        from core.insight.word_links import link_words

        return link_words(self._translator, shown, cancel)

    def when_idle(self) -> None:
        """Measure the processor for the next start, and make the first pointing at a word quick."""
        from core.insight.word_links import prepare
        from core.translation.autotune import remember

        remember()
        prepare(self._translator)


@dataclass(frozen=True, slots=True)
class Computing:
    """What to translate in: ``auto``, ``int8``, ``bf16`` or ``fp32``; ``threads`` 0: as is best."""

    precision: str = "auto"
    threads: int = 0


class EngineLoader:
    """Loads models for the translation thread; ``computing`` holds from the next one on."""

    def __init__(self) -> None:
        self.computing = Computing()

    def __call__(self, model: Path) -> CoreEngine:
        """The model in folder ``model``; brings torch in."""
        from core.translation.translator import Translator

        asked = self.computing
        threads = asked.threads or None
        return CoreEngine(Translator.load(model, precision=asked.precision, threads=threads))


def list_models() -> tuple[ModelCard, ...]:
    """The models on this computer."""
    from core.store.model_store import ModelStore

    return ModelStore().list()


def survey_models(chosen: str) -> Listing:
    """The models on this computer, and why ``chosen`` is not among them (if it is not)."""
    from core.store.model_store import ModelStore

    store = ModelStore()
    cards = store.list()
    if not chosen or any(card.name == chosen for card in cards):
        return Listing(cards)
    try:
        store.find(chosen)
    except BundleError as error:
        return Listing(cards, describe(error))
    return Listing(store.list())  # it was made in between


def look_at_lesson(
    taught: Path,
    base: Path,
    pair: tuple[str, str],
    others: Sequence[str],
    pinned: Sequence[str],
    beam: int,
    cancel: CancelToken,
) -> Iterator[Translated | Aligned]:
    """What the model in ``taught`` makes of a taught sentence, then of ``others``, then of the
    ``pinned`` ones; what the ``base`` makes of those; how both read the ``pair`` that was taught.

    Raises:
        AttuneError: a model cannot be loaded.
        Cancelled: ``cancel`` was cancelled.
    """
    from core.translation.translator import TranslateOptions, Translator

    with _forgotten_afterwards():
        translator, options = Translator.load(taught), TranslateOptions(beam=beam)
        for sentences in ((pair[0],), others, pinned):
            yield Translated(tuple(translator.translate_segments(sentences, options, cancel)))
        del translator
        if pinned:
            translator = Translator.load(base)
            yield Translated(tuple(translator.translate_segments(pinned, options, cancel)))
            del translator
        yield Aligned(_align(base, pair, cancel), _align(taught, pair, cancel))


def translate_with(
    models: Sequence[Path], sentence: str, beam: int, cancel: CancelToken
) -> Iterator[Translated]:
    """What each of ``models`` makes of ``sentence``.

    Raises:
        AttuneError: a model cannot be loaded.
        Cancelled: ``cancel`` was cancelled.
    """
    from core.translation.translator import TranslateOptions, Translator

    with _forgotten_afterwards():
        for model in models:
            cancel.check()
            translator = Translator.load(model)
            options = TranslateOptions(beam=beam)
            yield Translated(tuple(translator.translate_segments([sentence], options, cancel)))
            del translator


def _align(model: Path, pair: tuple[str, str], cancel: CancelToken) -> Translation:
    from core.insight.forced import ForcedAligner
    from core.store.loading import load_model

    cancel.check()
    return next(ForcedAligner(load_model(model), attention=True).align([pair]))


@contextlib.contextmanager
def _forgotten_afterwards() -> Iterator[None]:
    """Give the memory of models back that were loaded within the block."""
    from core.runtime import release_memory

    try:
        yield
    finally:
        release_memory()
