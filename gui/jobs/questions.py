"""Questions to a model about a translation that is shown; asked in a thread of their own.

The model that translates may be computed in int8 and belongs to another thread; these questions
need gradients and fp32. So the model is loaded once more, and kept as long as someone looks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from core.cancel import CancelToken
from core.store.manifest import MANIFEST
from core.translation.result import Translation

if TYPE_CHECKING:
    from core.insight.agreement import Evidence
    from core.insight.faithfulness import Witness


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model read word ``word`` from; ``None`` where there is nothing to say."""

    word: int
    evidence: Evidence | None


class Questions:
    """Keeps the model that was asked last; its generators run in one thread."""

    def __init__(self) -> None:
        self._witness: Witness | None = None
        self._model: tuple[Path, int] | None = None  # its folder, and when that was written

    def ask(
        self, model: Path, sentence: Translation, word: int, cancel: CancelToken
    ) -> Iterator[Answer]:
        """What the model in folder ``model`` read word ``word`` of its translation from.

        Raises:
            AttuneError: the model cannot be loaded.
            Cancelled: ``cancel`` was cancelled.
        """
        wanted = (model, _written(model))
        if self._witness is None or wanted != self._model:
            from core.insight.faithfulness import Witness

            self._witness = None
            self._witness, self._model = Witness.load(model), wanted
        cancel.check()
        yield Answer(word, self._witness.question(sentence, word, cancel))

    def forget(self, _cancel: CancelToken) -> Iterator[Answer]:
        """Give the model's memory back."""
        if self._witness is not None:
            from core.runtime import release_memory

            self._witness = None
            release_memory()
        yield from ()


def _written(model: Path) -> int:
    """When the model in a folder was written, in nanoseconds; 0 where there is none to load."""
    try:
        return (model / MANIFEST).stat().st_mtime_ns
    except OSError:
        return 0
