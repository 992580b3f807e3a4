"""The beam search of a sentence as a tree: plain frozen values, made by ``recorded_search``."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SearchNode:
    """A hypothesis: the output up to one piece.

    Attributes:
        parent: the node that it extends, -1 where it is the first piece.
        step: how many pieces it has, the end counted.
        rank: its place among the hypotheses of its step by log-probability, from 1.
        piece: the last piece for a reader; empty where it is the end.
        text: the running text up to here.
        log_probability: of the last piece, natural logarithm.
        total: log-probability of all pieces.
        score: the total after the penalties, what outputs are ranked by; of an unfinished one,
            what it would be if it ended here.
        fate: ``"kept"``, ``"pruned"``, ``"finished"``, or ``"left"`` where the search was done
            before it could go on.
        read_from: the source word that the last piece looked at most; may be empty.
        weight: how much of its attention that word got, 0 to 1.
    """

    parent: int
    step: int
    rank: int
    piece: str
    text: str
    log_probability: float
    total: float
    score: float
    fate: str
    read_from: str = ""
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class SearchTree:
    """Every hypothesis that a search ranked, at most two beams of them a step.

    Attributes:
        source: what was searched for.
        before: what stands before its translation in the translation that is shown.
        text: the output that was taken, as the search found it.
        beam: hypotheses kept at each step.
        nodes: by step, then by rank; parents come before their children.
        winner: the node of that output.
        again: whether it is a second, wider search, which found what the first did not.
    """

    source: str
    before: str
    text: str
    beam: int
    nodes: tuple[SearchNode, ...]
    winner: int
    again: bool = False

    @property
    def steps(self) -> int:
        """The steps that the search took."""
        return self.nodes[-1].step if self.nodes else 0

    def path(self, index: int) -> tuple[int, ...]:
        """The nodes from the first piece to ``index``."""
        found: list[int] = []
        while index >= 0:
            found.append(index)
            index = self.nodes[index].parent
        return tuple(reversed(found))


@dataclass(frozen=True, slots=True)
class SearchTrees:
    """The searches for one sentence: a tree for each part that it was cut into, almost always one.

    Attributes:
        source: the sentence.
        trees: in the order of the parts; none where there is nothing to translate.
    """

    source: str
    trees: tuple[SearchTree, ...]
