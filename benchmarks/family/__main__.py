"""``python -m benchmarks.family PAIRS... --sets SET...``: each preset, equal pairs and minutes.

Every run is a file in the folder of results, and is not repeated where that is there. A preset that
says how many epochs it takes ends earlier than the others where those are over.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from core.environment import prepare_environment

prepare_environment()

from benchmarks.choosing import choose  # noqa: E402
from benchmarks.documents import fill  # noqa: E402
from benchmarks.family.rare import rare_parts  # noqa: E402
from benchmarks.family.report import markdown  # noqa: E402
from benchmarks.family.systems import SYSTEMS, TUTORIAL, System  # noqa: E402
from benchmarks.measuring import machine  # noqa: E402
from benchmarks.quality.sets import TestSet, read_sets  # noqa: E402
from benchmarks.speed.protocol import ROOT  # noqa: E402
from benchmarks.teaching.trial import Trial, run_trial  # noqa: E402
from core.cancel import CancelToken  # noqa: E402
from core.events import Finished, Step, Validation  # noqa: E402
from core.files import write_atomically  # noqa: E402
from core.store.bundle import read_bundle  # noqa: E402
from core.text.languages import CHINESE, ENGLISH  # noqa: E402
from core.training.checks import Pair  # noqa: E402
from core.training.token_store.inputs import PairInput  # noqa: E402
from core.translation.lines import translate_lines  # noqa: E402
from core.translation.translator import TranslateOptions, Translator  # noqa: E402

DOCUMENT = ROOT / "docs" / "presets.md"
SENTENCE = "我喜欢学习机器学习。"


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    """The command line's."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.family", description=__doc__)
    parser.add_argument("files", type=Path, nargs="*", help="pairs: Chinese, a tab, English")
    parser.add_argument("--sets", type=Path, nargs="*", default=[], help="test sets, or folders")
    parser.add_argument("--pairs", type=int, default=100_000, help="drawn from the files")
    parser.add_argument("--minutes", type=float, default=6.0, help="of training, each")
    parser.add_argument("--lines", type=int, default=500, help="pairs of each test set")
    parser.add_argument("--only", default="", help="names of rows, semicolons between")
    parser.add_argument("--out", type=Path, default=ROOT / "benchmarks" / "results" / "family")
    parser.add_argument("--from-results", action="store_true", help="run nothing more")
    parser.add_argument("--write-docs", action="store_true", help="fill docs/presets.md")
    options = parser.parse_args(given)
    options.systems = choose(parser, options.only, (*SYSTEMS, TUTORIAL))
    if not options.from_results and not (options.files and options.sets):
        parser.error("give files of pairs, and --sets")
    return options


def draw(files: Sequence[Path], count: int, place: Path, seed: int = 1) -> Path:
    """``count`` of the usable pairs in ``files``, each once, at random: the file ``place``."""
    if not place.exists():
        seen: set[int] = set()
        found = [
            f"{pair.source}\t{pair.target}\n"
            for file in files
            for pair in PairInput(pairs=file).checked(CHINESE, ENGLISH, CancelToken(), seen)
            if isinstance(pair, Pair)
        ]
        drawn = random.Random(seed).sample(found, min(count, len(found)))
        write_atomically(place, "".join(drawn))
    return place


def run(system: System, options: argparse.Namespace, sets: Sequence[TestSet]) -> dict[str, Any]:
    """Train ``system``, translate the sets with it, and tell what it was."""
    count = 10_000 if system is TUTORIAL else options.pairs
    pairs = draw(options.files, count, options.out / f"pairs-{count}.tsv")
    with tempfile.TemporaryDirectory(prefix="attune-family-") as home:
        command = [
            str(pairs), f"--preset={system.preset}", "--name=system", f"--out={home}",
            *system.changed,
        ]  # fmt: skip
        if system is not TUTORIAL:  # whose epochs are its own
            command.append(f"--minutes={options.minutes}")
        trial = run_trial(command, Path(home), "train")
        bundle = Path(trial.all_of(Finished)[0].path)
        return {
            "system": system.name,
            "minutes": options.minutes,
            "pairs": count,
            "machine": machine(),
            **_learnt(trial, bundle),
            **_translated(bundle, sets),
        }


def _learnt(trial: Trial, bundle: Path) -> dict[str, Any]:
    steps: list[Step] = trial.all_of(Step)
    return {
        "updates": steps[-1].step,
        "seconds": steps[-1].elapsed,
        "tokens/s": statistics.median(step.tokens_per_second for step in steps),
        "memory, MB": trial.peak,
        "validations": [[told.step, told.loss, told.bleu] for told in trial.all_of(Validation)],
        "parameters": read_bundle(bundle).manifest.parameters,
    }


def _translated(bundle: Path, sets: Sequence[TestSet]) -> dict[str, Any]:
    """What the model makes of the sets, greedily, and of the tutorials' sentence."""
    translator, greedy = Translator.load(bundle), TranslateOptions(beam=1)
    [said] = translator.translate_segments([SENTENCE], greedy)
    found, begin = {}, time.perf_counter()
    for one in sets:
        results = translate_lines(translator, one.chinese, greedy)
        found[one.name] = [result.translation for result in results]
    seconds = time.perf_counter() - begin
    return {
        "sentence": said.translation,
        "translations": found,
        "ms a sentence": 1000 * seconds / sum(map(len, sets)),
    }


def main(given: Sequence[str] | None = None) -> None:
    """Train, translate, score and write."""
    options = arguments(given)
    options.out.mkdir(parents=True, exist_ok=True)
    sets = read_sets(options.sets, options.lines) if options.sets else []
    if not options.from_results:
        for system in options.systems:
            file = options.out / f"{system.name}.json"
            if not file.exists():
                print(system.name, flush=True)
                found = run(system, options, sets)
                write_atomically(file, json.dumps(found, ensure_ascii=False, indent=1) + "\n")
    files = [options.out / f"{system.name}.json" for system in (*SYSTEMS, TUTORIAL)]
    results = [json.loads(file.read_text("utf-8")) for file in files if file.exists()]
    pairs = options.out / f"pairs-{options.pairs}.tsv"
    text = markdown(results, [*sets, *rare_parts(pairs, sets, results)] if results else sets)
    if options.write_docs:
        fill(DOCUMENT, text, "presets")
    print(text)


if __name__ == "__main__":
    main()
