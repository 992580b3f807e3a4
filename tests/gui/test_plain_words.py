"""What a person or a file said is shown sign for sign: no tag in it is taken for HTML.

Qt takes a label's or a tool tip's text for HTML where it looks like some. So labels are made in two
places, and a tool tip that is not the program's own words goes through :func:`gui.tips.plain_tip`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

import gui
from gui.tips import plain_tip
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.label import label

SOURCES = Path(gui.__file__).parent
MAKERS = {"widgets/label.py", "pages/teach_steps/marking.py"}  # of labels; the second escapes
OURS = {"number", "duration", "tr"}  # functions that quote nobody
BAD = "<b>x</b>"
IMAGE = '<img src="file:///etc/hostname">'


def modules() -> Iterator[tuple[str, ast.Module]]:
    for file in sorted(SOURCES.rglob("*.py")):
        yield file.relative_to(SOURCES).as_posix(), ast.parse(file.read_text("utf-8"))


def named(call: ast.AST) -> str:
    """What is called; nothing where ``call`` is no call."""
    if not isinstance(call, ast.Call):
        return ""
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def quotes_nobody(words: ast.expr, function: ast.AST) -> bool:
    """Whether ``words`` within ``function`` are the program's own, as far as can be read."""
    if isinstance(words, ast.Constant):
        return True
    if isinstance(words, ast.IfExp):
        return quotes_nobody(words.body, function) and quotes_nobody(words.orelse, function)
    if isinstance(words, ast.Name):
        given = [
            node.value
            for node in ast.walk(function)
            if isinstance(node, ast.Assign)
            and any(isinstance(t, ast.Name) and t.id == words.id for t in node.targets)
        ]
        return bool(given) and all(quotes_nobody(value, function) for value in given)
    if isinstance(words, ast.Call) and named(words) in OURS:
        values = [keyword.value for keyword in words.keywords]
        return named(words) != "tr" or all(quotes_nobody(value, function) for value in values)
    return named(words) == plain_tip.__name__


def doubtful_tips(tree: ast.Module) -> Iterator[int]:
    """The lines of ``tree`` where a tool tip may quote somebody."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        for call in ast.walk(function):
            if not isinstance(call, ast.Call):
                continue
            shows_tip = isinstance(call.func, ast.Attribute) and call.func.attr == "showText"
            if named(call) == "setToolTip":
                if not quotes_nobody(call.args[-1], function):
                    yield call.lineno
            elif shows_tip and not quotes_nobody(call.args[1], function):
                yield call.lineno


def test_every_tool_tip_is_plain() -> None:
    found = [f"gui/{name}:{line}" for name, tree in modules() for line in doubtful_tips(tree)]
    assert not found, "through plain_tip, as they may quote a person or a file"


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ('def f():\n    a.setToolTip(tr("Enter"))', []),
        ('def f():\n    a.setToolTip(tr("{n} left", n=number(3)))', []),
        ('def f():\n    t = tr("Esc")\n    a.setToolTip(t if b else "")', []),
        ("def f():\n    a.setToolTip(plain_tip(name))", []),
        ("def f(name):\n    a.setToolTip(name)", [2]),
        ('def f():\n    a.setToolTip(tr("Use {name}", name=b.name))', [2]),
        ('def f():\n    a.setToolTip(0, f"{b.name}")', [2]),
        ("def f(t):\n    QToolTip.showText(place, t)", [2]),
    ],
)  # fmt: skip
def test_what_counts_as_plain(source: str, lines: list[int]) -> None:
    assert list(doubtful_tips(ast.parse(source))) == lines


def test_labels_are_made_in_two_places() -> None:
    found = {
        name
        for name, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and named(node) == "QLabel"
    }
    assert found == MAKERS


@pytest.mark.parametrize("text", [BAD, IMAGE, "a <i>b", "plain", "1 < 2 & 3 > 2", "<", ""])
def test_a_tool_tip_shows_what_it_was_given(qtbot: QtBot, text: str) -> None:
    shown = QLabel(plain_tip(text))  # as Qt shows a tool tip
    qtbot.addWidget(shown)
    document = QTextDocument()
    if plain_tip(text) != text:
        document.setHtml(shown.text())
        assert document.toPlainText() == text


def width(shown: QLabel) -> int:
    return shown.sizeHint().width()


@pytest.mark.parametrize("make", [label, ElidedLabel])
def test_a_label_shows_tags(qtbot: QtBot, make: type[ElidedLabel]) -> None:
    tagged, bare = make(BAD), make("x")
    qtbot.addWidget(tagged)
    qtbot.addWidget(bare)
    assert width(tagged) >= tagged.fontMetrics().horizontalAdvance(BAD) > width(bare)
