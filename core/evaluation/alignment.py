"""Word alignments against ones made by hand: alignment error rate, precision, recall, agreement.

A link is a pair of word indices, from 0. Annotators call a link *sure* (S) or *possible* (P, which
holds S); a system gives links A. All figures count the links of a whole corpus together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from core.errors import InputError

Link = tuple[int, int]
Links = frozenset[Link]


@dataclass(frozen=True, slots=True)
class LinkRule:
    """How weights become links.

    Attributes:
        target: each target word is linked with its strongest source word, if that has so much.
        source: each source word is linked with its strongest target word, if that has so much of
            it; ``None`` where only target words choose.
    """

    target: float = 0.0
    source: float | None = None


# Chosen on tests/fixtures/alignment/tuning.jsonl; docs/alignment.md has the figures.
BY_ATTENTION = LinkRule(0.25)
BY_ALIGNER = LinkRule(0.3, 0.15)


@dataclass(frozen=True, slots=True)
class Annotation:
    """One pair's links as an annotator sees them; ``possible`` holds ``sure`` too."""

    sure: Links
    possible: Links

    def __post_init__(self) -> None:
        """Take what is sure for possible without being told so."""
        object.__setattr__(self, "possible", self.possible | self.sure)

    def turned(self) -> Annotation:
        """The same with both sides changed, for a model of the other direction."""
        return Annotation(turned(self.sure), turned(self.possible))


@dataclass(frozen=True, slots=True)
class AlignmentScores:
    """Scores of a corpus, all from 0 to 100.

    Attributes:
        error_rate: alignment error rate (AER), 0 is best.
        precision: share of the given links that are possible.
        recall: share of the sure links that are given.
        f1: harmonic mean of precision and recall.
        links: number of the given links.
        sure, possible: number of links of the annotation, sure ones among the possible.
        sentences: number of pairs.
    """

    error_rate: float
    precision: float
    recall: float
    f1: float
    links: int
    sure: int
    possible: int
    sentences: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """F1 of two annotations' links, 0 to 100: the sure ones, and all.

    Nearly all pairs of words are unlinked in both, which makes Cohen's kappa approach F1
    (Hripcsak & Rothschild 2005); F1 needs no such pairs and is the same whoever comes first.
    """

    sure: float
    possible: float


def turned(links: Collection[Link]) -> Links:
    """``links`` with both sides changed."""
    return frozenset((target, source) for source, target in links)


def links_of(rows: Sequence[Sequence[float]], rule: LinkRule = BY_ATTENTION) -> Links:
    """Links ``(source, target)`` of a soft alignment ``[target words, source words]``.

    Weights are from 0 to 1; one of 0 links nothing, and of equal ones the first counts.
    """
    links = {(source, target) for target, source in _strongest(rows, rule.target)}
    if rule.source is not None:
        links |= set(_strongest([*zip(*rows, strict=True)], rule.source))
    return frozenset(links)


def _strongest(rows: Sequence[Sequence[float]], least: float) -> Iterator[tuple[int, int]]:
    """Each row with the column of its greatest weight, if that is at least ``least``."""
    for row, weights in enumerate(rows):
        weight, column = max(((w, -c) for c, w in enumerate(weights)), default=(0.0, 0))
        if weight > 0 and weight >= least:
            yield row, -column


def combine(passes: Sequence[Annotation]) -> Annotation:
    """Several annotations of one pair as one: sure in all, possible in any."""
    return Annotation(
        sure=frozenset.intersection(*(one.sure for one in passes)),
        possible=frozenset.union(*(one.possible for one in passes)),
    )


def score_alignment(given: Sequence[Links], gold: Sequence[Annotation]) -> AlignmentScores:
    """Scores of ``given`` links, pair by pair, against ``gold``.

    AER = 1 - (|A ∩ S| + |A ∩ P|) / (|A| + |S|), precision = |A ∩ P| / |A|, recall = |A ∩ S| / |S|
    (Och & Ney 2003, "A Systematic Comparison of Various Statistical Alignment Models").

    Raises:
        InputError: the two differ in length, or neither holds a link.
    """
    _require_pairs(given, gold)
    links, sure = sum(map(len, given)), sum(len(one.sure) for one in gold)
    if not links + sure:
        raise InputError("there are no links to score", remedy="Give at least one sure link.")
    in_sure = sum(len(found & one.sure) for found, one in zip(given, gold, strict=True))
    in_possible = sum(len(found & one.possible) for found, one in zip(given, gold, strict=True))
    precision, recall = _share(in_possible, links), _share(in_sure, sure)
    return AlignmentScores(
        error_rate=100 - _share(in_sure + in_possible, links + sure),
        precision=precision,
        recall=recall,
        f1=2 * precision * recall / (precision + recall) if precision + recall else 0.0,
        links=links,
        sure=sure,
        possible=sum(len(one.possible) for one in gold),
        sentences=len(gold),
    )


def agreement(first: Sequence[Annotation], second: Sequence[Annotation]) -> Agreement:
    """How far two annotations of the same pairs agree.

    Raises:
        InputError: the two differ in length.
    """
    _require_pairs(first, second)
    return Agreement(
        sure=_f1([one.sure for one in first], [one.sure for one in second]),
        possible=_f1([one.possible for one in first], [one.possible for one in second]),
    )


def _f1(first: Sequence[Links], second: Sequence[Links]) -> float:
    """Twice the common links over all links of both (Dice 1945), in percent."""
    common = sum(len(one & other) for one, other in zip(first, second, strict=True))
    whole = sum(map(len, first)) + sum(map(len, second))
    return _share(2 * common, whole) if whole else 100.0  # both say that nothing is linked


def _share(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 0.0


def _require_pairs(first: Sequence[object], second: Sequence[object]) -> None:
    if len(first) != len(second):
        raise InputError(
            f"there are alignments of {len(first)} and of {len(second)} pairs",
            remedy="Give one line to every pair.",
        )
