"""Where a window stands: what has to be known where something that was awaited did not come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QWidget

from gui.pages.translate_parts.lesson_panel import LessonPanel

if TYPE_CHECKING:
    from gui.app import Composition


def standing(parts: Composition) -> str:
    """State of the view model, its thread, the lesson, the settings and the focus, a line each."""
    window, thread, settings = parts.window, parts.thread, parts.settings
    model = window.translate.model
    panel = window.findChild(LessonPanel)
    lesson, run = panel.model, panel.model.learning
    notice = window.translate.model_notice
    lines = (
        f"status: {model.status}, failure: {model.failure}, request {model._number}, "
        f"loading: {model._loading}, to be translated soon: {model._debounce.isActive()}",
        f"thread: runs {thread.isRunning()}, newest {thread._newest}, "
        f"waiting {list(thread._mailbox._waiting)}, asked aside {list(thread._asides)}, "
        f"model {thread._model}",
        f"models: {[card.name for card in parts.models.cards]}, current {parts.models.current}, "
        f"chosen {settings.model.value!r}, notice: {_said(notice, notice.text)}",
        f"lesson: {lesson.state}, run {run.state if run else None}",
        f"settings: live {settings.live.value}, beam {settings.beam.value}, "
        f"recognises the language {settings.follow_typing.value}",
        f"focus: {_name(QApplication.focusWidget())}, "
        f"popup: {_name(QApplication.activePopupWidget())}, "
        f"modal: {_name(QApplication.activeModalWidget())}, active: {window.isActiveWindow()}, "
        f"page shown: {window.translate.isVisible()}",
        f"text: {window.translate.source.editor.text[:200]!r}, known as {model.text[:200]!r}",
    )
    return "\n".join(lines)


def _said(widget: QWidget, text: str) -> str:
    return repr(text) if widget.isVisible() else "none"


def _name(widget: QWidget | None) -> str:
    return "none" if widget is None else f"{type(widget).__name__} {widget.objectName()}".strip()
