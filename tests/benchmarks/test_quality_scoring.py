"""Scores, intervals and p-values against sacrebleu called directly; shares worked by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.significance import PairedTest

from benchmarks.quality.examples import choose_examples
from benchmarks.quality.memory import Memory
from benchmarks.quality.scoring import LEAST_TESTED, Chance, Outputs, score_group, sentence_chrf

SUBJECTS = ("我", "你", "他们", "老师", "医生")
VERBS = (("看见", "see"), ("喜欢", "like"), ("画", "draw"))
THINGS = (("猫", "cats"), ("书", "books"), ("桥", "bridges"), ("雨", "rain"))
ENGLISH = dict(zip(SUBJECTS, ("I", "You", "They", "The teachers", "The doctors"), strict=True))


def toy(language: str) -> Outputs:
    """Sixty sentences of which the new model gets two in three right, the old one in two."""
    chinese, english = [], []
    for subject in SUBJECTS:
        for verb, verb_en in VERBS:
            for thing, thing_en in THINGS:
                chinese.append(f"{subject}今天在公园里{verb}{thing}。")
                english.append(f"{ENGLISH[subject]} {verb_en} {thing_en} in the park today.")
    sources, references = (chinese, english) if language == "en" else (english, chinese)
    wrong = references[1:] + references[:1]
    now = [wrong[i] if i % 3 == 0 else gold for i, gold in enumerate(references)]
    before = [wrong[i] if i % 2 == 0 else gold[:-4] for i, gold in enumerate(references)]
    return Outputs(language, tuple(sources), tuple(references), tuple(now), tuple(before))


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    return Memory(tmp_path / "memory")


@pytest.mark.parametrize(("language", "tokenizer"), [("en", "13a"), ("zh", "zh")])
def test_scores_and_intervals_are_sacrebleus(language: str, tokenizer: str, memory: Memory) -> None:
    outputs = toy(language)
    group = score_group("toy", outputs, memory)
    assert group.before is not None
    assert outputs.before is not None
    for quality, lines in ((group.now, outputs.now), (group.before, outputs.before)):
        for metric, found, signature in (
            (BLEU(tokenize=tokenizer), quality.bleu, quality.bleu_signature),
            (CHRF(), quality.chrf, quality.chrf_signature),
        ):
            score = metric.corpus_score(lines, [outputs.references], n_bootstrap=1000)
            assert 0 < score.score < 100
            assert found.score == pytest.approx(score.score)
            assert found.low == pytest.approx(score._mean - score._ci, abs=1e-3)
            assert found.high == pytest.approx(min(100, score._mean + score._ci), abs=1e-3)
            assert signature == str(metric.get_signature())
    assert f"bs:1000|seed:12345|case:mixed|eff:no|tok:{tokenizer}|" in group.now.bleu_signature


def test_p_values_are_sacrebleus(memory: Memory) -> None:
    outputs = toy("en")
    # Better in one sentence of sixty: by itself that may well be chance.
    close = Outputs(*columns(outputs)[:3], outputs.now, (outputs.now[0], "", *outputs.now[2:]))
    for case in (outputs, close):
        group = score_group("toy", case, memory)
        assert group.chance is not None
        assert case.before is not None
        systems = [("before", list(case.before)), ("now", list(case.now))]
        metrics = {"BLEU": BLEU(), "chrF": CHRF()}
        found: Any = PairedTest(systems, metrics, [case.references], "bs", 1000)()[1]
        assert group.chance.bleu == pytest.approx(found["BLEU"][1].p_value)
        assert group.chance.chrf == pytest.approx(found["chrF2"][1].p_value)
        assert group.change("bleu") == pytest.approx(
            found["BLEU"][1].score - found["BLEU"][0].score
        )
    assert score_group("toy", outputs, memory).verdict("bleu") == "better"
    assert score_group("toy", close, memory).verdict("bleu") == "same"
    equal = score_group("toy", Outputs(*columns(outputs)[:3], outputs.now, outputs.now), memory)
    assert equal.chance == Chance(1.0, 1.0)
    swapped = Outputs(*columns(outputs)[:3], outputs.before or (), outputs.now)
    assert score_group("toy", swapped, memory).verdict("bleu") == "worse"


def columns(outputs: Outputs) -> tuple[Any, ...]:
    return outputs.language, outputs.sources, outputs.references, outputs.now, outputs.before


def test_without_a_previous_model(memory: Memory) -> None:
    group = score_group("toy", Outputs(*columns(toy("en"))[:4]), memory)
    assert (group.before, group.chance, group.verdict("bleu")) == (None, None, "same")
    assert group.now == score_group("toy", toy("en"), memory).now


def test_few_sentences_are_not_tested(memory: Memory) -> None:
    group = score_group("few", toy("en").chosen(range(LEAST_TESTED - 1)), memory)
    assert group.before is not None
    assert group.chance is None
    assert score_group("enough", toy("en").chosen(range(LEAST_TESTED)), memory).chance is not None


def test_outputs_without_a_match_score_nothing(memory: Memory) -> None:
    references = ("abc", "def", "ghi")
    group = score_group("bad", Outputs("en", references, references, ("xyz", "", "ghj")), memory)
    assert group.now.bleu.score == 0
    assert 0 <= group.now.chrf.low <= group.now.chrf.high <= 100


def test_shares_worked_by_hand(memory: Memory) -> None:
    sources = ("一", "二", "三", "四")
    references = ("one two three four", "two", "three", "four")
    now = ("no no no", " ", "三", "four")
    quality = score_group("four", Outputs("en", sources, references, now), memory).now
    assert (quality.repeating, quality.empty, quality.copied) == (0.25, 0.25, 0.25)
    assert quality.looping == 0.25
    assert quality.length_ratio == pytest.approx((3 + 0 + 1 + 1) / 7)


def test_what_is_asked_for_is_no_loop(memory: Memory) -> None:
    sources = ("哈哈哈", "走，走，走！", "他走了", "他走了")
    references = ("Funny!", "Go away!", "Gone, gone, gone.", "He left.")
    now = ("Ha ha ha", "Go, go, go!", "Gone, gone, gone", "He left he left he left")
    quality = score_group("four", Outputs("en", sources, references, now), memory).now
    assert (quality.repeating, quality.looping) == (1.0, 0.25)


def test_parts_are_chosen_and_joined() -> None:
    outputs = toy("en")
    halves = [outputs.chosen(range(30)), outputs.chosen(range(30, 60))]
    assert Outputs.joined(halves) == outputs
    assert halves[1].sources[0] == outputs.sources[30]
    assert Outputs(*columns(outputs)[:4]).chosen([2]).before is None


# --- memory --------------------------------------------------------------------------------------


def test_what_is_known_is_not_computed_again(tmp_path: Path) -> None:
    calls = []

    def compute() -> dict[str, float]:
        calls.append(1)
        return {"score": 0.1, "low": float(len(calls))}

    first = Memory(tmp_path).recall("scores", ["a", 1], compute)
    assert Memory(tmp_path).recall("scores", ["a", 1], compute) == first
    assert len(calls) == 1
    Memory(tmp_path).recall("scores", ["a", 2], compute)
    Memory(tmp_path).recall("other", ["a", 1], compute)
    assert len(calls) == 3


def test_a_damaged_memory_is_computed_anew(tmp_path: Path) -> None:
    memory = Memory(tmp_path)
    memory.recall("scores", "key", lambda: 1)
    [file] = (tmp_path / "scores").iterdir()
    file.write_bytes(b'{"sco')
    assert memory.recall("scores", "key", lambda: 2) == 2
    assert memory.recall("scores", "key", lambda: 3) == 2


# --- examples ------------------------------------------------------------------------------------


def test_examples_are_the_extremes() -> None:
    count = 30
    sources = tuple(f"source {i}" for i in range(count))
    references = tuple("word " * (i % 4 + 1) for i in range(count))
    now = tuple(f"new {i}" for i in range(count))
    before = (*now[:5], *(f"old {i}" for i in range(5, count)))
    outputs = Outputs("en", sources, references, now, before)
    chrf = [float(i) for i in range(count)]
    chrf_before = [*chrf[:5], *[50.0] * 25]
    found = choose_examples(outputs, chrf, chrf_before)
    assert [e.line for e in found.best] == list(range(30, 20, -1))
    assert [e.line for e in found.worst] == list(range(1, 11))
    assert [e.line for e in found.changed] == list(range(6, 16))  # those that did not change: none
    assert [e.change for e in found.changed][:2] == [-45.0, -44.0]


def test_equal_examples_come_by_length_and_once() -> None:
    sources = ("a", "b", "a", "c")
    references = ("no", "never ever", "no", "not")
    outputs = Outputs("en", sources, references, ("x",) * 4)
    found = choose_examples(outputs, [0.0] * 4, None)
    assert [e.line for e in found.worst] == [2, 4, 1]
    assert found.changed == ()


def test_chrf_of_sentences_is_sacrebleus(memory: Memory) -> None:
    outputs = toy("zh")
    scores = sentence_chrf(outputs, outputs.now, memory)
    for index in (0, 1, 59):
        direct = CHRF().sentence_score(outputs.now[index], [outputs.references[index]]).score
        assert scores[index] == pytest.approx(direct, abs=0.006)
