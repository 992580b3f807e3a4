"""The tree of a search, beside what the translator makes of the same sentence."""

from __future__ import annotations

import pytest

from core.insight.recorded_search import record_search
from core.insight.search_tree import SearchTree
from core.translation.result import Translation
from core.translation.translator import TranslateOptions, Translator

SENTENCES = ("我喜欢猫。", "他们今天买书", "我看见龘。", "😀你们好")


def shown(translator: Translator, text: str, beam: int = 4) -> Translation:
    return translator.translate_segments([text], TranslateOptions(beam=beam))[0]


def tree_of(translator: Translator, text: str, beam: int = 4) -> SearchTree:
    options = TranslateOptions(beam=beam)
    [tree] = record_search(translator, shown(translator, text, beam), options).trees
    return tree


@pytest.mark.parametrize("beam", [1, 3])
@pytest.mark.parametrize("text", SENTENCES)
def test_the_winners_path_spells_the_output(translator: Translator, text: str, beam: int) -> None:
    tree = tree_of(translator, text, beam)
    winner = tree.nodes[tree.winner]
    assert winner.fate == "finished"
    assert winner.text == tree.text
    spelt = "".join(tree.nodes[i].piece.removeprefix("·") for i in tree.path(tree.winner))
    if not text.endswith("。"):  # a full stop was lent, and taken away from the output again
        spelt = spelt.rstrip(".")
    assert spelt.replace(" ", "") == tree.text.replace(" ", "")
    best = max((n for n in tree.nodes if n.fate == "finished"), key=lambda node: node.score)
    assert winner is best


def test_an_untouched_output_is_the_one_that_is_shown(translator: Translator) -> None:
    assert tree_of(translator, "我喜欢猫。").text == shown(translator, "我喜欢猫。").translation


@pytest.mark.parametrize("text", SENTENCES)
def test_nodes_follow_from_their_parents(translator: Translator, text: str) -> None:
    tree = tree_of(translator, text)
    for index, node in enumerate(tree.nodes):
        assert node.parent < index
        parent = tree.nodes[node.parent] if node.parent >= 0 else None
        assert node.step == (parent.step if parent else 0) + 1
        assert node.total == pytest.approx(
            (parent.total if parent else 0.0) + node.log_probability, abs=1e-6
        )
        assert parent is None or parent.fate == "kept"
        if parent is not None and node.fate != "finished":
            assert node.text.startswith(parent.text)
    for step in range(1, tree.steps + 1):
        ranks = [node.rank for node in tree.nodes if node.step == step]
        assert ranks == list(range(1, len(ranks) + 1))
        assert len(ranks) <= 2 * tree.beam


def test_nodes_tell_what_they_were_read_from(translator: Translator) -> None:
    tree = tree_of(translator, "我喜欢猫。")
    looks = {tree.nodes[i].text.split()[-1]: tree.nodes[i] for i in tree.path(tree.winner)[:-1]}
    assert looks["like"].read_from == "喜欢"
    assert looks["like"].weight > 0.5


def test_what_a_second_search_found_is_shown_by_that_search(translator: Translator) -> None:
    text = "我喜欢猫。"
    [first, other, *_] = translator.n_best(text, 4)
    [plain] = record_search(translator, first).trees
    assert (plain.again, plain.text, plain.beam) == (False, first.translation, 4)
    [wide] = record_search(translator, other).trees
    assert (wide.again, wide.text, wide.beam) == (True, other.translation, 8)
    assert wide.nodes[wide.winner].fate == "finished"


def test_a_sentence_cut_into_parts_has_a_tree_for_each(translator: Translator) -> None:
    translator.easy = 4
    text = "我喜欢猫，他们今天买书。"
    found = record_search(translator, shown(translator, text))
    assert [tree.source for tree in found.trees] == ["我喜欢猫，", "他们今天买书。"]
    first, second = found.trees
    assert first.before == ""
    assert second.before.strip()
    whole = shown(translator, text).translation
    assert whole.startswith(second.before)


def test_a_given_beginning_is_kept_by_all(translator: Translator) -> None:
    text = "我喜欢猫。"
    [tree] = record_search(translator, shown(translator, text), beginning="You see ").trees
    kept = [node for node in tree.nodes if node.step > 2 and node.fate in ("kept", "finished")]
    assert kept
    assert all(node.text.startswith("You see") for node in kept)


def test_a_beginning_counts_for_the_part_that_it_ends_in(translator: Translator) -> None:
    translator.easy = 4
    whole = shown(translator, "我喜欢猫，他们今天买书。")
    before = record_search(translator, whole).trees[1].before
    first, second = record_search(translator, whole, beginning=before + "You see ").trees
    assert not first.text.startswith("You see")
    assert second.text.startswith("You see")


def test_nothing_to_translate_has_no_tree(translator: Translator) -> None:
    assert record_search(translator, shown(translator, "12345")).trees == ()
