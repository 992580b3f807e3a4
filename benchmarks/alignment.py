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
    BY_ALIGNER,
    BY_ATTENTION,
    Annotation,
    LinkRule,
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
from core.translation.result import Rows  # noqa: E402

FOLDER = Path(__file__).parent.parent / "tests" / "fixtures" / "alignment"
THRESHOLDS = tuple(step / 20 for step in range(17))
BOTH_SIDES = tuple(
    (t, s) for t in (0.15, 0.2, 0.25, 0.3, 0.35) for s in (0.05, 0.1, 0.15, 0.2, 0.25)
)


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


@dataclass(frozen=True, slots=True)
class Asked:
    """What aligns: the model in ``folder``, perhaps with ``backward`` of the other direction."""

    folder: Path
    backward: Path | None = None
    attention: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """Weights ``[target words, source words]`` of each pair, whether Chinese is the source, and
    whether they are attention."""

    rows: list[Rows]
    from_chinese: bool
    by_attention: bool

    @property
    def rule(self) -> LinkRule:
        """How the weights become links."""
        return BY_ATTENTION if self.by_attention else BY_ALIGNER

    def links(self, rule: LinkRule) -> list[Links]:
        """Links ``(Chinese, English)`` of each pair."""
        found = [links_of(alignment, rule) for alignment in self.rows]
        return found if self.from_chinese else [turned(links) for links in found]


def align(asked: Asked, pairs: Sequence[Pair]) -> Found:
    """What links the words of ``pairs``, and how strongly.

    Raises:
        InputError: the program cuts a pair into other words than those that were aligned.
    """
    loaded = load_model(asked.folder)
    from_chinese = loaded.source_language == "zh"
    texts = [(pair.chinese, pair.english) for pair in pairs]
    given = texts if from_chinese else [(english, chinese) for chinese, english in texts]
    found = []
    aligner: ForcedAligner | TwoWayAligner = ForcedAligner(loaded, attention=asked.attention)
    if asked.backward:
        aligner = TwoWayAligner(loaded, load_model(asked.backward), attention=asked.attention)
    for pair, result in zip(pairs, aligner.align(given), strict=True):
        cut = [tuple(w.text for w in side) for side in (result.source_words, result.target_words)]
        if cut != ([pair.zh, pair.en] if from_chinese else [pair.en, pair.zh]):
            raise InputError("the words are not those that were aligned", where=pair.chinese)
        found.append(result.alignment)
    return Found(found, from_chinese, aligner.by_attention)


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


def tune(asked: Asked) -> None:
    """Print the scores of each rule on the pairs that serve no other end."""
    pairs, gold = read_tuning()
    found = align(asked, pairs)
    both = () if found.by_attention else BOTH_SIDES
    for rule in (*map(LinkRule, THRESHOLDS), *(LinkRule(*least) for least in both)):
        print(rule.target, rule.source, _scores(found.links(rule), gold))


def measure(asked: Asked, *, show: bool) -> None:
    """Print how far the passes agree, and how far the model agrees with them."""
    pairs = read_pairs()
    passes = [read_annotations(FOLDER / f"{name}.jsonl", pairs) for name in ("first", "second")]
    gold = [combine(both) for both in zip(*passes, strict=True)]
    print("agreement, F1:", _rounded(asdict(agreement(*passes))))
    print("diagonal:", _scores(diagonal(pairs), gold))
    found, name = align(asked, pairs), asked.folder.name
    links = found.links(found.rule)
    kind = "attention" if found.by_attention else "aligner"
    print(f"{name}, {kind}, {found.rule}:", _scores(links, gold))
    print("its error rate's 95 % interval:", interval(links, gold))
    for number, one in zip(("first", "second"), passes, strict=True):
        print(f"{name} against the {number} pass alone:", _scores(links, one))
    if show:
        faults(pairs, links, gold)


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
    parser.add_argument("--attention", action="store_true", help="attention, not the aligner")
    given = parser.parse_args()
    try:
        backward = named_folder(given.backward) if given.backward else None
        asked = Asked(named_folder(given.model), backward, given.attention)
        if given.tune:
            tune(asked)
        else:
            measure(asked, show=given.show)
    except AttuneError as error:
        print(error.sentence(), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
