"""Outputs drawn at random in the place of the best ones."""

from __future__ import annotations

from collections.abc import Sequence

from core.cancel import CancelToken
from core.decoding.options import SamplingOptions
from core.translation.careful import Found
from core.translation.chunks import Part
from core.translation.search import OutputSearch


def drawn(
    search: OutputSearch,
    parts: Sequence[Part],
    options: SamplingOptions,
    seed: int,
    cancel: CancelToken | None = None,
) -> list[list[Found]]:
    """Each of ``parts`` with an output drawn at random, as drawn; none where it has nothing to say.

    Every part is drawn by itself, so that what stands beside it changes nothing.

    Raises:
        BundleError: the model predicts NaN, or nothing that is allowed.
        Cancelled: ``cancel`` was cancelled.
    """
    return [
        [Found(part, search.sample(part.source, 1, options, seed, cancel))]
        if part.source.translatable
        else [Found(part)]
        for part in parts
    ]
