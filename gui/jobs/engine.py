"""The real translator and the real models, imported in the thread that asks for them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from core.cancel import CancelToken
from core.errors import BundleError
from core.translation.result import SegmentResult
from gui.errors import describe
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
