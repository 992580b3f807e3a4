"""What is translated: sentences of our own, made of clauses of exactly five words."""

from __future__ import annotations

import dataclasses
import itertools
import random
from collections.abc import Sequence
from dataclasses import dataclass

# 25 words as jieba cuts them, the stops included.
SENTENCE = "昨天下午我和两个老朋友在学校旁边的小饭馆里吃饭，谈论今年夏天的旅行计划，大家都很高兴。"
LENGTHS = (10, 25, 50, 100, 200)  # words, for time by length
CLAUSE_WORDS = 5  # the comma or full stop included

_SUBJECTS = "我们,他们,老师,学生,妈妈,爸爸,朋友,邻居,医生,同事,孩子,经理"
_TIMES = "今天,昨天,明天,上午,下午,晚上,周末,现在"
_ACTIONS = (
    "参观博物馆,打扫教室,学习英语,讨论计划,准备晚饭,整理照片,修理自行车,阅读小说,"
    "观看电影,练习钢琴,购买蔬菜,检查机器,照顾病人,研究历史,欣赏音乐,寻找钥匙"
)
# Clauses to a sentence in running text, about 20 words in the mean.
_CLAUSES = (1, 2, 2, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 6, 6, 8)


def clauses(count: int, draw: random.Random) -> list[str]:
    """``count`` different clauses of four words each, without the stop."""
    slots = (words.split(",") for words in (_SUBJECTS, _TIMES, _ACTIONS))
    return draw.sample(["".join(clause) for clause in itertools.product(*slots)], count)


def sentence_of(words: int) -> str:
    """One sentence of so many words, a multiple of five, the stops included.

    Raises:
        ValueError: it is no multiple.
    """
    count, rest = divmod(words, CLAUSE_WORDS)
    if rest or not count:
        raise ValueError(f"{words} words are no multiple of {CLAUSE_WORDS}")
    return "，".join(clauses(count, random.Random(words))) + "。"


def document(sentences: int) -> list[str]:
    """Different sentences in the lengths of running text, always the same ones."""
    draw = random.Random(1)
    found: dict[str, None] = {}
    while len(found) < sentences:
        found["，".join(clauses(draw.choice(_CLAUSES), draw)) + "。"] = None
    return list(found)


@dataclass(frozen=True, slots=True)
class Job:
    """What every engine translates, and to which length.

    Attributes:
        texts: for our engine, one sentence each.
        sources: pieces of each sentence as our vocabulary cuts it; peers read as many ids.
        targets: pieces that each becomes; every engine gives just as many, and its end symbol.
        ratio: target pieces for each source piece, by which our search is held to ``targets``.
        beam: hypotheses kept.
    """

    texts: tuple[str, ...]
    sources: tuple[int, ...]
    targets: tuple[int, ...]
    ratio: float
    beam: int = 4

    def first(self, count: int) -> Job:
        """The first ``count`` sentences."""
        return dataclasses.replace(
            self,
            texts=self.texts[:count],
            sources=self.sources[:count],
            targets=self.targets[:count],
        )

    def fields(self) -> dict[str, object]:
        """The fields of the command ``translate``."""
        return {
            "texts": list(self.texts),
            "sources": list(self.sources),
            "targets": list(self.targets),
            "ratio": self.ratio,
            "beam": self.beam,
        }


@dataclass(frozen=True, slots=True)
class Batch:
    """Sentences that a peer translates as one: source lengths, and one target length for all."""

    sources: tuple[int, ...]
    target: int


def batches(sources: Sequence[int], targets: Sequence[int], size: int) -> list[Batch]:
    """Sentences sorted by length in batches of ``size``, each with its mean target length.

    Peers hold a whole batch to one length; neighbours differ by a piece or so, and in sum the
    pieces are the same. No batch waits for its longest sentence: the best case for a peer.
    """
    ordered = sorted(zip(targets, sources, strict=True))
    parts = [ordered[start : start + size] for start in range(0, len(ordered), size)]
    found, owed = [], 0  # pieces that rounding left out so far
    for part in parts:
        wanted = sum(target for target, _ in part) + owed
        length = round(wanted / len(part))
        owed = wanted - length * len(part)
        found.append(Batch(tuple(source for _, source in part), length))
    return found
