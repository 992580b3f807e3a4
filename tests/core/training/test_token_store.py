"""The tokenised store: what is in it, whatever the files looked like."""

from __future__ import annotations

import gzip
import lzma
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InputError, OptionError, TrainingError
from core.text.encoding import SegmentEncoder, cut
from core.text.subword import SubwordVocabulary, Vocabulary
from core.text.tokenizer import make_tokenizer
from core.text.vocab import UNK, WordVocabulary
from core.training.checks import REASONS, Pair
from core.training.token_store import subwords
from core.training.token_store.encoder import LineEncoder
from core.training.token_store.inputs import PairInput
from core.training.token_store.packing import pack
from tests.core.training.plain_files import check_file
from tests.core.training.token_stores import (
    build,
    contents,
    encoded,
    good_pairs,
    sizes,
    stored,
    tsv,
)

pytestmark = pytest.mark.slow


@pytest.fixture
def pairs(tmp_path: Path) -> PairInput:
    return tsv(tmp_path, good_pairs(60))


# --- ids -----------------------------------------------------------------------------------------


def test_ids_are_those_that_translation_sees(tmp_path: Path, pairs: PairInput) -> None:
    store = build(tmp_path / "store", pairs, held_out=4, alphabet={"zh": 25, "en": 20})
    assert pairs.pairs is not None
    held = {(pair.source, pair.target): pair for pair in store.held}
    assert len(held) == 4
    checked = check_file(pairs.pairs, "zh", "en").pairs
    training = [pair for pair in checked if (pair.source, pair.target) not in held]
    expected = [tuple(side.ids for side in sides) for sides in encoded(store, training)]
    assert stored(store) == expected
    assert any(UNK in ids for sides in expected for ids in sides)
    apart = [pair for pair in checked if (pair.source, pair.target) in held]
    for pair, (source, target) in zip(apart, encoded(store, apart), strict=True):
        found = held[pair.source, pair.target]
        assert (found.source_ids, found.target_ids) == (source.ids, target.ids)


TRICKY = "我你好龘鑫国國ab e'.,1 \t\u200b\u00ad\u0301\u2028\u3000😀👍🏽\u200d🇨🇳ﬀ①▁…Å가\u1160ﾞ\x1f"
KNOWN = ["我", "你", "好", "国", "ab", "▁ab", "▁e", "e", "1", ".", "'", "…", "▁", "▁1", "a", "b"]
VOCABULARIES: list[Vocabulary] = [
    SubwordVocabulary.train([KNOWN] * 5, size=40, alphabet=30),
    SubwordVocabulary.train([KNOWN[:8]] * 5, size=20, alphabet=30),
    WordVocabulary(KNOWN),
]


@pytest.mark.parametrize("language", ["zh", "en"])
@given(texts=st.lists(st.text(st.sampled_from(TRICKY), max_size=14), max_size=4))
def test_packed_lines_lose_nothing_that_ids_depend_on(language: str, texts: list[str]) -> None:
    tokenizer = make_tokenizer(language)
    lines = [pack(*cut(text, tokenizer)) for text in texts]
    assert not any("\n" in line for line in lines)
    for vocabulary in VOCABULARIES:
        whole = SegmentEncoder(language, tokenizer, vocabulary)
        for text, pieces in zip(texts, LineEncoder(vocabulary).encode(lines), strict=True):
            expected = whole.encode(text)
            assert tuple(pieces.ids) == expected.ids
            assert tuple(pieces.words) == expected.piece_words


def test_vocabularies_given_are_used_as_they_are(tmp_path: Path, pairs: PairInput) -> None:
    first = build(tmp_path / "first", pairs)
    other = tsv(tmp_path, [("龘龘书", "odd books"), ("我看书", "I read")], "other.tsv")
    given_ = (first.source_vocabulary, WordVocabulary(["▁I", "▁read"]))
    second = build(tmp_path / "second", other, vocabularies=given_, held_out=0)
    assert second.source_vocabulary.to_json() == first.source_vocabulary.to_json()
    assert second.target_vocabulary.to_json() == given_[1].to_json()
    assert second.held == ()
    assert stored(second)[1][1] == (4, 5)
    assert stored(second)[0][1] == (UNK, UNK)


def test_vocabularies_have_the_size_and_the_most_frequent_characters(tmp_path: Path) -> None:
    given_ = tsv(tmp_path, good_pairs(80))
    store = build(tmp_path / "store", given_, text=sizes(60), alphabet={"zh": 12})
    assert len(store.target_vocabulary) == 60
    assert len(store.source_vocabulary) <= 60
    pieces = store.source_vocabulary.pieces(range(4, len(store.source_vocabulary)))
    assert len({c for piece in pieces for c in piece}) == 12


def test_equally_frequent_characters_are_chosen_by_their_code() -> None:
    lines = [chr(0x4E00 + (i * 7) % 60) for i in range(60)] * 2
    for _ in range(3):
        vocabulary = subwords.learn(lambda: lines, 60, 30)
        known = vocabulary.pieces(range(4, len(vocabulary)))
        assert known == [chr(0x4E00 + i) for i in range(30)]


# --- inputs --------------------------------------------------------------------------------------


def test_counts_name_every_reason(tmp_path: Path) -> None:
    rows: list[tuple[str, ...]] = [
        *good_pairs(30), ("你\0好", "Hello"), ("no tab",), ("", "x"), ("好" * 500, "good"),
        ("iPhone", "iphone"), ("Good morning", "早上好"), ("source", "target"),
        ("好", "very " * 40), good_pairs(1)[0], good_pairs(1)[0],
    ]  # fmt: skip
    store = build(tmp_path / "store", tsv(tmp_path, rows), held_out=2)
    assert store.counts == {
        "kept": 28, "held_out": 2, "control": 1, "columns": 1, "empty": 1, "too_long": 1,
        "identical": 1, "swapped": 1, "language": 1, "ratio": 1, "duplicate": 2,
    }  # fmt: skip
    assert set(store.counts) == {"kept", "held_out", *REASONS}
    assert sum(store.counts.values()) == len(rows)


def test_archives_and_aligned_files_give_the_same_store(tmp_path: Path, pairs: PairInput) -> None:
    assert pairs.pairs is not None
    data = pairs.pairs.read_bytes()
    (tmp_path / "pairs.tsv.xz").write_bytes(lzma.compress(data))
    (tmp_path / "pairs.tsv.gz").write_bytes(gzip.compress(data))
    rows = [line.split("\t") for line in data.decode().split("\n")[:-1]]
    (tmp_path / "zh.txt.gz").write_bytes(gzip.compress("\n".join(r[0] for r in rows).encode()))
    (tmp_path / "en.txt").write_bytes("\n".join(r[1] for r in rows).encode())
    inputs = [
        pairs,
        PairInput(pairs=tmp_path / "pairs.tsv.xz"),
        PairInput(pairs=tmp_path / "pairs.tsv.gz"),
        PairInput(source=tmp_path / "zh.txt.gz", target=tmp_path / "en.txt"),
    ]
    stores = [build(tmp_path / f"store{i}", given_) for i, given_ in enumerate(inputs)]
    for store in stores[1:]:
        assert contents(store) == contents(stores[0])
    assert list(stores[1].inputs()) == ["pairs.tsv.xz"]
    assert list(stores[3].inputs()) == ["zh.txt.gz + en.txt"]


def test_several_inputs_share_their_duplicates(tmp_path: Path) -> None:
    rows = good_pairs(40)
    first, second = tsv(tmp_path, rows[:30], "a.tsv"), tsv(tmp_path, rows[20:], "b.tsv")
    store = build(tmp_path / "store", first, second, held_out=0)
    assert (store.counts["kept"], store.counts["duplicate"]) == (40, 10)
    assert (
        contents(store)["pairs.safetensors"]
        == (contents(build(tmp_path / "one", tsv(tmp_path, rows), held_out=0))["pairs.safetensors"])
    )


@pytest.mark.parametrize("given_", [{}, {"source": Path("a")}, {"pairs": Path("a"), "target": "b"}])
def test_an_input_is_one_file_or_two(given_: dict[str, Path]) -> None:
    with pytest.raises(OptionError):
        PairInput(**given_)


def test_no_usable_pair(tmp_path: Path) -> None:
    given_ = tsv(tmp_path, [("Hello", "你好"), ("x",)])
    with pytest.raises(TrainingError, match=r"no line is a usable pair \(1 columns, 1 swapped\)"):
        build(tmp_path / "store", given_)
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] in ([], ["attune-home"])


@pytest.mark.parametrize(
    "options",
    [
        {"held_out": -1}, {"workers": -1}, {"target_language": "EN"},
        {"target_language": ""}, {"vocabularies": (WordVocabulary([]), WordVocabulary([]))},
    ],
)  # fmt: skip
def test_options_out_of_range(tmp_path: Path, pairs: PairInput, options: dict[str, Any]) -> None:
    with pytest.raises(OptionError) as caught:
        build(tmp_path / "store", pairs, **options)
    assert caught.value.remedy


# --- held-out pairs ------------------------------------------------------------------------------


def test_held_out_pairs_follow_the_seed(tmp_path: Path, pairs: PairInput) -> None:
    one, same, other = (
        build(tmp_path / name, pairs, held_out=5, seed=seed)
        for name, seed in (("one", 1), ("same", 1), ("other", 2))
    )
    assert contents(one) == contents(same)
    assert one.held != other.held
    assert len(other.held) == 5


def test_no_more_than_a_tenth_is_held_out(tmp_path: Path, pairs: PairInput) -> None:
    store = build(tmp_path / "store", pairs, held_out=1000)
    assert (store.counts["held_out"], store.counts["kept"]) == (6, 54)


def test_pairs_of_a_file_are_held_out_and_not_learnt(tmp_path: Path) -> None:
    rows = good_pairs(40)
    held = tsv(tmp_path, [*rows[30:], ("新的", "new one"), ("bad",)], "held.tsv")
    store = build(tmp_path / "store", tsv(tmp_path, rows), held_files=held, held_out=3)
    assert [(pair.source, pair.target) for pair in store.held] == [*rows[30:], ("新的", "new one")]
    assert (store.counts["kept"], store.counts["held_out"]) == (30, 11)
    assert (store.counts["duplicate"], store.counts["columns"]) == (10, 0)
    [*_, (source, target)] = encoded(store, [Pair(1, "新的", "new one")])
    assert (store.held[-1].source_ids, store.held[-1].target_ids) == (source.ids, target.ids)
    with pytest.raises(TrainingError, match="validate"):
        build(tmp_path / "other", held, held_files=tsv(tmp_path, [("bad",)], "none.tsv"))


# --- alignments ----------------------------------------------------------------------------------


def test_words_are_kept_a_line_for_every_input_line(tmp_path: Path) -> None:
    rows = [("我喜欢猫。", "I don't like cats."), ("bad",), ("茶很好", "Tea is fine")]
    store = build(tmp_path / "store", tsv(tmp_path, rows), keep_words=True)
    words = [(store.folder / f"words.{side}").read_text("utf-8") for side in ("source", "target")]
    assert words == ["我 喜欢 猫 。\n\n茶 很 好\n", "I do n't like cats .\n\nTea is fine\n"]


def test_links_land_on_the_pieces_of_the_lines_they_belong_to(tmp_path: Path) -> None:
    rows = [*good_pairs(30)[6:], ("bad",), *good_pairs(60)[30:]]
    first = tsv(tmp_path, [("swapped", "错了"), *rows[:20]], "a.tsv")
    second = tsv(tmp_path, rows[20:], "b.tsv")
    words = build(tmp_path / "words", first, second, keep_words=True)
    # A link for the pair's own words: the last source word with each target word of odd place.
    sides = zip(
        *((words.folder / f"words.{side}").read_text("utf-8").split("\n")[:-1]
          for side in ("source", "target")), strict=True,
    )  # fmt: skip
    links = [
        [(len(source.split()) - 1, j) for j in range(1, len(target.split()), 2)]
        for source, target in sides
    ]
    alignments = tmp_path / "links.txt"
    alignments.write_text("".join(" ".join(f"{i}-{j}" for i, j in row) + "\n" for row in links))
    store = build(tmp_path / "store", first, second, alignments=alignments, held_out=5)
    plain = build(tmp_path / "plain", first, second, held_out=5)
    assert stored(store) == stored(plain)
    assert plain.corpus.links is None
    held = {(pair.source, pair.target) for pair in store.held}
    training = [Pair(0, s, t) for s, t in (r for r in rows if len(r) == 2) if (s, t) not in held]
    assert len(training) == len(store.corpus)
    for index, (source, target) in enumerate(encoded(store, training)):
        last = len(source.words) - 1
        expected = {
            (i, j)
            for i, source_word in enumerate(source.piece_words)
            for j, target_word in enumerate(target.piece_words)
            if source_word == last and target_word % 2 == 1
        }
        assert {tuple(map(int, link)) for link in store.corpus.pair_links(index)} == expected
        assert expected


@pytest.mark.parametrize(
    ("text", "what", "where"),
    [
        ("0-0\n\n", "2 lines, the pairs have 3", "links.txt"),
        ("0-0\n" * 4, "4 lines, the pairs have 3", "links.txt"),
        ("0-0\n0-0\n0:0\n", "no list of links", "links.txt, line 3"),
        ("0-0\n0-\n0-0\n", "no list of links", "links.txt, line 2"),
        ("0-0\n9-9\n0-0 3-0\n", r"link 3-0 .* \(3 and 3\)", "links.txt, line 3"),
        ("0-0\n\n0-3\n", "link 0-3", "links.txt, line 3"),
    ],
)
def test_alignments_that_do_not_fit(tmp_path: Path, text: str, what: str, where: str) -> None:
    rows = [("我喜欢猫。", "I like cats."), ("bad",), ("茶很好", "Tea is fine")]
    alignments = tmp_path / "links.txt"
    alignments.write_text(text)
    with pytest.raises(InputError, match=what) as caught:
        build(tmp_path / "store", tsv(tmp_path, rows), alignments=alignments, held_out=0)
    assert caught.value.where == where
    assert not (tmp_path / "store").exists()
