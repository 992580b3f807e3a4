"""First weights from elsewhere: files of word vectors, and the encoder of another model."""

from __future__ import annotations

import dataclasses
import gzip
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from core.errors import InputError, OptionError
from core.model.config import ModelConfig
from core.model.seq2seq import Seq2Seq
from core.store.loading import Loaded
from core.text.subword import MARKER
from core.text.vocab import WordVocabulary
from core.training.pretraining import (
    Pretraining,
    check_pretrained,
    fill_with_vectors,
    take_up_pretrained,
)
from core.training.word_vectors import word_vectors

GLOVE = "the 0.5 -1 2\nred cat 1e-3 0 .25\ncat 3 3 3\nNew York 7 8 9\ncat 9 9 9\n"


def write(folder: Path, text: str, name: str = "vectors.txt") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def read(path: Path, *wanted: str, width: int = 3) -> dict[str, list[float]]:
    return {word: vector.tolist() for word, vector in word_vectors(path, set(wanted), width)}


def test_glove_s_lines_have_no_header(tmp_path: Path) -> None:
    path = write(tmp_path, GLOVE)
    assert read(path, "the", "New York", "dog") == {"the": [0.5, -1, 2], "New York": [7, 8, 9]}


def test_word2vec_s_first_line_is_no_word(tmp_path: Path) -> None:
    path = write(tmp_path, "3 2\n3 0.5 1 \nof 1 2\nthe 3 4\n")
    assert read(path, "3", "the", width=2) == {"3": [0.5, 1], "the": [3, 4]}


def test_an_archive_is_read_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "vectors.txt.gz"
    path.write_bytes(gzip.compress(GLOVE.encode()))
    assert list(read(path, "the")) == ["the"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2 5\na 1 2 3 4 5\nb 1 2 3 4 5\n", ("5 numbers", "embeddings 3", "line 1")),
        ("a 1 2 3 4\nb 1 2 3 4\n", ("4 numbers", "embeddings 3", "line 1")),
        ("a 1 2\n", ("2 numbers", "line 1")),
        ("a 1 2 3\nb 1 2\n", ("no word with 3 numbers", "line 2")),
        ("a 1 2 3\nb 1 2 3 4\n", ("no word with 3 numbers", "line 2")),
        ("a 1 2 3\n\nb 1 2 3\n", ("no word with 3 numbers", "line 2")),
        ("a 1 2 3\nb 1 x 3\n", ("number should be", "line 2")),
        ("a 1 2 3\nb 1 inf 3\n", ("infinite", "line 2")),
        ("3 3\na 1 2 3\nb 1 2 3\n", ("cut off", "3 words are promised, 2")),
        ("9" * 5000 + " 3\na 1 2 3\n", ("line 1",)),
        ("3 " + "9" * 5000 + "\na 1 2 3\n", ("line 1",)),
        ("", ("empty",)),
    ],
)
def test_a_broken_file_is_refused_with_the_line(
    tmp_path: Path, text: str, words: tuple[str, ...]
) -> None:
    with pytest.raises(InputError) as caught:
        read(write(tmp_path, text), "a", "b")
    for word in ("vectors.txt", *words):
        assert word in caught.value.sentence()


def test_rows_of_known_words_are_filled_and_the_rest_stays_random(tmp_path: Path) -> None:
    vocabulary = WordVocabulary([f"{MARKER}the", "dog", "cat", "the"])
    torch.manual_seed(1)
    table = torch.nn.Embedding(8, 3).weight
    before = table.detach().clone()
    assert fill_with_vectors(table, vocabulary, write(tmp_path, GLOVE)) == 3
    for row, vector in {4: [0.5, -1, 2], 7: [0.5, -1, 2], 6: [3, 3, 3]}.items():
        # What is read of the table is multiplied by the root of its width.
        np.testing.assert_allclose(table.detach()[row] * 3**0.5, vector, rtol=1e-6)
    assert torch.equal(table[[0, 1, 2, 3, 5]], before[[0, 1, 2, 3, 5]])
    assert table.requires_grad


def loaded_of(name: str, words: list[str], seed: int, **changes: Any) -> Loaded:
    torch.manual_seed(seed)
    vocabulary = WordVocabulary(words)
    fields: dict[str, Any] = {
        "width": 8, "encoder": "bidirectional", "encoder_layers": 2, "cell": "gru",
        "decoder_width": 6, "attention": "additive",
    }  # fmt: skip
    config = ModelConfig(len(vocabulary), len(vocabulary), **{**fields, **changes})
    return Loaded(name, "zh", "en", Seq2Seq(config), vocabulary, vocabulary)


def saved(loaded: Loaded, folder: Path) -> Path:
    weights = loaded.model.state_dict()
    loaded.save(folder, name=loaded.name, weights=weights, receipt={}, precision="fp32")
    return folder


@pytest.mark.parametrize("embeddings", ["tied", "shared"])
def test_an_encoder_is_taken_with_the_words_in_common(tmp_path: Path, embeddings: str) -> None:
    base = loaded_of("base", ["a", "b", "c"], 1, embeddings=embeddings)
    place = saved(base, tmp_path / "base")
    new = loaded_of("new", ["c", "d", "a", "e"], 2, embeddings=embeddings, decoder_width=10)
    untouched = new.model.encoder.embedding.weight.detach().clone()
    [message] = take_up_pretrained(new, Pretraining(encoder="base"), lambda _: place)
    assert "6 of 8 entries" in message.text  # a, c and the specials
    table, given = new.model.encoder.embedding.weight, base.model.encoder.embedding.weight
    assert torch.equal(table[[0, 1, 2, 3, 4, 6]], given[[0, 1, 2, 3, 6, 4]])
    assert torch.equal(table[[5, 7]], untouched[[5, 7]])
    for (name, own), (_, theirs) in zip(
        new.model.encoder.named_parameters(), base.model.encoder.named_parameters(), strict=True
    ):
        assert name == "embedding.weight" or torch.equal(own, theirs)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"cell": "lstm"}, ("cell is 'lstm'", "'gru' in base")),
        ({"encoder_layers": 1}, ("encoder_layers is 1", "but 2")),
        ({"embedding_width": 4}, ("embedding_width is 4", "but 8")),
        ({"joining": "summed"}, ("joining is 'summed'",)),
        ({"encoder": "one-directional"}, ("encoder is 'one-directional'",)),
    ],
)
def test_an_encoder_of_another_shape_is_refused(
    tmp_path: Path, changes: dict[str, Any], words: tuple[str, ...]
) -> None:
    place = saved(loaded_of("base", ["a"], 1), tmp_path / "base")
    new = loaded_of("new", ["a"], 2, **changes)
    with pytest.raises(OptionError) as caught:
        list(take_up_pretrained(new, Pretraining(encoder="base"), lambda _: place))
    for word in words:
        assert word in caught.value.sentence()


def test_vectors_of_both_sides_are_told(tmp_path: Path) -> None:
    new = loaded_of("new", ["the", "dog"], 2, width=4)
    path = write(tmp_path, "the 1 2 3 4\n")
    wanted = Pretraining(source_vectors=path, target_vectors=path)
    told = [m.text for m in take_up_pretrained(new, wanted, Path)]
    assert told == ["1 of 6 entries have a vector in vectors.txt"] * 2
    for table in (new.model.encoder.embedding.weight, new.model.decoder.embedding.weight):
        torch.testing.assert_close(table[4].detach() * 2, torch.tensor([1.0, 2, 3, 4]))


def test_what_does_not_fit_is_refused_before_anything_is_done(tmp_path: Path) -> None:
    place = saved(loaded_of("base", ["a"], 1), tmp_path / "base")
    new = loaded_of("new", ["a"], 2, cell="lstm").model.config
    with pytest.raises(OptionError, match="'gru' in base"):
        check_pretrained(new, Pretraining(encoder="base"), lambda _: place)
    good, bad = write(tmp_path, "a" + " 1" * 8 + "\n", "good"), write(tmp_path, "a 1 2\n", "bad")
    check_pretrained(new, Pretraining(source_vectors=good), Path)
    narrow = dataclasses.replace(new, embedding_width=2)
    check_pretrained(narrow, Pretraining(target_vectors=bad), Path)
    with pytest.raises(InputError, match="bad, line 1"):
        check_pretrained(new, Pretraining(source_vectors=good, target_vectors=bad), Path)
