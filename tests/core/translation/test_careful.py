"""What a first search got wrong is searched again, and long sentences are read to their end."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from core.cancel import CancelToken
from core.decoding.options import SearchOptions
from core.store.loading import Ready
from core.text.encoding import EncodedSegment, SegmentEncoder
from core.text.normalize import simplify
from core.text.subword import SubwordVocabulary
from core.text.tokenizer import make_tokenizer
from core.translation.careful import CarefulSearch, Found
from core.translation.chunks import encode_parts
from core.translation.outputs import Output
from core.translation.translator import Translator
from tests.core.translation.planted import CopyModel, encoder, output


class PlantedSearch:
    """Gives the outputs planned for a narrow beam, and those for a wide one."""

    def __init__(self, narrow: list[tuple[str, float]], wide: list[tuple[str, float]]) -> None:
        self.plans = {False: narrow, True: wide}
        self.asked: list[tuple[int, int]] = []  # sources, and the beam

    def __call__(
        self,
        sources: Sequence[EncodedSegment],
        options: SearchOptions,
        cancel: CancelToken | None = None,
    ) -> list[tuple[Output, ...]]:
        if sources:
            self.asked.append((len(sources), options.beam))
        plan = self.plans[options.n_best > 2]
        return [tuple(planned(source, *entry) for entry in plan) for source in sources]


def planned(source: EncodedSegment, text: str, score: float) -> Output:
    """An output whose pieces look at the source's from left to right."""
    pieces = text.split()
    looks = [min(i, len(source.ids) - 1) for i in range(len(pieces))]
    return output(source, "en", pieces, looks, score)


def search(text: str, planted: PlantedSearch, **options: int) -> list[Found]:
    careful = CarefulSearch(planted, encoder("zh"), "en")  # type: ignore[arg-type]
    [found] = careful(encode_parts(text, encoder("zh")), SearchOptions(**options))
    return found


def test_without_faults_there_is_one_search() -> None:
    planted = PlantedSearch([("▁I ▁like ▁cats .", -1)], [])
    [found] = search("我喜欢猫。", planted)
    assert [one.text for one in found.outputs] == ["I like cats."]
    assert planted.asked == [(1, 4)]


def test_the_best_hypothesis_whose_numbers_agree_is_taken() -> None:
    wide = [
        ("▁I ▁like ▁3 6 ▁cats .", -1.0),
        ("▁I ▁like ▁3 5 ▁books .", -3.0),
        ("▁I ▁like ▁3 5 ▁cats .", -2.0),
    ]
    planted = PlantedSearch([("▁I ▁like ▁3 6 ▁cats .", -1.0)], wide)
    [found] = search("我喜欢35猫。", planted)
    assert [one.text for one in found.outputs] == ["I like 35 cats."]
    assert found.outputs[0].hypothesis.score == -2.0
    assert planted.asked == [(1, 4), (1, 8)]


def test_a_hypothesis_that_denies_what_the_source_denies_is_taken() -> None:
    wide = [("▁I ▁like ▁cats .", -1.0), ("▁I ▁not ▁like ▁cats .", -2.9)]
    [found] = search("我不喜欢猫。", PlantedSearch(wide[:1], wide))
    assert found.outputs[0].text == "I not like cats."
    far = [wide[0], ("▁I ▁not ▁like ▁cats .", -3.1)]  # so unlikely that it may be nonsense
    [found] = search("我不喜欢猫。", PlantedSearch(wide[:1], far))
    assert found.outputs[0].text == "I like cats."


def test_the_hypothesis_with_as_many_copies_is_taken() -> None:
    wide = [("▁I ▁cats .", -1.0), ("▁I <unk> ▁cats .", -2.0), ("<unk> <unk> <unk>", -0.5)]
    [found] = search("我{0}猫。", PlantedSearch(wide[:1], wide))
    assert found.outputs[0].text == "I {0} cats."
    assert found.outputs[0].hypothesis.score == -2.0


def test_the_hypothesis_that_does_not_loop_is_taken() -> None:
    wide = [("▁cats ▁cats ▁cats .", -1.0), ("▁I ▁like ▁cats .", -6.0)]
    [found] = search("我喜欢猫。", PlantedSearch(wide[:1], wide))
    assert found.outputs[0].text == "I like cats."


def test_what_is_wrong_in_all_is_mended() -> None:
    wide = [("▁I ▁like ▁3 6 ▁cats .", -1.0), ("▁cats .", -0.5)]
    [found] = search("我喜欢35猫。", PlantedSearch(wide[:1], wide))
    assert "35" in found.outputs[0].text


def test_as_many_alternatives_as_were_asked_for() -> None:
    wide = [("▁I ▁like ▁3 5 ▁cats .", -2.0), ("▁cats .", -0.5), ("▁I .", -0.4)]
    planted = PlantedSearch([("▁I .", -0.4), ("▁like .", -0.6)], wide)
    [found] = search("我喜欢35猫。", planted, n_best=2)
    assert len(found.outputs) == 2
    assert found.outputs[0].text == "I like 35 cats."
    assert all("35" in one.text for one in found.outputs)


def test_only_the_faulty_are_searched_again() -> None:
    planted = PlantedSearch([("▁I ▁like ▁cats .", -1)], [("▁I ▁like ▁3 5 ▁cats .", -2)])
    careful = CarefulSearch(planted, encoder("zh"), "en")  # type: ignore[arg-type]
    texts = ["我喜欢猫。", "我喜欢35猫。", "{0}", "我喜欢猫"]
    parts = [part for text in texts for part in encode_parts(text, encoder("zh"))]
    found = careful(parts, SearchOptions())
    assert planted.asked == [(3, 4), (1, 8)]
    assert [one.part.source.text for [one] in found] == texts
    assert [len(one.outputs) for [one] in found] == [1, 1, 0, 1]


# --- a model that copies -------------------------------------------------------------------------


def words_of(language: str) -> list[str]:
    """130 words, none of them twice."""
    if language == "zh":
        characters = "".join(map(chr, range(0x5200, 0x5400)))
        return [
            old for old, new in zip(characters, simplify(characters), strict=True) if old == new
        ][:130]
    sounds = ["ba", "de", "fi", "go", "ku", "la", "me", "ni", "po", "ru", "sa", "te"]
    return [first + second for first in sounds for second in sounds][:130]


def sentence(language: str, size: int = 130, clause: int = 7) -> str:
    """``size`` words in clauses of ``clause``."""
    blank, comma, stop = ("", "，", "。") if language == "zh" else (" ", ", ", ".")
    words = words_of(language)[:size]
    clauses = [blank.join(words[i : i + clause]) for i in range(0, size, clause)]
    return comma.join(clauses) + stop


def copier(language: str, reach: int, *, loops: bool = False) -> Translator:
    marker = "" if language == "zh" else "▁"
    known = [[marker + word for word in words_of(language)] + [",", ".", "。"]] * 3
    words = SubwordVocabulary.train(known, size=600, alphabet=300)
    encoder = SegmentEncoder(language, make_tokenizer(language), words)
    model = CopyModel(len(words), reach, loops=loops)
    loaded = Ready("copier", language, language, model, words, words)  # type: ignore[arg-type]
    return Translator(
        "copier",
        language,
        language,
        "fp32",
        model,
        encoder,
        loaded,
        None,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("reach", [1_000, 50, 24])
@pytest.mark.parametrize("loops", [False, True])
def test_of_a_sentence_of_130_words_nothing_is_dropped(
    language: str, reach: int, loops: bool
) -> None:
    translator = copier(language, reach, loops=loops)
    translator.longest = translator.easy = 1_000
    text = sentence(language)
    [found] = translator.translate_segments([text])
    assert found.translation == text
    assert len(found.source_words) > 130
    for column, _ in enumerate(found.source_words):  # every word was looked at
        assert max(row[column] for row in found.alignment) > 0
    assert ("truncated" in found.notes) is (reach < 1_000)


def test_a_sentence_without_clauses_is_translated_as_well_as_can_be() -> None:
    translator = copier("zh", 30)
    text = sentence("zh", 60, 60)
    [found] = translator.translate_segments([text])
    assert found.translation == text[:30] + "。"
    assert found.notes == ()


def test_a_longer_sentence_than_a_model_takes_is_cut_at_clauses() -> None:
    translator = copier("en", 40)
    translator.longest = 40
    text = sentence("en")
    [found] = translator.translate_segments([text])
    assert found.translation == text
    assert all(len(batch) == 1 or max(batch) <= 40 for batch in translator.model.batches)  # type: ignore[attr-defined]


def test_halves_begin_where_they_stand_in_the_text() -> None:
    translator, text = copier("zh", 40), sentence("zh")
    [found] = translator._search(
        encode_parts(text, translator.encoder, 1_000, 1_000), SearchOptions()
    )
    assert len(found) > 2
    for one in found:
        assert text[one.part.start :].startswith(one.part.source.text)
    assert "".join(one.part.source.text for one in found) == text
