"""Correcting a translation and teaching it: the states, what is kept and what is undone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from core.errors import BundleError, StorageError
from core.paths import cache_folder, data_folder
from core.store.model_store import ModelStore
from gui.jobs import lessons
from gui.jobs.child import Patience
from gui.viewmodels.lesson import MOST_OTHERS, LessonViewModel
from gui.viewmodels.lesson_state import LessonState
from gui.viewmodels.model_names import free_name, lesson_name
from tests.gui.translate.lessons import OTHER, PINNED, SENTENCE, WRITTEN, Pretence, subject

Make = Callable[..., LessonViewModel]


@pytest.fixture
def store(tiny_bundle: Path) -> ModelStore:
    return ModelStore(resources=tiny_bundle.parent)


@pytest.fixture
def pretence(tiny_bundle: Path) -> Pretence:
    return Pretence(tiny_bundle)


@pytest.fixture
def lesson(qtbot: QtBot, store: ModelStore, pretence: Pretence) -> Iterator[LessonViewModel]:
    patience = Patience(stop=10_000, leave=300, discard=300, close=300)
    model = LessonViewModel(store, pretence.command, pretence.look, patience)
    yield model
    model.shutdown()


def wait(qtbot: QtBot, model: LessonViewModel, state: LessonState) -> None:
    qtbot.waitUntil(lambda: model.state is state, timeout=10_000)


def leftovers() -> list[str]:
    """What lies about of lessons that were not kept."""
    places = (data_folder() / "drafts", cache_folder() / "teach")
    return [path.name for place in places if place.is_dir() for path in place.iterdir()]


def taught(qtbot: QtBot, model: LessonViewModel) -> None:
    model.open(subject(OTHER, pinned=(PINNED, OTHER)))  # the one beside it is no news
    model.teach(WRITTEN)
    wait(qtbot, model, LessonState.TAUGHT)
    qtbot.waitUntil(lambda: model.findings.attention is not None)


def test_what_was_kept_is_a_model_of_the_user_s(
    qtbot: QtBot, lesson: LessonViewModel, store: ModelStore, pretence: Pretence
) -> None:
    taught(qtbot, lesson)
    assert lesson.mastered
    assert [(old.source, new.translation) for old, new in lesson.findings.differing] == [
        (PINNED, "new"),
        (OTHER, "new"),
    ]
    assert [card.name for card in store.list()] == ["tiny"]
    file = pretence.asked[0][0].file
    assert file.read_text("utf-8") == f"{SENTENCE}\t{WRITTEN}\n"
    with qtbot.waitSignal(lesson.kept) as kept:
        lesson.keep()
    assert kept.args == ["zh-en · my words"]
    assert [card.name for card in store.list()] == ["tiny", "zh-en · my words"]
    assert lesson.state is LessonState.CLOSED
    qtbot.waitUntil(lambda: not leftovers())


def test_the_change_in_attention_is_after_less_before(
    qtbot: QtBot, lesson: LessonViewModel
) -> None:
    taught(qtbot, lesson)
    found = lesson.findings.attention
    assert found is not None
    count = len(found.source_words)
    for i, row in enumerate(found.alignment):
        assert sum(row) == pytest.approx(0)
        assert row[i] == pytest.approx(1 / count - (0.9 if i in (0, count - 1) else 0.8))


def test_of_what_is_undone_nothing_remains(
    qtbot: QtBot, lesson: LessonViewModel, store: ModelStore
) -> None:
    taught(qtbot, lesson)
    lesson.undo()
    assert lesson.state is LessonState.CLOSED
    qtbot.waitUntil(lambda: not leftovers(), timeout=10_000)
    assert [card.name for card in store.list()] == ["tiny"]


def test_stopped_it_learns_nothing_and_keeps_what_was_written(
    qtbot: QtBot, lesson: LessonViewModel, pretence: Pretence
) -> None:
    pretence.pace = 0.05
    lesson.open(subject(OTHER))
    lesson.teach(WRITTEN)
    qtbot.waitUntil(lambda: bool(lesson.learning and lesson.learning.steps), timeout=10_000)
    assert lesson.undecided
    lesson.stop()
    wait(qtbot, lesson, LessonState.WRITING)
    assert lesson.target == WRITTEN
    assert not lesson.undecided
    qtbot.waitUntil(lambda: not leftovers(), timeout=10_000)


def test_stopped_before_the_child_is_there_it_never_starts(
    qtbot: QtBot, lesson: LessonViewModel, pretence: Pretence
) -> None:
    lesson.open(subject())
    lesson.teach(WRITTEN)
    lesson.stop()
    wait(qtbot, lesson, LessonState.WRITING)
    assert not pretence.asked
    qtbot.waitUntil(lambda: not leftovers(), timeout=10_000)


def test_stopped_too_late_it_keeps_nothing_all_the_same(
    qtbot: QtBot, lesson: LessonViewModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lesson.run, "discard", lambda: None)  # the child is done before it hears
    lesson.open(subject())
    lesson.teach(WRITTEN)
    qtbot.waitUntil(lambda: lesson.learning is not None, timeout=10_000)
    lesson.stop()
    assert not lesson.undecided
    with qtbot.waitSignal(lesson.run.kept, timeout=10_000):
        assert lesson.state is LessonState.LEARNING
    assert lesson.state is LessonState.WRITING
    qtbot.waitUntil(lambda: not leftovers(), timeout=10_000)


@pytest.fixture
def waiting(qtbot: QtBot, lesson: LessonViewModel, pretence: Pretence) -> LessonViewModel:
    """A lesson that waits for the child of the one before, which has its name."""
    pretence.behaviour = "linger"
    taught(qtbot, lesson)
    lesson.teach(WRITTEN)
    qtbot.waitUntil(lambda: len(leftovers()) == 4, timeout=10_000)
    qtbot.waitUntil(lambda: lesson._waiting is not None, timeout=10_000)
    return lesson


def test_what_waits_for_the_lesson_before_can_be_stopped(
    qtbot: QtBot, waiting: LessonViewModel, pretence: Pretence
) -> None:
    waiting.stop()
    assert waiting.state is LessonState.WRITING
    qtbot.waitUntil(lambda: not leftovers(), timeout=10_000)
    assert len(pretence.asked) == 1


def test_what_waits_gives_up_where_the_lesson_before_cannot_be_undone(
    qtbot: QtBot, waiting: LessonViewModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    undo = lessons.undo_lesson

    def refuse(lesson: lessons.Lesson) -> None:
        monkeypatch.setattr(lessons, "undo_lesson", undo)
        raise StorageError("writing is not permitted", remedy="Change it.")

    monkeypatch.setattr(lessons, "undo_lesson", refuse)
    wait(qtbot, waiting, LessonState.WRITING)
    assert waiting.failure is not None
    assert "not permitted" in waiting.failure.sentence
    qtbot.waitUntil(lambda: len(leftovers()) == 2, timeout=10_000)  # what could not be undone


@pytest.mark.parametrize(("ended_by", "forgot"), [("forgetting", True), ("vain", False)])
def test_why_nothing_was_kept_is_told_apart(
    qtbot: QtBot, lesson: LessonViewModel, pretence: Pretence, ended_by: str, forgot: bool
) -> None:
    pretence.says = "I like."
    taught(qtbot, lesson)
    learning = lesson.learning
    assert learning is not None and learning.finished is not None
    assert not lesson.unchanged
    learning.finished = replace(learning.finished, best_step=0, ended_by=ended_by)
    assert lesson.unchanged
    assert lesson.forgot is forgot
    assert lesson.worth_repeating is not forgot


def test_what_was_not_learnt_is_taught_again_more_strongly(
    qtbot: QtBot, lesson: LessonViewModel, pretence: Pretence
) -> None:
    pretence.says = "I like to learn."
    taught(qtbot, lesson)
    assert not lesson.mastered
    pretence.says = WRITTEN
    lesson.teach(lesson.target, "strong")
    assert lesson.findings.learnt is None
    wait(qtbot, lesson, LessonState.TAUGHT)
    assert lesson.mastered
    assert not lesson.worth_repeating
    assert [(base, strength) for _, base, strength in pretence.asked] == [
        ("zh-en", "normal"),
        ("zh-en", "strong"),
    ]
    qtbot.waitUntil(lambda: len(leftovers()) == 2, timeout=10_000)  # the second file and draft


def test_an_error_of_the_child_is_told_and_the_form_stays(
    qtbot: QtBot, lesson: LessonViewModel, pretence: Pretence
) -> None:
    pretence.behaviour = "refuse"
    lesson.open(subject())
    lesson.teach(WRITTEN)
    qtbot.waitUntil(lambda: lesson.failure is not None, timeout=10_000)
    assert lesson.state is LessonState.WRITING
    assert lesson.failure is not None
    assert "no usable pairs" in lesson.failure.sentence
    assert lesson.failure.remedy
    qtbot.waitUntil(lambda: not leftovers(), timeout=10_000)


def test_models_that_cannot_be_asked_leave_the_decision(
    qtbot: QtBot, lesson: LessonViewModel, pretence: Pretence
) -> None:
    pretence.error = BundleError("the model is damaged", remedy="Install it again.")
    lesson.open(subject())
    lesson.teach(WRITTEN)
    wait(qtbot, lesson, LessonState.TAUGHT)
    assert lesson.failure is not None
    assert not lesson.mastered


def test_what_cannot_be_kept_now_is_not_lost(
    qtbot: QtBot, lesson: LessonViewModel, pretence: Pretence
) -> None:
    taught(qtbot, lesson)
    model = pretence.asked[0][0].model
    model.rename(model.with_name("aside"))
    lesson.keep()
    qtbot.waitUntil(lambda: lesson.failure is not None, timeout=10_000)
    assert lesson.state is LessonState.TAUGHT
    model.with_name("aside").rename(model)
    with qtbot.waitSignal(lesson.kept):
        lesson.keep()


def test_where_the_name_was_taken_meanwhile_another_is_found(
    qtbot: QtBot, lesson: LessonViewModel, store: ModelStore
) -> None:
    taught(qtbot, lesson)
    (data_folder() / "models" / "zh-en · my words").mkdir(parents=True)
    with qtbot.waitSignal(lesson.kept) as kept:
        lesson.keep()
    assert kept.args == ["zh-en · my words-2"]
    assert [card.name for card in store.list()] == ["tiny", "zh-en · my words-2"]


def test_where_nothing_can_be_written_it_is_told(qtbot: QtBot, lesson: LessonViewModel) -> None:
    data_folder().mkdir(parents=True, exist_ok=True)
    (data_folder() / "drafts").write_text("a file in the way")
    lesson.open(subject())
    lesson.teach(WRITTEN)
    qtbot.waitUntil(lambda: lesson.failure is not None, timeout=10_000)
    assert lesson.state is LessonState.WRITING


def test_the_window_goes_and_nothing_remains(
    qtbot: QtBot, lesson: LessonViewModel, pretence: Pretence
) -> None:
    pretence.pace = 0.05
    lesson.open(subject())
    lesson.teach(WRITTEN)
    qtbot.waitUntil(lambda: bool(lesson.learning and lesson.learning.steps), timeout=10_000)
    lesson.shutdown()
    assert not leftovers()


def test_the_window_goes_before_the_lesson_is_prepared(lesson: LessonViewModel) -> None:
    lesson.open(subject())
    lesson.teach(WRITTEN)
    lesson.shutdown()
    assert not leftovers()


def test_the_window_goes_while_a_lesson_is_kept(
    qtbot: QtBot, lesson: LessonViewModel, store: ModelStore
) -> None:
    taught(qtbot, lesson)
    other = lessons.prepare_lesson(store, OTHER, WRITTEN, "other")
    lesson._leaving[other.name] = other  # of a lesson that was stopped
    lesson.keep()
    lesson.shutdown()
    assert [card.name for card in store.list()] == ["tiny", "zh-en · my words"]
    assert not leftovers()


def test_what_no_model_can_learn_is_told_before_anything_is_learnt(
    lesson: LessonViewModel, pretence: Pretence
) -> None:
    lesson.open(subject())
    assert "(lengths do not fit)" in lesson.problem("I love to learn. " * 9)
    assert "(sides swapped)" not in lesson.problem("我爱学习。")
    assert "(another language)" in lesson.problem("我爱学习。")
    lesson.teach("我爱学习。")
    assert lesson.state is LessonState.WRITING
    assert not pretence.asked


def test_only_what_differs_can_be_taught(lesson: LessonViewModel) -> None:
    asked = subject(*(f"第{n}句。" for n in range(MOST_OTHERS + 5)))
    lesson.open(asked)
    assert lesson.problem(" ")
    assert lesson.problem(asked.sentence.translation)
    assert not lesson.problem(WRITTEN)
    assert lesson.subject is not None
    assert len(lesson.subject.others) == MOST_OTHERS
    assert SENTENCE not in [other.source for other in lesson.subject.others]
    lesson.close()
    assert lesson.state is LessonState.CLOSED


def test_the_next_lesson_stands_on_the_last() -> None:
    first = lesson_name("zh-en")
    assert lesson_name(first) == first
    second = free_name(lesson_name(first), [first])
    assert second != first
    assert free_name(lesson_name(second), [first, second]) == f"{first}-3"
