"""A run that has become a model, as its receipt tells of it. No Qt."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from core.events import Event, Finished, parse_event
from gui.jobs.class_files import KeptRun
from gui.viewmodels.learning import Learning
from gui.viewmodels.shelf import real


def learning_from(kept: KeptRun) -> Learning:
    """What :class:`Learning` would know had it listened to the run from its beginning."""
    receipt = kept.receipt
    system_name = kept.plan.system if kept.plan else _text(receipt.get("preset"))
    learning = Learning(kept.card.name, system_name or kept.card.name)
    curves = receipt.get("curves")
    curves = curves if isinstance(curves, Mapping) else {}
    learning.steps, learning.losses = _points(curves.get("training"))
    norm_steps, norms = _points(curves.get("gradient_norms"))
    if norm_steps == learning.steps:
        learning.norms = norms
    system = receipt.get("system")
    learning.attends = not (isinstance(system, Mapping) and system.get("attention") == "none")
    for event in _events(curves, receipt):
        learning.apply(event)
    learning.apply(_finished(kept))
    return learning


def _events(curves: Mapping[str, Any], receipt: Mapping[str, Any]) -> Iterator[Event]:
    """Validations, gradients and samples, as far as they can be read."""
    told = (
        *({"event": "validation", **found} for found in _maps(curves.get("validations"))),
        *({"event": "gradient_flow", **found} for found in _maps(receipt.get("gradient_flows"))),
        *_maps(receipt.get("samples")),
    )
    for fields in told:
        try:
            yield parse_event(json.dumps(fields))
        except ValueError:  # another program's receipt
            continue


def _finished(kept: KeptRun) -> Finished:
    receipt = kept.receipt
    loss = receipt.get("held_out_loss")
    loss = loss if isinstance(loss, Mapping) else {}
    return Finished(
        kept.card.name,
        str(kept.card.path),
        int(real(receipt.get("steps")) or 0),
        int(real(receipt.get("best_step")) or 0),
        real(loss.get("before")) or 0.0,
        real(loss.get("after")) or 0.0,
        real(receipt.get("seconds")) or 0.0,
        _text(receipt.get("ended_by")) or "budget",
    )


def _points(told: object) -> tuple[list[int], list[float]]:
    pairs = told if isinstance(told, list) else []
    points = [tuple(map(real, p)) for p in pairs if isinstance(p, list) and len(p) == 2]
    sound = [(x, y) for x, y in points if x is not None and y is not None]
    return [int(step) for step, _ in sound], [value for _, value in sound]


def _maps(told: object) -> list[Mapping[str, Any]]:
    return [m for m in told if isinstance(m, Mapping)] if isinstance(told, list) else []


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
