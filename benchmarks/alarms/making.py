"""Makes the cases: good translations, real failures, planted faults."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.alarms.cases import GOOD, PLANTED, Case
from benchmarks.alarms.failing import SOME, Unguarded, together
from benchmarks.alarms.planting import PLANTERS
from benchmarks.drawing import Drawn
from core.evaluation.metrics import sentence_chrf
from core.insight.forced import ForcedAligner
from core.store.loading import load_model
from core.text.languages import CHINESE
from core.translation.result import Translation
from core.translation.translator import Translator

BATCH = 16
GOODS = 200
FAILURES, PLANTS = 120, 80  # of 200 bad ones
# What chrF calls good (a reference in characters of Chinese is matched less), and how much less
# of it than the usual translation a failure has.
GOOD_CHRF = {CHINESE: 28.0, "en": 45.0}
DECENT_CHRF = {CHINESE: 18.0, "en": 35.0}
WORSE = 0.6

Usual = dict[str, tuple[Drawn, Translation, float]]  # by source


def make_cases(translator: Translator, folder: Path, drawn: Sequence[Drawn]) -> list[Case]:
    """Good and bad translations of ``drawn``; no sentence is in both."""
    chance = random.Random(1)
    target = translator.target_language
    usual = _usual(translator, drawn)
    decent = [one for one in usual.values() if one[2] >= DECENT_CHRF[target]]
    goods = [one for one in decent if one[2] >= GOOD_CHRF[target]][:GOODS]
    cases = [_case(GOOD, *one, one[1].translation, one[2]) for one in goods]
    taken = {one.source for one, _, _ in goods}
    plants = [one for one in decent if one[0].source not in taken]
    cases += _planted(folder, plants, chance)
    taken |= {case.translation.source for case in cases}
    left = [one for one in drawn if one.source not in taken]
    cases += _failures(translator, folder, left, usual)
    return cases


def _case(
    kind: str, one: Drawn, translation: Translation, chrf: float, usual: str, usual_chrf: float
) -> Case:
    return Case(kind, one.place, one.reference, usual, chrf, usual_chrf, translation)


def _usual(translator: Translator, drawn: Sequence[Drawn]) -> Usual:
    """What the program makes of each sentence by default, in the order of ``drawn``."""
    ordered = sorted(drawn, key=lambda one: len(one.source))
    found: dict[str, Translation] = {}
    for begin in range(0, len(ordered), BATCH):
        texts = [one.source for one in ordered[begin : begin + BATCH]]
        found |= zip(texts, translator.translate_segments(texts), strict=True)
        print(f"\rtranslated {begin + len(texts)} of {len(drawn)}", end="", file=sys.stderr)
    print(file=sys.stderr)
    texts = [found[one.source].translation for one in drawn]
    chrf = sentence_chrf(texts, [one.reference for one in drawn])
    return {
        one.source: (one, replace(found[one.source], alternatives=()), score)
        for one, score in zip(drawn, chrf, strict=True)
    }


def _failures(
    translator: Translator, folder: Path, drawn: Sequence[Drawn], usual: Usual
) -> Iterator[Case]:
    """As many of each way to fail as of any other, or more where another has too few."""
    unguarded = Unguarded(folder, translator.precision)
    known = dict(usual) | _usual(translator, together(drawn[:SOME], unguarded.composer))
    target = translator.target_language
    ways = unguarded.failing(drawn)
    wanted = FAILURES
    for number, (kind, failing) in enumerate(ways.items()):
        found, most = 0, wanted // (len(ways) - number)
        for one, translation in failing:
            _, before, decent = known[one.source]
            [chrf] = sentence_chrf([translation.translation], [one.reference])
            if decent >= DECENT_CHRF[target] and chrf <= WORSE * decent:
                found += 1
                bare = replace(translation, alternatives=())
                yield _case(kind, one, bare, chrf, before.translation, decent)
                if found == most:
                    break
        wanted -= found
        print(f"{kind}: {found}", file=sys.stderr)


def _planted(
    folder: Path, goods: Sequence[tuple[Drawn, Translation, float]], chance: random.Random
) -> Iterator[Case]:
    """Faults planted in good translations, which the model then reads (forced decoding)."""
    aligner = ForcedAligner(load_model(folder), attention=True)
    left = list(goods)
    for number, kind in enumerate(PLANTED):
        most = PLANTS // len(PLANTED) + (number < PLANTS % len(PLANTED))
        found = 0
        for good in list(left):
            one, translation, score = good
            text = PLANTERS[kind](translation, chance)
            if text is None or found == most:
                continue
            left.remove(good)
            found += 1
            [given] = aligner.align([(one.source, text)])
            [chrf] = sentence_chrf([text], [one.reference])
            yield _case(kind, one, given, chrf, translation.translation, score)
        print(f"{kind}: {found}", file=sys.stderr)
