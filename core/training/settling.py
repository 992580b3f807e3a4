"""What is kept of a state that was learnt: its blend with the base, and a last look at a lesson's.

A lesson changes a model by a few large steps, and the blending takes back much of what they cost
elsewhere. So not the state that was learnt is judged, but what is left of it; where that has
forgotten, nothing is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from functools import partial
from typing import TYPE_CHECKING

from torch import Tensor

from core.cancel import CancelToken
from core.events import Event, Message
from core.training.blending import best_blend
from core.training.examination import Measured
from core.training.keeping import Best
from core.training.resting import begun_again
from core.training.review import recites

if TYPE_CHECKING:
    from core.training.run import Run


Counted = Callable[[], AbstractContextManager[None]]


def settle(
    run: Run, base: Mapping[str, Tensor], counted: Counted, *, by_heart: bool
) -> Iterator[Event]:
    """Choose how much of what was learnt is kept; it is in the model of ``run`` afterwards.

    Args:
        run: its best state is not the one before all updates.
        base: the weights before any update.
        counted: counts the time of a block as the run's.
        by_heart: whether the pairs must still come out as they were taught. What is kept is then
            looked at once more, and ``base`` takes its place if it forgot.
    """
    best, held, before = run.best, run.examination.held, run.history.loss_before
    assert best is not None

    def work(token: CancelToken) -> tuple[Best, float]:
        with counted():
            asked = partial(recites, run.loaded, held.pairs) if by_heart else None
            return best_blend(run.trainer, held, base, best, before, token, recites=asked)

    found = yield from begun_again(work, run.control.dismissal, run.control, run.trainer.steps)
    if found is None:
        return
    run.best, run.share = found
    if by_heart:
        yield from _last_look(run, base, counted)


def _last_look(run: Run, base: Mapping[str, Tensor], counted: Counted) -> Iterator[Event]:
    steps, general = run.trainer.steps, run.examination.general
    if general is not None:
        general.judging = True

    def work(token: CancelToken) -> Measured:
        with counted():
            return run.examination.measure(run.trainer, token)

    found = yield from begun_again(work, run.control.dismissal, run.control, steps)
    if found is None:
        return
    event = found.event(steps, best=not found.forgotten)
    run.history.validation(event, found.samples)
    yield event
    yield from found.samples
    if found.forgotten:
        run.best = Best(run.history.loss_before, 0, dict(base))
        run.share, run.ended_by = 0.0, "forgetting"
        run.trainer.take(base)
        yield Message("general sentences would become clearly worse; nothing is kept of it")
