"""Acts of looking: the drawer, the pages, looks, sizes, settings, and clicks anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QComboBox, QLineEdit, QWidget

from tests.soak import texts
from tests.soak.translating import check, until_translated
from tests.soak.user import User, Wait, pause

_STAYS_OPEN = 0.1  # of the times that the drawer was looked into: then every text is drawn, too
PAGES = ("translate", "teach", "classroom", "models", "settings")


def go_to_page(user: User, random: Random) -> Iterator[Wait]:
    """Another page, by the rail or the keyboard, and perhaps straight back."""
    for _ in range(random.randrange(1, 4)):
        page = random.choice(PAGES)
        user.open(page)
        yield pause(random.uniform(0, 0.3))
    if random.random() < 0.7:
        user.open("translate")


def visit_all(user: User, random: Random) -> Iterator[Wait]:
    """Every page, as long as it takes to appear."""
    for page in PAGES:
        user.open(page)
        yield pause(0.3)
    user.window.show_shortcuts()
    yield pause(0.1)
    user.open("translate")


def look_inside(user: User, random: Random) -> Iterator[Wait]:
    """Open the drawer, turn to its views for a sentence, click about in them, close it."""
    user.open("translate")
    page, drawer = user.page, user.page.drawer
    page.source.editor.replace_text(texts.sentence(random, user.language))
    page.model.translate()
    page.open_drawer(True)
    yield until_translated(user)
    page.model.highlight.refresh()
    keys = drawer.tabs.keys()
    for key in random.sample(keys, random.randrange(1, len(keys) + 1)):
        user.click(drawer.tabs.button(key))
        yield pause(random.uniform(0.05, 0.8))
        _click_about(user, random, drawer.current, 4)
        user.press(random.choices(_ARROWS, k=4))
        yield pause(random.uniform(0, 0.3))
    page.open_drawer(random.random() < _STAYS_OPEN)
    yield until_translated(user)
    check(user)


_ARROWS = (
    Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Plus,
    Qt.Key.Key_Minus, Qt.Key.Key_0, Qt.Key.Key_Tab, Qt.Key.Key_Space,
)  # fmt: skip


def ask_for_truth(user: User, random: Random) -> Iterator[Wait]:
    """What attention is worth: it loads the model once more, and forgets it again."""
    user.open("translate")
    page = user.page
    page.source.editor.replace_text(texts.sentence(random, user.language))
    page.model.translate()
    page.open_drawer(True)
    user.click(page.drawer.tabs.button("truth"))
    yield until_translated(user)
    output = page.model.segments.output
    for _ in range(random.randrange(1, 4)):
        if output:
            page.target.view.setFocus()
            page.target.view.move_caret(random.randrange(len(output)))
        user.press([Qt.Key.Key_Right])
        yield pause(random.uniform(0.1, 1.5))
    user.click(page.drawer.tabs.button("attention"))
    page.open_drawer(random.random() < _STAYS_OPEN)


def see_others(user: User, random: Random) -> Iterator[Wait]:
    """Other translations of a sentence; one of them is taken."""
    from gui.pages.translate_parts.others_view import OthersView

    user.open("translate")
    page = user.page
    page.source.editor.replace_text(texts.sentence(random, user.language))
    page.model.translate()
    page.open_drawer(True)
    user.click(page.drawer.tabs.button("others"))
    yield until_translated(user)
    view = page.findChild(OthersView)
    if random.random() < 0.5:
        user.click(view.kind.button(random.choice(view.kind.keys())))
    yield Wait(lambda: bool(view.rows), 5.0)
    if view.rows:
        random.choice(view.rows).click()
    yield pause(random.uniform(0, 0.3))
    user.click(view.kind.button(view.kind.keys()[0]))
    page.open_drawer(random.random() < _STAYS_OPEN)
    check(user)


def dress_up(user: User, random: Random) -> Iterator[Wait]:
    """Theme, size of text, language of the next start, shades, how the panes share the width."""
    settings = user.parts.settings
    for _ in range(random.randrange(1, 4)):
        setting, values = random.choice(
            (
                (settings.theme, ("system", "light", "dark")),
                (settings.text_size, (80, 90, 100, 110, 130, 160, 200)),
                (settings.language, ("system", "en", "zh")),
                (settings.show_sureness, (True, False)),
                (settings.chart_smoothing, (0, 60, 99)),
                (settings.chart_logarithmic, (True, False)),
            )
        )
        setting.set(random.choice(values))
        yield pause(random.uniform(0, 0.1))
    if random.random() < 0.6:
        settings.text_size.reset()


def resize(user: User, random: Random) -> Iterator[Wait]:
    """A small window, a large one, minimised, maximised, and as it was."""
    window = user.window
    shows = (window.showNormal, window.showMaximized, window.showMinimized, window.showFullScreen)
    for _ in range(random.randrange(1, 4)):
        random.choices(shows, [4, 1, 1, 1])[0]()
        window.resize(random.randrange(600, 2000), random.randrange(400, 1400))
        yield pause(random.uniform(0, 0.1))
    window.showNormal()
    window.resize(1280, 800)


def set_up(user: User, random: Random) -> Iterator[Wait]:
    """How it translates: width of the search, live or not, direction by itself."""
    settings = user.parts.settings
    settings.beam.set(random.choice((1, 1, 1, 1, 2, 4, 8)))
    settings.live.set(random.random() < 0.8)
    settings.follow_typing.set(random.random() < 0.7)
    yield until_translated(user)


def recompute(user: User, random: Random) -> Iterator[Wait]:
    """Another precision or number of threads: the model is loaded anew."""
    settings = user.parts.settings
    if random.random() < 0.6:
        settings.precision.set(random.choice(("auto", "int8", "bf16", "fp32")))
    else:
        settings.threads.set(random.choice((0, 1, 2)))
    user.page.source.editor.replace_text(texts.sentence(random, user.language))
    user.page.model.translate()
    yield until_translated(user)
    check(user)
    settings.precision.reset()
    settings.threads.reset()
    yield until_translated(user)


def click_anywhere(user: User, random: Random) -> Iterator[Wait]:
    """Whatever can be clicked on a page, then letters and keys wherever the keyboard is."""
    page = user.open(random.choice(PAGES))
    yield pause(0.1)
    for _ in range(random.randrange(1, 5)):
        _click_about(user, random, page, 1)
        yield pause(random.uniform(0, 0.2))
        user.press(random.choices((*_ARROWS, Qt.Key.Key_Escape, Qt.Key.Key_F1), k=2))
        yield pause(random.uniform(0, 0.1))
    user.open("translate")
    yield Wait(lambda: not user.page.model.status.busy, user.patience, "quiet after clicks")
    check(user)


def _click_about(user: User, random: Random, inside: QWidget, times: int) -> None:
    """Click on buttons, or somewhere on what has none; type into fields."""
    for _ in range(times):
        shown = [w for w in inside.findChildren(QWidget) if w.isVisible() and w.isEnabled()]
        if not shown:
            return
        controls = [w for w in shown if isinstance(w, QAbstractButton | QComboBox)]
        widget = random.choice(controls if controls and random.random() < 0.7 else shown)
        if isinstance(widget, QLineEdit | QAbstractSpinBox):
            widget.setFocus()
            user.write(widget, random.choice(("1", "20", "abc", "-", "0.5", "x y", "句子")))
        elif widget.width() > 0 and widget.height() > 0:
            place = widget.rect().center()
            if widget not in controls:
                place.setX(random.randrange(widget.width()))
                place.setY(random.randrange(widget.height()))
            left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
            QTest.mouseClick(widget, left, none, place)
