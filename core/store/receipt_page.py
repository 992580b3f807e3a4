"""A model's receipt as one HTML page that needs nothing beside it: no script, no network."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.errors import BundleError
from core.files import write_atomically
from core.paths import resources_folder
from core.significance import verdict
from core.store.bundle import Bundle, read_bundle
from core.store.manifest import INSTALL_AGAIN, RECEIPT
from core.store.model_store import ModelCard

WIDTH, HEIGHT = 720, 300  # of the chart, in the page's own pixels
_LEFT, _RIGHT, _TOP, _BOTTOM = 48, 12, 10, 30
_TICKS = 5

Point = tuple[float, float]
Say = Callable[[str], str]
"""An English sentence or caption in the reader's language."""

# How a run ended, for a reader.
ENDINGS = {
    "budget": "It ran as long as planned.",
    "stop": "It was told to stop and keep the best.",
    "vain": "It ended by itself: nothing became better any more.",
    "forgetting": "It ended by itself: everyday sentences had become clearly worse.",
    "divergence": "It ended by itself: the loss was no number any more.",
}
# Its curves, and the sets that are compared; a receipt has them by these names.
SERIES = ("training", "held-out", "taught", "general")


def english(text: str) -> str:
    """``text`` as it is."""
    return text


@dataclass(frozen=True, slots=True)
class Line:
    """A curve: its name, the class that styles it, and its points as SVG wants them."""

    name: str
    style: str
    points: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis: where it is, and what it says."""

    place: float
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Curves over the updates, laid out."""

    width: int
    height: int
    left: int
    bottom: float
    right: float
    top: int
    lines: Sequence[Line]
    across: Sequence[Tick]
    up: Sequence[Tick]


def write_receipt_page(
    card: ModelCard, path: Path, say: Say = english, language: str = "en"
) -> None:
    """Write the receipt of the model to the file ``path``; see :func:`receipt_page`.

    Raises:
        BundleError: the model is damaged.
        StorageError: the file cannot be written.
    """
    write_atomically(path, receipt_page(card, say, language))


def receipt_page(card: ModelCard, say: Say = english, language: str = "en") -> str:
    """The page as text.

    Args:
        card: the model.
        say: what puts its captions and sentences into the reader's ``language``.
        language: the code that the page is marked with.

    Raises:
        BundleError: the model is damaged.
    """
    bundle = read_bundle(card.path, verify=False)
    with _false_receipts(bundle):
        return _rendered(card, bundle, say, language)


@contextlib.contextmanager
def _false_receipts(bundle: Bundle) -> Iterator[None]:
    """Turn whatever a receipt that nobody wrote leads to into an error about it."""
    from jinja2 import TemplateError

    faults = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, TemplateError)
    try:
        yield
    except faults as error:
        raise BundleError(
            f"the receipt is senseless ({error})",
            where=str(bundle.path / RECEIPT),
            remedy=INSTALL_AGAIN,
        ) from error


def _rendered(card: ModelCard, bundle: Bundle, say: Say, language: str) -> str:
    from jinja2 import Environment, FileSystemLoader

    receipt = bundle.receipt()
    environment = Environment(
        loader=FileSystemLoader(resources_folder() / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    ending = ENDINGS.get(str(receipt.get("ended_by")))
    return environment.get_template("receipt.html.jinja").render(
        card=card,
        say=say,
        language=language,
        manifest=bundle.manifest,
        facts=facts(bundle, receipt, say),
        ending=ending and say(ending),
        comparisons=receipt.get("comparisons", {}),
        scores=receipt.get("scores", {}),
        options=receipt.get("options", receipt.get("recipe", {})),
        verdict=verdict,
        chart=chart(
            receipt.get("curves", {}),
            judged="held-out" if receipt.get("held_out") else "taught",
            say=say,
        ),
    )


def facts(bundle: Bundle, receipt: Mapping[str, Any], say: Say = english) -> list[tuple[str, str]]:
    """What the page tells first, as captions and values; what is not known is left out."""
    loss = receipt.get("held_out_loss", {})
    seconds, share = receipt.get("seconds"), receipt.get("share_of_learnt")
    apart = receipt.get("held_out") != 0
    told = {
        say("Learnt from"): bundle.manifest.parent,
        say("File"): receipt.get("file"),
        say("Pairs learnt"): _number(receipt.get("pairs")),
        say("Pairs held out"): _number(receipt.get("held_out")),
        say("Updates"): _number(receipt.get("steps")),
        say("Kept as it was at update"): _number(receipt.get("best_step")),
        say("Share of what was learnt"): None if share is None else f"{share:.0%}",
        say("Time"): None if seconds is None else say(f"{seconds / 60:,.1f} minutes"),
        say("Held-out loss" if apart else "Loss on these pairs"): (
            f"{loss['before']:.3f} → {loss['after']:.3f}" if loss else None
        ),
        say("Seed"): _number(receipt.get("seed")),
        say("Finished"): receipt.get("finished"),
        say("SHA-256 of the pairs"): receipt.get("pairs_sha256"),
    }
    return [(caption, str(value)) for caption, value in told.items() if value is not None]


def _number(value: object) -> str | None:
    return f"{value:,}" if isinstance(value, int | float) else None


def chart(
    curves: Mapping[str, Any], *, judged: str = "held-out", say: Say = english
) -> Chart | None:
    """The losses in training, on the pairs called ``judged`` and on general sentences.

    ``None`` where there are no curves.
    """
    validations = curves.get("validations", [])
    series: dict[tuple[str, str], list[Point]] = {
        ("training", "training"): [(step, loss) for step, loss in curves.get("training", [])],
        (judged, "held"): [(v["step"], v["loss"]) for v in validations],
        ("general", "general"): [
            (v["step"], v["general_loss"]) for v in validations if "general_loss" in v
        ],
    }
    series = {name: points for name, points in series.items() if points}
    every = [point for points in series.values() for point in points]
    if not every:
        return None
    last = max(1.0, *(x for x, _ in every))
    low, high = min(y for _, y in every), max(y for _, y in every)
    step = _nice((high - low) / _TICKS)
    low, high = math.floor(low / step) * step, max(math.ceil(high / step) * step, low + step)
    right, bottom = WIDTH - _RIGHT, HEIGHT - _BOTTOM

    def x_of(x: float) -> float:
        return round(_LEFT + x / last * (right - _LEFT), 1)

    def y_of(y: float) -> float:
        return round(bottom - (y - low) / (high - low) * (bottom - _TOP), 1)

    stride = max(1.0, _nice(last / _TICKS))
    ups = [low + step * i for i in range(round((high - low) / step) + 1)]
    acrosses = [stride * i for i in range(int(last / stride) + 1)]
    return Chart(
        WIDTH,
        HEIGHT,
        _LEFT,
        bottom,
        right,
        _TOP,
        [
            Line(say(name), style, " ".join(f"{x_of(x)},{y_of(y)}" for x, y in points))
            for (name, style), points in series.items()
        ],
        [Tick(x_of(x), f"{x:,.0f}") for x in acrosses],
        [Tick(y_of(y), f"{y:.{max(0, -math.floor(math.log10(step)))}f}") for y in ups],
    )


def _nice(rough: float) -> float:
    """The next of 1, 2, 5, 10, ... times a power of ten; 1 for nothing."""
    if rough <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(rough))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * 0.999)
