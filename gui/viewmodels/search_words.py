"""What the search says of a hypothesis, in words."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from gui.i18n import number, tr

if TYPE_CHECKING:
    from core.insight.search_tree import SearchNode, SearchTree

_LONGEST = 64  # characters of a text beside the pointer; of a longer one its end


def score_words(value: float) -> str:
    """A score or log-probability with two decimals and a true minus."""
    return number(value, 2).replace("-", "−")


def piece_words(node: SearchNode) -> str:
    """The piece of ``node`` as it stands in the tree."""
    return node.piece.strip() or tr("end")


def fate_words(tree: SearchTree, index: int) -> str:
    """What became of a hypothesis, and how it stood among the others."""
    node = tree.nodes[index]
    count = sum(other.step == node.step for other in tree.nodes)
    if index == tree.winner:
        return tr("The output")
    words = {
        "kept": tr("Kept: {rank} of {count} at step {step}"),
        "pruned": tr("Dropped: {rank} of {count} at step {step}"),
        "left": tr("Left when the search was done: {rank} of {count} at step {step}"),
        "finished": tr("Ended, but another output won: {rank} of {count} at step {step}"),
    }
    return words[node.fate].format(
        rank=number(node.rank), count=number(count), step=number(node.step)
    )


def reading(tree: SearchTree, index: int) -> tuple[str, ...]:
    """All about a hypothesis, line by line; the text up to it first."""
    node = tree.nodes[index]
    text = node.text if len(node.text) <= _LONGEST else "…" + node.text[-_LONGEST:]
    percent = percentage(math.exp(node.log_probability))
    said = tr("“{piece}” is {percent} likely here", piece=piece_words(node), percent=percent)
    if node.read_from:
        share = percentage(node.weight)
        said += tr(", read from {word} ({percent})", word=node.read_from, percent=share)
    score = tr(
        "score {score} (log-probability {total})",
        score=score_words(node.score),
        total=score_words(node.total),
    )
    return text or tr("(nothing yet)"), said, score, fate_words(tree, index)


def percentage(share: float) -> str:
    """``share`` of 1 in percent, small ones with a decimal."""
    percent = 100 * share
    return f"{number(percent, 0 if percent >= 9.5 else 1)} %"
