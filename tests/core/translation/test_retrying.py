"""Searching again against an alarm: what is kept, and what is not."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from core.cancel import CancelToken
from core.decoding.options import SearchOptions
from core.text.encoding import EncodedSegment
from core.translation.careful import Found
from core.translation.chunks import encode_parts
from core.translation.composing import Composer
from core.translation.outputs import Output
from core.translation.result import Alarm, AlarmKind, Translation
from core.translation.retrying import Retrier
from core.translation.translator import Translator
from tests.core.translation.planted import encoder, output

COMPOSER = Composer("zh", "en", None)


class PlantedSearch:
    """Gives the outputs planned for each search, those of several sources parted by ``|``.

    The last plan stays.
    """

    def __init__(self, *plans: list[str]) -> None:
        self.plans = list(plans)
        self.asked: list[SearchOptions] = []
        self.sources: list[list[str]] = []

    def __call__(
        self,
        sources: Sequence[EncodedSegment],
        options: SearchOptions,
        cancel: CancelToken | None = None,
    ) -> list[tuple[Output, ...]]:
        self.asked.append(options)
        self.sources.append([source.text for source in sources])
        plan = self.plans[min(len(self.asked), len(self.plans)) - 1]
        return [
            tuple(planned(source, (text.split("|") * len(sources))[i]) for text in plan)
            for i, source in enumerate(sources)
        ]


def planned(source: EncodedSegment, text: str) -> Output:
    pieces = text.split()
    looks = [min(i, len(source.ids) - 1) for i in range(len(pieces))]
    return output(source, "en", pieces, looks)


def composed(text: str, target: str) -> Translation:
    [part] = encode_parts(text, encoder("zh"))
    return COMPOSER.translation(text, [Found(part, (planned(part.source, target),))], 0.0)


def again(search: PlantedSearch, before: Translation, alarm: Alarm) -> Translation | None:
    retrier = Retrier(search, encoder("zh"), COMPOSER, 130, 64)  # type: ignore[arg-type]
    return retrier(before, alarm, SearchOptions())


TEXT = "我喜欢猫，今天学习书，喜欢人，学习猫。"
SHORT = "▁I ▁like ▁cats ."
FULL = "▁I ▁like ▁cats , ▁today ▁learn ▁books , ▁like ▁You , ▁learn ▁cats ."


def test_the_first_output_without_the_alarm_is_kept() -> None:
    before = composed(TEXT, SHORT)
    assert [alarm.kind for alarm in before.alarms] == [AlarmKind.TRUNCATED]
    search = PlantedSearch([SHORT.replace("cats", "books"), FULL])
    after = again(search, before, before.alarms[0])
    assert after is not None
    assert after.alarms == ()
    assert after.translation == "I like cats, today learn books, like You, learn cats."
    [options] = search.asked
    assert options.beam == options.n_best > 8  # more than the second look of every translation


def test_each_kind_is_searched_against_in_its_own_way() -> None:
    before = composed(TEXT, SHORT)
    for kind, covers, once in (
        (AlarmKind.UNTRANSLATED, True, False),
        (AlarmKind.TRUNCATED, True, False),
        (AlarmKind.LOOP, False, True),
        (AlarmKind.RUNAWAY, False, True),
        (AlarmKind.NUMBER, False, False),
        (AlarmKind.NAME, False, False),
        (AlarmKind.NEGATION, False, False),
    ):
        search = PlantedSearch([SHORT])
        assert again(search, before, dataclasses.replace(before.alarms[0], kind=kind)) is None
        first = search.asked[0]
        assert (first.coverage_penalty > 0, first.loop_copies == 2) == (covers, once)
        assert (first.length_penalty > SearchOptions().length_penalty) == covers
        assert len({(tuple(s), o) for s, o in zip(search.sources, search.asked, strict=True)}) == 3


def test_what_has_another_fault_instead_is_not_kept() -> None:
    before = composed(TEXT, SHORT)
    alarm = Alarm(AlarmKind.NUMBER, (), ((0, 1),), "7")
    assert (
        again(PlantedSearch([SHORT]), dataclasses.replace(before, alarms=(alarm,)), alarm) is None
    )


def test_a_sentence_is_cut_at_its_clauses() -> None:
    before = composed(TEXT, SHORT)
    search = PlantedSearch(
        [SHORT], ["▁I ▁like ▁cats , ▁today ▁learn ▁books ,|▁like ▁You , ▁learn ▁cats ."]
    )
    after = again(search, before, before.alarms[0])
    assert search.sources[:2] == [[TEXT], ["我喜欢猫，今天学习书，", "喜欢人，学习猫。"]]
    assert after is not None
    assert "truncated" in after.notes  # as of any sentence that was translated in parts


def test_the_translator_finds_another_only_where_something_was_wrong(
    translator: Translator,
) -> None:
    [before] = translator.translate_segments(["我看见苹果。"])
    alarm = Alarm(AlarmKind.NUMBER, (), ((0, 1),), "I")
    after = translator.try_again(dataclasses.replace(before, alarms=(alarm,)), alarm)
    assert after is not None
    assert (after.translation, after.alarms) == (before.translation, ())  # nothing was wrong
    assert translator.try_again(before, alarm) is None  # no fewer alarms than none
