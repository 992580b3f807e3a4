"""Alignment error rate of a model on pairs aligned by hand: ``python -m benchmarks.alignment``.

The pairs and both passes lie in ``tests/fixtures/alignment``; the model reads each pair as the
program would (forced decoding) and its strongest links are compared with those made by hand.
``--tune`` tries thresholds on the fifteen other pairs, ``--show`` prints every fault.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from core.environment import prepare_environment

prepare_environment()

from core.cli.selection import named_folder  # noqa: E402
from core.errors import AttuneError, InputError  # noqa: E402
from core.evaluation.alignment import (  # noqa: E402
    THRESHOLD,
    Annotation,
    Links,
    agreement,
    combine,
    links_of,
    score_alignment,
    turned,
)
from core.insight.forced import ForcedAligner  # noqa: E402
from core.insight.two_way import TwoWayAligner  # noqa: E402
from core.store.loading import load_model  # noqa: E402

FOLDER = Path(__file__).parent.parent / "tests" / "fixtures" / "alignment"
THRESHOLDS = tuple(step / 20 for step in range(17))

Rows = tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence pair and its words as cut by the program."""

    chinese: str
    english: str
    zh: tuple[str, ...]
    en: tuple[str, ...]


def read_pairs(folder: Path = FOLDER) -> list[Pair]:
    """The sixty pairs."""
    texts = (folder / "pairs.tsv").read_text("utf-8").splitlines()
    words = _rows(folder / "words.jsonl")
    pairs = zip((text.split("\t") for text in texts), words, strict=True)
    return [Pair(zh, en, tuple(row["zh"]), tuple(row["en"])) for (zh, en), row in pairs]


def read_tuning(folder: Path = FOLDER) -> tuple[list[Pair], list[Annotation]]:
    """The fifteen pairs to choose a threshold by, and their links."""
    path = folder / "tuning.jsonl"
    pairs = [Pair(*row["text"], tuple(row["zh"]), tuple(row["en"])) for row in _rows(path)]
    return pairs, read_annotations(path, pairs)


def read_annotations(path: Path, pairs: Sequence[Pair]) -> list[Annotation]:
    """One pass over all pairs, links as ``(Chinese, English)``.

    Raises:
        InputError: no such pass, a link of no words or given twice, or lines that are not those
            of ``pairs``.
    """
    if not path.is_file():
        raise InputError("this pass is still to be made", where=str(path), remedy="Align by hand.")
    rows = list(_rows(path))
    if [row["id"] for row in rows] != list(range(1, len(pairs) + 1)):
        raise InputError(
            f"its ids are not 1 to {len(pairs)}", where=str(path), remedy="Give one line a pair."
        )
    return [_annotation(row, pair, path) for row, pair in zip(rows, pairs, strict=True)]


def _annotation(row: dict[str, list[list[int]]], pair: Pair, path: Path) -> Annotation:
    links = [(zh, en) for zh, en in row["sure"] + row["possible"]]
    outside = [x for x in links if not (0 <= x[0] < len(pair.zh) and 0 <= x[1] < len(pair.en))]
    wrong = outside or [x for x in links if links.count(x) > 1]
    if wrong:
        raise InputError(
            f"the link {list(wrong[0])} of pair {row['id']} is of no words or given twice",
            where=str(path),
            remedy="Count the words of words.jsonl from 0.",
        )
    sure = len(row["sure"])
    return Annotation(frozenset(links[:sure]), frozenset(links))


def _rows(path: Path) -> Iterator[dict[str, list[list[int]]]]:
    yield from map(json.loads, path.read_text("utf-8").splitlines())


def align(
    folder: Path, pairs: Sequence[Pair], backward: Path | None = None
) -> tuple[list[Rows], bool]:
    """Weights ``[target words, source words]`` of each pair, and whether Chinese is the source.

    Those of the model in ``folder``, or the mean with one of the other direction.

    Raises:
        InputError: the program cuts a pair into other words than those that were aligned.
    """
    loaded = load_model(folder)
    from_chinese = loaded.source_language == "zh"
    texts = [(pair.chinese, pair.english) for pair in pairs]
    given = texts if from_chinese else [(english, chinese) for chinese, english in texts]
    found = []
    aligner = TwoWayAligner(loaded, load_model(backward)) if backward else ForcedAligner(loaded)
    for pair, result in zip(pairs, aligner.align(given), strict=True):
        cut = [tuple(w.text for w in side) for side in (result.source_words, result.target_words)]
        if cut != ([pair.zh, pair.en] if from_chinese else [pair.en, pair.zh]):
            raise InputError("the words are not those that were aligned", where=pair.chinese)
        found.append(result.alignment)
    return found, from_chinese


def strongest(rows: Sequence[Rows], from_chinese: bool, threshold: float) -> list[Links]:
    """Links ``(Chinese, English)`` of each pair."""
    found = [links_of(alignment, threshold) for alignment in rows]
    return found if from_chinese else [turned(links) for links in found]


def diagonal(pairs: Sequence[Pair]) -> list[Links]:
    """Each English word with the Chinese word at the same share of the sentence: the floor."""
    return [
        frozenset((int((j + 0.5) * len(p.zh) / len(p.en)), j) for j in range(len(p.en)))
        for p in pairs
    ]


def interval(found: Sequence[Links], gold: Sequence[Annotation]) -> list[float]:
    """The error rate's 95 % interval: 2,000 times as many pairs drawn anew (bootstrap)."""
    draws = np.random.default_rng(0).integers(len(gold), size=(2000, len(gold)))
    rates = [
        score_alignment([found[i] for i in draw], [gold[i] for i in draw]).error_rate
        for draw in draws
    ]
    return [round(float(rate), 1) for rate in np.percentile(rates, (2.5, 97.5))]


def faults(pairs: Sequence[Pair], found: Sequence[Links], gold: Sequence[Annotation]) -> None:
    """Print what is linked wrongly (+) and which sure links are missing (-)."""
    for number, (pair, links, one) in enumerate(zip(pairs, found, gold, strict=True), start=1):
        wrong = [f"+{pair.zh[i]}-{pair.en[j]}" for i, j in sorted(links - one.possible)]
        missing = [f"-{pair.zh[i]}-{pair.en[j]}" for i, j in sorted(one.sure - links)]
        print(number, *wrong, *missing)


def tune(folder: Path, backward: Path | None) -> None:
    """Print the scores of each threshold on the pairs that serve no other end."""
    pairs, gold = read_tuning()
    rows, from_chinese = align(folder, pairs, backward)
    for threshold in THRESHOLDS:
        print(threshold, _scores(strongest(rows, from_chinese, threshold), gold))


def measure(folder: Path, backward: Path | None, *, show: bool) -> None:
    """Print how far the passes agree, and how far the model agrees with them."""
    pairs = read_pairs()
    passes = [read_annotations(FOLDER / f"{name}.jsonl", pairs) for name in ("first", "second")]
    gold = [combine(both) for both in zip(*passes, strict=True)]
    print("agreement, F1:", _rounded(asdict(agreement(*passes))))
    print("diagonal:", _scores(diagonal(pairs), gold))
    rows, from_chinese = align(folder, pairs, backward)
    found = strongest(rows, from_chinese, THRESHOLD)
    print(f"{folder.name}, threshold {THRESHOLD}:", _scores(found, gold))
    print("its error rate's 95 % interval:", interval(found, gold))
    for name, one in zip(("first", "second"), passes, strict=True):
        print(f"{folder.name} against the {name} pass alone:", _scores(found, one))
    if show:
        faults(pairs, found, gold)


def _scores(found: Sequence[Links], gold: Sequence[Annotation]) -> str:
    return _rounded(asdict(score_alignment(found, gold)))


def _rounded(figures: dict[str, float]) -> str:
    return json.dumps({name: round(figure, 1) for name, figure in figures.items()})


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", nargs="?", default="zh-en", help="a model's name or folder")
    parser.add_argument("--tune", action="store_true", help="try thresholds on other pairs")
    parser.add_argument("--show", action="store_true", help="print every fault")
    parser.add_argument("--backward", help="a model of the other direction that reads them, too")
    given = parser.parse_args()
    try:
        folder = named_folder(given.model)
        backward = named_folder(given.backward) if given.backward else None
        if given.tune:
            tune(folder, backward)
        else:
            measure(folder, backward, show=given.show)
    except AttuneError as error:
        print(error.sentence(), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
