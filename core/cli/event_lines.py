"""The events of a job as lines for a person at a terminal."""

from __future__ import annotations

from core.cli.progress import counted
from core.events import (
    Changed,
    Compared,
    Discarded,
    Event,
    Finished,
    GradientFlow,
    Left,
    Message,
    Paused,
    Recalled,
    Resumed,
    Sample,
    Started,
    Validation,
    Warned,
)
from core.significance import Verdict, verdict

_VERDICTS = {
    Verdict.BETTER: " (better)",
    Verdict.WORSE: " (worse)",
    Verdict.SAME: " (may be chance)",
    Verdict.UNKNOWN: "",
}


def told(event: Event) -> str:
    """What a person reads of ``event``; nothing of some."""
    match event:
        case Message(text=text) | Warned(text=text):
            return text  # a warning without words is over
        case Changed():
            return ""  # the receipt tells all of them
        case Sample(source=source, translation=translation):
            return f"  {source} → {translation}"
        case Validation():
            return _validation(event)
        case Compared():
            return _comparison(event)
        case Recalled():
            return _recall(event)
        case GradientFlow(norms=norms):
            return f"  ‖∂loss/∂h‖: last state {norms[0]:.1e}, first {norms[-1]:.1e}"
    return _stage(event)


def _stage(event: Event) -> str:
    """Where the job is."""
    match event:
        case Started(pairs=pairs, rejected=rejected, held_out=held_out):
            learnt = counted(pairs, "pair", "pairs")
            return f"{learnt} to learn, {held_out:,} held out, {rejected:,} rejected"
        case Finished(model=model, path=path, loss_before=before, loss_after=after):
            return f"kept as {model} in {path}: held-out loss {before:.4f} → {after:.4f}"
        case Discarded():
            return "discarded: nothing is kept"
        case Left():
            return f"left at update {event.step}: go on with --resume"
        case Paused() | Resumed():
            return event.kind
    return event.to_json()


def _validation(event: Validation) -> str:
    parts = [
        f"update {event.step}: held-out loss {event.loss:.4f}{' (best)' if event.best else ''}"
    ]
    if event.bleu is not None:
        parts.append(f"BLEU {event.bleu:.1f}")
    if event.exact_match is not None:
        parts.append(f"exact {event.exact_match:.1%}")
    if event.general_change is not None:
        parts.append(f"general {event.general_change:+.3f} nats")
    return ", ".join(parts)


def _recall(event: Recalled) -> str:
    text = (
        f"{event.cell}, update {event.step} of {event.steps}: loss {event.loss:.3f}, "
        f"exact {event.exact_match:.1%}"
    )
    if event.norms:
        first = f"{event.norms[-1]:.1e} {len(event.norms) - 1} steps before"
        text += f", ‖∂loss/∂h‖ {event.norms[0]:.1e} at the end, {first}"
    return text


def _comparison(event: Compared) -> str:
    found = verdict(event.chrf_before, event.chrf_after, event.chrf_p_value)
    return (
        f"{event.name}, {counted(event.sentences, 'sentence', 'sentences')}: "
        f"BLEU {event.bleu_before:.1f} → {event.bleu_after:.1f}, "
        f"chrF {event.chrf_before:.1f} → {event.chrf_after:.1f}{_VERDICTS[found]}"
    )
