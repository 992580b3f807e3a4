"""Stores of several files: their parts, the other direction, links added later, the mix."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch

from core.cancel import CancelToken
from core.errors import InputError
from core.store.loading import load_model
from core.training.recipe.alignments import symmetrize
from core.training.token_store.inputs import PairInput
from core.training.token_store.linking import link
from core.training.token_store.store import TokenStore
from core.training.tokens import shares
from core.training.transfer import reversed_model
from tests.core.training.token_stores import build, good_pairs, stored, tsv


@pytest.fixture
def two(tmp_path: Path) -> tuple[PairInput, PairInput]:
    rows = [("bad",), *good_pairs(60)]
    return tsv(tmp_path, rows[:21], "a.tsv"), tsv(tmp_path, rows[21:], "b.tsv")


def linked(store: TokenStore, alignments: Path) -> TokenStore:
    for _ in link(store, alignments, CancelToken()):
        pass
    return TokenStore.open(store.folder)


def links_of(store: TokenStore) -> list[list[list[int]]]:
    return [store.corpus.pair_links(index).tolist() for index in range(len(store.corpus))]


# --- parts and directions ------------------------------------------------------------------------


def test_parts_are_the_pairs_of_each_file(tmp_path: Path, two: tuple[PairInput, PairInput]) -> None:
    store = build(tmp_path / "store", *two, held_out=6)
    same = (store.source_vocabulary, store.target_vocabulary)
    whole = stored(build(tmp_path / "whole", *two, held_out=0, vocabularies=same))
    held = {(pair.source_ids, pair.target_ids) for pair in store.held}
    expected = [
        [pair for pair in pairs if (pair[0], pair[1]) not in held]
        for pairs in (whole[:20], whole[20:])
    ]
    parts = store.inputs()
    assert list(parts) == ["a.tsv", "b.tsv"]
    for corpus, pairs in zip(parts.values(), expected, strict=True):
        found = [tuple(tuple(s.tolist()) for s in corpus.pair(i)) for i in range(len(corpus))]
        assert found == pairs
    assert store.lines == (("a.tsv", 21), ("b.tsv", 40))


def test_a_store_serves_the_other_direction(
    tmp_path: Path, two: tuple[PairInput, PairInput]
) -> None:
    words = build(tmp_path / "words", *two, keep_words=True)
    alignments = tmp_path / "links.txt"
    alignments.write_text("\n" + "0-1 1-0\n" * 60)
    store = linked(words, alignments)
    other = store.flipped()
    assert (other.source_language, other.target_language) == ("en", "zh")
    assert other.source_vocabulary is store.target_vocabulary
    assert stored(other) == [(target, source) for source, target in stored(store)]
    assert links_of(other) == [[link[::-1] for link in links] for links in links_of(store)]
    assert [(p.source, p.target_ids) for p in other.held] == [
        (p.target, p.source_ids) for p in store.held
    ]


# --- links added later ---------------------------------------------------------------------------


def test_links_added_later_are_those_of_the_build(
    tmp_path: Path, two: tuple[PairInput, PairInput]
) -> None:
    alignments = tmp_path / "links.txt"
    rng = np.random.default_rng(3)
    rows = [
        " ".join(f"{i}-{j}" for i, j in rng.integers(0, 4, (count, 2)))
        for count in rng.integers(0, 5, 60)
    ]
    alignments.write_text("".join(row + "\n" for row in ["", *rows]))
    at_once = build(tmp_path / "at once", *two, alignments=alignments, held_out=7)
    later = build(tmp_path / "later", *two, keep_words=True, held_out=7)
    assert later.corpus.links is None
    later = linked(later, alignments)
    assert links_of(later) == links_of(at_once)
    assert any(links_of(later))
    assert not (at_once.folder / "words.source").exists()
    alignments.write_text("\n" * 61)
    assert not any(links_of(linked(later, alignments)))


def _without_words(store: TokenStore) -> None:
    (store.folder / "words.safetensors").unlink()


def _words_of_another(store: TokenStore) -> None:
    other = store.folder.with_name("other")
    given = tsv(store.folder.parent, good_pairs(30), "c.tsv")
    words = build(other, given, keep_words=True).folder / "words.safetensors"
    (store.folder / "words.safetensors").write_bytes(words.read_bytes())


@pytest.mark.parametrize("damage", [_without_words, _words_of_another])
def test_a_store_without_its_words_is_not_linked(
    tmp_path: Path, two: tuple[PairInput, PairInput], damage: Callable[[TokenStore], None]
) -> None:
    store = build(tmp_path / "store", *two, keep_words=True)
    damage(store)
    alignments = tmp_path / "links.txt"
    alignments.write_text("0-0\n" * 61)
    with pytest.raises(InputError) as caught:
        linked(store, alignments)
    assert caught.value.remedy
    assert not (store.folder / "links.safetensors").exists()


def test_links_of_other_pairs_are_refused(tmp_path: Path, two: tuple[PairInput, PairInput]) -> None:
    alignments = tmp_path / "links.txt"
    alignments.write_text("0-0\n" * 61)
    one = build(tmp_path / "one", *two, alignments=alignments)
    other = build(tmp_path / "other", two[0])
    (other.folder / "links.safetensors").write_bytes(
        (one.folder / "links.safetensors").read_bytes()
    )
    with pytest.raises(InputError, match="damaged"):
        TokenStore.open(other.folder)


def test_links_of_both_directions_grow_by_neighbours() -> None:
    # By hand: the intersection is 0-0 and 2-2; 1-1 touches 0-0 and aligns two new words; 3-3
    # touches 2-2; 5-0 touches nothing.
    forward = {(0, 0), (1, 1), (2, 2), (5, 0)}
    backward = {(0, 0), (2, 2), (3, 3)}
    assert symmetrize(forward, backward) == {(0, 0), (1, 1), (2, 2), (3, 3)}
    # 0-1 touches 0-0, but only one of its words is new, which is enough; then nothing is new.
    assert symmetrize({(0, 0), (0, 1)}, {(0, 0)}) == {(0, 0), (0, 1)}
    assert symmetrize({(0, 0), (1, 1), (0, 1)}, {(0, 0), (1, 1)}) == {(0, 0), (1, 1)}


# --- the mix -------------------------------------------------------------------------------------


def test_the_mix_says_how_often_a_file_is_used(
    tmp_path: Path, two: tuple[PairInput, PairInput]
) -> None:
    store = build(tmp_path / "store", *two, held_out=0)
    assert [(len(s.corpus), s.repeats) for s in shares(store, None)] == [(60, 1.0)]
    mix = tmp_path / "mix.json"
    mix.write_text('{"b.tsv": 0.25}')
    assert [(len(s.corpus), s.repeats) for s in shares(store, mix)] == [(20, 1.0), (40, 0.25)]


def test_a_mix_may_mark_what_is_synthetic(tmp_path: Path, two: tuple[PairInput, PairInput]) -> None:
    mix = tmp_path / "mix.json"
    mix.write_text('{"b.tsv": {"repeats": 2, "synthetic": true}, "a.tsv": {}}')
    found = shares(build(tmp_path / "store", *two), mix)
    assert [(share.repeats, share.synthetic) for share in found] == [(1.0, False), (2.0, True)]


def test_a_mix_of_other_files_is_refused(tmp_path: Path, two: tuple[PairInput, PairInput]) -> None:
    mix = tmp_path / "mix.json"
    mix.write_text('{"x.tsv": 1}')
    with pytest.raises(InputError, match=r"no x\.tsv") as caught:
        shares(build(tmp_path / "store", *two), mix)
    assert caught.value.where == str(mix)
    assert "a.tsv, b.tsv" in caught.value.remedy


# --- a start from the other direction ------------------------------------------------------------


def test_a_model_is_turned_round(tiny_bundle: Path) -> None:
    base = load_model(tiny_bundle)
    other = reversed_model(base, "back")
    assert (other.source_language, other.target_language) == ("en", "zh")
    assert other.source_vocabulary is base.target_vocabulary
    old, new = base.model.state_dict(), other.model.state_dict()
    assert torch.equal(new["encoder.embedding.weight"], old["decoder.embedding.weight"])
    assert torch.equal(new["decoder.embedding.weight"], old["encoder.embedding.weight"])
    swapped = {"encoder.embedding.weight", "decoder.embedding.weight", "decoder.bias"}
    assert old.keys() == new.keys()
    assert all(torch.equal(new[name], old[name]) for name in old.keys() - swapped)
    again = reversed_model(other, "tiny").model.state_dict()
    assert torch.equal(again["encoder.embedding.weight"], old["encoder.embedding.weight"])
    source = torch.tensor([[5, 6, 7]])
    output = other.model(source, torch.tensor([3]), torch.tensor([[2, 4]]))
    assert other.model.logits(output.features).shape[-1] == len(base.source_vocabulary)
