"""The state of the page of models: what there is, what is chosen, what was done; no widgets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from core.store.model_store import ModelCard, ModelStore
from core.store.trash import DeletedModel
from gui.errors import Failure
from gui.i18n import data_size, tr
from gui.jobs import model_files
from gui.jobs.library import LibraryThread
from gui.jobs.model_files import Removal, Renaming
from gui.viewmodels.model_names import name_problem
from gui.viewmodels.models import Models
from gui.viewmodels.shelf import Details, Entry, Shelf

_AT_ONCE = ("list", "details", "note")  # what no one waits for
_LOOKS = 2  # one that runs may have missed what just changed; one that waits will not


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence above the page; ``undo`` offers to bring back what went."""

    text: str
    tone: str = "info"
    undo: bool = False


class Library(QObject):
    """Lists the models and works on the chosen one.

    Signals:
        listed(): :attr:`shelf` is new; the chosen entry may be too.
        chosen(): another entry is chosen.
        described(): :attr:`details` are there.
        noticed(): :attr:`notice` is new, or gone.
        busy_changed(): something that takes time began or ended.
        receipt_written(Path): a page to open.
    """

    listed = Signal()
    chosen = Signal()
    described = Signal()
    noticed = Signal()
    busy_changed = Signal()
    receipt_written = Signal(object)

    def __init__(
        self,
        models: Models,
        store: ModelStore | None = None,
        thread: LibraryThread | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._models = models
        self._store = store or ModelStore()
        self._thread = thread or LibraryThread(self)
        self.shelf = Shelf()
        self.entry: Entry | None = None
        self.details: Details | None = None
        self.notice: Notice | None = None
        self.pending: list[str] = []  # questions without an answer yet
        self._removed: Removal | None = None
        self._wanted = ""  # the name of what is to be chosen as soon as it is listed
        self._answers: dict[str, Callable[..., None]] = {
            "list": self._on_listed,
            "details": self._on_described,
            "note": lambda _: None,
            "delete": self._on_deleted,
            "restore": self._on_restored,
            "back": self._on_back,
            "empty": self._on_emptied,
            "rename": self._on_renamed,
            "export": self._on_exported,
            "import": self._on_imported,
            "receipt": self.receipt_written.emit,
        }
        self._thread.answered.connect(self._on_answered)
        self._thread.failed.connect(self._on_failed)
        models.listed.connect(self.refresh)
        models.current_changed.connect(self.listed)

    # -- what there is ----------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        """Whether something that takes time is under way."""
        return any(question not in _AT_ONCE for question in self.pending)

    def refresh(self) -> None:
        """Look again what there is."""
        if self.pending.count("list") < _LOOKS:
            self._ask("list", partial(model_files.list_shelf, self._store))

    def choose(self, entry: Entry | None) -> None:
        """Show ``entry``."""
        if entry == self.entry:
            return
        moved = entry is None or self.entry is None or entry.path != self.entry.path
        self.entry = entry
        if moved:
            self.details = None
        self._describe()
        self.chosen.emit()

    def in_use(self, entry: Entry) -> bool:
        """Whether ``entry`` translates now."""
        current = self._models.current
        return current is not None and entry.card is not None and current.path == entry.path

    # -- what can be done -------------------------------------------------------------------

    @property
    def can_delete(self) -> bool:
        """Whether the chosen entry may go: it is the user's, and not the last that translates."""
        entry = self.entry
        if entry is None or not entry.yours:
            return False
        return entry.card is None or len(self.shelf.sound) > 1

    @property
    def goes_back_to(self) -> str:
        """The parent that translates again when the chosen model goes; else empty."""
        entry = self.entry
        if entry is None or not self.can_delete or not self.in_use(entry):
            return ""
        instead = self.shelf.instead_of(entry)
        return instead.name if instead is not None and instead.name == entry.parent else ""

    def delete(self) -> None:
        """Move the chosen entry to the trash; what is in use gives way to its parent."""
        entry = self.entry
        if entry is None or not self.can_delete:
            return
        used = self.in_use(entry) or self._models.current is None  # the damaged one was chosen
        instead = self.shelf.instead_of(entry) if used else None
        removal = Removal(entry.name, instead.name if instead else "")
        self._ask_once("delete", partial(model_files.delete_model, self._store, removal))

    def undo(self) -> None:
        """Bring back what was deleted last; it translates again if it did."""
        removal, self._removed = self._removed, None
        if removal is not None:
            self._say(None)
            self._ask("restore", partial(model_files.restore_model, self._store, removal))

    def bring_back(self, model: DeletedModel) -> None:
        """Bring back what was deleted some time ago."""
        restore = partial(model_files.restore_model, self._store, Removal(model.name), model.path)
        self._ask_once("back", restore)

    def empty_trash(self) -> None:
        """Delete for good what is listed as deleted."""
        self._ask_once("empty", partial(model_files.empty_trash, self._store, self.shelf.deleted))

    def write_note(self, entry: Entry, text: str) -> None:
        """Keep ``text`` as the note about ``entry``."""
        if self.details is not None and self.details.path == entry.path:
            if text == self.details.note:
                return
            self.details = self.details.with_note(text)
        self._ask("note", partial(model_files.write_note, self._store, entry.name, text))

    def rename_problem(self, name: str) -> str:
        """Why the chosen model cannot be called ``name``, as a sentence; empty when it can."""
        own = self.entry.name if self.entry is not None else ""
        return name_problem(name, [taken for taken in self.shelf.names if taken != own])

    def rename(self, name: str) -> None:
        """Call the chosen model ``name``."""
        entry = self.entry
        if entry is None or not entry.yours or name == entry.name or self.rename_problem(name):
            return
        renaming = Renaming(entry.name, name)
        self._ask_once("rename", partial(model_files.rename_model, self._store, renaming))

    def export(self, path: Path) -> None:
        """Write the chosen model to the file ``path``."""
        if self.entry is not None and self.entry.card is not None:
            self._ask_once("export", partial(model_files.export_to, self.entry.card, path))

    def take(self, path: Path) -> None:
        """Make the model in the file ``path`` one of the user's."""
        self._ask("import", partial(model_files.import_from, self._store, path))

    def write_receipt(self) -> None:
        """Write the chosen model's receipt; ``receipt_written`` tells where."""
        if self.entry is not None and self.entry.card is not None:
            self._ask_once("receipt", partial(model_files.write_receipt, self.entry.card))

    def say_failure(self, failure: Failure) -> None:
        """Show ``failure`` above the page."""
        self._say(Notice(failure.text, "error"))

    def dismiss(self) -> None:
        """The notice was read."""
        self._removed = None
        self._say(None)

    def shutdown(self) -> None:
        """Wait for what is under way and end the thread."""
        self._thread.shutdown()

    # -- answers ----------------------------------------------------------------------------

    def _ask(self, question: str, function: Callable[[], object]) -> None:
        self.pending.append(question)
        self._thread.ask(question, function)
        self.busy_changed.emit()

    def _ask_once(self, question: str, function: Callable[[], object]) -> None:
        """Ask, unless a second click came before the answer to the first."""
        if question not in self.pending:
            self._ask(question, function)

    def _on_answered(self, question: str, outcome: object) -> None:
        self.pending.remove(question)
        self._answers[question](outcome)
        self.busy_changed.emit()

    def _on_failed(self, question: str, failure: Failure) -> None:
        self.pending.remove(question)
        self.say_failure(failure)
        if question != "list":
            self.refresh()  # it may have changed behind the program's back
        self.busy_changed.emit()

    def _on_listed(self, shelf: Shelf) -> None:
        places = [e.path for e in self.shelf.entries]
        place = places.index(self.entry.path) if self.entry and self.entry.path in places else 0
        self.shelf = shelf
        entry = shelf.named(self._wanted) if self._wanted else None
        if entry is None and self.entry is not None:
            entry = next((e for e in shelf.entries if e.path == self.entry.path), None)
        if entry is None and self.entry is None:
            entry = next((e for e in shelf.entries if self.in_use(e)), None)
        if entry is None and shelf.entries:
            entry = shelf.entries[min(max(place - 1, 0), len(shelf.entries) - 1)]
        self._wanted = ""
        self.listed.emit()
        self.choose(entry)

    def _describe(self) -> None:
        if self.entry is not None and self.entry.card is not None:
            card = self.entry.card
            self._ask("details", partial(model_files.read_details, self._store, card))

    def _on_described(self, details: Details) -> None:
        if self.entry is None or self.entry.path != details.path:
            return
        self.details = details
        if details.trouble is not None:
            self.say_failure(details.trouble)
        self.described.emit()

    def _on_deleted(self, removal: Removal) -> None:
        self._removed = removal
        words = tr("{name} is in the trash.", name=removal.name)
        if removal.instead:
            words = tr("{name} is in the trash. {other} translates now.",
                       name=removal.name, other=removal.instead)  # fmt: skip
            self._models.choose(removal.instead)
        self._say(Notice(words, undo=True))
        self._changed(removal.instead)

    def _on_restored(self, removal: Removal) -> None:
        if removal.instead:
            self._models.choose(removal.name)
        self._changed(removal.name)

    def _on_back(self, removal: Removal) -> None:
        self._say(Notice(tr("{name} is back.", name=removal.name)))
        self._changed(removal.name)

    def _on_emptied(self, freed: int) -> None:
        self._say(Notice(tr("The trash is empty; {size} are free again.", size=data_size(freed))))
        self.refresh()

    def _on_renamed(self, renaming: Renaming) -> None:
        current = self._models.current
        if current is not None and current.name == renaming.name:
            self._models.choose(renaming.new)
        self._changed(renaming.new)

    def _on_exported(self, path: Path) -> None:
        self._say(Notice(tr("Exported to {path}.", path=path)))

    def _on_imported(self, card: ModelCard) -> None:
        self._say(Notice(tr("{name} was imported.", name=card.name)))
        self._changed(card.name)

    def _changed(self, wanted: str) -> None:
        """The files changed: look again, here and in the whole window."""
        self._wanted = wanted
        self._ask("list", partial(model_files.list_shelf, self._store))
        self._models.refresh()

    def _say(self, notice: Notice | None) -> None:
        if notice is None or not notice.undo:
            self._removed = None
        self.notice = notice
        self.noticed.emit()
