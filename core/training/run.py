"""The life of a run: train, validate, show a sample, obey, keep; a generator of events."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator, Mapping

import torch
from torch import Tensor

from core import runtime
from core.cancel import Cancelled, CancelToken
from core.events import Discarded, Event, Left, Message, Started, Warned
from core.store.loading import Loaded
from core.training.batching import Batch
from core.training.control import Command, JobControl
from core.training.distillation import Teacher
from core.training.distributed import ALONE, Workers
from core.training.examination import Examination, Measured
from core.training.history import History
from core.training.hyperparameters import Recipe
from core.training.keeping import Best, Result, Saving, keep, saved
from core.training.pace import Pace
from core.training.resting import begun_again, rest
from core.training.review import Review
from core.training.schedule import Budget
from core.training.settling import settle
from core.training.trainer import DivergenceError, Trainer

RETREATS = 3  # times that a run goes back and on at half the rate
TRIM_EVERY = 10  # updates; batches of ever new shapes leave holes in memory


class Run:
    """Trains a model on batches until its budget is spent or a command ends it.

    Args:
        loaded: the model and its vocabularies.
        batches: an endless stream.
        examination: what is measured at every validation.
        recipe: how it learns.
        budget: how long; its seconds are those of training and validations, without pauses.
        validations: how many on the way; one before the first update comes on top.
        patience: validations without a new best after which the run ends; ``None`` for never.
        validation_share: the most of the run's time that validations may take, 0 to 1; those due
            sooner are left out, but for the last one.
        control: commands from outside.
        precision: floating-point type to compute in.
        teacher: what replayed batches are learnt from.
        base: weights that what was learnt may at last be blended with (see ``blending``).
        by_heart: whether that must leave the pairs as they were learnt; what is kept is then looked
            at once more (see ``settling``).
        workers: the processes that train together; the leading one validates and saves.
        saving: where and how often the run's state is kept, to go on from after a crash.
    """

    def __init__(
        self,
        loaded: Loaded,
        batches: Iterator[Batch],
        examination: Examination,
        *,
        recipe: Recipe,
        budget: Budget,
        validations: int,
        control: JobControl,
        precision: torch.dtype,
        patience: int | None = None,
        validation_share: float = 1.0,
        teacher: Teacher | None = None,
        base: Mapping[str, Tensor] | None = None,
        by_heart: bool = False,
        workers: Workers = ALONE,
        saving: Saving | None = None,
    ) -> None:
        self.loaded, self.examination, self.control = loaded, examination, control
        self.trainer = Trainer(loaded.model, recipe, precision, workers, teacher)
        self.best: Best | None = None
        self.history = History()
        self.ended_by = "budget"
        self._batches, self._budget, self._validations = batches, budget, validations
        self._patience, self.vain, self.retreats = patience, 0, 0
        self._workers, self._saving, self.unsaved = workers, saving, False
        self._base, self.share, self._by_heart = base, 1.0, by_heart
        self._review: Review | None = None
        self._spent, self._validation_share = 0.0, validation_share
        self._measured_until, self._cost = 0.0, 0.0

    def kept_as(self, result: Result, review: Review | None = None) -> Iterator[Event]:
        """The whole job: train, then write the best state as a bundle unless told to discard.

        With a ``review``, what is kept is compared with the base before.

        The last event is ``Finished``, ``Left`` or ``Discarded``.

        Raises:
            AttuneError: nothing can be learnt, or the result not written.
        """
        self._review = review
        yield Started(
            model=result.folder.name,
            pairs=result.pairs,
            rejected=result.rejected,
            held_out=result.held_out,
            total_steps=self._budget.steps,
            seconds_limit=self._budget.seconds,
        )
        yield from self.history.events()  # of a run that goes on; its listener may be new
        yield from self.events()
        if self._saving is not None and self._told(Command.LEAVE):
            yield from self._save(self._saving)
            yield Left(self.trainer.steps, result.folder.name)
            return
        if self.best is None or self._told(Command.DISCARD, Command.LEAVE):
            yield Discarded(self.trainer.steps)
            return
        self.trainer.retire(self.best.weights)
        if self._base is not None and self.best.step:
            yield from settle(self, self._base, self._counted, by_heart=self._by_heart)
        self._base = None
        runtime.release_memory()
        if review is not None:
            yield from review.events(self.loaded, self.trainer.steps)
        if self._told(Command.DISCARD):
            yield Discarded(self.trainer.steps)
            return
        yield Message("saving the model")
        yield keep(self, self.best, result, review.told if review else {})

    def events(self) -> Iterator[Event]:
        """Train; every event is a place to stop.

        A stop is also heard within validations and samples. A loss that diverges sends the run
        back to its best state and on at half the rate; if that does not help, it ends.

        Raises:
            TrainingError: there is nothing to learn from, or the loss diverged before any gain.
        """
        ended = False
        while not ended:
            try:
                with contextlib.suppress(Cancelled):
                    yield from self._training()
                ended = True
            except DivergenceError as error:
                ended = not self._retreat()
                yield Warned("divergence", self._after(error, ended))
        if self.control.ending is not None:
            self.ended_by = "stop"
        if self.control.ending is Command.STOP:  # what follows takes a while
            yield Message("stopping; the best state so far is kept")
        unseen = self.best is not None and self.best.step == 0 and self.trainer.steps > 0
        if unseen and self._workers.leads and self.control.ending is Command.STOP:
            # Else a short run would have taught nothing.
            yield from self._validate(self.control.dismissal)

    def _retreat(self) -> bool:
        """Go back to the best state at half the rate; ``False`` where that is no use any more."""
        if self.best is None or self._workers.count > 1 or self.retreats == RETREATS:
            return False
        self.retreats += 1
        self.trainer.retreat(self.best.weights)
        return True

    def _after(self, error: DivergenceError, ended: bool) -> str:
        """What is done about a loss that diverged.

        Raises:
            DivergenceError: nothing can be done, for nothing has been learnt before.
        """
        if not ended:
            rate = f"{self.trainer.recipe.learning_rate:g}"
            return f"{error.what}; going on from the best state at half the learning rate, {rate}"
        if self.best is None or not self.best.step:
            raise error
        self.ended_by = "divergence"
        return f"{error.sentence()} The best state before that is kept."

    def _training(self) -> Iterator[Event]:
        if self.trainer.steps == 0 and self.best is None:
            yield from self._measure()
        if self._ended():
            return
        progress = self._budget.progress(self.trainer.steps, self.trainer.elapsed)
        measured, speed = int(progress * self._validations), Pace(self.trainer.elapsed)
        saved = self.trainer.elapsed
        for report in self.trainer.phases(self._batches, self._budget):
            if report is None:
                yield from self._pause()
                if self._told(Command.STOP, Command.DISCARD) and self._workers.count == 1:
                    return
                continue
            self.history.step(report)
            yield speed.step(report, self._afterwards())
            yield from self._pause()
            due = int(report.progress * self._validations)
            if due > measured and (report.progress >= 1 or self._affordable()):
                measured = due
                yield from self._measure()
            if report.step % TRIM_EVERY == 0:
                runtime.release_memory()
            if self._saving and self.trainer.elapsed - saved >= self._saving.seconds:
                yield from self._save(self._saving)
                saved = self.trainer.elapsed
            if self._ended():
                return
            speed.resume(self.trainer.elapsed)

    def _measure(self) -> Iterator[Event]:
        """Validate and show samples; a command to end cuts it short."""
        if self._workers.leads:
            yield from self._validate(self.control.interruption)
            if self.ended_by == "forgetting":
                yield Message(
                    "general sentences have become clearly worse; the best state before is kept"
                )
            elif self._exhausted():
                yield Message(
                    f"no validation brought anything better, {self.vain} in a row; "
                    "the best state is kept"
                )
        before = self.trainer.elapsed
        self.trainer.spend(self._spent)
        self._spent = 0.0
        self._measured_until = self.trainer.elapsed
        self._cost = self._measured_until - before

    def _affordable(self) -> bool:
        """Whether enough was learnt since the last validation for what one costs."""
        learning = self.trainer.elapsed - self._measured_until
        return self._cost <= self._validation_share * (learning + self._cost)

    @contextlib.contextmanager
    def _counted(self) -> Iterator[None]:
        """The time of this block is the run's: a person waits for it."""
        begin = time.perf_counter()
        try:
            yield
        finally:
            self._spent += time.perf_counter() - begin

    def _pause(self) -> Iterator[Event]:
        """Wait while told to."""
        return rest(self.control, self.trainer.steps)

    def _afterwards(self) -> float:
        return self._review.seconds(self.examination.seconds_each) if self._review else 0.0

    def _told(self, *endings: Command) -> bool:
        return self.control.ending in endings

    def _exhausted(self) -> bool:
        return self._patience is not None and self.vain >= self._patience

    def _ended(self) -> bool:
        """Whether the leading process was told to end, sees no more gain, or has forgotten."""
        if self._exhausted() and self.ended_by == "budget":
            self.ended_by = "vain"
        wish = self.control.ending is not None or self.ended_by in ("vain", "forgetting")
        return self._workers.agree(wish, self.trainer.device)

    def _save(self, saving: Saving) -> Iterator[Event]:
        """Keep the run's state; one that cannot be kept is told of and tried again later."""
        if self._workers.leads:
            with self._counted():
                warned = saved(self, saving)
            yield from warned

    def _validate(self, token: CancelToken) -> Iterator[Event]:
        """Measure, keep the best, show samples; nothing where ``token`` is cancelled for good."""

        def work(token: CancelToken) -> Measured:
            with self._counted():
                return self.examination.measure(self.trainer, token)

        found = yield from begun_again(work, token, self.control, self.trainer.steps)
        if found is None:
            return
        better = (self.best is None or found.loss < self.best.loss) and not found.forgotten
        self.vain = 0 if better else self.vain + 1
        if better:
            with self.trainer.averaged():
                state = self.loaded.model.state_dict()
                weights = {name: value.detach().cpu().clone() for name, value in state.items()}
            self.best = Best(found.loss, self.trainer.steps, weights)
        if found.forgotten:
            self.ended_by = "forgetting"
        event = found.event(self.trainer.steps, best=better)
        self.history.validation(event, found.samples, found.flow)
        yield event
        if found.flow is not None:
            yield found.flow
        yield from self._pause()
        for sample in found.samples if self.control.ending is None else ():
            yield sample
            yield from self._pause()
