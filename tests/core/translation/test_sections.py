"""Translations in parts, taken apart again."""

from __future__ import annotations

from core.translation.chunks import Part
from core.translation.result import Translation, Word
from core.translation.sections import is_cut, section, section_starts

from .planted import encoder

SOURCE = "我喜欢猫, 今天学习。"


def words(*found: tuple[str, int]) -> tuple[Word, ...]:
    return tuple(Word(text, start, start + len(text)) for text, start in found)


WHOLE = Translation(
    source=SOURCE,
    translation="I like cats, learn today.",
    score=-1.0,
    source_words=words(("我", 0), ("喜欢", 1), ("猫", 3), (",", 4), ("今天", 6), ("学习", 8)),
    target_words=words(("I", 0), ("like", 2), ("cats", 7), (",", 11), ("learn", 13), ("today", 19)),
    alignment=(
        (1.0, 0.0, 0.0, 0.0, 0.0, 0.0),
        (0.2, 0.8, 0.0, 0.0, 0.0, 0.0),
        (0.0, 0.0, 1.0, 0.0, 0.0, 0.0),
        (0.0, 0.0, 0.3, 0.7, 0.0, 0.0),
        (0.0, 0.0, 0.0, 0.0, 0.1, 0.9),
        (0.0, 0.0, 0.0, 0.0, 1.0, 0.0),
    ),
    confidences=(0.9, 0.8, None, 0.7, 0.6, 0.5),
    copied=(2, 5),
    notes=("truncated",),
)
PARTS = [
    Part(start, encoder("zh").encode(SOURCE[start:end], protect=True))
    for start, end in ((0, 5), (6, 11))
]


def test_the_alignment_tells_where_a_part_begins() -> None:
    assert section_starts(WHOLE, PARTS) == [0, 13]


def test_a_cut_is_where_no_word_looks_to_both_sides() -> None:
    assert [offset for offset in (1, 4, 6, 8) if is_cut(WHOLE, offset)] == [6]


def test_a_section_is_a_translation_of_its_own() -> None:
    starts = section_starts(WHOLE, PARTS)
    first, second = (section(WHOLE, PARTS, starts, index) for index in (0, 1))
    assert (first.source, first.translation) == ("我喜欢猫,", "I like cats,")
    assert (second.source, second.translation) == ("今天学习。", "learn today.")
    for part in (first, second):
        for word in part.target_words:
            assert part.translation[word.start : word.end] == word.text
        for word in part.source_words:
            assert part.source[word.start : word.end] == word.text
        assert len(part.alignment) == len(part.target_words) == len(part.confidences)
        assert all(len(row) == len(part.source_words) for row in part.alignment)
    assert second.alignment == ((0.1, 0.9), (1.0, 0.0))
    assert (first.copied, second.copied) == ((2,), (1,))
    assert second.confidences == (0.6, 0.5)
