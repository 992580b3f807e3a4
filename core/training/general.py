"""General sentences: some are learnt again while a model is taught, others show what it forgets.

They ship with the program (``resources/general/pairs.tsv``: Chinese, a tab, English, topics
mixed). Every third is for measuring, the others are replayed; none is ever both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.cancel import CancelToken
from core.evaluation.metrics import score, sentence_chrf
from core.paths import resources_folder
from core.text.languages import CHINESE
from core.training.brake import CHRF, LOG_PROBABILITY, Brake, Change
from core.training.checks import Pair
from core.training.numbered_lines import numbered_lines
from core.training.trainer import Trainer
from core.training.validation import Held, sentence_log_probabilities

EVERY = 3  # of these lines the last is for measuring
TRANSLATED = 96  # general sentences translated at every look: enough to see a fall of two points


def read_general(source_language: str, path: Path | None = None) -> tuple[list[Pair], list[Pair]]:
    """The pairs to replay and those to measure, as sources and targets of a direction.

    Raises:
        InputError: the file cannot be read.
    """
    path = path or resources_folder() / "general" / "pairs.tsv"
    replayed: list[Pair] = []
    measured: list[Pair] = []
    for number, line in numbered_lines(path, holds="a pair"):
        chinese, _, english = (line or "").partition("\t")
        sides = (chinese, english) if source_language == CHINESE else (english, chinese)
        (replayed if number % EVERY else measured).append(Pair(number, *sides))
    return replayed, measured


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at the general sentences found.

    Attributes:
        loss: mean negative log-probability of a target piece, mean over sentences (natural log).
        bleu, chrf: of the sentences that were translated; ``None`` where none were.
        changes: from the base, by measure.
        fallen: the measures in which the model has surely forgotten.
    """

    loss: float
    bleu: float | None
    chrf: float | None
    changes: Mapping[str, Change]
    fallen: tuple[str, ...]

    @property
    def change(self) -> Change:
        """Of a piece's log-probability."""
        return self.changes[LOG_PROBABILITY]


class GeneralSet:
    """Scores the general sentences again and again; the first time is the base.

    Attributes:
        judging: whether looks are judged now.

    Args:
        held: the sentences.
        language: of the targets.
        brake: judges; ``None`` where nothing is to be judged.
        translated: how many are translated at every look.
    """

    def __init__(
        self, held: Held, language: str, brake: Brake | None, translated: int = TRANSLATED
    ) -> None:
        self._held, self._language, self._brake = held, language, brake
        self._translated = translated
        self.judging = True
        self._base: Mapping[str, NDArray[np.float64]] | None = None

    @property
    def due(self) -> bool:
        """Whether a look tells anything: the first one does, and those that are judged."""
        return self.judging or self._base is None

    @property
    def translated(self) -> Sequence[Pair]:
        """The pairs whose translations are looked at."""
        return self._held.pairs[: self._translated]

    def look(
        self, trainer: Trainer, texts: Sequence[str], cancel: CancelToken | None = None
    ) -> Look:
        """Score the model as it is now; ``texts`` are its translations of :attr:`translated`.

        Raises:
            Cancelled: ``cancel`` was cancelled.
        """
        likely = sentence_log_probabilities(trainer, self._held, cancel)
        references = [pair.target for pair in self.translated]
        now = {LOG_PROBABILITY: likely}
        if references:
            now[CHRF] = np.array(sentence_chrf(texts, references))
        base = self._base = self._base or now
        changes = {name: Change.between(base[name], now[name]) for name in now}
        scores = score(texts, references, self._language) if references else None
        return Look(
            loss=-float(likely.mean()),
            bleu=scores.bleu if scores else None,
            chrf=scores.chrf if scores else None,
            changes=changes,
            fallen=tuple(self._brake.fallen(changes)) if self._brake and self.judging else (),
        )

    def state(self) -> dict[str, Sequence[float]]:
        """The base's scores as JSON values, to go on from after a crash; empty before a look."""
        return {name: values.tolist() for name, values in (self._base or {}).items()}

    def load_state(self, state: Mapping[str, Sequence[float]]) -> None:
        """Take up what :meth:`state` gave."""
        self._base = {name: np.array(values) for name, values in state.items()} or None
