"""Time of one sentence, and of a start: ``python -m benchmarks.translation``."""

from __future__ import annotations

import argparse
import itertools
import json
import subprocess
import sys
import time

from benchmarks.measuring import interleaved, machine, peak_memory, summary
from core.environment import prepare_environment

prepare_environment()

from core.store.model_store import ModelStore  # noqa: E402
from core.translation.translator import TranslateOptions, Translator  # noqa: E402

# 25 words as jieba cuts them, the stops included.
SENTENCE = (
    "昨天下午我和两个老朋友在学校旁边的小饭馆里一边吃饭"
    "一边谈论我们今年夏天的旅行计划，大家都很高兴。"
)


def first_translation(model: str) -> float:
    """Seconds from the start of a fresh terminal program to its first translation's end."""
    begin = time.perf_counter()
    command = [sys.executable, "-m", "core.cli", "translate", "-", "--model", model]
    subprocess.run(command, input=SENTENCE.encode(), check=True, capture_output=True)
    return time.perf_counter() - begin


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="zh-en")
    parser.add_argument("--repeats", type=int, default=15)
    options = parser.parse_args()
    folder = ModelStore().find(options.model).path
    translators = {p: Translator.load(folder, precision=p) for p in ("bf16", "fp32")}

    fresh = itertools.count(1)

    def case(precision: str, beam: int) -> None:
        # Options never used before, so that the answer does not come from memory.
        unseen = TranslateOptions(beam=beam, length_penalty=1 + next(fresh) * 1e-9)
        translators[precision].translate_segments([SENTENCE], unseen)

    cases = {
        f"{precision} beam {beam}": lambda precision=precision, beam=beam: case(precision, beam)
        for precision in translators
        for beam in (1, 4)
    }
    times = interleaved(cases, options.repeats)
    shown = translators["bf16"].translate_segments([SENTENCE])[0]
    figures = {
        "machine": machine(),
        "words": len(shown.source_words),
        "translation": shown.translation,
        "milliseconds": {name: summary(values) for name, values in times.items()},
        "start to first translation, seconds": round(first_translation(options.model), 2),
        "peak memory with two models, MB": round(peak_memory()),
    }
    print(json.dumps(figures, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
