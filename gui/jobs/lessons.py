"""A corrected sentence on its way to a model that has learnt it; call these off the UI thread."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.store import drafts
from core.store.model_store import ModelStore
from gui.jobs.pair_files import remove_pairs, write_pairs
from gui.jobs.terminal_program import terminal_program
from gui.jobs.unfinished import tidy_unfinished
from gui.viewmodels.model_names import free_name


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a child needs to teach a sentence: a file with the pair, a name, a folder.

    The bundle ``name`` is put into ``draft`` until the user decides.
    """

    file: Path
    name: str
    draft: Path

    @property
    def model(self) -> Path:
        """The bundle's folder, once it was made."""
        return self.draft / self.name


def lesson_command(lesson: Lesson, base: str, strength: str) -> tuple[str, ...]:
    """The command line of the child that teaches the model ``base`` a lesson."""
    return terminal_program(
        "tune",
        str(lesson.file.resolve()),
        f"--base={base}",
        f"--name={lesson.name}",
        f"--out={lesson.draft}",
        f"--strength={strength}",
        "--lesson",
    )


def prepare_lesson(store: ModelStore, source: str, target: str, wish: str) -> Lesson:
    """Write the pair to a file, and find a name like ``wish`` that is free.

    Raises:
        AttuneError: nothing can be written, or the models cannot be listed.
    """
    from core.training.checks import Pair

    name = free_name(wish, _taken(store))
    file = write_pairs([Pair(1, source, target)], "lesson.tsv")
    try:
        return Lesson(file, name, drafts.new_draft())
    except BaseException:
        remove_pairs(file)
        raise


def keep_lesson(store: ModelStore, lesson: Lesson) -> str:
    """Make what was learnt one of the user's models; its name, another where that was taken.

    Raises:
        AttuneError: the models cannot be listed, or the folder cannot be moved.
    """
    name = free_name(lesson.name, _taken(store))
    name = drafts.keep_draft(store, lesson.model, name).name
    remove_pairs(lesson.file)
    return name


def undo_lesson(lesson: Lesson) -> None:
    """Delete all that is left of a lesson; its child must be gone.

    Raises:
        AttuneError: something cannot be deleted.
    """
    remove_pairs(lesson.file)
    tidy_unfinished(lesson.name, discarded=True)
    drafts.discard_draft(lesson.draft)


def _taken(store: ModelStore) -> list[str]:
    """Names that no new model can have."""
    from core.training.run_folder import unfinished_runs

    models = [card.name for card in store.list()]
    damaged = [path.name for path, _ in store.damaged()]
    return [*models, *damaged, *(run.name for run in unfinished_runs())]


class Preparations:
    """Lessons that were prepared in a thread, until its owner takes them."""

    def __init__(self) -> None:
        self._ready: list[Lesson] = []

    def prepare(self, store: ModelStore, source: str, target: str, wish: str) -> Lesson:
        """:func:`prepare_lesson`, remembered."""
        lesson = prepare_lesson(store, source, target, wish)
        self._ready.append(lesson)
        return lesson

    def take(self, lesson: Lesson) -> None:
        """``lesson`` has arrived; whoever takes it undoes it."""
        self._ready.remove(lesson)

    def undo(self) -> None:
        """Undo what arrives too late.

        Raises:
            AttuneError: something cannot be deleted.
        """
        for lesson in self._ready:
            undo_lesson(lesson)
