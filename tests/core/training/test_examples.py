"""Single examples: joined, tagged, and as untidy as people type."""

from __future__ import annotations

import numpy as np
import pytest

from core.text.subword import SubwordVocabulary
from core.text.vocab import UNK, WordVocabulary
from core.training.examples import PLAIN, TAG, Forms, Noise, Pair, joined, tagged

SENTENCES = [
    ["I", "▁saw", "▁Anna", ",", "▁Ben", ",", "▁and", "▁him", "."],
    ["anna", "▁saw", "▁anna", ",", "▁ben", "▁and", "▁i", "."],
] * 9


@pytest.fixture(scope="module")
def english() -> SubwordVocabulary:
    return SubwordVocabulary.train(SENTENCES, size=120, alphabet=60)


def pair(source: list[int], target: list[int], links: list[tuple[int, int]]) -> Pair:
    return np.array(source), np.array(target), np.array(links, np.int64).reshape(-1, 2)


def lists(example: Pair) -> tuple[list[int], list[int], list[list[int]]]:
    source, target, links = example
    return source.tolist(), target.tolist(), sorted(links.tolist())


def rng(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


def test_two_are_joined() -> None:
    whole = joined(pair([5, 6], [7], [(1, 0)]), pair([8], [9, 10], [(0, 1)]))
    assert lists(whole) == ([5, 6, 8], [7, 9, 10], [[1, 0], [2, 2]])


def test_a_tag_moves_the_source() -> None:
    assert lists(tagged(pair([5, 6], [7], [(1, 0)]))) == ([TAG, 5, 6], [7], [[2, 0]])
    assert lists(tagged(pair([5], [7], []))) == ([TAG, 5], [7], [])


def test_forms_of_english(english: SubwordVocabulary) -> None:
    forms = Forms.of(english, "en")
    assert [english.pieces([i]) for i in sorted(forms.stops)] == [["."]]
    assert [english.pieces([i]) for i in sorted(forms.commas)] == [[","]]
    for index, small in forms.small.items():
        (piece,) = english.pieces([index])
        assert "".join(english.pieces(small)) == piece.lower() != piece
    capital = {p for p in english.pieces(range(4, len(english))) if p != p.lower()}
    assert {english.pieces([index])[0] for index in forms.small} == capital
    assert "▁Anna" in capital


def test_forms_of_chinese_have_no_small_letters() -> None:
    words = WordVocabulary(["。", "，", "、", "ABC", "好"])
    forms = Forms.of(words, "zh")
    assert (forms.stops, forms.commas, forms.small) == ({4}, {5, 6}, {})


def test_an_untidy_source_has_small_letters_no_stop_and_fewer_commas(
    english: SubwordVocabulary,
) -> None:
    forms = Forms.of(english, "en")
    encoded = english.encode(SENTENCES[0])
    source = list(encoded.ids)
    own = [(place, place) for place in range(len(source))]  # each piece linked to its own place
    noise = Noise(forms, untidy=1.0)
    texts = set()
    for seed in range(30):
        found, target, links = noise(pair(source, source, own), rng(seed))
        pieces = english.pieces(found)
        texts.add("".join(pieces))
        assert target.tolist() == source  # what is to be written is as tidy as before
        assert len(links) == len(found)
        for place, old in links:
            assert pieces[place].strip("▁") in english.pieces([source[old]])[0].lower()
    plain = "i▁saw▁anna{}▁ben{}▁and▁him"
    assert texts == {plain.format(a, b) for a in ("", ",") for b in ("", ",")}


def test_links_go_to_every_piece_of_the_small_form() -> None:
    noise = Noise(Forms(small={5: (15, 16), 7: (17,)}), untidy=1.0)
    example = pair([5, 6, 7], [20, 21], [(0, 0), (2, 1), (1, 1)])
    assert lists(noise(example, rng())) == (
        [15, 16, 6, 17],
        [20, 21],
        [[0, 0], [1, 0], [2, 1], [3, 1]],
    )


@pytest.mark.parametrize("source", [[9], [8], [8, 9], [8, 8]])
def test_something_always_stays(source: list[int]) -> None:
    noise = Noise(Forms(stops=frozenset({9}), commas=frozenset({8})), drop_stop=1, untidy=1)
    for seed in range(20):
        found, target, _ = noise(pair(source, [7], []), rng(seed))
        assert len(found) > 0
        assert target.tolist() == [7]


def test_noise_comes_as_often_as_it_should() -> None:
    forms = Forms(stops=frozenset({9}), small={5: (15,)})
    noise, random = Noise(forms, drop_stop=0.3, untidy=0.1, copy_unknown=0.2), rng()
    count = 4000
    found = [noise(pair([5, 6, 9], [7], []), random)[0].tolist() for _ in range(count)]
    untidy = sum(15 in source for source in found) / count
    stopless = sum(9 not in source for source in found) / count
    unknown = sum(UNK in source for source in found) / count
    # Four standard deviations of a binomial share of 4,000 are at most 0.032.
    assert untidy == pytest.approx(0.1, abs=0.02)
    assert stopless == pytest.approx(1 - 0.7 * 0.9, abs=0.031)
    assert unknown == pytest.approx(0.2, abs=0.026)


def test_without_noise_nothing_changes_and_nothing_is_drawn() -> None:
    random = rng()
    example = pair([5, 6, 9], [7], [(2, 0)])
    assert Noise(PLAIN)(example, random) is example
    assert random.integers(1000) == rng().integers(1000)
