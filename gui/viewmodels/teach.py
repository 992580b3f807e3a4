"""What the Teach page knows and may do: the file, its check, the form, the run. No widgets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui.errors import Failure
from gui.i18n import tr
from gui.jobs.check_command import second_pass_command
from gui.jobs.checking import Checking
from gui.jobs.child import Patience
from gui.jobs.tune_command import Wishes, resume_command, tune_command
from gui.settings import Settings
from gui.viewmodels.file_check import FileCheck, no_models
from gui.viewmodels.learning import Learning, RunState
from gui.viewmodels.run_duration import RunDuration
from gui.viewmodels.second_pass import Command as SecondPassCommand
from gui.viewmodels.second_pass import SecondPass
from gui.viewmodels.teach_step import TeachStep
from gui.viewmodels.teaching_run import TeachingRun
from gui.viewmodels.tune_form import TuneForm, few_pairs, too_few
from gui.viewmodels.unfinished_runs import UnfinishedRuns

if TYPE_CHECKING:
    from gui.viewmodels.pair_choice import PairChoice

Command = Callable[[Path, str, str, Wishes], Sequence[str]]
ResumeCommand = Callable[[str], Sequence[str]]


class TeachViewModel(QObject):
    """State of the page; lives in the UI thread and sends all work elsewhere.

    Args:
        settings: recent files, minutes, and the model that translates now.
        checking: reads files and lists models in a thread; the view model ends it.
        command: the child's command line for file, base, name and wishes.
        resume: the child's command line to go on with the run of this name.
        patience: how long the child may take to end.
        second_pass: the command line of the child that looks at the pairs; none for no such child.
    """

    changed = Signal()  # anything but the run, which tells of itself

    def __init__(
        self,
        settings: Settings,
        checking: Checking | None = None,
        command: Command = tune_command,
        patience: Patience | None = None,
        parent: QObject | None = None,
        *,
        resume: ResumeCommand = resume_command,
        second_pass: SecondPassCommand | None = second_pass_command,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._command, self._resume = command, resume
        self.run = TeachingRun(patience, self)
        self.run.kept.connect(self._on_kept)
        self.run.discarded.connect(self._on_discarded)
        self.step = TeachStep.FILE
        self.notice = ""
        self.duration = RunDuration(settings)
        self.writing = False  # the pairs that are to be learnt, before the start
        self.form = TuneForm(settings, self)
        self.form.changed.connect(self.changed)
        self.form.turned.connect(self._on_turned)
        self._checking = checking or Checking(parent=self)
        second = SecondPass(self._checking, self._free_model, second_pass, self)
        self.pairs = FileCheck(settings, self._checking, second, self)
        self.pairs.changed.connect(self.changed)
        self.unfinished = UnfinishedRuns(self._checking, self)
        self.unfinished.changed.connect(self._on_unfinished)
        self._files: dict[str, Path] = {}  # written for the runs of these names
        self.run.gone.connect(self._on_gone)
        self._checking.written.connect(self._on_written)
        self._checking.write_failed.connect(self._on_write_failed)
        self._checking.models_listed.connect(self.form.take_models)
        self._checking.models_failed.connect(self._on_models_failed)

    # -- where we are ---------------------------------------------------------------------

    def reachable(self, step: TeachStep) -> bool:
        """Whether ``step`` has something to show."""
        if step is TeachStep.CHECK:
            return self.file is not None
        if step is TeachStep.LEARN:
            return self.learning is not None
        if step is TeachStep.RESULT:
            return self.learning is not None and self.learning.state is RunState.KEPT
        return True

    def go(self, step: TeachStep) -> None:
        """Show ``step`` if it has something to show."""
        if step is not self.step and self.reachable(step):
            self.step, self.notice = step, ""
            self.changed.emit()

    def back(self) -> None:
        """Show the step before this one."""
        self.go(TeachStep(max(0, self.step - 1)))

    @property
    def learning(self) -> Learning | None:
        """The run that is under way or was the last; none after a discard."""
        return self.run.learning

    # -- file and check -------------------------------------------------------------------

    @property
    def file(self) -> Path | None:
        """The file to teach; the first of two aligned ones."""
        return self.pairs.paths[0] if self.pairs.paths else None

    @property
    def choice(self) -> PairChoice | None:
        """What the check has found, less what the user has dropped."""
        return self.pairs.choice

    @property
    def checking(self) -> bool:
        """Whether the file is being checked."""
        return self.pairs.busy

    @property
    def problem(self) -> Failure | None:
        """Why there is nothing to learn from."""
        return self.pairs.problem

    def load_models(self) -> None:
        """Ask for the models that can learn."""
        self._checking.list_models()

    def choose(self, *paths: Path) -> None:
        """Take a file to teach, or two whose lines belong together, and check it."""
        self.pairs.choose(*paths)
        self.notice = ""
        self.form.suggest_name(paths[0])
        self.step = TeachStep.CHECK
        self.check()

    def check(self) -> None:
        """Check the file (again); waits for the models, which tell the languages."""
        if self.file is not None and self.form.models is None:
            self.pairs.busy, self.pairs.problem = True, None
            self.load_models()
        elif self.file is not None and self.form.base is None:
            self.pairs.fail(no_models())
        elif self.file is not None:
            self.pairs.check(*self.form.direction)
        self.changed.emit()

    def put_right(self) -> None:
        """Turn the pairs whose sides are swapped."""
        if self.form.base is not None:
            self.pairs.put_right(*self.form.direction)

    def cancel_check(self) -> None:
        """Give up checking; without an earlier check, go back to the choice of a file."""
        self.pairs.cancel()
        if self.choice is None:
            self.step = TeachStep.FILE
            self.pairs.choose()
        self.changed.emit()

    def refuse(self, what: str, remedy: str) -> None:
        """Say on the first step why a choice cannot be taken."""
        self.pairs.choose()
        self.pairs.fail(Failure(what, remedy))
        self.step = TeachStep.FILE
        self.changed.emit()

    # -- run ------------------------------------------------------------------------------

    def start_problem(self) -> str:
        """Why learning cannot start, as a sentence; empty when it can."""
        if self.run.busy:
            return tr("A model is learning now.")
        if self.form.base is None:
            return no_models().sentence
        few = too_few(self.choice.count) if self.choice is not None else ""
        return few or self.form.name_problem() or self.form.wish_problem()

    def start_remark(self) -> str:
        """What to know before learning starts."""
        if self.choice is None or not self.choice.count:
            return ""
        duration = self.duration.words(self.choice.count, self.form.wishes.minutes)
        return f"{duration} {few_pairs(self.choice.count)}".rstrip()

    @property
    def can_start(self) -> bool:
        """Whether all is there that a run needs."""
        ready = self.choice is not None and self.form.base is not None
        return ready and not (self.checking or self.writing) and not self.start_problem()

    def start(self) -> None:
        """Start learning; the pairs are written first where no file holds just them."""
        if not self.can_start or self.file is None or self.choice is None:
            return
        self.notice = ""
        if self.pairs.plain:
            self._start(self.file)
            return
        self.writing = True
        self._checking.write(self.choice, f"{self.file.name.split('.')[0]}.tsv")
        self.changed.emit()

    def _start(self, file: Path) -> None:
        """Start a child that learns ``file``, and show it."""
        base, name = self.form.base, self.form.name.strip()
        assert base is not None
        self.step = TeachStep.LEARN
        self.duration.begin()
        command = self._command(file, base.name, name, self.form.wishes)
        self.run.start(Learning(name, base.name), command)
        self.changed.emit()

    def go_on(self, name: str) -> None:
        """Go on with the unfinished run ``name`` in a child process and show it."""
        run = self.unfinished.find(name)
        if run is None or self.run.busy:
            return
        self.step = TeachStep.LEARN
        self.notice = ""
        self.duration.forget()
        self.run.start(Learning(run.name, run.base), self._resume(run.name))
        self.unfinished.take(run.name)

    def again(self) -> None:
        """Back to the form with the same file and a name that is free."""
        self.form.suggest_name(self.form.name.strip() or "model")
        self.step = TeachStep.CHECK if self.file is not None else TeachStep.FILE
        self.notice = ""
        self.changed.emit()

    def shutdown(self) -> None:
        """End the run, the second pass and the threads, and wait for them."""
        self.pairs.second.shutdown()
        self.run.shutdown()
        self._checking.shutdown()

    # -- answers --------------------------------------------------------------------------

    def _on_kept(self, name: str) -> None:
        if self.learning is not None:
            self.duration.end(self.learning)
        if self.step is TeachStep.LEARN:
            self.step = TeachStep.RESULT
        self.load_models()
        self.changed.emit()

    def _on_discarded(self, name: str) -> None:
        if self.step is TeachStep.LEARN:
            self.step = TeachStep.CHECK if self.file is not None else TeachStep.FILE
        self.notice = tr("Discarded. Nothing of {name} was kept.", name=name)
        self.changed.emit()

    def _on_gone(self, name: str, discarded: bool) -> None:
        self.unfinished.tidy(name, discarded)
        self.pairs.second.go_on()
        if name in self._files:
            self._checking.remove(self._files.pop(name))

    def _on_unfinished(self) -> None:
        self.form.unfinished = self.unfinished.names
        run = self.learning
        if run is not None and run.state.ended and self.form.name.strip() == run.name:
            self.form.suggest_name(run.name)  # it may have left its name behind
        self.changed.emit()

    def _on_written(self, file: Path) -> None:
        self.writing = False
        if self.can_start:
            self._files[self.form.name.strip()] = file
            self._start(file)
        self.changed.emit()

    def _on_write_failed(self, problem: Failure) -> None:
        self.writing = False
        self.notice = problem.text
        self.changed.emit()

    def _on_turned(self) -> None:
        if self.checking or self.choice is not None or self.problem is not None:
            self.check()

    def _free_model(self) -> str:
        """The model that can look at pairs, as long as none learns: there are but so many cores."""
        return self.form.base.name if self.form.base and not self.run.busy else ""

    def _on_models_failed(self, problem: Failure) -> None:
        self.pairs.fail(problem)
        self.changed.emit()
