"""The cache forgets the oldest when alignments fill it."""

from __future__ import annotations

from core.translation.cache import TranslationCache
from core.translation.result import Translation, Word


def translation(text: str, cells: int = 0) -> Translation:
    words = (Word("x", 0, 1),) * cells
    return Translation(text, text, 0.0, source_words=words, target_words=words[:1])


def test_it_gives_back_what_was_put() -> None:
    cache = TranslationCache()
    cache.put("a", translation("a"))
    assert cache.get("a") == translation("a")
    assert cache.get("b") is None


def test_the_one_not_asked_for_longest_goes() -> None:
    cache = TranslationCache(cells=250)  # two, for each counts for a hundred
    cache.put("a", translation("a"))
    cache.put("b", translation("b"))
    assert cache.get("a")
    cache.put("c", translation("c"))
    assert cache.get("b") is None
    assert cache.get("a")
    assert cache.get("c")


def test_a_large_one_pushes_out_many() -> None:
    cache = TranslationCache(cells=450)
    for key in "abc":
        cache.put(key, translation(key))
    cache.put("large", translation("large", 200))
    assert [key for key in ("a", "b", "c", "large") if cache.get(key)] == ["c", "large"]


def test_putting_again_takes_no_more_room() -> None:
    cache = TranslationCache(cells=250)
    for _ in range(10):
        cache.put("a", translation("a"))
    cache.put("b", translation("b"))
    assert cache.get("a")
    assert cache.get("b")


def test_one_larger_than_all_room_is_not_kept() -> None:
    cache = TranslationCache(cells=150)
    cache.put("large", translation("large", 200))
    assert cache.get("large") is None
    cache.put("a", translation("a"))
    assert cache.get("a")
