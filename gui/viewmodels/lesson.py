"""A translation that the user corrects and teaches: the form, the run, what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from core.store.model_store import ModelStore
from core.translation.result import Translation
from gui.errors import Failure
from gui.i18n import tr
from gui.jobs import engine, lessons
from gui.jobs.child import Patience
from gui.jobs.lessons import Lesson, lesson_command
from gui.jobs.library import LibraryThread
from gui.jobs.other_models import Aligned, OtherModels, Translated
from gui.viewmodels.learning import Learning, RunState
from gui.viewmodels.lesson_state import LessonState, Subject, difference
from gui.viewmodels.model_names import lesson_name
from gui.viewmodels.teaching_run import TeachingRun

MOST_OTHERS = 20  # sentences beside the taught one that are looked at again

Command = Callable[[Lesson, str, str], Sequence[str]]
Look = Callable[..., Iterator[object]]


class LessonViewModel(QObject):
    """Lives in the UI thread; at most one lesson at a time.

    Args:
        store: where models are.
        command: the child's command line for lesson, base and strength.
        look: what is asked of both models afterwards; see ``gui.jobs.engine.look_at_lesson``.
        patience: how long the child may take to end.

    Signals:
        changed(): anything.
        kept(str): the model of this name was made and is to translate.
    """

    changed = Signal()
    kept = Signal(str)

    def __init__(
        self,
        store: ModelStore | None = None,
        command: Command = lesson_command,
        look: Look = engine.look_at_lesson,
        patience: Patience | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store or ModelStore()
        self._command, self._look = command, look
        self._files = LibraryThread(self)
        self._files.answered.connect(self._on_answered)
        self._files.failed.connect(self._on_failed)
        self._models = OtherModels(self)
        self._models.found.connect(self._on_found)
        self._models.answered.connect(self._on_looked)
        self._models.failed.connect(self._on_not_looked)
        self.run = TeachingRun(patience, self)
        self.run.changed.connect(self._on_run)
        self.run.gone.connect(self._on_gone)
        self.state = LessonState.CLOSED
        self.subject: Subject | None = None
        self.target = ""
        self.strength = "normal"
        self.failure: Failure | None = None
        self._lesson: Lesson | None = None  # being taught, or waiting to be kept
        self._leaving: dict[str, Lesson] = {}  # whose child is still there, by name
        self._waiting: Lesson | None = None  # for a child that has its name
        self._stopped = False  # before the child was there
        self._ticket = 0
        self._forget_findings()

    def _forget_findings(self) -> None:
        self.learnt: Translation | None = None
        self.others: tuple[tuple[Translation, Translation], ...] = ()
        self.attention: Translation | None = None

    # -- what there is --------------------------------------------------------------------

    @property
    def learning(self) -> Learning | None:
        """The run, while it learns and after it was kept."""
        return self.run.learning

    @property
    def undecided(self) -> bool:
        """Whether closing the window would lose something."""
        return self.state not in (LessonState.CLOSED, LessonState.WRITING, LessonState.KEEPING)

    @property
    def mastered(self) -> bool:
        """Whether the taught model now says what it was taught."""
        return self.learnt is not None and self.learnt.translation.strip() == self.target

    @property
    def forgot(self) -> bool:
        """Whether nothing was kept of it, for everyday sentences would have become worse."""
        kept = self.learning.finished if self.learning else None
        return kept is not None and not kept.best_step

    @property
    def changed_others(self) -> tuple[tuple[Translation, Translation], ...]:
        """The other sentences whose translations differ: before and after."""
        return tuple(p for p in self.others if p[0].translation != p[1].translation)

    def problem(self, target: str) -> str:
        """Why ``target`` cannot be taught, as a sentence; empty when it can."""
        if not target.strip():
            return tr("Write how it should be translated.")
        if self.subject is not None and target.strip() == self.subject.sentence.translation:
            return tr("It says that already.")
        return ""

    # -- asked by the page ----------------------------------------------------------------

    def open(self, subject: Subject) -> None:
        """Let the user correct a sentence, unless another is being taught."""
        if self.state not in (LessonState.CLOSED, LessonState.WRITING):
            return
        others = tuple(o for o in subject.others if o.source != subject.sentence.source)
        self.subject = replace(subject, others=others[:MOST_OTHERS])
        self.target, self.failure = subject.sentence.translation, None
        self._go(LessonState.WRITING)

    def close(self) -> None:
        """Correct nothing after all."""
        if self.state is LessonState.WRITING:
            self.failure = None
            self._go(LessonState.CLOSED)

    def teach(self, target: str, strength: str = "normal") -> None:
        """Have the model learn ``target``; what it learnt before is forgotten."""
        if self.subject is None or self.problem(target):
            return
        if self.state is LessonState.TAUGHT:
            self._undo()
        elif self.state is not LessonState.WRITING:
            return
        self.target, self.strength, self.failure = target.strip(), strength, None
        self._stopped = False
        self._forget_findings()
        self.run.learning = None
        wish = lesson_name(self.subject.base.name)
        source = self.subject.sentence.source
        self._files.ask(
            "prepare", partial(lessons.prepare_lesson, self._store, source, self.target, wish)
        )
        self._go(LessonState.LEARNING)

    def stop(self) -> None:
        """Learn no more, and keep nothing."""
        if self.state is LessonState.LOOKING:
            self._undo()
            self._go(LessonState.WRITING)
        elif self.state is LessonState.LEARNING:
            self._stopped = True
            self.run.discard()
            self.changed.emit()

    def keep(self) -> None:
        """Make what was learnt a model of the user's, which translates from now on."""
        if self.state is LessonState.TAUGHT and self._lesson is not None:
            self._look_no_more()  # the folder moves
            self._files.ask("keep", partial(lessons.keep_lesson, self._store, self._lesson))
            self._go(LessonState.KEEPING)

    def undo(self) -> None:
        """Forget what was learnt."""
        if self.state is LessonState.TAUGHT:
            self._undo()
            self._go(LessonState.CLOSED)

    def shutdown(self) -> None:
        """End all work and wait for it; what was not kept goes."""
        self.run.discard()
        self.run.shutdown()
        self._models.shutdown()
        for lesson in (self._lesson, self._waiting, *self._leaving.values()):
            if lesson is not None and self.state is not LessonState.KEEPING:
                self._files.ask("undo", partial(lessons.undo_lesson, lesson))
        self._files.shutdown()

    # -- the run --------------------------------------------------------------------------

    def _start(self, lesson: Lesson) -> None:
        if lesson.name in self._leaving:
            self._waiting = lesson
            return
        base = self.subject.base.name if self.subject else ""
        self._lesson = lesson
        if self._stopped:
            self._undo()
            self._go(LessonState.WRITING)
            return
        learning = Learning(lesson.name, base)
        self._leaving[lesson.name] = lesson
        self.run.start(learning, self._command(lesson, base, self.strength))

    def _on_run(self) -> None:
        learning = self.run.learning
        if self.state is not LessonState.LEARNING or self._lesson is None:
            return
        if learning is None or learning.state in (RunState.DISCARDED, RunState.LEFT):
            self._give_up(None)
        elif learning.state is RunState.FAILED and learning.failure is not None:
            said = learning.failure
            place = f"{said.where}: " if said.where else ""
            self._give_up(Failure(f"{place}{said.what}.", said.remedy))
        elif learning.state is RunState.KEPT:
            self._ask_models(self._lesson)
        else:
            self.changed.emit()

    def _give_up(self, failure: Failure | None) -> None:
        """Nothing was learnt; what is left of it goes with its child."""
        self.failure, self._lesson = failure, None
        self._go(LessonState.WRITING)

    def _on_gone(self, name: str, _discarded: bool) -> None:
        lesson = self._leaving.pop(name, None)
        if lesson is not None and lesson is not self._lesson:
            self._files.ask("undo", partial(lessons.undo_lesson, lesson))

    def _undo(self) -> None:
        """Delete what was learnt, at once or when its child is gone."""
        self._look_no_more()
        lesson, self._lesson = self._lesson, None
        if lesson is not None and self._leaving.get(lesson.name) is not lesson:
            self._files.ask("undo", partial(lessons.undo_lesson, lesson))

    def _look_no_more(self) -> None:
        self._models.cancel()
        self._ticket = 0

    # -- answers --------------------------------------------------------------------------

    def _ask_models(self, lesson: Lesson) -> None:
        subject = self.subject
        assert subject is not None
        sources = tuple(other.source for other in subject.others)
        pair = subject.sentence.source, self.target
        work = partial(self._look, lesson.model, subject.base.path, pair, sources, subject.beam)
        self._ticket = self._models.ask(work)
        self._go(LessonState.LOOKING)

    def _on_found(self, ticket: int, found: Translated | Aligned) -> None:
        if ticket != self._ticket or self.subject is None:
            return
        if isinstance(found, Aligned):
            self.attention = difference(found)
        elif self.learnt is None:
            self.learnt = found.translations[0]
            self._go(LessonState.TAUGHT)
        else:
            self.others = tuple(zip(self.subject.others, found.translations, strict=True))
        self.changed.emit()

    def _on_looked(self, ticket: int) -> None:
        if ticket == self._ticket:
            self.changed.emit()

    def _on_not_looked(self, ticket: int, failure: Failure) -> None:
        if ticket == self._ticket:
            self.failure = failure
            self._go(LessonState.TAUGHT)

    def _on_answered(self, question: str, answer: object) -> None:
        if question == "prepare" and isinstance(answer, Lesson):
            self._start(answer)
        elif question == "undo" and self._waiting is not None:
            waiting, self._waiting = self._waiting, None
            self._start(waiting)
        elif question == "keep":
            self._lesson = None
            self._go(LessonState.CLOSED)
            self.kept.emit(str(answer))

    def _on_failed(self, question: str, failure: Failure) -> None:
        self.failure = failure
        if question == "keep":
            self._go(LessonState.TAUGHT)
        elif question == "prepare":
            self._give_up(failure)
        else:
            self.changed.emit()

    def _go(self, state: LessonState) -> None:
        self.state = state
        self.changed.emit()
