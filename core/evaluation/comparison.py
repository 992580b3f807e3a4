"""Two models' translations of the same sentences: scores with intervals, and what changed most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.evaluation.metrics import corpus_metrics, sentence_chrf
from core.text.units import PIECES

RESAMPLES = 1000
# Of fewer sentences the resamples are too much alike: nearly any change would look certain.
LEAST_TESTED = 20


@dataclass(frozen=True, slots=True)
class Estimate:
    """A score from 0 to 100 before and after, each with half the width of its 95 % interval.

    ``p_value`` is that of the paired bootstrap test (Koehn 2004): small where the difference is
    hardly chance; ``None`` where there are too few sentences to tell.
    """

    before: float
    before_error: float
    after: float
    after_error: float
    p_value: float | None


@dataclass(frozen=True, slots=True)
class Change:
    """A sentence whose translation changed; ``gain`` in points of chrF."""

    source: str
    reference: str
    before: str
    after: str
    gain: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """BLEU and chrF of some sentences, and the largest changes for better and for worse."""

    sentences: int
    bleu: Estimate
    chrf: Estimate
    better: tuple[Change, ...]
    worse: tuple[Change, ...]


def compare(
    sources: Sequence[str],
    references: Sequence[str],
    before: Sequence[str],
    after: Sequence[str],
    target_language: str,
    *,
    units: str = PIECES,
    shown: int = 10,
) -> Comparison:
    """Compare the translations ``before`` and ``after`` of ``sources``, at least one.

    Args:
        units: what the models write (see :func:`core.evaluation.metrics.score`).
        shown: how many of the largest changes each way are told.
    """
    from sacrebleu.significance import PairedTest

    bleu, chrf = corpus_metrics(target_language, units)
    _, found = PairedTest(
        [("before", list(before)), ("after", list(after))],
        {"BLEU": bleu, "chrF": chrf},
        [list(references)],
        test_type="bs",
        n_samples=RESAMPLES,
    )()
    tested = len(sources) >= LEAST_TESTED
    changes = [
        Change(source, reference, old, new, round(gain, 1))
        for source, reference, old, new, gain in zip(
            sources, references, before, after, _gains(references, before, after), strict=True
        )
        if old != new
    ]
    changes.sort(key=lambda change: change.gain)
    return Comparison(
        sentences=len(sources),
        bleu=_estimate(*found["BLEU"], tested=tested),
        chrf=_estimate(*found["chrF2"], tested=tested),
        better=tuple(change for change in reversed(changes[-shown:]) if change.gain > 0),
        worse=tuple(change for change in changes[:shown] if change.gain < 0),
    )


def _gains(
    references: Sequence[str], before: Sequence[str], after: Sequence[str]
) -> Sequence[float]:
    old, new = sentence_chrf(before, references), sentence_chrf(after, references)
    return [b - a for a, b in zip(old, new, strict=True)]


def _estimate(before: Any, after: Any, *, tested: bool) -> Estimate:
    return Estimate(
        float(before.score),
        float(before.ci),
        float(after.score),
        float(after.ci),
        chance(before, after) if tested else None,
    )


def chance(before: Any, after: Any) -> float:
    """The p value of two systems in what sacrebleu's paired test gave for a metric."""
    # No resample of equal outputs differs by more than nothing, which sacrebleu takes for proof.
    return 1.0 if before.score == after.score else float(after.p_value)
