"""How probable it is that a word of a translation is right.

A model gives each piece a probability. A word's is the product of its pieces' (or their geometric
mean); how often words of such a probability are right is another matter, and learnt from sentences
with a reference: a temperature T divides the word's log-odds (Guo et al. 2017, "On Calibration of
Modern Neural Networks", for the two classes right and wrong), and a bias is added (Platt 1999):

    confidence = 1 / (1 + exp(-(log(p / (1 - p)) / T + b)))

``python -m benchmarks.confidence`` fits both and says what "right" means.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from core.errors import BundleError
from core.files import parse_json
from core.paths import resources_folder

CALIBRATIONS = "confidence.json"
_LEAST = 1e-6  # probabilities this near to 0 or 1 are taken for it


@dataclass(frozen=True, slots=True)
class Calibration:
    """How a model's probabilities of words become confidences.

    Attributes:
        temperature: above 0; more than 1 makes a model less sure.
        bias: added to the log-odds.
    """

    temperature: float = 1.0
    bias: float = 0.0

    def confidence(self, log_probability: float) -> float:
        """That of a word whose probability has this natural logarithm, 0 to 1."""
        probability = min(max(math.exp(log_probability), _LEAST), 1 - _LEAST)
        odds = math.log(probability / (1 - probability))
        return 1 / (1 + math.exp(-(odds / self.temperature + self.bias)))


NO_CALIBRATION = Calibration()


def read_calibration(source_language: str, target_language: str) -> Calibration:
    """That of the default model of these languages, which those taught from it keep.

    Raises:
        BundleError: the file that ships with the program is damaged.
    """
    return calibration_in(resources_folder() / CALIBRATIONS, source_language, target_language)


def calibration_in(place: Path, source_language: str, target_language: str) -> Calibration:
    """That of two languages as the file ``place`` tells it; none where it tells none.

    Raises:
        BundleError: the file cannot be read.
    """
    try:
        fitted = parse_json(place.read_text("utf-8")).get(f"{source_language}-{target_language}")
        if fitted is None:
            return NO_CALIBRATION
        found = Calibration(float(fitted["temperature"]), float(fitted["bias"]))
    except (OSError, ValueError, OverflowError, KeyError, TypeError, AttributeError) as error:
        raise BundleError(
            f"the calibration cannot be read ({error})",
            where=str(place),
            remedy="Install the program again.",
        ) from error
    if not (found.temperature > 0 and math.isfinite(found.temperature + found.bias)):
        raise BundleError(
            f"the calibration makes no sense (temperature {found.temperature})",
            where=str(place),
            remedy="Install the program again.",
        )
    return found


def word_log_probabilities(
    log_probabilities: Sequence[float],
    piece_spans: Sequence[tuple[int, int]],
    word_spans: Sequence[tuple[int, int]],
) -> list[float | None]:
    """The sum of the log-probabilities of each word's pieces: that of all of them together.

    Args:
        log_probabilities: of the T pieces; NaN for one that the model did not choose.
        piece_spans: their offsets in the text.
        word_spans: the offsets of the words.

    Returns:
        One per word; ``None`` where a piece of it was not chosen by the model, or no piece is.
    """
    begins, stops = np.array(piece_spans, int).reshape(-1, 2).T  # each [T]
    starts, ends = np.array(word_spans, int).reshape(-1, 2).T  # each [words]
    shared = np.minimum.outer(ends, stops) > np.maximum.outer(starts, begins)  # [words, T]
    sums = np.where(shared, np.asarray(log_probabilities, float), 0.0).sum(axis=1)
    sums[~shared.any(axis=1)] = math.nan
    return [None if math.isnan(total) else total for total in sums.tolist()]


def word_confidences(
    log_probabilities: Sequence[float],
    piece_spans: Sequence[tuple[int, int]],
    word_spans: Sequence[tuple[int, int]],
    calibration: Calibration,
) -> tuple[float | None, ...]:
    """How probable it is that each word is right; arguments as above."""
    return tuple(
        None if total is None else calibration.confidence(total)
        for total in word_log_probabilities(log_probabilities, piece_spans, word_spans)
    )
