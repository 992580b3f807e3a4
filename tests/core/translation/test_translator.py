"""The translator on a model that really translates: see tests/fixtures/tiny_model.py."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from core.cancel import Cancelled, CancelToken
from core.errors import BundleError, OptionError
from core.model.inference import InferenceModel
from core.text.segments import split
from core.translation.result import SegmentResult, Translation
from core.translation.translator import TranslateOptions, Translator
from tests.fixtures.tiny_model import toy_pairs

STEP = Callable[..., object]


def whole(translator: Translator, text: str, **options: int) -> str:
    """The whole translated text, put together as a window does."""
    results = list(translator.translate(text, TranslateOptions(**options)))
    return "".join(r.gap + r.translation.translation for r in results) + split(text, "zh").tail


def single(translator: Translator, text: str, **options: int) -> Translation:
    [translation] = translator.translate_segments([text], TranslateOptions(**options))
    return translation


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The rows of every step that the search, made step by step, asks of the model."""
    rows: list[int] = []
    real = InferenceModel.decode_step
    monkeypatch.setattr("core.decoding.beam_search.search_natively", lambda *_: None)

    def counted(model: InferenceModel, tokens: torch.Tensor, *rest: torch.Tensor) -> object:
        rows.append(len(tokens))
        return real(model, tokens, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(InferenceModel, "decode_step", counted)
    return rows


# --- what it says --------------------------------------------------------------------------------


def test_it_says_what_it_learnt(translator: Translator) -> None:
    for chinese, english, _ in toy_pairs():
        wanted = english.replace(" .", ".").replace(" !", "!")
        assert single(translator, chinese.replace(" ", "")).translation == wanted


def test_it_says_what_it_can_only_have_composed(translator: Translator) -> None:
    assert "我 看见 苹果 。" not in {source for source, _, _ in toy_pairs()}
    assert single(translator, "我看见苹果。").translation == "I see apples."


def test_words_and_their_alignment(translator: Translator) -> None:
    found = single(translator, "我今天喜欢猫。")
    assert found.translation == "I like cats today."
    assert [word.text for word in found.source_words] == ["我", "今天", "喜欢", "猫", "。"]
    assert [word.text for word in found.target_words] == ["I", "like", "cats", "today", "."]
    assert [row.index(max(row)) for row in found.alignment] == [0, 2, 3, 1, 4]
    for row in found.alignment:
        assert len(row) == 5
        assert sum(row) == pytest.approx(1)
        assert max(row) > 0.9
    for word in found.target_words:
        assert found.translation[word.start : word.end] == word.text
    assert found.copied == ()
    assert found.notes == ()
    assert -0.2 < found.score <= 0
    assert found.seconds > 0


@pytest.mark.parametrize("rare", ["龘", "馥", "😀", "👨‍👩‍👧", "🇨🇳", "👍🏽", "❤️", "1️⃣", "Ω≈ç"])
def test_what_it_does_not_know_is_copied_to_its_place(translator: Translator, rare: str) -> None:
    found = single(translator, f"我喜欢{rare}。")
    assert found.translation == f"I like {rare}."
    index = next(i for i, word in enumerate(found.target_words) if word.text in rare)
    assert index == 2
    assert index in found.copied
    copied = found.alignment[index]
    assert found.source_words[copied.index(max(copied))].text in rare


def test_a_copy_at_the_beginning(translator: Translator) -> None:
    assert single(translator, "😀我喜欢书。").translation == "😀 I like books."


def test_traditional_is_converted_and_said_so(translator: Translator) -> None:
    found = single(translator, "我們今天買麵條。")
    assert found.translation == "We buy noodles today."
    assert found.notes == ("traditional",)
    assert found.source == "我們今天買麵條。"
    assert [word.text for word in found.source_words] == ["我們", "今天", "買", "麵條", "。"]
    assert single(translator, "我们今天买面条。").notes == ()


@pytest.mark.parametrize("text", ["Hello, world!", "123", "?!", "…", "😀", "   ", "\x00", "\ud800"])
def test_what_is_not_chinese_stays_as_it_is(
    translator: Translator, text: str, steps: list[int]
) -> None:
    found = single(translator, text)
    assert found.translation == text
    assert found.notes == ("copied",)
    assert steps == []
    count = len(found.source_words)
    assert found.target_words == found.source_words
    assert found.copied == tuple(range(count))
    assert [row.index(1.0) for row in found.alignment] == list(range(count))


def test_n_best(translator: Translator) -> None:
    found = single(translator, "你喜欢书。", beam=8, n_best=8)
    outputs = [alternative.translation for alternative in found.alternatives]
    scores = [alternative.score for alternative in found.alternatives]
    assert outputs[0] == found.translation == "You like books."
    assert scores[0] == found.score
    assert 3 <= len(outputs) == len(set(outputs))
    assert scores == sorted(scores, reverse=True)


def test_an_output_of_nothing_leaves_the_source(
    translator: Translator, monkeypatch: pytest.MonkeyPatch
) -> None:
    def end_at_once(
        model: InferenceModel, tokens: torch.Tensor, state: torch.Tensor, memory: object
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        scores = torch.full((len(tokens), model.config.target_vocabulary), -50.0)
        scores[:, 3] = 0.0
        return scores, state, torch.full((len(tokens), 3), 1 / 3)

    monkeypatch.setattr("core.decoding.beam_search.search_natively", lambda *_: None)
    monkeypatch.setattr(InferenceModel, "decode_step", end_at_once)
    found = single(translator, "我喜欢")
    assert found.translation == "我喜欢"
    assert found.notes == ("copied",)


# --- texts of several segments -------------------------------------------------------------------


def test_segments_come_in_order_one_by_one(translator: Translator, steps: list[int]) -> None:
    text = "我喜欢猫。你买书。\n\n  我们看见苹果。"
    results = translator.translate(text)
    first = next(results)
    before = len(steps)
    assert first.translation.translation == "I like cats."
    rest = list(results)
    assert len(steps) > before  # the rest was not searched for before it was asked for
    assert [r.translation.translation for r in rest] == ["You buy books.", "We see apples."]
    assert [(r.index, r.total) for r in (first, *rest)] == [(0, 3), (1, 3), (2, 3)]
    assert [text[r.start : r.end] for r in (first, *rest)] == [
        "我喜欢猫。",
        "你买书。",
        "我们看见苹果。",
    ]
    assert [r.gap for r in (first, *rest)] == ["", " ", "\n\n  "]


@pytest.mark.parametrize(
    ("text", "translated"),
    [
        ("", ""),
        (" \n\t\n ", " \n\t\n "),
        ("\n\n  我喜欢猫。\n\n\n你好。  \n", "\n\n  I like cats.\n\n\nHello.  \n"),
        ("- 我喜欢猫。\n- 你买书。", "- I like cats.\n- You buy books."),
        ("1. 我喜欢猫。\r\n2. 你好。\r\n", "1. I like cats.\r\n2. Hello.\r\n"),
        ("我喜欢猫。Hello, world! 你好。", "I like cats. Hello, world! Hello."),
    ],
)
def test_what_stands_between_the_sentences_stays(
    translator: Translator, text: str, translated: str
) -> None:
    assert whole(translator, text) == translated


def test_a_sentence_longer_than_the_model_takes_loses_nothing(translator: Translator) -> None:
    translator.longest = 4
    # No stops: one segment of 16 words, four times what is searched at once.
    text = "我今天喜欢猫你现在买苹果我们今天看见面条他们现在喜欢书"
    assert len(split(text, "zh").segments) == 1
    found = single(translator, text)
    assert found.translation.replace(".", "") == (
        "I like cats today You buy apples now We see noodles today They like books now"
    )
    assert found.notes == ("truncated",)
    assert len(found.source_words) == 16
    assert len(found.alignment) == len(found.target_words)
    for chinese, english in (("猫", "cats"), ("书", "books")):
        index = [word.text for word in found.target_words].index(english)
        row = found.alignment[index]
        assert len(row) == 16
        assert sum(row) == pytest.approx(1)
        aligned = found.source_words[row.index(max(row))]
        assert text[aligned.start : aligned.end] == aligned.text == chinese
    for word in found.target_words:
        assert found.translation[word.start : word.end] == word.text


# --- memory of what was translated ---------------------------------------------------------------


def test_what_was_translated_is_not_searched_again(
    translator: Translator, steps: list[int]
) -> None:
    text = "我喜欢猫。你买书。"
    once = [r.translation for r in translator.translate(text)]
    assert steps
    steps.clear()
    again = [r.translation for r in translator.translate(text + "我喜欢猫。")]
    assert again == [*once, once[0]]
    assert steps == []


def test_only_the_changed_sentence_is_searched(translator: Translator, steps: list[int]) -> None:
    list(translator.translate("我喜欢猫。你买书。", TranslateOptions(beam=1)))
    steps.clear()
    list(translator.translate("我喜欢猫。你买猫。", TranslateOptions(beam=1)))
    assert steps == [1] * len(steps)
    assert 0 < len(steps) <= 6


def test_memory_is_given_back_after_what_was_searched_not_what_was_remembered(
    tiny_bundle: Path, steps: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.translation.translator.RELEASE", 3)
    given: list[int] = []
    monkeypatch.setattr("core.runtime.release_memory", lambda: given.append(len(steps)))
    translator = Translator.load(tiny_bundle)
    assert given == [0]  # what loading left
    for text in ("我喜欢书。", "我喜欢猫。", "我喜欢书。", "我喜欢猫。"):
        single(translator, text)
    assert given == [0]
    single(translator, "我今天喜欢猫。")
    assert given == [0, len(steps)]


def test_other_options_are_another_translation(translator: Translator, steps: list[int]) -> None:
    assert len(single(translator, "我喜欢猫。", n_best=1).alternatives) == 1
    steps.clear()
    assert len(single(translator, "我喜欢猫。", n_best=4).alternatives) > 1
    assert max(steps) == 4
    steps.clear()
    single(translator, "我喜欢猫。", beam=2)
    assert max(steps) == 2


def test_the_same_segment_twice_in_a_batch_is_searched_once(
    translator: Translator, steps: list[int]
) -> None:
    found = translator.translate_segments(["你好。"] * 5, TranslateOptions(beam=1))
    assert {translation.translation for translation in found} == {"Hello."}
    assert set(steps) == {1}


# --- batches -------------------------------------------------------------------------------------


def test_batched_equals_one_by_one(tiny_bundle: Path) -> None:
    texts = [source.replace(" ", "") for source, _, _ in toy_pairs()][::2] + ["我喜欢", "买书买书"]
    options = TranslateOptions(n_best=4)
    together = Translator.load(tiny_bundle, precision="fp32", threads=1)
    alone = Translator.load(tiny_bundle, precision="fp32", threads=1)
    for batched, text in zip(together.translate_segments(texts, options), texts, strict=True):
        [one] = alone.translate_segments([text], options)
        assert batched.translation == one.translation
        assert batched.score == pytest.approx(one.score, abs=1e-4)
        for a, b in zip(batched.alternatives, one.alternatives, strict=True):
            assert a.score == pytest.approx(b.score, abs=1e-4)
        for row, wanted in zip(batched.alignment, one.alignment, strict=True):
            assert row == pytest.approx(wanted, abs=1e-4)


# --- stopping ------------------------------------------------------------------------------------


class AfterSteps(CancelToken):
    """Cancels itself when it was asked ``steps`` times."""

    def __init__(self, steps: int) -> None:
        super().__init__()
        self.left = steps

    def check(self) -> None:
        self.left -= 1
        if self.left < 0:
            self.cancel()
        super().check()


@pytest.mark.parametrize("after", [0, 1, 3])
def test_cancelling_stops_at_the_next_step(
    translator: Translator, steps: list[int], after: int
) -> None:
    with pytest.raises(Cancelled):
        list(translator.translate("我喜欢猫。", cancel=AfterSteps(after)))
    assert len(steps) <= after


def test_a_cancelled_token_stops_before_anything(translator: Translator, steps: list[int]) -> None:
    text = "我喜欢猫。你好。"
    list(translator.translate(text))
    steps.clear()
    token = CancelToken()
    results = translator.translate(text, cancel=token)
    assert next(results).translation.translation == "I like cats."
    token.cancel()
    with pytest.raises(Cancelled):
        next(results)  # though it is remembered
    assert steps == []


def test_after_a_cancel_it_translates_as_before(translator: Translator) -> None:
    with pytest.raises(Cancelled):
        list(translator.translate("我喜欢猫。", cancel=AfterSteps(2)))
    assert single(translator, "我喜欢猫。").translation == "I like cats."


# --- loading -------------------------------------------------------------------------------------


def test_what_it_says_of_itself(tiny_bundle: Path) -> None:
    found = Translator.load(str(tiny_bundle), precision="bf16", threads=1)
    assert (found.name, found.source_language, found.target_language) == ("tiny", "zh", "en")
    assert found.precision == "bf16"
    assert found.model.dtype == torch.bfloat16
    assert whole(found, "我今天喜欢猫。") == "I like cats today."


def test_an_unknown_precision_is_refused(tiny_bundle: Path) -> None:
    with pytest.raises(OptionError, match="'int4'"):
        Translator.load(tiny_bundle, precision="int4")


def test_a_missing_bundle_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="there is no model"):
        Translator.load(tmp_path / "nothing")


def test_results_are_plain_frozen_values(translator: Translator) -> None:
    [result] = translator.translate("我喜欢猫。")
    assert isinstance(result, SegmentResult)
    hash(result)  # frozen all through: tuples, strings and numbers
    assert type(result.translation.score) is float
    assert {type(weight) for row in result.translation.alignment for weight in row} == {float}


# --- what passes through -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "translated"),
    [
        ("我喜欢{name}。", "I like {name}."),
        ("我喜欢https://a.org/?q=1,2。", "I like https://a.org/?q=1,2."),
        ("我今天喜欢<b>猫</b>。", "I like <b>cats</b> today."),
        ("<p>我喜欢猫。</p>", "<p>I like cats.</p>"),
        ("我喜欢猫。<br/>你买书。", "I like cats. <br/>You buy books."),
        ("龘`我喜欢猫。`", "龘`我喜欢猫。`"),
    ],
)
def test_protected_spans_pass_through(translator: Translator, text: str, translated: str) -> None:
    assert whole(translator, text) == translated


def test_words_beside_tags_and_addresses(translator: Translator) -> None:
    found = single(translator, "我今天喜欢<b>{name}</b>。")
    assert [word.text for word in found.source_words] == ["我", "今天", "喜欢", "{name}", "。"]
    words = [word.text for word in found.target_words]
    assert words[0] == "I"
    assert "{name}" in words and not {"<", "b", ">"}.intersection(words)
    assert found.copied == (words.index("{name}"),)
    assert len(found.alignment) == len(words)
    for word in found.target_words:
        assert found.translation[word.start : word.end] == word.text


@pytest.mark.parametrize(
    "text",
    ["https://example.org/a/猫/x", "`我喜欢`", "{名字}", "@小明 #周末#", "<p>https://a.org</p>"],
)
def test_what_is_only_protected_is_not_sent_to_the_model(
    translator: Translator, text: str, steps: list[int]
) -> None:
    found = single(translator, text)
    assert found.translation == text
    assert found.notes == ("copied",)
    assert steps == []


def test_a_text_without_a_stop_gets_none(translator: Translator) -> None:
    for text in ("我喜欢猫", "我今天买书"):
        with_stop, without = single(translator, text + "。"), single(translator, text)
        assert with_stop.translation == without.translation + "."
        assert len(without.source_words) == len(with_stop.source_words) - 1
        assert len(without.alignment[0]) == len(without.source_words)
