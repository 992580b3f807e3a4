"""Scores with intervals, and the chance that a difference is chance; all by sacrebleu."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import sacrebleu
from sacrebleu.significance import PairedTest

from benchmarks.quality.memory import Memory
from core import significance
from core.evaluation import metrics
from core.evaluation.comparison import RESAMPLES, chance
from core.evaluation.metrics import corpus_metrics, repetition_rate, says_thrice
from core.significance import Verdict
from core.text.repetition import find_repetition

# Of fewer sentences the resamples are too much alike: of two, nearly any change looks certain.
LEAST_TESTED = 50
_REMEMBERED = 2  # the format of what the memory keeps
_P_VALUES = (("bleu", "BLEU"), ("chrf", "chrF2"))


@dataclass(frozen=True, slots=True)
class Estimate:
    """A score from 0 to 100 and its 95 % bootstrap interval (Koehn 2004)."""

    score: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Quality:
    """How good some outputs are.

    Attributes:
        bleu, chrf: against the references.
        length_ratio: tokens of the outputs by those of the references, as BLEU counts them.
        repeating: share of outputs, 0 to 1, that say a phrase three times in a row.
        looping: share of those where neither the source nor the reference does.
        empty: share of outputs without a sign.
        copied: share of outputs that are the very source.
        bleu_signature, chrf_signature: sacrebleu's, to score in the same way again.
    """

    bleu: Estimate
    chrf: Estimate
    length_ratio: float
    repeating: float
    looping: float
    empty: float
    copied: float
    bleu_signature: str
    chrf_signature: str


@dataclass(frozen=True, slots=True)
class Chance:
    """p-values of the paired bootstrap test: small where a difference is hardly chance."""

    bleu: float
    chrf: float


@dataclass(frozen=True, slots=True)
class Group:
    """Some sentences, scored: those of a set, of a domain, of a length.

    ``before`` is the previous model's quality, ``None`` where there is no such model; ``chance``
    is that of the difference, ``None`` too where there are too few sentences to tell.
    """

    name: str
    sentences: int
    now: Quality
    before: Quality | None = None
    chance: Chance | None = None

    def change(self, metric: str) -> float:
        """Points of ``metric`` (``"bleu"`` or ``"chrf"``) won since the previous model."""
        if self.before is None:
            return 0.0
        now, before = getattr(self.now, metric), getattr(self.before, metric)
        return float(now.score - before.score)

    def verdict(self, metric: str) -> str:
        """``"better"``, ``"worse"`` or, where it may be chance or none can tell, ``"same"``."""
        p_value = getattr(self.chance, metric) if self.chance else None
        found = significance.verdict(0.0, self.change(metric), p_value)
        return Verdict.SAME if found is Verdict.UNKNOWN else found


@dataclass(frozen=True)
class Outputs:
    """What models said to some sentences; all of the same length."""

    language: str
    sources: tuple[str, ...]
    references: tuple[str, ...]
    now: tuple[str, ...]
    before: tuple[str, ...] | None = None

    def __len__(self) -> int:
        return len(self.sources)

    def chosen(self, rows: Sequence[int]) -> Outputs:
        """Those of the sentences ``rows``."""

        def choose(column: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(column[row] for row in rows)

        before = None if self.before is None else choose(self.before)
        columns = choose(self.sources), choose(self.references), choose(self.now)
        return Outputs(self.language, *columns, before)

    @classmethod
    def joined(cls, parts: Sequence[Outputs]) -> Outputs:
        """All ``parts``, of one language and one pair of models, one after the other."""

        def column(name: str) -> tuple[str, ...]:
            return tuple(line for part in parts for line in getattr(part, name))

        before = None if parts[0].before is None else column("before")
        columns = column("sources"), column("references"), column("now")
        return cls(parts[0].language, *columns, before)


def score_group(name: str, outputs: Outputs, memory: Memory) -> Group:
    """The scores of ``outputs``; known ones come from ``memory``."""
    kept = memory.recall(
        "scores",
        [asdict(outputs), RESAMPLES, sacrebleu.__version__, _REMEMBERED],
        lambda: _scores(outputs),
    )
    now, before, chance = kept["now"], kept["before"], kept["chance"]
    return Group(
        name=name,
        sentences=len(outputs),
        now=_quality(now),
        before=_quality(before) if before else None,
        chance=Chance(**chance) if chance and len(outputs) >= LEAST_TESTED else None,
    )


def _quality(kept: dict[str, Any]) -> Quality:
    scores = {name: Estimate(**kept[name]) for name in ("bleu", "chrf")}
    return Quality(**{**kept, **scores})


def _scores(outputs: Outputs) -> dict[str, Any]:
    """What a :class:`Group` holds, as JSON can."""
    bleu, chrf = corpus_metrics(outputs.language)
    systems = [("before", list(outputs.before))] if outputs.before is not None else []
    # With one system it is the bootstrap alone; the first is what the others are tested against.
    test = PairedTest(
        [*systems, ("now", list(outputs.now))],
        {"BLEU": bleu, "chrF": chrf},
        [list(outputs.references)],
        test_type="bs",
        n_samples=RESAMPLES,
    )
    signatures, found = test()
    told = [
        {
            "bleu": _estimate(bleu_found),
            "chrf": _estimate(chrf_found),
            **_shares(outputs, lines, bleu),
            "bleu_signature": str(signatures["BLEU"]),
            "chrf_signature": str(signatures["chrF2"]),
        }
        for (_, lines), bleu_found, chrf_found in zip(
            test.named_systems, found["BLEU"], found["chrF2"], strict=True
        )
    ]
    if not systems:
        return {"now": told[0], "before": None, "chance": None}
    p_values: dict[str, Any] = found
    tested = {name: chance(*p_values[key]) for name, key in _P_VALUES}
    return {"now": told[1], "before": told[0], "chance": tested}


def _estimate(found: Any) -> dict[str, float]:
    # The resamples' mean and half the width of their central 95 %.
    mean, half = float(found.mean), float(found.ci)
    return {
        "score": float(found.score),
        "low": max(0.0, mean - half),
        "high": min(100.0, mean + half),
    }


def _shares(outputs: Outputs, lines: Sequence[str], bleu: Any) -> dict[str, float]:
    pairs = list(zip(outputs.sources, lines, strict=True))
    asked = map(_asks_to_repeat, outputs.sources, outputs.references)
    loops = [says_thrice(line) and not ask for line, ask in zip(lines, asked, strict=True)]
    return {
        "length_ratio": bleu.corpus_score(lines, [outputs.references]).ratio,
        "repeating": repetition_rate(lines),
        "looping": sum(loops) / len(pairs),
        "empty": sum(not line.strip() for line in lines) / len(pairs),
        "copied": sum(line.strip() == source.strip() for source, line in pairs) / len(pairs),
    }


def _asks_to_repeat(source: str, reference: str) -> bool:
    """Whether a good translation may say something three times; 哈哈哈 in Chinese is enough."""
    return says_thrice(reference) or bool(find_repetition(source, 1))


def sentence_chrf(outputs: Outputs, translations: Sequence[str], memory: Memory) -> list[float]:
    """chrF2 of every single one of ``translations``."""

    def compute() -> list[float]:
        return [
            round(found, 2) for found in metrics.sentence_chrf(translations, outputs.references)
        ]

    key = [outputs.references, translations, sacrebleu.__version__]
    scores: list[float] = memory.recall("sentences", key, compute)
    return scores
