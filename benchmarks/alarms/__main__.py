"""The program: ``python -m benchmarks.alarms SETS --model zh-en [--tune|--retry|--show|--usual]``.

Two draws of sentences give two sets of cases, up to 200 good and 200 bad translations each; limits
are tuned on the first, alarms counted on the second. Cases are kept in ``benchmarks/results``.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from core.environment import prepare_environment

prepare_environment()

from benchmarks.alarms.cases import GOOD, PLANTED, Case, read_cases, write_cases  # noqa: E402
from benchmarks.alarms.making import BATCH, make_cases  # noqa: E402
from benchmarks.alarms.tuning import rates, tune  # noqa: E402
from benchmarks.drawing import draw  # noqa: E402
from core.errors import AttuneError  # noqa: E402
from core.evaluation.metrics import sentence_chrf  # noqa: E402
from core.store.model_store import ModelStore  # noqa: E402
from core.translation.alarms import LIMITS, AlarmLimits, find_alarms  # noqa: E402
from core.translation.result import Alarm  # noqa: E402
from core.translation.translator import Translator  # noqa: E402

RESULTS = Path(__file__).parents[1] / "results"
SEED = 7
USUAL, USUAL_SEED = 300, 99  # sentences of which the usual translation is looked at


class Judge:
    """Finds the alarms of cases in one direction."""

    def __init__(self, source: str, target: str) -> None:
        self.source, self.target = source, target

    def alarms(self, case: Case, limits: AlarmLimits | None = None) -> tuple[Alarm, ...]:
        """Those of a case; by default within the program's limits."""
        return find_alarms(case.translation, self.source, self.target, limits)

    def alarming(self, case: Case, limits: AlarmLimits) -> bool:
        """Whether there is any."""
        return bool(self.alarms(case, limits))


def report(cases: Sequence[Case], judge: Judge) -> None:
    """Print how many of each kind are caught, and by which alarms."""
    kinds = Counter(case.kind for case in cases)
    bad = caught = real = real_caught = 0
    for kind, size in kinds.items():
        found = [judge.alarms(case) for case in cases if case.kind == kind]
        given = sum(map(bool, found))
        by = Counter(alarm for alarms in found for alarm in {str(a.kind) for a in alarms})
        chrf = sum(c.chrf for c in cases if c.kind == kind) / size
        print(f"{kind}: alarm for {given} of {size}; chrF {chrf:.1f}; {dict(by.most_common())}")
        if kind != GOOD:
            bad, caught = bad + size, caught + given
            if kind not in PLANTED:
                real, real_caught = real + size, real_caught + given
    print(f"bad: {caught} of {bad} caught; real failures among them: {real_caught} of {real}")


def show(cases: Sequence[Case], judge: Judge) -> None:
    """Print every case with its alarms."""
    for case in cases:
        found = [f"{a.kind}: {a.text}" for a in judge.alarms(case)]
        print(f"[{case.kind}] {case.place} chrF {case.chrf:.0f}, usually {case.usual_chrf:.0f}")
        for name, text in (
            ("source", case.translation.source),
            ("reference", case.reference),
            ("usual", case.usual),
            ("judged", case.translation.translation),
        ):
            print(f"   {name:9} {text}")
        print(f"   alarms    {' | '.join(found) or 'none'}")


def retry(cases: Sequence[Case], translator: Translator) -> None:
    """Print what comes of trying again against the first alarm of good ones and real failures."""
    judge = Judge(translator.source_language, translator.target_language)
    alarmed = [(case, judge.alarms(case)) for case in cases if case.kind not in PLANTED]
    for name, good in (("good ones", True), ("real failures", False)):
        tried = [(case, found) for case, found in alarmed if found and (case.kind == GOOD) == good]
        pairs: list[list[float]] = []
        for case, found in tried:
            before = replace(case.translation, alarms=found)
            after = translator.try_again(before, found[0])
            if after is not None:
                texts = [before.translation, after.translation]
                pairs.append(sentence_chrf(texts, [case.reference] * 2))
        before_after = [round(sum(c) / len(c), 1) for c in zip(*pairs, strict=True)]
        better = sum(after > before for before, after in pairs)
        print(f"{name}: tried again {len(tried)}, without the alarm {len(pairs)},")
        print(f"  chrF before and after {before_after}, higher for {better}")


def usual(places: Sequence[Path], translator: Translator) -> None:
    """Print how many usual translations have alarms, and what comes of trying again."""
    drawn, _ = draw(places, translator.source_language, USUAL, USUAL_SEED)
    ordered = sorted(drawn, key=lambda one: len(one.source))
    found = []
    for begin in range(0, len(ordered), BATCH):
        batch = ordered[begin : begin + BATCH]
        translations = translator.translate_segments([one.source for one in batch])
        found += [pair for pair in zip(batch, translations, strict=True) if pair[1].alarms]
    kinds = Counter(str(k) for _, t in found for k in {alarm.kind for alarm in t.alarms})
    print(f"usual translations with alarms: {len(found)} of {len(ordered)}; {dict(kinds)}")
    pairs: list[list[float]] = []
    seconds: list[float] = []
    for one, before in found:
        began = time.perf_counter()
        after = translator.try_again(before, before.alarms[0])
        seconds.append(time.perf_counter() - began)
        if after is not None:
            texts = [before.translation, after.translation]
            pairs.append(sentence_chrf(texts, [one.reference] * 2))
    before_after = [round(sum(c) / len(c), 1) for c in zip(*pairs, strict=True)]
    better = [sum(a > b for b, a in pairs), sum(a < b for b, a in pairs)]
    print(f"tried again, without the alarm {len(pairs)}; chrF before and after {before_after},")
    print(f"  higher and lower {better}; seconds, median {sorted(seconds)[len(seconds) // 2]:.2f}")


def _cases(given: argparse.Namespace, translator: Translator, folder: Path) -> list[list[Case]]:
    """Those for tuning and those for measuring, made where they are not kept yet."""
    places = [RESULTS / f"alarms-{given.model}-{part}.jsonl" for part in ("tuning", "test")]
    drawn = draw(given.sets, translator.source_language, given.sentences, SEED, least=10)
    for place, one in zip(places, drawn, strict=True):
        if given.anew or not place.is_file():
            write_cases(place, make_cases(translator, folder, one))
    return [read_cases(place) for place in places]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+", type=Path, help="folders of pairs, or files")
    parser.add_argument("--model", default="zh-en", help="a model's name")
    parser.add_argument("--sentences", type=int, default=650, help="of each of the two draws")
    parser.add_argument("--threads", type=int, help="processors to use")
    parser.add_argument("--anew", action="store_true", help="make the cases again")
    parser.add_argument("--tune", action="store_true", help="fit limits to the other draw")
    parser.add_argument("--show", action="store_true", help="print every case")
    parser.add_argument("--retry", action="store_true", help="try again against the alarms")
    parser.add_argument("--usual", action="store_true", help="look at usual translations")
    return parser


def main() -> int:
    """Make the cases, judge them and print."""
    given = _parser().parse_args()
    try:
        folder = ModelStore().find(given.model).path
        translator = Translator.load(folder, threads=given.threads)
        judge = Judge(translator.source_language, translator.target_language)
        if given.usual:
            usual(given.sets, translator)
            return 0
        tuning, test = _cases(given, translator, folder)
        if given.tune:
            limits = tune(tuning, LIMITS[judge.source], judge.alarming)
            print(limits)
            print("caught and false, where tuned:", rates(tuning, limits, judge.alarming))
        elif given.retry:
            retry(test, translator)
        else:
            if given.show:
                show(test, judge)
            report(test, judge)
    except AttuneError as error:
        print(error.sentence(), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
