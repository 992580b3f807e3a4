"""``attune-cli evaluate``: a model's BLEU and chrF on a test set."""

from __future__ import annotations

import argparse
import json

from core.cli.line_reader import open_lines
from core.cli.selection import model_folder
from core.cli.streams import write_line
from core.evaluation.evaluate import evaluate
from core.translation.translator import TranslateOptions, Translator


def run(options: argparse.Namespace) -> int:
    """Translate the source file and score it against the reference file."""
    folder = model_folder(options)
    with open_lines(options.source) as lines:
        sources = list(lines)
    with open_lines(options.reference) as lines:
        references = list(lines)
    translator = Translator.load(folder, precision=options.precision, threads=options.threads)
    result = evaluate(translator, sources, references, TranslateOptions(beam=options.beam))
    scores = result.scores
    fields = {
        "bleu": round(scores.bleu, 2),
        "chrf": round(scores.chrf, 2),
        "signature": scores.bleu_signature,
        "sentences": scores.sentences,
        "seconds": round(result.seconds, 2),
    }
    if options.json:
        write_line(json.dumps(fields))
    else:
        for name, value in fields.items():
            write_line(f"{name:<12}{value}")
    return 0
