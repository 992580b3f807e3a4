"""Acts of translating: typing, pasting, dropping, changing one's mind, going the other way."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QKeySequence
from PySide6.QtTest import QTest

from gui.viewmodels.links import Side
from gui.widgets.alternatives_popover import AlternativesPopover
from tests.soak import texts
from tests.soak.standing import standing
from tests.soak.user import User, Wait, pause

_ODD_SPACES = str.maketrans({"\u2028": "\n", "\u2029": "\n", "\u00a0": " "})  # as Qt gives them


def _settled(user: User) -> bool:
    status = user.page.model.status
    return status.phase in ("idle", "stopped") and not status.waiting


def until_translated(user: User) -> Wait:
    """Until what was asked has come back."""
    return Wait(lambda: _settled(user), user.patience, "a translation")


def check(user: User) -> None:
    """What holds whenever nothing is under way."""
    page = user.page
    shown, kept = page.target.view.toPlainText(), page.model.segments.output
    if shown.translate(_ODD_SPACES) != kept.translate(_ODD_SPACES):
        user.note(f"the pane shows {shown!r}, the translation is {kept!r}")
    if page.model.text != page.source.editor.text:
        user.note(f"{page.source.editor.text!r} was typed, {page.model.text!r} is known")
    if page.model.failure is not None:
        user.note(f"a translation failed: {page.model.failure}\n{standing(user.parts)}")
        page.model.retry()


def _translate(user: User, text: str) -> Iterator[Wait]:
    editor, before = user.page.source.editor, user.came
    editor.replace_text(text)
    if text.isspace() or not text:
        return
    QTest.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    if not user.page.model.status.waiting:  # a window that is not active takes no shortcuts
        user.page.model.translate()
    # Or it was told why not, which `check` tells in turn.
    yield Wait(
        lambda: (user.came > before or user.page.model.failure is not None) and _settled(user),
        user.patience,
        "a translation",
    )
    check(user)


def translate(user: User, random: Random) -> Iterator[Wait]:
    """One text in the place of the one before."""
    if user.window.rail.isVisible() and not user.page.isVisible():
        user.open("translate")
    yield from _translate(user, texts.any_text(random, user.language))


def type_by_key(user: User, random: Random) -> Iterator[Wait]:
    """Letter by letter, with pauses in which it translates by itself."""
    user.open("translate")
    editor = user.page.source.editor
    editor.replace_text("")
    for character in texts.sentence(random, "en"):
        QTest.keyClick(editor, character)
        if random.random() < 0.1:
            yield pause(random.uniform(0, 0.3))
    user.press([Qt.Key.Key_Backspace] * random.randrange(4))
    yield pause(0.25)  # it waits for quiet, then translates
    yield until_translated(user)
    check(user)


def paste(user: User, random: Random) -> Iterator[Wait]:
    """A document from the clipboard; now and then what was there stays."""
    user.open("translate")
    editor = user.page.source.editor
    if random.random() < 0.8 or len(editor.text) > 5_000:
        editor.replace_text("")
    QGuiApplication.clipboard().setText(texts.document(random, user.language))
    editor.paste()
    yield pause(random.uniform(0, 0.3))
    user.page.model.translate()
    yield until_translated(user)
    check(user)
    editor.selectAll()
    editor.copy()
    user.page.copy()


def stop(user: User, random: Random) -> Iterator[Wait]:
    """Begin a document and give it up, by a key or the button."""
    user.open("translate")
    editor = user.page.source.editor
    editor.replace_text(texts.document(random, user.language))
    QTest.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    yield pause(random.uniform(0, 0.8))
    if not (user.page.model.stoppable and user.click(user.page.source.button)):
        QTest.keyClick(editor, Qt.Key.Key_Escape)
    yield Wait(lambda: _settled(user), user.patience, "the end of what was stopped")
    check(user)


def change_mind(user: User, random: Random) -> Iterator[Wait]:
    """Ask for one text after another before the first has come."""
    user.open("translate")
    editor = user.page.source.editor
    for _ in range(random.randrange(2, 6)):
        editor.replace_text(texts.any_text(random, user.language))
        if random.random() < 0.7:
            user.page.model.translate()
        yield pause(random.uniform(0, 0.08))
    user.page.model.translate()
    yield until_translated(user)
    check(user)


def edit(user: User, random: Random) -> Iterator[Wait]:
    """Undo, redo, cut, paste twice, clear."""
    user.open("translate")
    editor = user.page.source.editor
    for _ in range(random.randrange(1, 6)):
        act = random.choice((editor.undo, editor.redo, editor.cut, editor.paste, editor.selectAll))
        act()
        yield pause(random.uniform(0, 0.05))
    if len(editor.text) > 5_000 or random.random() < 0.3:
        editor.replace_text("")
    user.page.model.translate()
    yield until_translated(user)
    check(user)


def turn_round(user: User, random: Random) -> Iterator[Wait]:
    """The other direction, by the button or the key."""
    user.open("translate")
    if random.random() < 0.5 or not user.click(user.page.bar.swap):
        user.press([Qt.Key.Key_L], Qt.KeyboardModifier.ControlModifier)
    yield until_translated(user)
    check(user)


def choose_model(user: User, random: Random) -> Iterator[Wait]:
    """Another model, from the menu above the panes."""
    user.open("translate")
    entries = user.page.bar.chooser.actions_offered()
    if entries:
        random.choice(entries).trigger()
    yield until_translated(user)
    check(user)


def drop_file(user: User, random: Random) -> Iterator[Wait]:
    """A text file in some encoding, no text, or no file at all."""
    user.open("translate")
    text = texts.document(random, user.language, 8)
    encodings = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "big5")
    contents = (
        *(text.encode(name, errors="ignore") for name in encodings),
        random.randbytes(2_000), b"", b"\0" * 100, b"x" * 4_000_001,
    )  # fmt: skip
    editor = user.page.source.editor
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "一 text.txt"
        if random.random() < 0.9:
            file.write_bytes(random.choices(contents, [4, 2, 4, 2, 2, 1, 1, 1, 1])[0])
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file))])
        if random.random() < 0.7:
            editor.replace_text("")
        drop = QDropEvent(
            QPointF(20, 20), Qt.DropAction.CopyAction, data,
            Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        editor.dropEvent(drop)
    yield pause(0.25)
    if len(editor.text) > 20_000:
        editor.replace_text("")
    yield until_translated(user)
    check(user)


def steer(user: User, random: Random) -> Iterator[Wait]:
    """Click a translated word, take another one or type one, undo it."""
    user.open("translate")
    yield from _translate(user, texts.sentence(random, user.language))
    view, model = user.page.target.view, user.page.model
    length = len(model.segments.output)
    if not length:
        return
    place = view.rect_of(random.randrange(length)).center().toPoint()
    QTest.mouseMove(view.viewport(), place)
    QTest.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place
    )
    popover = _popover(user)
    yield Wait(lambda: popover.isVisible() and popover.list.count() > 0, 5.0)
    if popover.isVisible() and popover.list.count() and random.random() < 0.6:
        popover.list.itemActivated.emit(popover.list.item(random.randrange(popover.list.count())))
    elif popover.isVisible():
        user.write(popover.field, random.choice(("the ", "我", "a", "zz", "很")))
        yield pause(random.uniform(0, 0.5))
        user.press([random.choice((Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Down))])
    yield pause(random.uniform(0, 0.6))
    for keys in random.choices(("Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+Alt+Z"), k=random.randrange(3)):
        combination = QKeySequence(keys)[0]
        QTest.keyClick(view, combination.key(), combination.keyboardModifiers())
        yield pause(0.02)
    check(user)


def _popover(user: User) -> AlternativesPopover:
    return user.page.findChild(AlternativesPopover)


def look_at_words(user: User, random: Random) -> Iterator[Wait]:
    """Point at words, pin some, step from one to the next, select several."""
    user.open("translate")
    for _ in range(random.randrange(2, 8)):
        pane = user.page.panes[random.choice(list(Side))]
        viewport = pane.viewport()
        place = viewport.rect().center()
        place.setX(random.randrange(max(viewport.width(), 1)))
        place.setY(random.randrange(max(viewport.height() // 2, 1)))
        QTest.mouseMove(viewport, place)
        if random.random() < 0.4:
            left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
            QTest.mouseClick(viewport, left, none, place)
        pane.setFocus()
        arrow = random.choice((Qt.Key.Key_Left, Qt.Key.Key_Right))
        modifiers = (Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier)
        QTest.keyClick(pane, arrow, random.choice(modifiers))
        yield pause(random.uniform(0, 0.05))
    user.press([Qt.Key.Key_Escape])
    user.page.source.editor.setFocus()
