"""Which recurrent cells learn to remember over a gap: a child tries them, one after another."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from core.events import Discarded, Event, Failed, Message, Recalled
from core.model.parts import MODEL_PARTS
from gui.core_words import from_core
from gui.errors import Failure, describe_failed
from gui.jobs.child import ChildJob, Patience
from gui.jobs.run_chart_rendering import RunCurve
from gui.jobs.vanishing_command import vanishing_command

_CELL = next(part for part in MODEL_PARTS if part.name == "cell")
CELLS = tuple(choice.value for choice in _CELL.choices)
LOSS, RECALL = "loss", "recall"
LIMITS = {"gap": (1, 500), "steps": (50, 20_000)}
"""The least and the most blanks between symbols and answer, and updates of each cell."""
_MOST_DIGITS = 9  # of what is typed; int() takes no more than some thousands

Command = Callable[[Sequence[str], int, int, int], Sequence[str]]
# There is nothing to save, so the process may be ended a second after it was asked to.
_PATIENCE = Patience(discard=1_000, close=1_000)


def cell_title(cell: str) -> str:
    """What ``cell`` is called, in the core's words."""
    return _CELL.choice(cell).title


class Vanishing(QObject):
    """At most one trial at a time; what an earlier one has shown stays until the next.

    Args:
        threads: processors that it may use.
        command: the child's command line for cells, gap, updates and threads.
    """

    changed = Signal()

    def __init__(
        self, threads: int, command: Command = vanishing_command, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._threads, self._command = threads, command
        self._job: ChildJob | None = None
        self.cells: tuple[str, ...] = ("rnn-tanh", "gru", "lstm")
        self.numbers = {"gap": 20, "steps": 1000}
        self._wrong: set[str] = set()
        self.message = ""
        self.failure: Failure | None = None
        self.found: dict[str, list[Recalled]] = {}

    @property
    def busy(self) -> bool:
        """Whether a child is at it."""
        return self._job is not None

    @property
    def can_start(self) -> bool:
        """Whether there is something to try."""
        return not self.busy and bool(self.cells) and not self._wrong

    def set_cell(self, cell: str, wanted: bool) -> None:
        """Try ``cell``, or leave it out."""
        chosen = {*self.cells, cell} if wanted else {*self.cells} - {cell}
        self.cells = tuple(each for each in CELLS if each in chosen)
        self.changed.emit()

    def set_number(self, name: str, text: str) -> None:
        """Take what was typed for one of :data:`LIMITS`."""
        low, high = LIMITS[name]
        self._wrong.discard(name)
        digits = text.strip()
        if digits.isdecimal() and len(digits) <= _MOST_DIGITS and low <= int(digits) <= high:
            self.numbers[name] = int(digits)
        else:
            self._wrong.add(name)
        self.changed.emit()

    def wrong(self, name: str) -> bool:
        """Whether what was typed cannot be taken."""
        return name in self._wrong

    def start(self) -> None:
        """Try the cells anew."""
        if not self.can_start:
            return
        self.found, self.failure, self.message = {}, None, ""
        gap, steps = self.numbers["gap"], self.numbers["steps"]
        job = ChildJob(self._command(self.cells, gap, steps, self._threads), _PATIENCE, self)
        job.events.connect(self._on_events)
        job.ended.connect(self._on_ended)
        self._job = job
        job.start()
        self.changed.emit()

    def stop(self) -> None:
        """End it; what was shown stays."""
        if self._job is not None:
            self._job.discard()

    def shutdown(self) -> None:
        """End the child and wait for it."""
        if self._job is not None:
            self._job.shutdown()

    @property
    def progress(self) -> float:
        """From 0 to 1, over all cells."""
        done = sum(told[-1].step / told[-1].steps for told in self.found.values())
        return done / len(self.cells) if self.cells else 0.0

    def learning(self, kind: str, colors: Sequence[str]) -> tuple[RunCurve, ...]:
        """The loss of each cell by update, or the share that it recalls in per cent."""
        return tuple(
            RunCurve(
                from_core(cell_title(cell)),
                CELLS.index(cell),
                colors[CELLS.index(cell) % len(colors)],
                steps=tuple(one.step for one in told),
                values=tuple(one.loss if kind == LOSS else 100 * one.exact_match for one in told),
            )
            for cell, told in self.found.items()
        )

    def fading(self, colors: Sequence[str]) -> tuple[RunCurve, ...]:
        """The norm of the gradient by steps back from the loss, before a cell has learnt."""
        curves = []
        for cell, told in self.found.items():
            first = next((one for one in told if one.norms), None)
            known = [(at, norm) for at, norm in enumerate(first.norms if first else ()) if norm > 0]
            number = CELLS.index(cell)
            curves.append(
                RunCurve(
                    from_core(cell_title(cell)),
                    number,
                    colors[number % len(colors)],
                    steps=tuple(at for at, _ in known),
                    values=tuple(norm for _, norm in known),
                )
            )
        return tuple(curves)

    def _on_events(self, events: tuple[Event, ...]) -> None:
        for event in events:
            if isinstance(event, Recalled):
                self.found.setdefault(event.cell, []).append(event)
            elif isinstance(event, Message):
                self.message = event.text
            elif isinstance(event, Failed):
                self.failure = describe_failed(event)
            elif isinstance(event, Discarded):
                self.message = ""
        self.changed.emit()

    def _on_ended(self, _details: str) -> None:
        if self._job is not None:
            self._job.deleteLater()
            self._job = None
        self.changed.emit()
