"""The cache forgets the oldest when it is full, and counts what translations truly take."""

from __future__ import annotations

import gc
import tracemalloc

import pytest

from core.translation.cache import TranslationCache, size
from core.translation.result import Alarm, AlarmKind, Alternative, Translation, Word


def translation(text: str, cells: int = 0) -> Translation:
    words = (Word("x", 0, 1),)
    rows = ((0.5,) * cells,) if cells else ()
    return Translation(text, text, 0.0, target_words=words if cells else (), alignment=rows)


SMALL, LARGE = size(translation("a")), size(translation("large", 200))


def test_it_gives_back_what_was_put() -> None:
    cache = TranslationCache()
    cache.put("a", translation("a"))
    assert cache.get("a") == translation("a")
    assert cache.get("b") is None


def test_the_one_not_asked_for_longest_goes() -> None:
    cache = TranslationCache(2 * SMALL)
    cache.put("a", translation("a"))
    cache.put("b", translation("b"))
    assert cache.get("a")
    cache.put("c", translation("c"))
    assert cache.get("b") is None
    assert cache.get("a")
    assert cache.get("c")


def test_a_large_one_pushes_out_many() -> None:
    cache = TranslationCache(LARGE + SMALL)
    for number in range(15):
        cache.put(number, translation("a"))
    cache.put("large", translation("large", 200))
    assert [key for key in (*range(15), "large") if cache.get(key)] == [14, "large"]


def test_putting_again_takes_no_more_room() -> None:
    cache = TranslationCache(2 * SMALL)
    for _ in range(10):
        cache.put("a", translation("a"))
    cache.put("b", translation("b"))
    assert cache.get("a")
    assert cache.get("b")


def test_one_larger_than_all_room_is_not_kept() -> None:
    cache = TranslationCache(LARGE - 1)
    cache.put("large", translation("large", 200))
    assert cache.get("large") is None
    cache.put("a", translation("a"))
    assert cache.get("a")


def made(number: int, sources: int, targets: int) -> Translation:
    """A translation of which no part is another's."""
    words = [Word(f"w{number}.{k}", 900 + 9 * k, 907 + 9 * k) for k in range(sources)]
    others = [Word(f"词{number}.{k}", 800 + 9 * k, 807 + 9 * k) for k in range(targets)]
    text = "".join(word.text for word in others)
    rows = tuple(tuple((j + 1) / (k + number) for j in range(sources)) for k in range(targets))
    alarm = Alarm(AlarmKind.NUMBER, ((500 + number, 501 + number),), (), f"n{number}")
    return Translation(
        source=" ".join(word.text for word in words),
        translation=text,
        score=-1 / number,
        source_words=tuple(words),
        target_words=tuple(others),
        alignment=rows,
        confidences=tuple(k / number for k in range(targets)),
        alternatives=(Alternative(f"{text}?", -2 / number),),
        seconds=3 / number,
        alarms=(alarm,) if number % 3 else (),
    )


@pytest.mark.parametrize(
    ("sources", "targets", "count"), [(0, 1, 500), (4, 5, 300), (12, 10, 100), (80, 90, 6)]
)
def test_it_counts_what_translations_take(sources: int, targets: int, count: int) -> None:
    cache = TranslationCache(1_000_000_000)
    gc.collect()
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        for number in range(300, 300 + count):
            cache.put((f"a sentence {number}", ("options", number)), made(number, sources, targets))
        gc.collect()
        taken = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    counted = sum(size(made(number, sources, targets)) for number in range(300, 300 + count))
    assert taken <= counted <= 1.6 * taken
