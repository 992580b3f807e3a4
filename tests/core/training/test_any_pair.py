"""Any pair of sequences: other languages and tasks, learnt, asked, scored and looked into."""

from __future__ import annotations

import itertools
import json
import random
import sys
from pathlib import Path

import numpy as np
import pytest

from core.cli.__main__ import main
from core.decoding.hypothesis import Hypothesis
from core.decoding.options import SamplingOptions
from core.errors import OptionError
from core.insight.head_reading import read_heads
from core.insight.recorded_search import record_search
from core.store.loading import load_model
from core.store.model_store import ModelStore
from core.text.encoding import SegmentEncoder
from core.text.options import TextOptions
from core.text.units import CHARACTERS, SPACES, WORDS
from core.text.vocab import UNK, WordVocabulary
from core.training.checks import find_fault
from core.training.control import JobControl
from core.training.tokens import open_tokens
from core.training.train_options import TrainOptions
from core.training.tune_options import TuneOptions
from core.training.tuning import tune
from core.translation.options import TranslateOptions, options_of_system
from core.translation.outputs import read_output
from core.translation.plain import is_plain, segments
from core.translation.translator import Translator
from tests.core.training.token_stores import build, good_pairs, stored, tsv

DIGITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
# ruff: noqa: SIM905
TINY = (
    "--encoder bidirectional --encoder-layers 1 --width 32 --decoder-width 32 --decoder-layers 1"
    " --cell gru --attention additive --threads 1 --precision fp32 --validations 1"
).split()


def spelt(numbers: list[tuple[int, ...]]) -> list[tuple[str, str]]:
    return [(" ".join(DIGITS[n] for n in row), "".join(map(str, row))) for row in numbers]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Spelt numbers to learn, and others."""
    chance, digits = random.Random(1), range(10)
    longer = chance.sample([*itertools.product(digits, repeat=3)], 340)
    rows = [*itertools.product(digits, repeat=1), *itertools.product(digits, repeat=2), *longer]
    chance.shuffle(rows)
    folder = tmp_path_factory.mktemp("digits")
    learnt = tsv(folder, spelt(rows[:400]), "learnt.tsv").pairs
    tested = tsv(folder, spelt(rows[400:]), "tested.tsv").pairs
    assert learnt is not None
    assert tested is not None
    return learnt, tested


@pytest.fixture(scope="module")
def bundle(files: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model that reads spelt numbers and writes digits."""
    home = tmp_path_factory.mktemp("home")
    folder = home / "spelt"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ATTUNE_HOME", str(home))
        patch.setattr(sys, "frozen", True, raising=False)  # cut in this process
        code = main(
            ["train", str(files[0]), "--held", str(files[1]), "--languages", "words-digits",
             "--name", "spelt", "--out", str(folder), "--source-units", SPACES,
             "--target-units", CHARACTERS, "--steps", "260", "--batch-tokens", "240",
             "--warmup", "10", "--learning-rate", "0.01", "--label-smoothing", "0", *TINY]
        )  # fmt: skip
    assert code == 0
    return folder


@pytest.fixture
def spelt_translator(bundle: Path) -> Translator:
    return Translator.load(bundle, precision="fp32", threads=1)


# --- a task, end to end --------------------------------------------------------------------------


def test_what_was_not_seen_is_answered(
    bundle: Path, files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["evaluate", "--model", str(bundle), "--pairs", str(files[1]), "--json"]) == 0
    scores = json.loads(capsys.readouterr().out)
    assert scores["exact_match"] >= 88  # of 50 numbers; by seed from 92 up
    assert scores["token_accuracy"] >= scores["exact_match"]
    assert scores["teaching_bleu"] > 0.8
    assert 1 <= scores["perplexity"] < 1.5
    assert "tok:char" in scores["signature"]
    learnt, tested = (set(file.read_text().splitlines()) for file in files)
    assert not learnt & tested


def test_a_model_is_as_good_as_itself(
    bundle: Path, files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    asked = ["evaluate", "--model", str(bundle), "--against", str(bundle), "--pairs", str(files[1])]
    assert main([*asked, "--json"]) == 0
    against = json.loads(capsys.readouterr().out)["against"]
    assert list(against) == ["bleu", "chrf", "exact_match"]
    assert {one["p_value"] for one in against.values()} == {1.0}
    assert main(asked) == 0
    assert "p = 1.0000" in capsys.readouterr().out


def test_words_and_alignment_are_those_of_the_units(spelt_translator: Translator) -> None:
    [found] = spelt_translator.translate_segments(["three one  four"])
    assert found.translation == "314"
    assert [word.text for word in found.source_words] == ["three", "one", "four"]
    assert [(word.text, word.start) for word in found.target_words] == [
        ("3", 0),
        ("1", 1),
        ("4", 2),
    ]
    rows = np.array(found.alignment)
    assert rows.shape == (3, 3)
    np.testing.assert_allclose(rows.sum(1), 1, atol=1e-5)
    assert found.alarms == ()
    assert len(found.confidences) == 3


def test_lines_are_read_whole_and_line_ends_stay(spelt_translator: Translator) -> None:
    results = list(spelt_translator.translate(" three one\n\nfour. five"))
    assert [result.gap for result in results] == [" ", "\n\n"]
    assert [result.translation.source for result in results] == ["three one", "four. five"]
    assert results[0].translation.translation == "31"


def test_it_is_steered_and_looked_into(spelt_translator: Translator) -> None:
    [shown] = spelt_translator.translate_segments(["three one four"])
    best = spelt_translator.n_best("three one four", 3)
    assert best[0].translation == "314"
    assert len({one.translation for one in best}) == len(best)
    completed = spelt_translator.complete("three one four", "9", shown=shown)
    assert completed.translation.translation.startswith("9")
    choices = spelt_translator.alternatives("three one four", "3", shown)
    assert choices[0].word == "1"
    assert choices[0].begun == "31"
    [tree] = record_search(spelt_translator, shown).trees
    assert tree.text == "314"
    views = read_heads(spelt_translator, shown).views
    assert [view.words.translation for view in views] == ["314"] * len(views)


def test_samples_are_repeatable(bundle: Path, capsys: pytest.CaptureFixture[str]) -> None:
    texts = []
    source = bundle.parent / "one.txt"
    source.write_text("three one four\n")
    for seed in (5, 5, 6):
        capsys.readouterr()
        asked = ["translate", str(source), "--model", str(bundle), "--precision", "fp32"]
        draw = ["--sample", "6", "--temperature", "20", "--top-k", "4", "--top-p", "1"]
        assert main([*asked, *draw, "--seed", str(seed)]) == 0
        texts.append(capsys.readouterr().out)
    assert texts[0] == texts[1] != texts[2]


def test_one_that_is_the_most_probable_alone(spelt_translator: Translator) -> None:
    wanted = SamplingOptions(temperature=50, top_k=1)
    assert [t.translation for t in spelt_translator.sample("two", 5, wanted, seed=3)] == ["2"]


def test_only_chinese_and_english_can_be_taught(bundle: Path, tmp_path: Path) -> None:
    store = ModelStore(resources=bundle.parent, user=tmp_path / "models")
    options = TuneOptions(name="more", base="spelt", file=tmp_path / "pairs.tsv")
    with pytest.raises(OptionError, match="does not translate between Chinese and English"):
        list(tune(options, JobControl(), store))


# --- plain outputs -------------------------------------------------------------------------------


def said(ids: tuple[int, ...], attention: list[list[float]]) -> Hypothesis:
    rows = np.array(attention, np.float32)
    return Hypothesis(ids, -1.0, -1.0, (-0.5,) * len(ids), rows)


def test_an_unknown_word_is_copied_once_and_no_more() -> None:
    source = SegmentEncoder.of("de", WordVocabulary(["▁Ich", "▁mag"]), plain=True)
    target = WordVocabulary(["▁I", "▁like"])
    encoded = source.encode("Ich mag Kaiserschmarrn")
    found = said((4, 5, UNK, UNK), [[1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 0, 1]])
    output = read_output(found, encoded, target, "en")
    assert output.text == "I like Kaiserschmarrn \u2047"
    assert output.copied.marks == (False, False, True, False)
    assert output.words(encoded, "en", None) == [(0, 1), (2, 6), (7, 21), (22, 23)]


def test_what_no_output_took_is_not_added() -> None:
    source = SegmentEncoder.of("de", WordVocabulary(["▁Ich"]), plain=True)
    encoded = source.encode("Ich lache")
    output = read_output(said((4,), [[1, 0]]), encoded, WordVocabulary(["▁I"]), "en")
    assert output.text == "I"


def test_a_copied_character_stands_in_its_word() -> None:
    source = SegmentEncoder.of("word", WordVocabulary(["a", "b"], CHARACTERS), plain=True)
    encoded = source.encode("aQb")
    target = WordVocabulary(["a", "b"], CHARACTERS)
    found = said((5, UNK, 4), [[0, 0, 1], [0, 1, 0], [1, 0, 0]])
    assert read_output(found, encoded, target, "reversed").text == "bQa"


def test_sentences_are_cut_in_languages_alone() -> None:
    text = "Das ist gut. Es regnet.\nJa."
    assert [s.text for s in segments(text, "de", "en").segments] == [
        "Das ist gut.", "Es regnet.", "Ja.",
    ]  # fmt: skip
    assert [s.text for s in segments(text, "dialogue", "answer").segments] == text.split("\n")
    assert [s.text for s in segments(text, "en", "en").segments] == text.split("\n")


# --- files and vocabularies ----------------------------------------------------------------------


def test_faults_of_other_pairs_are_few() -> None:
    assert find_fault("level", "level", "word", "reversed") is None
    assert find_fault("...", "?", "de", "en") is None
    assert find_fault("我", "x" * 500, "text", "tags") is None
    assert find_fault(" ", "x", "text", "tags") == "empty"
    assert find_fault("x" * 9000, "x", "text", "tags") == "too_long"
    assert find_fault("level", "level", "zh", "en") == "identical"


def test_a_file_of_a_task_is_checked(
    files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    asked = ["check", str(files[1]), "--from", "words", "--to", "digits", "--json"]
    assert main(asked) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["pairs"], found["usable"]) == (50, 50)


def test_words_of_a_store_are_few_and_frequent(tmp_path: Path) -> None:
    text = TextOptions(
        source_units=WORDS, target_units=WORDS, source_vocabulary_size=14,
        target_vocabulary_size=5000, target_min_freq=3,
    )  # fmt: skip
    store = build(tmp_path / "store", tsv(tmp_path, good_pairs(60)), text=text, held_out=0)
    assert len(store.source_vocabulary) == 14
    assert "今天" in store.source_vocabulary.pieces(range(14))
    known = set(store.target_vocabulary.pieces(range(len(store.target_vocabulary))))
    assert "▁today" in known
    assert "▁fine" not in known  # said once
    encoder = SegmentEncoder.of("zh", store.source_vocabulary)
    expected = [encoder.encode(source).ids for source, _ in good_pairs(60)]
    assert [ids for ids, _ in stored(store)] == expected
    assert any(UNK in ids for ids in expected)


@pytest.mark.parametrize("units", ["pieces", CHARACTERS])
def test_a_shared_vocabulary_serves_both_sides(tmp_path: Path, units: str) -> None:
    text = TextOptions(
        source_units=units, target_units=units, source_vocabulary_size=90, shared=True
    )
    rows = [
        (source[::-1], source) for source, _ in spelt([(a, b) for a in range(9) for b in (1, 2)])
    ]
    given = tsv(tmp_path, rows * 1)
    store = build(
        tmp_path / "store", given, text=text, source_language="back", target_language="word"
    )
    assert store.source_vocabulary.to_json() == store.target_vocabulary.to_json()
    assert len(store.source_vocabulary) <= 90
    for side in (0, 1):
        assert all(UNK not in store.corpus.pair(i)[side] for i in range(len(store.corpus)))


def test_shared_embeddings_need_a_shared_vocabulary(tmp_path: Path) -> None:
    build(tmp_path / "store", tsv(tmp_path, good_pairs(40)))
    options = TrainOptions("one", tokens=tmp_path / "store", system={"embeddings": "shared"})
    with pytest.raises(OptionError, match="embeddings is shared"):
        open_tokens(tmp_path / "store", options)
    tied = TrainOptions("two", tokens=tmp_path / "store")
    assert open_tokens(tmp_path / "store", tied).source_language == "zh"


def test_a_line_of_a_task_is_read_as_one_however_long(spelt_translator: Translator) -> None:
    short = TranslateOptions(beam=1, longest_output=3)
    [found] = spelt_translator.translate_segments(["one two " * 150], short)
    assert len(found.source_words) == 300
    assert found.notes == ()


def test_whether_a_model_is_taken_at_its_word(bundle: Path, tiny_bundle: Path) -> None:
    assert is_plain(load_model(bundle))
    assert not is_plain(load_model(tiny_bundle))


def test_a_zh_en_model_of_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)  # cut in this process
    pairs = tsv(tmp_path, good_pairs(200)).pairs
    folder = tmp_path / "words"
    code = main(
        ["train", str(pairs), "--name", "words", "--out", str(folder), "--source-units", WORDS,
         "--target-units", WORDS, "--source-vocabulary-size", "25",
         "--target-vocabulary-size", "25", "--steps", "3", *TINY]
    )  # fmt: skip
    assert code == 0
    translator = Translator.load(folder, precision="fp32", threads=1)
    [found] = translator.translate_segments(["我今天喜欢龘。"], TranslateOptions(beam=1))
    assert len(found.alignment) == len(found.target_words)
    assert found.alarms == ()
    assert len(load_model(folder).source_vocabulary) == 25


# --- the search that a system was composed with --------------------------------------------------


@pytest.mark.parametrize(
    ("system", "expected"),
    [
        ({}, TranslateOptions()),
        ({"search": "greedy", "beam": 7, "cell": "gru"}, TranslateOptions(beam=1)),
        (
            {"search": "beam", "beam": 2, "length_penalty": 0.5, "longest_output": 50},
            TranslateOptions(beam=2, length_penalty=0.5, longest_output=50),
        ),
        (
            {"search": "sample", "temperature": 2.0, "top_k": 3, "top_p": 1.0},
            TranslateOptions(draw=SamplingOptions(temperature=2.0, top_k=3, top_p=1.0)),
        ),
    ],
)
def test_the_search_of_a_system(system: dict[str, object], expected: TranslateOptions) -> None:
    assert options_of_system(system) == expected


def test_a_search_that_makes_no_sense() -> None:
    with pytest.raises(OptionError, match="beam is 0"):
        options_of_system({"beam": 0})


def test_an_output_is_no_longer_than_asked_for(spelt_translator: Translator) -> None:
    short = TranslateOptions(longest_output=2)
    [found] = spelt_translator.translate_segments(["three one four"], short)
    assert len(found.translation) <= 2


def test_outputs_drawn_hang_on_seed_and_sentence_alone(spelt_translator: Translator) -> None:
    def draw(seed: int, texts: list[str]) -> list[str]:
        spelt_translator.forget()
        options = TranslateOptions(draw=SamplingOptions(temperature=20.0), seed=seed)
        return [t.translation for t in spelt_translator.translate_segments(texts, options)]

    texts = ["three one four", "two", "five five"]
    assert draw(3, texts) == draw(3, texts) != draw(4, texts)
    assert draw(3, texts[1:2]) == draw(3, texts)[1:2]
