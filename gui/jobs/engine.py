"""The real translator and the real models, imported in the thread that asks for them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from core.cancel import CancelToken
from core.errors import BundleError
from core.translation.result import SegmentResult, Translation
from gui.errors import describe
from gui.jobs.other_models import Aligned, Translated
from gui.viewmodels.models import Listing

if TYPE_CHECKING:
    from core.store.model_store import ModelCard
    from core.translation.translator import Translator


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

    def when_idle(self) -> None:
        """Measure the processor for the next start."""
        from core.translation.autotune import remember

        remember()


def load_engine(model: Path) -> CoreEngine:
    """The model in folder ``model``; brings torch in."""
    from core.translation.translator import Translator

    return CoreEngine(Translator.load(model))


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
    beam: int,
    cancel: CancelToken,
) -> Iterator[Translated | Aligned]:
    """What the model in ``taught`` makes of a taught sentence, then of ``others``; then how both
    models read the ``pair`` that was taught.

    Raises:
        AttuneError: a model cannot be loaded.
        Cancelled: ``cancel`` was cancelled.
    """
    from core.translation.translator import TranslateOptions, Translator

    with _forgotten_afterwards():
        translator, options = Translator.load(taught), TranslateOptions(beam=beam)
        for sentences in ((pair[0],), others):
            yield Translated(tuple(translator.translate_segments(sentences, options, cancel)))
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
    return next(ForcedAligner(load_model(model)).align([pair]))


@contextlib.contextmanager
def _forgotten_afterwards() -> Iterator[None]:
    """Give the memory of models back that were loaded within the block."""
    from core.runtime import release_memory

    try:
        yield
    finally:
        release_memory()
