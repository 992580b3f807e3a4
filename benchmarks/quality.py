"""Scores of a model on test sets, and the everyday sentences: ``python -m benchmarks.quality``.

Each test set is a file of Chinese, a tab and English. The JSON goes into the model's receipt.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from core.environment import prepare_environment

prepare_environment()

from core.evaluation.evaluate import evaluate  # noqa: E402
from core.evaluation.metrics import repetition_rate  # noqa: E402
from core.store.model_store import ModelStore  # noqa: E402
from core.training.corpus import read_lines  # noqa: E402
from core.translation.translator import TranslateOptions, Translator  # noqa: E402

EVERYDAY = Path(__file__).parent.parent / "tests" / "fixtures" / "everyday.tsv"


def read_pairs(path: Path, source_language: str) -> tuple[list[str], list[str]]:
    """Sources and references of a test set, turned to the model's direction."""
    rows = [line.split("\t")[:2] for line in read_lines(path)]
    chinese, english = [row[0] for row in rows], [row[1] for row in rows]
    return (chinese, english) if source_language == "zh" else (english, chinese)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", type=Path, metavar="PAIRS.tsv")
    parser.add_argument("--model", default="zh-en", help="a model's name or folder")
    parser.add_argument("--beam", type=int, default=4)
    parser.add_argument("--length-penalty", type=float)
    parser.add_argument("--coverage-penalty", type=float)
    given = parser.parse_args()
    folder = Path(given.model)
    if not (folder / "manifest.json").is_file():
        folder = ModelStore().find(given.model).path
    translator = Translator.load(folder)
    names = ("beam", "length_penalty", "coverage_penalty")
    wanted = {name: getattr(given, name) for name in names if getattr(given, name) is not None}
    options = TranslateOptions(**wanted)
    scores = {}
    for path in given.sets:
        result = evaluate(
            translator, *read_pairs(path, translator.source_language), options=options
        )
        scores[path.stem] = {
            "bleu": round(result.scores.bleu, 2),
            "chrf": round(result.scores.chrf, 2),
            "sentences": result.scores.sentences,
            "repeating": round(repetition_rate(result.translations), 5),
            "seconds": round(result.seconds, 1),
        }
        print(path.stem, json.dumps(scores[path.stem]), flush=True)
        print(result.scores.bleu_signature, flush=True)
    if translator.source_language == "zh":
        for source in read_pairs(EVERYDAY, "zh")[0]:
            print(f"{source}\t{translator.translate_segments([source], options)[0].translation}")
    print(json.dumps({"options": wanted, "scores": scores}))


if __name__ == "__main__":
    main()
