"""What a trained model scores: losses that tell small differences, BLEU, links of words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks.alignment import FOLDER, Asked, align, read_annotations, read_pairs
from benchmarks.quality.sets import TestSet
from core import runtime
from core.evaluation.alignment import combine, score_alignment
from core.evaluation.evaluate import evaluate
from core.store.loading import Loaded, load_model
from core.text.encoding import SegmentEncoder
from core.text.languages import CHINESE
from core.text.tokenizer import make_tokenizer
from core.training.checks import Pair
from core.training.hyperparameters import Recipe
from core.training.trainer import Trainer
from core.training.validation import Held, validate
from core.translation.translator import TranslateOptions, Translator

TOGETHER = 3  # lines that make a long one
_MARKS = re.compile(r"[，。、；：？！,;:?!]|\.(?!\d)")


def hasty(text: str, language: str) -> str:
    """``text`` as typed in haste: no marks, small letters (as it is where nothing is left)."""
    glue = "" if language == CHINESE else " "
    return " ".join(_MARKS.sub(glue, text).lower().split()) or text


def long(texts: Sequence[str], language: str) -> list[str]:
    """Every few neighbours as one."""
    glue = "" if language == CHINESE else " "
    return [glue.join(texts[i : i + TOGETHER]) for i in range(0, len(texts), TOGETHER)]


def loss(loaded: Loaded, sources: Sequence[str], targets: Sequence[str]) -> float:
    """Mean negative log-probability (natural) of a target piece."""
    sides = (
        SegmentEncoder(language, make_tokenizer(language), vocabulary)
        for language, vocabulary in (
            (loaded.source_language, loaded.source_vocabulary),
            (loaded.target_language, loaded.target_vocabulary),
        )
    )
    source, target = sides
    pairs = [Pair(i, *texts) for i, texts in enumerate(zip(sources, targets, strict=True))]
    held = Held.of(pairs, lambda p: (source.encode(p.source).ids, target.encode(p.target).ids))
    precision = runtime.choose_precision("auto", "cpu")
    return validate(Trainer(loaded.model, Recipe(), precision), held)


def measure(bundle: Path, sets: Sequence[TestSet], translated: int) -> dict[str, float]:
    """The figures of the model in the folder ``bundle``.

    Args:
        bundle: the model.
        sets: test sets; the losses are of all their pairs.
        translated: of each, so many are translated for BLEU (greedily).
    """
    loaded = load_model(bundle)
    translator = Translator.load(bundle)
    figures: dict[str, float] = {}
    for one in sets:
        sources, targets = one.turned(loaded.source_language)
        figures[f"{one.name}, loss"] = loss(loaded, sources, targets)
        typed = [hasty(text, loaded.source_language) for text in sources]
        figures[f"{one.name}, typed in haste"] = loss(loaded, typed, targets)
        longer = (long(sources, loaded.source_language), long(targets, loaded.target_language))
        figures[f"{one.name}, three in one"] = loss(loaded, *longer)
        part = sources[:translated], targets[:translated]
        found = evaluate(translator, *part, TranslateOptions(beam=1))
        figures[f"{one.name}, BLEU"] = found.scores.bleu
    return figures | {"AER": error_rate(bundle)}


def error_rate(bundle: Path) -> float:
    """Alignment error rate of the attention on the hand-aligned pairs, in percent."""
    pairs = read_pairs()
    passes = [read_annotations(FOLDER / f"{name}.jsonl", pairs) for name in ("first", "second")]
    gold = [combine(both) for both in zip(*passes, strict=True)]
    found = align(Asked(bundle, attention=True), pairs)
    return asdict(score_alignment(found.links(found.rule), gold))["error_rate"]
