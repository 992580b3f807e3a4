"""``attune-cli evaluate``: a model's scores on a test set, and whether another's differ."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from core.cli.line_reader import open_lines
from core.cli.selection import model_folder, named_folder, search_options
from core.cli.streams import write_line
from core.errors import InputError
from core.evaluation.comparison import Estimate
from core.evaluation.evaluate import (
    Evaluation,
    contest,
    evaluate,
    forced_perplexity,
    require_same_languages,
)
from core.store.loading import load_model
from core.translation.translator import Translator

_PERCENT = 100


def run(options: argparse.Namespace) -> int:
    """Translate the source file and score it against the reference file."""
    folder = model_folder(options)
    sources, references = _read(options)
    translator = _loaded(folder, options)
    rival = named_folder(options.against) if options.against else None
    other = _loaded(rival, options) if rival else None
    if other is not None:
        require_same_languages(translator, other)
    own = evaluate(translator, sources, references, search_options(options, folder))
    fields = _fields(own, forced_perplexity(load_model(folder), sources, references))
    against: dict[str, Estimate] = {}
    if other is not None and rival is not None:
        theirs = evaluate(other, sources, references, search_options(options, rival))
        found = contest(sources, references, own, theirs, translator)
        against = {"bleu": found.bleu, "chrf": found.chrf, "exact_match": found.exact_match}
    if options.json:
        compared = {name: asdict(estimate) for name, estimate in against.items()}
        write_line(json.dumps(fields | ({"against": compared} if compared else {})))
        return 0
    for name, value in fields.items():
        write_line(f"{name:<16}{value}")
    for line in _compared(against):
        write_line(line)
    return 0


def _read(options: argparse.Namespace) -> tuple[list[str], list[str]]:
    """What to translate, and what ought to come out."""
    if options.pairs is not None:
        with open_lines(options.pairs) as lines:
            rows = [line.partition("\t") for line in lines]
        for number, (_, tab, _) in enumerate(rows, start=1):
            if not tab:
                raise InputError(
                    "there is no tab between two texts",
                    where=f"{options.pairs}, line {number}",
                    remedy="Write a source, a tab, and its reference.",
                )
        return [source for source, _, _ in rows], [reference for _, _, reference in rows]
    with open_lines(options.source) as lines:
        sources = list(lines)
    with open_lines(options.reference) as lines:
        return sources, list(lines)


def _loaded(folder: Path, options: argparse.Namespace) -> Translator:
    return Translator.load(folder, precision=options.precision, threads=options.threads)


def _fields(own: Evaluation, perplexity: float) -> dict[str, object]:
    scores = own.scores
    return {
        "bleu": round(scores.bleu, 2),
        "chrf": round(scores.chrf, 2),
        "teaching_bleu": round(own.teaching_bleu, 4),
        "token_accuracy": round(own.token_accuracy * _PERCENT, 2),
        "exact_match": round(own.exact_match * _PERCENT, 2),
        "perplexity": round(perplexity, 3),
        "signature": scores.bleu_signature,
        "chrf_signature": scores.chrf_signature,
        "sentences": scores.sentences,
        "seconds": round(own.seconds, 2),
    }


def _compared(against: dict[str, Estimate]) -> Sequence[str]:
    """Each score of both models with its 95 % interval, and how likely chance explains it."""
    return [
        f"{name:<16}{one.after:.2f} ± {one.after_error:.2f} against {one.before:.2f} ±"
        f" {one.before_error:.2f}, "
        + ("too few lines to test" if one.p_value is None else f"p = {one.p_value:.4f}")
        for name, one in against.items()
    ]
