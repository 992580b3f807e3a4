"""How often the badge "they disagree" is right: ``python -m benchmarks.faithfulness [MODEL]``.

Own sentences (``tests/fixtures``) are translated as the program does. Every word's attention is
judged as it is, and once more with its weights in another order: a planted model that attends as
before and reports something else. ``--tune`` uses the sentences that the thresholds were chosen by,
``--gold`` compares attention, erasure and gradient with links made by hand, ``--time`` measures the
answers.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from core.environment import prepare_environment

prepare_environment()

import torch  # noqa: E402

from benchmarks.alignment import FOLDER, read_annotations, read_pairs, read_tuning  # noqa: E402
from core.evaluation.alignment import combine  # noqa: E402
from core.insight.agreement import Evidence, Verdict, evidence_of  # noqa: E402
from core.insight.faithfulness import Witness, question_all  # noqa: E402
from core.insight.forced import ForcedAligner  # noqa: E402
from core.store.loading import load_model  # noqa: E402
from core.store.model_store import ModelStore  # noqa: E402
from core.translation.result import Translation  # noqa: E402
from core.translation.translator import Translator  # noqa: E402

EVERYDAY = FOLDER.parent / "everyday.tsv"
LONG = {
    "zh": "昨天晚上我和几个老朋友在学校附近的一家小餐馆里吃饭，大家一边喝茶一边谈论工作、孩子和今年"
    "夏天去海边旅行的计划，直到老板开始收拾桌子我们才走回家。",
    "en": "Last night I had dinner with a few old friends in a small restaurant near the school, "
    "and while we drank tea we talked about our work, our children and our plans for a trip to "
    "the sea this summer.",
}


def sentences(language: str, *, tuning: bool) -> list[str]:
    """Those to choose thresholds by, or those to measure with."""
    if not tuning:
        return [pair.chinese if language == "zh" else pair.english for pair in read_pairs()]
    pairs, _ = read_tuning()
    everyday = [line.split("\t") for line in EVERYDAY.read_text("utf-8").splitlines()]
    both = [*((pair.chinese, pair.english) for pair in pairs), *everyday]
    return [text[0] if language == "zh" else text[1] for text in both]


def judged(
    witness: Witness, found: Sequence[Translation]
) -> Iterator[tuple[Translation, Evidence, Evidence]]:
    """Each word's evidence: with its own attention, and with one in another order."""
    for number, sentence in enumerate(found):
        generator = random.Random(number)
        for true in question_all(witness, sentence):
            row = generator.sample(true.attention, len(true.attention))
            planted = evidence_of(true.word, row, true.erasure.weights, true.gradient.weights)
            yield sentence, true, planted


def rates(evidence: Sequence[Evidence]) -> dict[str, float]:
    """Verdicts in per cent of the words that have one, and the mean rank correlations."""
    counts = Counter(one.verdict for one in evidence if one.verdict)
    total = sum(counts.values())
    found = {verdict.value: round(100 * counts[verdict] / total, 1) for verdict in Verdict}
    for name in ("erasure", "gradient"):
        taus = [getattr(one, name).tau for one in evidence]
        found[f"tau, {name}"] = round(statistics.fmean(t for t in taus if t is not None), 2)
    return found | {"words": total}


def measure(folder: Path, *, tuning: bool, raw: Path | None) -> dict[str, object]:
    """How often each verdict is given."""
    translator, witness = Translator.load(folder), Witness.load(folder)
    texts = sentences(translator.source_language, tuning=tuning)
    found = translator.translate_segments(texts)
    words = list(judged(witness, found))
    if raw is not None:
        raw.write_text(json.dumps([_raw(*word) for word in words], ensure_ascii=False), "utf-8")
    return {
        "sentences": len(texts),
        "precision": translator.precision,
        "as it is": rates([true for _, true, _ in words]),
        "planted": rates([planted for _, _, planted in words]),
        "planted, another word on top": rates([p for _, t, p in words if _top(t) != _top(p)]),
    }


def _top(one: Evidence) -> int:
    return one.attention.index(max(one.attention))


def _raw(sentence: Translation, true: Evidence, planted: Evidence) -> dict[str, object]:
    return {
        "word": sentence.target_words[true.word].text,
        "source": [word.text for word in sentence.source_words],
        "drop": true.drop,
        "erasure": true.erasure.weights,
        "gradient": true.gradient.weights,
        "true": true.attention,
        "planted": planted.attention,
    }


def gold(folder: Path) -> dict[str, object]:
    """How often the source word of the most weight is one that was linked by hand, in per cent."""
    pairs = read_pairs()
    passes = [read_annotations(FOLDER / f"{name}.jsonl", pairs) for name in ("first", "second")]
    links = [combine(both).possible for both in zip(*passes, strict=True)]
    loaded = load_model(folder)
    from_chinese = loaded.source_language == "zh"
    texts = [(p.chinese, p.english) if from_chinese else (p.english, p.chinese) for p in pairs]
    right: Counter[str] = Counter()
    total = 0
    witness = Witness(loaded)
    for sentence, linked in zip(
        ForcedAligner(loaded, attention=True).align(texts), links, strict=True
    ):
        turned = linked if from_chinese else {(en, zh) for zh, en in linked}
        known = {target for _, target in turned}
        for one in question_all(witness, sentence):
            if one.word in known:
                total += 1
                for name, weights in _weights(one).items():
                    right[name] += (weights.index(max(weights)), one.word) in turned
    return {"words": total} | {n: round(100 * count / total, 1) for n, count in right.items()}


def _weights(one: Evidence) -> dict[str, tuple[float, ...]]:
    return {
        "attention": one.attention,
        "erasure": one.erasure.weights,
        "gradient": one.gradient.weights,
    }


def times(folder: Path) -> dict[str, object]:
    """Milliseconds until the answer: the first of a sentence, and the median of the others.

    Those of the clock, and those of the processor, which other programs do not lengthen.
    """
    translator = Translator.load(folder)
    begin = _now()
    witness = Witness.load(folder)
    found: dict[str, object] = {"threads": torch.get_num_threads(), "loading, ms": _since(begin)}
    whole = LONG[translator.source_language]
    for text in (whole[: len(whole) // 2], whole):
        [sentence] = translator.translate_segments([text])
        spent = []
        for word in range(len(sentence.target_words)):
            begin = _now()
            witness.question(sentence, word)
            spent.append(_since(begin))
        name = f"{len(sentence.source_words)} source words, {len(spent)} translated"
        others = {which: statistics.median(one[which] for one in spent[1:]) for which in spent[0]}
        found[name] = {"first, ms": spent[0], "others, ms": others}
    return found


def _now() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


def _since(begin: tuple[float, float]) -> dict[str, int]:
    spent = (1000 * (now - then) for now, then in zip(_now(), begin, strict=True))
    return dict(zip(("clock", "processor"), map(round, spent), strict=True))


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("model", nargs="?", default="zh-en", help="a model's name")
    parser.add_argument("--tune", action="store_true", help="the sentences for the thresholds")
    parser.add_argument("--gold", action="store_true", help="compare with links made by hand")
    parser.add_argument("--time", action="store_true", help="how long an answer takes")
    parser.add_argument("--raw", type=Path, help="keep all weights in this file")
    given = parser.parse_args()
    folder = ModelStore().find(given.model).path
    if given.gold:
        result = gold(folder)
    elif given.time:
        result = times(folder)
    else:
        result = measure(folder, tuning=given.tune, raw=given.raw)
    print(json.dumps(result, indent=1, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
