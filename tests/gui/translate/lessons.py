"""Lessons whose child only pretends to learn, and whose models say what a test wants."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from core.cancel import CancelToken
from core.translation.result import Translation
from gui.jobs.lessons import Lesson
from gui.jobs.other_models import Aligned, Translated
from gui.viewmodels.lesson_state import Subject
from tests.gui.fakes import FakeCard, fake_translation

CHILD = Path(__file__).parent.parent / "teach" / "fake_child.py"
SENTENCE, OTHER, PINNED = "我喜欢学习。", "水开了。", "茶很香。"
WRITTEN = "I love to learn."


@dataclass
class Pretence:
    """What the child and the models do; ``asked`` keeps the lessons and their strengths.

    Attributes:
        tiny: a bundle that the child "learns".
        behaviour: of the child.
        says: what the taught model makes of the sentence.
        others: what it makes of the sentences beside it; what the base does where empty.
        error: raised in place of any answer of the models.
    """

    tiny: Path
    behaviour: str = "well"
    pace: float = 0.002
    says: str = WRITTEN
    others: str = "new"
    error: Exception | None = None
    asked: list[tuple[Lesson, str, str]] = field(default_factory=list)

    def command(self, lesson: Lesson, base: str, strength: str) -> Sequence[str]:
        self.asked.append((lesson, base, strength))
        shutil.copytree(self.tiny, lesson.model)
        return (sys.executable, str(CHILD), self.behaviour, "12", str(self.pace))

    def look(
        self,
        taught: Path,
        base: Path,
        pair: tuple[str, str],
        others: Sequence[str],
        pinned: Sequence[str],
        beam: int,
        cancel: CancelToken,
    ) -> Iterator[Translated | Aligned]:
        if self.error is not None:
            raise self.error
        assert (taught / "manifest.json").is_file()
        yield Translated((replace(fake_translation(pair[0]), translation=self.says),))
        found = tuple(map(fake_translation, others))
        yield Translated(tuple(replace(o, translation=self.others or o.translation) for o in found))
        yield Translated(tuple(replace(fake_translation(p), translation="new") for p in pinned))
        if pinned:
            yield Translated(tuple(map(fake_translation, pinned)))
        before = fake_translation(pair[0])
        count = len(before.source_words)
        even = tuple(tuple(1 / count for _ in range(count)) for _ in before.target_words)
        yield Aligned(before, replace(before, alignment=even))


def subject(*others: str, pinned: tuple[str, ...] = ()) -> Subject:
    """The sentence with ``others`` beside it, translated by a made-up model."""
    translations: tuple[Translation, ...] = tuple(map(fake_translation, (SENTENCE, *others)))
    own = translations[0]
    return Subject(own, translations, FakeCard(), 4, own.translation, pinned)
