"""Where the hypotheses of a search stand."""

from __future__ import annotations

from itertools import pairwise

import pytest

from gui.viewmodels.search_layout import GAP, SearchLayout
from tests.gui.insights import made_up_tree


@pytest.fixture
def layout() -> SearchLayout:
    tree = made_up_tree(steps=6, beam=3)
    return SearchLayout(tree, lambda index: 40.0 + 7 * (index % 5), row=20.0)


def test_every_node_is_found_at_its_own_place_alone(layout: SearchLayout) -> None:
    width, height = layout.size
    for index in range(len(layout.tree.nodes)):
        left, top, wide, tall = layout.place(index)
        assert 0 < left < left + wide <= width
        assert 0 < top < top + tall <= height
        for x, y in ((left + 1, top + 1), (left + wide - 1, top + tall - 1)):
            assert layout.at(x, y) == index
        assert layout.at(left + wide + GAP / 2, top + tall / 2) is None


def test_the_best_stands_on_top_and_steps_from_left_to_right(layout: SearchLayout) -> None:
    nodes = layout.tree.nodes
    for one, two in pairwise(range(len(nodes))):
        if nodes[one].step == nodes[two].step:
            assert nodes[one].total >= nodes[two].total
            assert layout.place(one)[1] < layout.place(two)[1]
        else:
            assert layout.place(one)[0] < layout.place(two)[0]


def test_what_is_drawn_covers_what_is_seen(layout: SearchLayout) -> None:
    left, right = 130.0, 330.0
    drawn = set(layout.between(left, right))
    for number, column in enumerate(layout.columns):
        lines_begin = layout.columns[number - 1].right if number else 0.0
        if lines_begin <= right and column.right >= left:
            assert number in drawn
    assert len(drawn) < len(layout.columns)


def test_walking_follows_the_lines(layout: SearchLayout) -> None:
    tree = layout.tree
    walked = [tree.path(tree.winner)[0]]
    while layout.child(walked[-1]) != walked[-1]:
        walked.append(layout.child(walked[-1]))
    assert tuple(walked) == tree.path(tree.winner)
    assert layout.parent(walked[3]) == walked[2]
    assert layout.parent(walked[0]) == walked[0]
    top = layout.columns[2].first
    assert layout.neighbour(top, -1) == top
    assert layout.neighbour(top, 1) == top + 1
    dropped = layout.columns[2].behind - 1
    assert layout.neighbour(dropped, 1) == dropped
    assert layout.child(dropped) == dropped
