"""Where a run stands, how long it takes and how good it is, in words and figures. No Qt."""

from __future__ import annotations

from gui.core_words import from_core
from gui.i18n import number, tr
from gui.viewmodels.learning import Learning, RunState


def state_words(run: Learning) -> str:
    """Where ``run`` stands, for a reader."""
    busy = run.state in (RunState.STARTING, RunState.LEARNING, RunState.STOPPING)
    if busy and run.message:  # in the child's words
        said = from_core(run.message).rstrip(".")
        return said[:1].upper() + said[1:] + "…"
    if run.state is RunState.LEARNING and run.latest is None:  # it is judged as it is, first
        return tr("Getting ready…")
    return {
        RunState.WAITING: tr("Waiting for its turn"),
        RunState.STARTING: tr("Starting…"),
        RunState.LEARNING: tr("Learning"),
        RunState.PAUSING: tr("Pausing after this step…"),
        RunState.PAUSED: tr("Paused"),
        RunState.RESUMING: tr("Going on…"),
        RunState.STOPPING: tr("Stopping; keeping the best…"),
        RunState.LEAVING: tr("Leaving; keeping the run to go on with…"),
        RunState.DISCARDING: tr("Discarding…"),
        RunState.KEPT: tr("Kept"),
        RunState.DISCARDED: tr("Discarded"),
        RunState.LEFT: tr("Left; it can be gone on with"),
        RunState.FAILED: tr("Failed"),
    }[run.state]


def late_words() -> str:
    """Why a run has not begun to learn after a while."""
    return tr(
        "It has not begun to learn yet. It computes when other programs leave the processor free: "
        "close those that are busy, or wait."
    )


def duration(seconds: float | None) -> str:
    """``seconds`` as ``m:ss`` or ``h:mm:ss``; a dash when unknown."""
    if seconds is None:
        return "–"
    minutes, rest = divmod(max(0, round(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def score_text(run: Learning) -> str:
    """The last scores on held-out pairs: how many are exactly right where that is told, BLEU."""
    scored = (
        v for v in reversed(run.validations) if v.bleu is not None or v.exact_match is not None
    )
    last = next(scored, None)
    if last is None:
        return "–"
    parts = [] if last.bleu is None else [f"BLEU {number(last.bleu, 1)}"]
    if last.exact_match is not None:
        parts.append(tr("{share} % exact", share=number(100 * last.exact_match)))
    return " · ".join(parts)


def best_tip() -> str:
    """What the best loss of a run is."""
    return tr("The least loss so far on the pairs that it is judged by; that state is kept.")
