"""``attune-cli evaluate``: a model's BLEU and chrF on a test set."""

from __future__ import annotations

import argparse
import json

from core.cli.selection import model_folder
from core.cli.translate import input_lines
from core.evaluation.evaluate import evaluate
from core.translation.translator import TranslateOptions, Translator


def run(options: argparse.Namespace) -> int:
    """Translate the source file and score it against the reference file."""
    folder = model_folder(options)
    sources = list(input_lines(options.source))
    references = list(input_lines(options.reference))
    translator = Translator.load(folder, precision=options.precision, threads=options.threads)
    result = evaluate(translator, sources, references, TranslateOptions(beam=options.beam))
    scores = result.scores
    fields = {
        "bleu": round(scores.bleu, 2),
        "chrf": round(scores.chrf, 2),
        "signature": scores.bleu_signature,
        "chrf_signature": scores.chrf_signature,
        "sentences": scores.sentences,
        "seconds": round(result.seconds, 2),
    }
    if options.json:
        print(json.dumps(fields))
    else:
        print("\n".join(f"{name:<15}{value}" for name, value in fields.items()))
    return 0
