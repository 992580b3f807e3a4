"""Translations of whole sets by one model, made once."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from benchmarks.quality.bundles import Model
from benchmarks.quality.memory import Memory, program_digest
from core.translation.autotune import choose_setting
from core.translation.lines import translate_lines
from core.translation.translator import TranslateOptions, Translator

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Translated:
    """The translations of some lines, and the seconds they took when they were made."""

    lines: tuple[str, ...]
    seconds: float


class Translating:
    """The program's own translator with one model, loaded when it is first needed.

    Args:
        model: what translates.
        options: of the search.
        memory: where translations are kept.
        progress: called with what is being translated, lines done so far and all lines.
    """

    def __init__(
        self, model: Model, options: TranslateOptions, memory: Memory, progress: Progress
    ) -> None:
        self._model = model
        self._options = options
        self._memory = memory
        self._progress = progress
        self._translator: Translator | None = None
        self._program = program_digest()

    def translate(self, name: str, sources: Sequence[str]) -> Translated:
        """The translation of every one of ``sources``, the set called ``name``, in order.

        Raises:
            BundleError: the model cannot be loaded.
        """
        precision = choose_setting().precision
        key = [self._model.sha256, self._program, precision, asdict(self._options), sources]
        kept = self._memory.recall("translations", key, lambda: self._computed(name, sources))
        return Translated(tuple(kept["lines"]), kept["seconds"])

    def _computed(self, name: str, sources: Sequence[str]) -> dict[str, object]:
        if self._translator is None:
            self._translator = Translator.load(self._model.bundle.path)
        lines: list[str] = []
        begin = time.perf_counter()
        for result in translate_lines(self._translator, sources, self._options):
            lines.append(result.translation)
            self._progress(f"{self._model.name}: {name}", len(lines), len(sources))
        return {"lines": lines, "seconds": round(time.perf_counter() - begin, 2)}
