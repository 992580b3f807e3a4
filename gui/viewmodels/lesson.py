"""A translation that the user corrects and teaches: the form, the run, what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from core.store.model_store import ModelStore
from gui.errors import Failure, describe_failed
from gui.jobs import engine, lessons
from gui.jobs.child import Patience
from gui.jobs.lessons import Lesson, lesson_command
from gui.jobs.library import LibraryThread
from gui.viewmodels.learning import Learning, RunState
from gui.viewmodels.lesson_findings import LessonFindings, Look
from gui.viewmodels.lesson_state import LessonState, Subject, problem_with
from gui.viewmodels.model_names import lesson_name
from gui.viewmodels.teaching_run import TeachingRun

MOST_OTHERS = 20  # sentences beside the taught one that are looked at again
STRONGEST = "strong"

Command = Callable[[Lesson, str, str], Sequence[str]]


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
        self._command = command
        self._preparations = lessons.Preparations()
        self._files = LibraryThread(self)
        self._files.answered.connect(self._on_answered)
        self._files.failed.connect(self._on_failed)
        self.findings = LessonFindings(look, self)
        self.findings.changed.connect(self._on_found)
        self.findings.failed.connect(self._on_not_found)
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
        self._stopped = False  # by the user, who was told that nothing is kept

    # -- what there is --------------------------------------------------------------------

    @property
    def learning(self) -> Learning | None:
        """The run, while it learns and after it was kept."""
        return self.run.learning

    @property
    def undecided(self) -> bool:
        """Whether closing the window would lose something."""
        safe = (LessonState.CLOSED, LessonState.WRITING, LessonState.KEEPING)
        return self.state not in safe and not self._stopped

    @property
    def mastered(self) -> bool:
        """Whether the taught model now says what it was taught."""
        learnt = self.findings.learnt
        return learnt is not None and learnt.translation.strip() == self.target

    @property
    def unchanged(self) -> bool:
        """Whether the model is as it was: nothing of what it learnt was kept."""
        kept = self.learning.finished if self.learning else None
        return kept is not None and not kept.best_step

    @property
    def forgot(self) -> bool:
        """Whether it is so because everyday sentences would have become worse."""
        kept = self.learning.finished if self.learning else None
        return self.unchanged and kept is not None and kept.ended_by == "forgetting"

    @property
    def worth_repeating(self) -> bool:
        """Whether teaching it again, more strongly, may help."""
        missed = self.findings.learnt is not None and not self.mastered and not self.forgot
        return missed and self.strength != STRONGEST

    def problem(self, target: str) -> str:
        """Why ``target`` cannot be taught, as a sentence; empty when it can."""
        return problem_with(self.subject, target)

    # -- asked by the page ----------------------------------------------------------------

    def open(self, subject: Subject) -> None:
        """Let the user correct a sentence, unless another is being taught."""
        if self.state not in (LessonState.CLOSED, LessonState.WRITING):
            return
        others = tuple(o for o in subject.others if o.source != subject.sentence.source)
        here = {subject.sentence.source, *(other.source for other in others)}
        pinned = tuple(sentence for sentence in subject.pinned if sentence not in here)
        self.subject = replace(subject, others=others[:MOST_OTHERS], pinned=pinned)
        self.target, self.failure = subject.shown, None
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
        self.findings.forget()
        self.run.learning = None
        wish = lesson_name(self.subject.base.name)
        source, prepare = self.subject.sentence.source, self._preparations.prepare
        self._files.ask("prepare", partial(prepare, self._store, source, self.target, wish))
        self._go(LessonState.LEARNING)

    def stop(self) -> None:
        """Learn no more, and keep nothing."""
        if self._drop_waiting() or self.state is LessonState.LOOKING:
            self._undo()
            self._go(LessonState.WRITING)
        elif self.state is LessonState.LEARNING:
            self._stopped = True
            self.run.discard()
            self.changed.emit()

    def keep(self) -> None:
        """Make what was learnt a model of the user's, which translates from now on."""
        if self.state is LessonState.TAUGHT and self._lesson is not None:
            self.findings.cancel()  # the folder moves
            self._files.ask("keep", partial(lessons.keep_lesson, self._store, self._lesson))
            self._go(LessonState.KEEPING)

    def undo(self) -> None:
        """Forget what was learnt."""
        if self.state is LessonState.TAUGHT:
            self._undo()
            self._go(LessonState.CLOSED)

    def forget(self) -> None:
        """Stop or undo the lesson, wherever it stands."""
        self.stop()
        self.undo()

    def shutdown(self) -> None:
        """End all work and wait for it; what was not kept goes."""
        self.run.discard()
        self.run.shutdown()
        self.findings.shutdown()
        kept = self._lesson if self.state is LessonState.KEEPING else None
        for lesson in (self._lesson, self._waiting, *self._leaving.values()):
            if lesson is not None and lesson is not kept:
                self._files.ask("undo", partial(lessons.undo_lesson, lesson))
        self._files.ask("undo", self._preparations.undo)
        self._files.shutdown()

    # -- the run --------------------------------------------------------------------------

    def _start(self, lesson: Lesson) -> None:
        if lesson.name in self._leaving and not self._stopped:
            self._waiting = lesson
            return
        self._lesson = lesson
        if self._stopped:
            self._undo()
            self._go(LessonState.WRITING)
            return
        base = self.subject.base.name if self.subject else ""
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
            self._give_up(describe_failed(learning.failure))
        elif learning.state is RunState.KEPT and self._stopped:  # it was done before it heard
            self._undo()
            self._go(LessonState.WRITING)
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
        self.findings.cancel()
        lesson, self._lesson = self._lesson, None
        if lesson is not None and self._leaving.get(lesson.name) is not lesson:
            self._files.ask("undo", partial(lessons.undo_lesson, lesson))

    def _drop_waiting(self) -> bool:
        """Undo the lesson that waits; whether there was one."""
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self._files.ask("undo", partial(lessons.undo_lesson, waiting))
        return waiting is not None

    # -- answers --------------------------------------------------------------------------

    def _ask_models(self, lesson: Lesson) -> None:
        assert self.subject is not None
        self.findings.ask(lesson.model, self.subject, self.target)
        self._go(LessonState.LOOKING)

    def _on_found(self) -> None:
        if self.state is LessonState.LOOKING and self.findings.learnt is not None:
            self.state = LessonState.TAUGHT
        self.changed.emit()

    def _on_not_found(self, failure: Failure) -> None:
        self.failure = failure
        self._go(LessonState.TAUGHT)

    def _on_answered(self, question: str, answer: object) -> None:
        if question == "prepare" and isinstance(answer, Lesson):
            self._preparations.take(answer)
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
        elif question == "prepare" or (self._waits_for_undo and self._drop_waiting()):
            self._give_up(failure)
        else:
            self.changed.emit()

    @property
    def _waits_for_undo(self) -> bool:
        return self._waiting is not None and self._waiting.name not in self._leaving

    def _go(self, state: LessonState) -> None:
        self.state = state
        self.changed.emit()
