"""A made-up search and made-up heads, as the core's values."""

from __future__ import annotations

import math
from dataclasses import replace

from core.insight.attention_heads import AttentionHeads, HeadView
from core.insight.search_tree import SearchNode, SearchTree, SearchTrees
from core.translation.result import Translation, Word


def made_up_tree(steps: int = 5, beam: int = 2, before: str = "") -> SearchTree:
    """``2 * beam`` hypotheses a step; the first goes on with the two best, the others end."""
    nodes: list[SearchNode] = []
    kept = [-1]
    for step in range(1, steps + 1):
        last = step == steps
        here = []
        for rank in range(1, 2 * beam + 1):
            parent = kept[(rank - 1) % len(kept)]
            text = (nodes[parent].text + " " if parent >= 0 else "") + f"w{step}.{rank}"
            if last:
                text = nodes[parent].text
            total = -float(step) - 0.1 * rank
            fate = "finished" if last else "kept"
            fate = fate if rank <= beam else "pruned"
            here.append(len(nodes))
            nodes.append(
                SearchNode(
                    parent=parent,
                    step=step,
                    rank=rank,
                    piece="" if last else f"w{step}.{rank}",
                    text=text,
                    log_probability=math.log(0.5),
                    total=total,
                    score=total / step,
                    fate=fate,
                    read_from="学习",
                    weight=0.82,
                )
            )
        kept = here[:beam]
    return SearchTree("我喜欢学习。", before, nodes[kept[0]].text, beam, tuple(nodes), kept[0])


def made_up_trees(shown: Translation) -> SearchTrees:
    """One tree."""
    return SearchTrees(shown.source, (made_up_tree(),))


def made_up_heads(shown: Translation, heads: int = 3) -> AttentionHeads:
    """Heads that look so many words to the right of the aligned one; the first is the alignment.

    Pieces are the halves of words, and each looks as its word does.
    """
    views = []
    for head in (*range(heads), None):
        shift = head or 0
        rows = tuple(row[-shift:] + row[:-shift] for row in shown.alignment)
        words = replace(shown, alignment=rows)
        sources, targets = _halves(shown.source_words), _halves(shown.target_words)
        weights = tuple(
            tuple(rows[t][s] / sum(1 for _, other in sources if other == s) for _, s in sources)
            for _, t in targets
        )
        pieces = replace(
            shown,
            source_words=tuple(piece for piece, _ in sources),
            target_words=tuple(piece for piece, _ in targets),
            alignment=weights,
        )
        views.append(HeadView(head, words, pieces))
    return AttentionHeads(shown.source, shown.translation, 0, tuple(views))


def _halves(words: tuple[Word, ...]) -> list[tuple[Word, int]]:
    """The pieces of ``words``, each with its word's number."""
    found = []
    for number, word in enumerate(words):
        middle = (len(word.text) + 1) // 2
        found.append((Word(word.text[:middle], word.start, word.start + middle), number))
        if word.text[middle:]:
            found.append((Word(word.text[middle:], word.start + middle, word.end), number))
    return found
