"""How fast a run goes, and how long it will still take."""

from __future__ import annotations

from core import runtime
from core.events import Step
from core.training.trainer import StepReport


class Pace:
    """Tokens per second, smoothed, and the time left at the present pace.

    Args:
        elapsed: seconds that an earlier part of the run took.
    """

    def __init__(self, elapsed: float) -> None:
        self._rate: float | None = None
        self._elapsed = elapsed

    def resume(self, elapsed: float) -> None:
        """Count from here: what came between two updates was no training."""
        self._elapsed = elapsed

    def step(self, report: StepReport, afterwards: float = 0.0) -> Step:
        """The event of an update; ``afterwards`` are seconds that follow the last one."""
        rate = report.tokens / max(1e-6, report.elapsed - self._elapsed)
        self._elapsed = report.elapsed
        self._rate = rate if self._rate is None else 0.9 * self._rate + 0.1 * rate
        left = None
        if report.progress > 0:
            left = report.elapsed * (1 / report.progress - 1) + afterwards
        return Step(
            step=report.step,
            loss=report.loss,
            learning_rate=report.learning_rate,
            gradient_norm=report.gradient_norm,
            tokens_per_second=self._rate,
            elapsed=report.elapsed,
            progress=report.progress,
            remaining=left,
            replayed=report.replayed,
            tokens=report.tokens,
            memory=runtime.resident_memory(),
        )
