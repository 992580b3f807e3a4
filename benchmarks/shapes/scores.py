"""What a trained shape scores, in measures that vocabularies of any size share."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from benchmarks.ablations.scores import error_rate, loss
from benchmarks.quality.sets import TestSet
from core.evaluation.evaluate import evaluate
from core.store.loading import Loaded, load_model
from core.text.encoding import SegmentEncoder
from core.text.tokenizer import make_tokenizer
from core.translation.translator import TranslateOptions, Translator


def nats_a_character(loaded: Loaded, sources: Sequence[str], targets: Sequence[str]) -> float:
    """Negative log-probability (natural) of the targets, divided by their characters.

    The loss of a piece would favour small vocabularies, whose pieces are short and easy to guess.
    """
    language = loaded.target_language
    encoder = SegmentEncoder(language, make_tokenizer(language), loaded.target_vocabulary)
    pieces = sum(len(encoder.encode(text).ids) + 1 for text in targets)  # <eos> is one
    return loss(loaded, sources, targets) * pieces / sum(map(len, targets))


def measure(bundle: Path, sets: Sequence[TestSet], translated: int) -> dict[str, float]:
    """The figures of the model in the folder ``bundle``.

    Args:
        bundle: the model.
        sets: test sets; nats are those of all their pairs.
        translated: of each, so many are translated for BLEU and chrF (beam 4).
    """
    loaded, translator = load_model(bundle), Translator.load(bundle)
    figures: dict[str, float] = {}
    for one in sets:
        sources, targets = one.turned(loaded.source_language)
        figures[f"{one.name}, nats"] = nats_a_character(loaded, sources, targets)
        part = sources[:translated], targets[:translated]
        scores = evaluate(translator, *part, TranslateOptions(beam=4)).scores
        figures[f"{one.name}, BLEU"], figures[f"{one.name}, chrF"] = scores.bleu, scores.chrf
    return figures | {"AER": error_rate(bundle)}
