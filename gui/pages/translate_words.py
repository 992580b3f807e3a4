"""What the Translate page says about the state of its view model."""

from __future__ import annotations

from collections.abc import Set

from gui.i18n import joined, number, tr
from gui.viewmodels.translate import Status

EXAMPLES = {
    "zh": (
        "我喜欢学习机器学习。",
        "请问，最近的地铁站在哪里？",
        "今天下午我们去公园散步，好吗？",
    ),
    "en": (
        "I like learning machine learning.",
        "Excuse me, where is the nearest subway station?",
        "Shall we go for a walk in the park this afternoon?",
    ),
}


def progress_words(status: Status) -> str:
    """What stands at the foot of the translation."""
    if status.phase == "loading":
        return tr("Getting the model ready…")
    done, total = number(status.done), number(status.total)
    if status.total > 1 and status.phase == "translating":
        return tr("{done} of {total} sentences", done=done, total=total)
    if status.total > 1 and status.phase == "stopped":
        return tr("Stopped after {done} of {total} sentences", done=done, total=total)
    return ""


def status_words(model: str, status: Status) -> tuple[str, ...]:
    """The facts of the status line: model, time, speed, precision; unknown ones are empty."""
    if status.phase == "loading":
        return (tr("loading {name}…", name=model),)
    seconds, speed = status.seconds, status.words_per_second
    time = ""
    if seconds is not None:
        short = tr("{time} ms", time=number(seconds * 1000))
        time = short if seconds < 1 else tr("{time} s", time=number(seconds, 1))
    shown = number(speed, 0 if speed >= 10 else 1) if speed else ""
    rate = tr("{speed} words/s", speed=shown) if shown else ""
    return model, time, rate, status.precision


def note_words(notes: Set[str]) -> str:
    """What was done to the text before it was translated (``Translation.notes``)."""
    sentences = []
    if "traditional" in notes:
        sentences.append(tr("Traditional characters were read as Simplified ones."))
    if "copied" in notes:
        sentences.append(tr("What is not in the source language was copied as it is."))
    if "truncated" in notes:
        sentences.append(tr("A very long sentence was translated in parts."))
    return joined(*sentences)
