"""The pairs aligned by hand: words as the program cuts them, links of words, both directions."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from benchmarks import alignment as benchmark
from core.errors import InputError
from core.evaluation.alignment import Annotation, LinkRule, combine, score_alignment
from core.model.seq2seq import Seq2Seq
from core.paths import resources_folder
from core.store.loading import Loaded, load_model
from core.text.encoding import cut
from core.text.tokenizer import make_tokenizer
from tests.fixtures.tiny_model import toy_pairs

PASSES = ("first", "second")
FROZEN = {
    "pairs.tsv": "59778aeeaab48ac9",
    "words.jsonl": "bde1bc4d600370f7",
    "first.jsonl": "16512ca4509aa471",
    "second.jsonl": "2928c0c360d5aaaf",
}
MODELS = resources_folder() / "models"
TOKENIZERS = {language: make_tokenizer(language) for language in ("zh", "en")}


def cut_words(text: str, language: str) -> tuple[str, ...]:
    normalized, spans = cut(text, TOKENIZERS[language])
    return tuple(text[normalized.origins[s.start] : normalized.ends[s.end - 1]] for s in spans)


def test_the_pairs_are_cut_as_they_were_when_aligned() -> None:
    pairs, tuning = benchmark.read_pairs(), benchmark.read_tuning()[0]
    assert (len(pairs), len(tuning)) == (60, 15)
    for pair in pairs + tuning:
        assert cut_words(pair.chinese, "zh") == pair.zh
        assert cut_words(pair.english, "en") == pair.en


@pytest.mark.parametrize("name", FROZEN)
def test_nothing_was_changed_after_a_model_was_measured(name: str) -> None:
    content = (benchmark.FOLDER / name).read_text("utf-8")  # line ends may differ
    assert hashlib.sha256(content.encode()).hexdigest().startswith(FROZEN[name])


def test_no_pair_serves_two_ends() -> None:
    tuning, _ = benchmark.read_tuning()
    everyday = Path("tests/fixtures/everyday.tsv").read_text("utf-8")
    texts = [pair.chinese for pair in benchmark.read_pairs() + tuning]
    assert len(set(texts)) == 75
    assert not [text for text in texts if text in everyday]


@pytest.mark.parametrize("name", PASSES)
def test_a_pass_links_every_pair(name: str) -> None:
    pairs = benchmark.read_pairs()
    found = benchmark.read_annotations(benchmark.FOLDER / f"{name}.jsonl", pairs)
    assert all(one.sure for one in found)


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ({"id": 1, "sure": [[12, 0]], "possible": []}, "no words"),
        ({"id": 1, "sure": [[0, -1]], "possible": []}, "no words"),
        ({"id": 1, "sure": [[0, 1]], "possible": [[0, 1]]}, "twice"),
        ({"id": 2, "sure": [], "possible": []}, "ids"),
    ],
)
def test_slips_of_an_annotator_are_told(row: object, what: str, tmp_path: Path) -> None:
    path = tmp_path / "third.jsonl"
    path.write_text(json.dumps(row) + "\n")
    with pytest.raises(InputError, match=what) as raised:
        benchmark.read_annotations(path, benchmark.read_pairs()[:1])
    assert raised.value.where == str(path)


def toy(number: int) -> tuple[benchmark.Pair, Annotation]:
    zh, en, links = list(toy_pairs())[number]  # plain ones: subject, verb, object, full stop
    texts = zh.replace(" ", ""), en.replace(" .", ".")
    pair = benchmark.Pair(*texts, cut_words(texts[0], "zh"), cut_words(texts[1], "en"))
    assert (" ".join(pair.zh), " ".join(pair.en)) == (zh, en)
    return pair, Annotation(frozenset(links), frozenset())


def test_a_model_that_learnt_the_links_makes_no_error(tiny_bundle: Path) -> None:
    pairs, gold = zip(*map(toy, range(20)), strict=True)
    asked = benchmark.Asked(tiny_bundle)
    found = benchmark.align(asked, pairs)
    assert found.by_attention
    assert score_alignment(found.links(found.rule), gold).error_rate < 3
    with pytest.raises(InputError, match="not those that were aligned"):
        benchmark.align(asked, [benchmark.Pair("我买书。", "I buy.", ("我",), ("I",))])


def test_the_other_direction_gives_links_in_the_same_order(
    tiny_bundle: Path, tmp_path: Path
) -> None:
    known = load_model(tiny_bundle)
    chinese, english = known.source_vocabulary, known.target_vocabulary
    config = replace(
        known.model.config, source_vocabulary=len(english), target_vocabulary=len(chinese)
    )
    other = Loaded("other", "en", "zh", Seq2Seq(config), english, chinese)
    weights = other.model.state_dict()
    other.save(tmp_path / "other", name="other", weights=weights, receipt={}, precision="fp32")
    pair, _ = toy(0)
    found = benchmark.align(benchmark.Asked(tmp_path / "other"), [pair])
    assert not found.from_chinese
    [rows] = found.rows
    assert np.array(rows).shape == (len(pair.zh), len(pair.en))
    [links] = found.links(LinkRule())
    assert links == {(zh, int(np.argmax(row))) for zh, row in enumerate(rows)}


@pytest.mark.parametrize("name", ["zh-en", "en-zh"])
def test_the_shipped_models_err_in_less_than_an_eighth(name: str) -> None:
    folder = MODELS / name
    if not folder.is_dir():
        pytest.skip(f"the model is not in this checkout ({folder})")
    pairs = benchmark.read_pairs()
    passes = [benchmark.read_annotations(benchmark.FOLDER / f"{n}.jsonl", pairs) for n in PASSES]
    gold = [combine(both) for both in zip(*passes, strict=True)]
    found = benchmark.align(benchmark.Asked(folder), pairs)
    assert not found.by_attention
    assert score_alignment(found.links(found.rule), gold).error_rate < 12.5
