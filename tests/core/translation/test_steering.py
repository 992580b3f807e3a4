"""Steering single sentences, on a model that really translates."""

from __future__ import annotations

import dataclasses

import pytest
import torch

from core.cancel import Cancelled, CancelToken
from core.decoding.options import SamplingOptions
from core.decoding.step_model import StepModel
from core.text.subword import MARKER
from core.text.vocab import EOS, SOS
from core.translation.chunks import encode_parts
from core.translation.result import Translation
from core.translation.search import pad
from core.translation.translator import Translator

CATS = "我们今天喜欢猫。"  # We like cats today.


def shown(translator: Translator, text: str) -> Translation:
    return translator.translate_segments([text])[0]


@pytest.mark.parametrize("text", [CATS, "他们看见龘。", "我<b>喜欢</b>书。"])
def test_a_beginning_of_the_translation_gives_the_translation(
    translator: Translator, text: str
) -> None:
    found = shown(translator, text)
    for end in range(len(found.translation) + 1):
        again = translator.complete(text, found.translation[:end], shown=found)
        assert again.translation.translation == found.translation
        assert again.translation.target_words == found.target_words
        assert again.translation.copied == found.copied
        assert again.locked <= end or "<" in found.translation


@pytest.mark.parametrize(
    ("beginning", "whole", "expected"),
    [
        ("Yo", False, "You like cats today."),
        ("They ", False, "They like cats today."),
        ("We se", False, "We see cats today."),
        ("We like boo", False, "We like books today."),
        ("We like books", True, "We like books today."),
        ("Thank", True, None),
    ],
)
def test_the_rest_follows_what_was_asked_for(
    translator: Translator, beginning: str, whole: bool, expected: str | None
) -> None:
    found = translator.complete(CATS, beginning, whole=whole)
    text = found.translation.translation
    assert text.startswith(beginning)
    assert text == expected or expected is None
    assert found.locked == len(beginning.rstrip())
    assert text[found.locked : found.locked + 1] in ("", " ", ".", "!") or not whole
    rows = found.translation.alignment
    assert len(rows) == len(found.translation.target_words)
    assert all(sum(row) == pytest.approx(1, abs=1e-5) for row in rows)


def test_what_nobody_knows_stays_as_typed_and_copies_stay_once(translator: Translator) -> None:
    text = "我看见龘。"
    found = translator.complete(text, "I see 龘 ", whole=True).translation
    assert found.translation.startswith("I see 龘")
    assert found.translation.count("龘") == 1
    assert [found.target_words[i].text for i in found.copied] == ["龘"]
    typed = translator.complete(text, "I ж", whole=True).translation.translation
    assert typed.startswith("I ж")
    assert typed.count("龘") == 1
    assert typed.index("龘") > typed.index("ж")


def probability(translator: Translator, text: str, before: str, word: str) -> float:
    """Of the pieces of ``word`` and of any beginning of a word behind it, step by step."""
    model: StepModel = translator.model
    [part] = encode_parts(text, translator.encoder)
    memory = model.encode(*pad([part.source.ids]))
    vocabulary = translator.loaded.target_vocabulary
    pieces = vocabulary.pieces(range(len(vocabulary)))
    begins = [
        i for i, piece in enumerate(pieces) if i > EOS and (piece[0] == MARKER or piece[0] in ".!")
    ]
    said = [SOS, *vocabulary.encode([MARKER + one for one in before.split()]).ids]
    state, total = model.initial_state(memory), 1.0
    with torch.inference_mode():
        for token in said:
            likely, state, _ = model.decode_step(torch.tensor([token]), state, memory)
        total /= float(likely[0, begins].exp().sum())
        for piece in vocabulary.encode([MARKER + word]).ids:
            total *= float(likely[0, piece].exp())
            likely, state, _ = model.decode_step(torch.tensor([piece]), state, memory)
        return total * float(likely[0, [*begins, EOS, 0]].exp().sum())


def test_alternatives_are_words_with_their_probabilities(translator: Translator) -> None:
    for word in shown(translator, CATS).target_words[:-1]:
        before = shown(translator, CATS).translation[: word.start]
        found = translator.alternatives(CATS, before)
        assert found[0].word == word.text
        assert len({choice.word for choice in found}) == len(found)
        shares = [choice.probability for choice in found]
        assert shares == sorted(shares, reverse=True)
        assert sum(shares) <= 1 + 1e-5
        true = probability(translator, CATS, before, word.text)
        assert found[0].probability == pytest.approx(true, rel=1e-3)
        for choice in found[:3]:
            assert choice.begun == f"{before}{choice.word}"
            again = translator.complete(CATS, choice.begun, whole=True).translation.translation
            assert again.startswith(choice.begun)


def test_an_end_mark_has_alternatives_too(translator: Translator) -> None:
    found = translator.alternatives(CATS, "We like cats today")
    assert (found[0].word, found[0].begun) == (".", "We like cats today.")


def test_what_is_not_translated_cannot_be_steered(translator: Translator) -> None:
    found = shown(translator, "Hello!")
    assert translator.alternatives("Hello!", "") == ()
    assert translator.complete("Hello!", "Bye", shown=found).translation is found


def test_of_a_sentence_in_parts_the_others_stay(translator: Translator) -> None:
    text = "我今天喜欢猫你现在买书"
    cut = dataclasses.replace(translator, longest=4)
    found = shown(cut, text)
    assert len(encode_parts(text, cut.encoder, 4)) == 2
    assert found.translation.startswith("I like cats today")
    behind = found.translation[found.translation.index(" You") :]
    first = cut.complete(text, "They ", shown=found).translation
    assert first.translation == f"They like cats today{behind}"
    assert first.source_words == found.source_words
    assert len(first.alignment) == len(first.target_words)
    assert first.notes == found.notes
    see = found.translation[: found.translation.index("buy")] + "see"
    second = cut.complete(text, see, shown=found)
    assert second.translation.translation == found.translation.replace("buy", "see")
    assert second.locked == len(see)
    both = cut.complete(text, "We see", shown=second.translation, whole=True).translation
    assert both.translation == f"We see cats today{behind.replace('buy', 'see')}"
    choices = cut.alternatives(text, see[: -len("see")], found)
    assert choices[0].word == "buy"
    assert choices[0].begun == found.translation[: found.translation.index("buy") + 3]


def test_n_best_are_different_and_the_first_is_the_translation(translator: Translator) -> None:
    found = translator.n_best(CATS, 4)
    texts = [one.translation for one in found]
    assert texts[0] == shown(translator, CATS).translation
    assert len(set(texts)) == len(texts) == 4
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert all(one.alignment for one in found)
    two = dataclasses.replace(translator, longest=4).n_best("我今天喜欢猫你现在买书", 3)
    assert len({one.translation for one in two}) == 3
    assert translator.n_best("Hello!", 3)[0].translation == "Hello!"


def test_samples_follow_temperature_and_seed(translator: Translator) -> None:
    hot, cold = (SamplingOptions(temperature=heat) for heat in (9.0, 0.01))
    first, again, other = (translator.sample(CATS, 5, hot, seed) for seed in (1, 1, 2))
    assert [one.translation for one in first] == [one.translation for one in again]
    assert [one.translation for one in first] != [one.translation for one in other]
    [best] = translator.sample(CATS, 5, cold, 1)
    assert best.translation == "We like cats today."
    # Scores compare with those of a search.
    assert best.score == pytest.approx(shown(translator, CATS).score, abs=1e-4)


def test_all_of_it_can_be_cancelled(translator: Translator) -> None:
    found, cancel = shown(translator, CATS), CancelToken()
    cancel.cancel()
    for ask in (
        lambda: translator.alternatives(CATS, "We ", found, cancel),
        lambda: translator.complete(CATS, "We ", cancel=cancel, shown=found),
        lambda: translator.n_best(CATS, 2, cancel=cancel),
        lambda: translator.sample(CATS, 2, SamplingOptions(), 1, cancel),
    ):
        with pytest.raises(Cancelled):
            ask()


ODD = (
    *(
        "😀 I",
        "   ",
        "\n",
        "https://a.bc/d",
        "a" * 99,
        "。，",
        "▁",
        "\u200b",
        "I  like\t",
        "'",
        "-",
    ),
    *("'s", "<unk>", "\ud800", "1,000.5%", "书", "<b>x"),
)


@pytest.mark.parametrize("odd", ODD)
def test_whatever_is_typed_leads_to_a_translation(translator: Translator, odd: str) -> None:
    text = "我看见龘。"
    typed = "".join(odd.split()).strip("\u200b\ud800")  # what is to be seen of it
    for whole in (False, True):
        found = translator.complete(text, odd, whole=whole)
        shown_text = "".join(found.translation.translation.split())
        assert shown_text.startswith(typed.replace("▁", "_"))
        assert 0 <= found.locked <= len(found.translation.translation)
    for choice in translator.alternatives(text, odd):
        assert choice.word
        assert 0 <= choice.probability <= 1
