"""What is measured at every validation: loss and scores on held-out pairs, what is remembered."""

from __future__ import annotations

import dataclasses
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass

from core.cancel import CancelToken
from core.events import GradientFlow, Sample, Validation
from core.store.loading import Loaded
from core.training.checks import Pair
from core.training.general import GeneralSet, Look
from core.training.gradient_flow import gradient_norms, single
from core.training.rendering import Rendering
from core.training.task_scores import TaskScores, task_scores
from core.training.trainer import DivergenceError, Trainer
from core.training.validation import (
    Held,
    HeldTranslator,
    SampleTranslator,
    measure_scores,
    validate,
)

SAMPLES = 3  # held-out pairs translated again at every validation
FLOW_PAIRS = 4  # of the longest held-out pairs, whose gradients are followed through time


@dataclass(frozen=True, slots=True)
class Measured:
    """Held-out loss (natural log, per piece), BLEU and chrF, and what general sentences say.

    ``samples`` are some held-out sentences, and those pinned, as the model translates them now.
    ``task`` are scores of any task, ``flow`` the gradients through a recurrent encoder.
    """

    loss: float
    bleu: float | None
    chrf: float | None
    look: Look | None
    samples: tuple[Sample, ...]
    task: TaskScores | None = None
    flow: GradientFlow | None = None

    @property
    def forgotten(self) -> bool:
        """Whether general sentences have fallen too far."""
        return self.look is not None and bool(self.look.fallen)

    def event(self, step: int, *, best: bool) -> Validation:
        """As an event after update ``step``."""
        if self.look is None:
            scores = {} if self.task is None else dataclasses.asdict(self.task)
            return Validation(step, self.loss, best, self.bleu, self.chrf, **scores)
        change = self.look.change
        return Validation(
            step,
            self.loss,
            best,
            self.bleu,
            self.chrf,
            general_loss=self.look.loss,
            general_bleu=self.look.bleu,
            general_chrf=self.look.chrf,
            general_change=change.mean,
            general_error=change.error,
            forgotten=self.forgotten,
        )


class Examination:
    """Asks a model that is being trained the same questions again and again.

    Args:
        loaded: the model and its vocabularies.
        held: pairs that are never trained on.
        scored: so many of them are translated, for BLEU and chrF.
        translate: how; by their texts if ``None``.
        general: sentences that must not be forgotten.
        pinned: source sentences to show beside held-out ones.
        learner: whether scores of any task and gradients through time are measured, too.
    """

    def __init__(
        self,
        loaded: Loaded,
        held: Held,
        *,
        scored: int = 0,
        translate: HeldTranslator | None = None,
        general: GeneralSet | None = None,
        pinned: Sequence[str] = (),
        learner: bool = False,
    ) -> None:
        self.held, self.general = held, general
        self._translate = translate or SampleTranslator(loaded)
        self._scored, self._language = scored, loaded.target_language
        self._pinned = [Pair(0, sentence, "") for sentence in pinned]
        self._loaded, self._learner = loaded, learner
        self.seconds_each = 0.0  # that a sentence took to translate, the last time

    def measure(self, trainer: Trainer, cancel: CancelToken | None) -> Measured:
        """All figures of the model as it is now.

        Raises:
            DivergenceError: the loss is no number.
            Cancelled: ``cancel`` was cancelled.
        """
        loss = validate(trainer, self.held, cancel)
        if not math.isfinite(loss):
            raise DivergenceError(
                f"the held-out loss is {loss} at update {trainer.steps}",
                remedy="Start from another model, or use a lower learning rate.",
            )
        pairs = self.held.pairs[: max(self._scored, SAMPLES)]
        general = self.general.translated if self.general else ()
        begin = time.perf_counter()
        with trainer.averaged():
            found = self._translate([*pairs, *general, *self._pinned], cancel)
        self.seconds_each = (time.perf_counter() - begin) / max(1, len(found))
        texts = [rendering.text for rendering in found]
        scored = slice(min(self._scored, len(pairs)))
        references = [pair.target for pair in pairs]
        units = self._loaded.target_vocabulary.units
        bleu, chrf = measure_scores(texts[scored], references[scored], self._language, units)
        look = None
        if self.general is not None and self.general.due:
            translated = texts[len(pairs) : len(pairs) + len(general)]
            look = self.general.look(trainer, translated, cancel)
        renderings = found[:SAMPLES], found[len(pairs) + len(general) :]
        samples = self._samples(trainer.steps, pairs, *renderings)
        if not self._learner:
            return Measured(loss, bleu, chrf, look, samples)
        task = task_scores(self._loaded, loss, texts[scored], references[scored])
        return Measured(loss, bleu, chrf, look, samples, task, self._flow(trainer))

    def _flow(self, trainer: Trainer) -> GradientFlow | None:
        """The gradients on the way through some of the longest held-out sentences."""
        batches = list(single(self.held.batches[-1]))[-FLOW_PAIRS:]
        norms = gradient_norms(trainer.model, batches)
        return GradientFlow(trainer.steps, norms) if norms else None

    def _samples(
        self,
        step: int,
        pairs: Sequence[Pair],
        held: Sequence[Rendering],
        pinned: Sequence[Rendering],
    ) -> tuple[Sample, ...]:
        """Of ``pairs`` the first, but for those that are pinned; then the pinned ones."""
        chosen = {pair.source for pair in self._pinned}
        others = [one for one in zip(pairs, held, strict=False) if one[0].source not in chosen]
        return tuple(
            Sample(step, pair.source, pair.target, rendering.text, *rendering.words())
            for pair, rendering in (*others, *zip(self._pinned, pinned, strict=True))
        )
