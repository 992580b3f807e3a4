"""Scores of an earlier report, from its ``results.json``, beside today's."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.quality.results import FORMAT, ModelResult, SetResult
from benchmarks.quality.scoring import Estimate
from core.errors import InputError


@dataclass(frozen=True, slots=True)
class EarlierSet:
    """A model's scores on a set then."""

    sha256: str
    bleu: Estimate
    chrf: Estimate
    bleu_signature: str


@dataclass(frozen=True, slots=True)
class EarlierModel:
    """A model of then; ``sha256`` as :attr:`benchmarks.quality.bundles.Model.sha256`."""

    name: str
    sha256: str
    direction: tuple[str, str]
    sets: dict[str, EarlierSet]


@dataclass(frozen=True, slots=True)
class EarlierReport:
    """A report of then."""

    place: str
    created: str
    models: tuple[EarlierModel, ...]

    def model(self, model: ModelResult) -> EarlierModel | None:
        """The one that ``model`` stands beside: same direction, same name if there is."""
        direction = (model.source_language, model.target_language)
        same = [found for found in self.models if found.direction == direction]
        return next((f for f in same if f.name == model.name), same[0] if same else None)


@dataclass(frozen=True, slots=True)
class Row:
    """A set's scores then and now.

    Attributes:
        comparable: whether the very same sentences were scored in the very same way.
        apart: whether the intervals of BLEU do not touch. (A paired test would find smaller
            differences, but needs the outputs of then.)
    """

    name: str
    then: EarlierSet
    now: SetResult
    comparable: bool
    apart: bool


def read_earlier(path: Path) -> EarlierReport:
    """The report saved at ``path``.

    Raises:
        InputError: the file is no such report.
    """
    try:
        told = json.loads(path.read_text("utf-8"))
        if told["format"] != FORMAT:
            raise ValueError(f"its format is {told['format']}, not {FORMAT}")
        models = tuple(_model(kept) for kept in told["models"])
        return EarlierReport(str(path), str(told["created"]), models)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            f"this is no results.json of a report ({type(error).__name__}: {error})",
            where=str(path),
            remedy="Name the file that stands beside a report.",
        ) from error


def _model(kept: dict[str, Any]) -> EarlierModel:
    direction = (kept["source_language"], kept["target_language"])
    sets = {result["name"]: _set(result) for result in kept["sets"]}
    figures = kept["figures"]
    return EarlierModel(figures["name"], figures["sha256"], direction, sets)


def _set(result: dict[str, Any]) -> EarlierSet:
    now = result["group"]["now"]
    bleu, chrf = Estimate(**now["bleu"]), Estimate(**now["chrf"])
    return EarlierSet(result["sha256"], bleu, chrf, now["bleu_signature"])


def beside(earlier: EarlierModel, model: ModelResult) -> tuple[Row, ...]:
    """The sets that both were scored on."""
    return tuple(
        _row(earlier.sets[result.name], result)
        for result in model.sets
        if result.name in earlier.sets
    )


def _row(then: EarlierSet, result: SetResult) -> Row:
    now = result.group.now
    same_sentences = then.sha256 == result.sha256
    return Row(
        name=result.name,
        then=then,
        now=result,
        comparable=same_sentences and then.bleu_signature == now.bleu_signature,
        apart=now.bleu.low > then.bleu.high or now.bleu.high < then.bleu.low,
    )
