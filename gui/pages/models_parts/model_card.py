"""The card of the chosen model: what it is, what it was taught, a note, what can be done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from gui.i18n import direction_name, tr
from gui.pages.models_parts.facts import Facts, model_facts, taught_facts
from gui.pages.models_parts.note_editor import NoteEditor
from gui.pages.models_parts.rename_form import RenameForm
from gui.pages.teach_steps.parts import button, scrolled
from gui.theme import LARGE, MEDIUM, SMALL, Theme, set_role
from gui.tips import plain_tip
from gui.viewmodels.library import Library
from gui.viewmodels.shelf import Entry
from gui.widgets.card import Card
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.label import label

_CAPTIONS = 140  # pixels: the column of captions
_NOTE, _NOTE_MOST = 84, 260  # pixels: the least and the most height of the note
_LONGEST = 16  # characters of a name on a button


class ModelCardView(Card):
    """Shows the library's chosen entry."""

    removed = Signal()  # the focus should leave: the button may go
    translate_asked = Signal()
    teach_asked = Signal()
    compare_asked = Signal()
    export_asked = Signal()

    def __init__(self, model: Library, theme: Theme) -> None:
        super().__init__()
        self._model = model
        self._theme = theme
        self.name = ElidedLabel()
        set_role(self.name, "title")
        self.about = label(role="muted")
        self.rename_form = RenameForm(model)
        self.facts, self.taught_facts = Facts(), Facts()
        self.taught_heading = label(tr("What it was taught"), "heading")
        self.note_heading = label(tr("Note"), "heading")
        self.note = NoteEditor(model)
        self._make_buttons()
        self._lay_out()
        model.chosen.connect(self._on_chosen)
        model.described.connect(self.refresh)
        model.listed.connect(self.refresh)
        theme.changed.connect(self.refresh)
        self.refresh()

    def _make_buttons(self) -> None:
        self.translate = self._button(tr("Translate with it"), self.translate_asked.emit, "primary")
        self.teach = self._button(tr("Teach it further"), self.teach_asked.emit)
        self.compare = self._button(tr("Compare…"), self.compare_asked.emit)
        self.receipt = self._button(tr("Receipt"), self._model.write_receipt)
        self.receipt.setToolTip(tr("How it was trained, as a page in your browser"))
        self.rename = self._button(tr("Rename…"), self.begin_renaming)
        self.rename.setToolTip("F2")
        self.export = self._button(tr("Export…"), self.export_asked.emit)
        self.export.setToolTip(tr("Save the model as one file, for another computer"))
        self.delete = self._button(tr("Delete"), self.remove, "danger")

    @staticmethod
    def _button(text: str, act: Callable[[], None], role: str = "") -> QPushButton:
        push = button(text, role)
        push.clicked.connect(lambda _down: act())
        return push

    def _lay_out(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(LARGE, LARGE, LARGE, LARGE)
        column.setSpacing(SMALL)
        column.addWidget(self.name)
        column.addWidget(self.rename_form)
        column.addWidget(self.about)
        column.addSpacing(SMALL)
        column.addLayout(FlowLayout(self.translate, self.teach, self.compare, self.receipt))
        column.addSpacing(MEDIUM)
        column.addWidget(self.facts)
        column.addSpacing(MEDIUM)
        column.addWidget(self.taught_heading)
        column.addWidget(self.taught_facts)
        column.addSpacing(MEDIUM)
        column.addWidget(self.note_heading)
        column.addWidget(self.note, 100)
        column.addStretch(1)
        line = QFrame()
        line.setProperty("role", "line")
        foot = FlowLayout(self.rename, self.export, self.delete, apart=True)
        foot.setContentsMargins(LARGE, MEDIUM, LARGE, MEDIUM)
        self.body.addWidget(scrolled(inner), 1)
        self.body.addWidget(line)
        self.body.addLayout(foot)

    def begin_renaming(self) -> None:
        """Ask for another name; the note as it was typed goes along."""
        self.note.save()
        self.rename_form.begin()

    def remove(self) -> None:
        """Move the model to the trash, with its note as it was typed."""
        self.note.save()
        self._model.delete()
        self.removed.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """A note is kept when the page goes."""
        self.note.save()
        super().hideEvent(event)

    def refresh(self) -> None:
        """Show what is known of the chosen model."""
        entry, details = self._model.entry, self._model.details
        self.setVisible(entry is not None)
        if entry is None:
            return
        sound = entry.card is not None
        self.name.setText(entry.name)
        self.about.setText(self._about(entry))
        set_role(self.about, "muted" if sound else "error")
        widest = self._theme.px(_CAPTIONS)
        self.facts.show_facts(model_facts(entry), widest)
        taught = taught_facts(details.taught) if details is not None and sound else ()
        self.taught_facts.show_facts(taught, widest)
        self.taught_heading.setVisible(bool(taught))
        buttons = (self.translate, self.teach, self.compare, self.receipt)
        for part in (self.note_heading, self.note, *buttons):
            part.setVisible(sound)
        self.note.setMinimumHeight(self._theme.px(_NOTE))
        self.note.setMaximumHeight(self._theme.px(_NOTE_MOST))
        self.note.show_entry(entry if sound else None)
        self._show_actions()

    def _about(self, entry: Entry) -> str:
        if entry.card is None:
            return tr("This folder holds no sound model.")
        words = [direction_name(*entry.direction)]
        words += [tr("built in")] if not entry.yours else []
        words += [tr("in use")] if self._model.in_use(entry) else []
        return " · ".join(words)

    def _show_actions(self) -> None:
        entry, model = self._model.entry, self._model
        if entry is None:
            return
        sound = entry.card is not None
        self.translate.setEnabled(not model.in_use(entry))
        tip = tr("It translates now") if model.in_use(entry) else tr("Enter, in the list")
        self.translate.setToolTip(tip)
        rival = any(e.direction == entry.direction and e.path != entry.path
                    for e in model.shelf.sound)  # fmt: skip
        self.compare.setEnabled(rival)
        tip = tr("With another model, on one sentence ({keys})", keys="Ctrl+M")
        self.compare.setToolTip(tip if rival else tr("There is no other model for these languages"))
        self.rename.setVisible(sound and entry.yours)
        self.export.setVisible(sound)
        self.delete.setVisible(entry.yours)
        self.delete.setEnabled(model.can_delete)
        back = model.goes_back_to
        shown = back if len(back) <= _LONGEST else f"{back[: _LONGEST - 1]}…"
        words = tr("Delete, go back to {name}", name=shown) if back else tr("Delete")
        self.delete.setText(words.replace("&", "&&"))  # one alone would underline a letter
        self.delete.setToolTip(plain_tip(self._delete_tip(back)))

    def _delete_tip(self, back: str) -> str:
        if not self._model.can_delete:
            return tr("The last model stays")
        if back:
            return tr("Moves this model to the trash; {name} translates again", name=back)
        return tr("Moves it to the trash; can be undone")

    def _on_chosen(self) -> None:
        self.rename_form.hide()
        self.refresh()
