"""How well confidences fit: ``python -m benchmarks.confidence SETS --model zh-en [--write]``.

A word of a translation counts as right if it occurs in the reference as many times (each word of
the reference makes one word right, case aside): one reference of many possible ones, so that a
word called wrong may be a good synonym. On one draw of sentences a temperature, and a temperature
and a bias, are fitted by maximum likelihood (Guo et al. 2017; Platt 1999); on another draw the
expected calibration error is measured (15 bins of equal width), before and after.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.drawing import Drawn, draw
from core.environment import prepare_environment

prepare_environment()

from core.errors import AttuneError  # noqa: E402
from core.evaluation.metrics import sentence_chrf  # noqa: E402
from core.files import write_atomically  # noqa: E402
from core.paths import resources_folder  # noqa: E402
from core.runtime import set_threads  # noqa: E402
from core.store.bundle import read_bundle  # noqa: E402
from core.store.loading import load_ready  # noqa: E402
from core.store.model_store import ModelStore  # noqa: E402
from core.text.encoding import SegmentEncoder  # noqa: E402
from core.text.languages import CHINESE  # noqa: E402
from core.text.target import target_words  # noqa: E402
from core.text.tokenizer import make_tokenizer  # noqa: E402
from core.translation.autotune import choose_setting  # noqa: E402
from core.translation.careful import CarefulSearch  # noqa: E402
from core.translation.chunks import encode_parts  # noqa: E402
from core.translation.confidence import (  # noqa: E402
    CALIBRATIONS,
    Calibration,
    word_log_probabilities,
)
from core.translation.outputs import Output  # noqa: E402
from core.translation.result import SURE, UNSURE  # noqa: E402
from core.translation.search import OutputSearch  # noqa: E402
from core.translation.translator import DEFAULTS  # noqa: E402

BINS = 15
BATCH = 16

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Words:
    """Words: log-probability of all their pieces, how many these are, whether right, whose."""

    product: Floats
    pieces: Floats
    right: Floats
    sentence: NDArray[np.int64]

    @property
    def mean(self) -> Floats:
        """The log-probability of the geometric mean of the pieces."""
        return self.product / self.pieces


@dataclass(frozen=True)
class Measured:
    """A draw as translated: its words, and each sentence's score and chrF."""

    words: Words
    scores: Floats
    chrf: Floats


class Reader:
    """Translates as the program does, and keeps what the model thought of each piece."""

    def __init__(self, folder: Path) -> None:
        setting = choose_setting("auto", None, stored=read_bundle(folder).manifest.precision)
        set_threads(setting.threads)
        self.precision = setting.precision
        ready = load_ready(folder, setting.precision)
        self.source, self.target = ready.source_language, ready.target_language
        tokenizer = make_tokenizer(self.source)
        self._encoder = SegmentEncoder(self.source, tokenizer, ready.source_vocabulary)
        self._search = CarefulSearch(OutputSearch(ready), self._encoder, self.target)
        self._cutter = make_tokenizer(CHINESE) if self.target == CHINESE else None

    def read(self, drawn: Sequence[Drawn]) -> Measured:
        """``drawn`` translated; sentences that are cut into parts are left out."""
        texts: list[str] = []
        references: list[str] = []
        scores: list[float] = []
        rows: list[tuple[float, float, bool, int]] = []
        for one, output in self._outputs(drawn):
            rows += [(*word, len(texts)) for word in self._words(output, one.reference)]
            texts.append(output.text)
            references.append(one.reference)
            scores.append(output.hypothesis.score)
        columns = [np.array(column, float) for column in zip(*rows, strict=True)]
        words = Words(*columns[:3], columns[3].astype(np.int64))
        return Measured(words, np.array(scores), np.array(sentence_chrf(texts, references)))

    def _outputs(self, drawn: Sequence[Drawn]) -> Iterator[tuple[Drawn, Output]]:
        cut = [(one, encode_parts(one.source, self._encoder)) for one in drawn]
        whole = [(one, parts[0]) for one, parts in cut if len(parts) == 1]
        whole.sort(key=lambda pair: len(pair[1].source.ids))  # like lengths waste least padding
        options = DEFAULTS.search(self.target)
        for begin in range(0, len(whole), BATCH):
            batch = whole[begin : begin + BATCH]
            found = self._search([part for _, part in batch], options)
            for (one, _), parts in zip(batch, found, strict=True):
                if len(parts) == 1 and parts[0].outputs:
                    yield one, parts[0].outputs[0]
            print(f"\r{begin + len(batch)} of {len(whole)}", end="", file=sys.stderr)
        print(file=sys.stderr)

    def _words(self, output: Output, reference: str) -> Iterator[tuple[float, float, bool]]:
        """Each word that the model chose: log-probability, number of pieces, whether right."""
        spans = target_words(output.text, self.target, self._cutter)
        left = Counter(
            reference[a:b].casefold() for a, b in target_words(reference, self.target, self._cutter)
        )
        logs, places = output.copied.log_probabilities, output.tagged.spans
        sums = word_log_probabilities(logs, places, spans)
        counts = word_log_probabilities([-1.0] * len(logs), places, spans)
        for (start, end), total, count in zip(spans, sums, counts, strict=True):
            word = output.text[start:end].casefold()
            right = left[word] > 0
            left[word] -= right
            if total is not None and count is not None and any(map(str.isalnum, word)):
                yield total, -count, right


# --- fitting and measuring -----------------------------------------------------------------------


def log_odds(log_probabilities: Floats) -> Floats:
    """``log(p / (1 - p))``, as :class:`Calibration` computes it."""
    p = np.exp(log_probabilities).clip(1e-6, 1 - 1e-6)
    return np.log(p / (1 - p))


def fit(log_probabilities: Floats, right: Floats, *, bias: bool) -> Calibration:
    """The calibration under which ``right`` is most likely: Newton's method on 1 / T (and b)."""
    x = np.stack((log_odds(log_probabilities), np.ones(len(right))))[: 1 + bias]
    weights = np.zeros(len(x))
    for _ in range(50):
        p = 1 / (1 + np.exp(-(weights @ x)))
        gradient = x @ (right - p)
        step = np.linalg.solve((x * p * (1 - p)) @ x.T, gradient)
        weights = weights + step
        if np.abs(step).max() < 1e-9:
            break
    return Calibration(float(1 / weights[0]), float(weights[1]) if bias else 0.0)


def calibrated(log_probabilities: Floats, calibration: Calibration) -> Floats:
    """Confidences of words."""
    return np.array([calibration.confidence(value) for value in log_probabilities])


def calibration_error(confidence: Floats, right: Floats, bins: int = BINS) -> float:
    """The expected calibration error (Guo et al. 2017, equation 3), 0 to 1."""
    index = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = [abs(confidence[index == b].sum() - right[index == b].sum()) for b in range(bins)]
    return float(sum(gaps) / len(right))


def likelihood(confidence: Floats, right: Floats) -> float:
    """Mean negative log-likelihood of what was right and wrong."""
    chosen = np.where(right > 0, confidence, 1 - confidence).clip(1e-9)
    return float(-np.log(chosen).mean())


def spearman(a: Floats, b: Floats) -> float:
    """Spearman's rank correlation; equal values share the mean of their ranks."""
    ranks = [_ranks(values) for values in (a, b)]
    return float(np.corrcoef(ranks)[0, 1])


def _ranks(values: Floats) -> Floats:
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = counts.cumsum()
    means: Floats = (ends - (counts - 1) / 2)[inverse]
    return means


def by_sentence(values: Floats, words: Words, sentences: int) -> Floats:
    """The mean of ``values`` of each sentence's words."""
    sums = np.bincount(words.sentence, values, sentences)
    counts = np.bincount(words.sentence, minlength=sentences)
    return sums / counts.clip(1)


def interval(measure: Callable[[NDArray[np.int64]], float], size: int) -> tuple[float, float]:
    """95 % interval of a measure over ``size`` sentences, by drawing them anew 500 times."""
    chance = np.random.default_rng(0)
    values = [measure(chance.integers(size, size=size)) for _ in range(500)]
    low, high = np.percentile(values, (2.5, 97.5))
    return float(low), float(high)


def report(fitted: Measured, measured: Measured) -> dict[str, Calibration]:
    """Print the figures of both ways to make a word's probability; the calibrations."""
    found: dict[str, Calibration] = {}
    words = measured.words
    print(f"{len(measured.scores)} sentences, {len(words.right)} words,")
    print(f"{100 * words.right.mean():.1f} % of them right")
    for name in ("product", "mean"):
        train, test = getattr(fitted.words, name), getattr(words, name)
        ways = {
            "as it is": Calibration(),
            "temperature": fit(train, fitted.words.right, bias=False),
            "temperature and bias": fit(train, fitted.words.right, bias=True),
        }
        for way, calibration in ways.items():
            confidence = calibrated(test, calibration)
            error = calibration_error(confidence, words.right)
            print(
                f"{name}, {way}: T {calibration.temperature:.3f} b {calibration.bias:+.3f},"
                f" ECE {100 * error:.2f} %, NLL {likelihood(confidence, words.right):.4f}"
            )
            found[f"{name}, {way}"] = calibration
    return found


def report_sentences(measured: Measured, calibration: Calibration) -> None:
    """Print how a sentence's score goes with its chrF, and how words spread over the levels."""
    words, size = measured.words, len(measured.scores)
    confidence = calibrated(words.product, calibration)
    kinds = {
        "score (length-normalised log-probability)": measured.scores,
        "mean log-probability of its words": by_sentence(words.product, words, size),
        "mean confidence of its words": by_sentence(confidence, words, size),
    }
    for name, values in kinds.items():
        low, high = interval(lambda draw, v=values: spearman(v[draw], measured.chrf[draw]), size)
        rho = spearman(values, measured.chrf)
        print(f"Spearman with chrF, {name}: {rho:.3f} (95 %: {low:.3f} to {high:.3f})")
    for name, chosen in (
        ("sure", confidence >= SURE),
        ("fairly sure", (confidence < SURE) & (confidence >= UNSURE)),
        ("unsure", confidence < UNSURE),
    ):
        share, right = chosen.mean(), words.right[chosen].mean() if chosen.any() else math.nan
        print(f"{name}: {100 * share:.1f} % of the words, {100 * right:.1f} % of them right")


def write(direction: str, calibration: Calibration) -> None:
    """Keep the calibration among the resources."""
    place = resources_folder() / CALIBRATIONS
    known = json.loads(place.read_text("utf-8"))
    fitted = {name: round(getattr(calibration, name), 4) for name in ("temperature", "bias")}
    known[direction] = fitted
    write_atomically(place, json.dumps(known, indent=1, sort_keys=True) + "\n")


def main() -> int:
    """Fit, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+", type=Path, help="folders of pairs, or files")
    parser.add_argument("--model", default="zh-en", help="a model's name")
    parser.add_argument("--sentences", type=int, default=400, help="of each of the two draws")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true", help="keep what was fitted")
    given = parser.parse_args()
    try:
        reader = Reader(ModelStore().find(given.model).path)
        print(f"{given.model} in {reader.precision}")
        fitted, measured = map(
            reader.read, draw(given.sets, reader.source, given.sentences, given.seed)
        )
        calibrations = report(fitted, measured)
        report_sentences(measured, calibrations["product, temperature and bias"])
        if given.write:
            direction = f"{reader.source}-{reader.target}"
            write(direction, calibrations["product, temperature and bias"])
    except AttuneError as error:
        print(error.sentence(), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
