"""A window opened in Chinese holds no English, on any page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from core.training.system import PARTS
from gui.app import Composition, compose, dress
from gui.language import Language
from gui.pages.classroom import ClassroomPage
from gui.settings import Settings
from gui.widgets.formula_label import FormulaLabel
from tests.gui.fakes import REVERSE, FakeCard, FakeEngine, survey

# What stays as it is in a Chinese window: names, keys, forms of files, precisions, the examples.
ALLOWED = re.compile(
    r"Attune|English|BLEU|chrF|TSV|CSV|XLSX|TMX|JSON|top-p|UTF-8|PNG|SVG|HTML|int8|bf16|fp32|words/s"
    r"|(?:Ctrl|Alt|Shift|Esc|Del|Home|End|PgUp|PgDown|Tab|F\d+)(?:\+[^\s，。）]+)?"
    r"|zh-en|en-zh|\*\.\w+|attune-cli|Jain|Wallace|Ding|Li|et al|Attention is not Explanation"
    r"|Transformer|LSTM|GRU|RNN|tanh|ReLU|Muon|AdamW?|SGD|Xavier|Glorot|softmax|Dropout|jieba|spaCy|MIT"
    r"|<(?:unk|pad|sos|eos)>|num_steps|reversed|words?|digits|dates?|iso|text|ISO|general|local-p|--[a-z-]+|dot"
    r"|(?:default|small|transformer-small|lstm-[a-z-]+|b?i?gru-[a-z-]+)"
)
VALUES = {choice.value for part in PARTS for choice in part.choices}  # as the program takes them
ENGLISH = re.compile(r"[A-Za-z]{3,}")


@pytest.fixture
def parts(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Composition]:
    dress(qapp)
    language = Language("zh")
    settings = Settings(tmp_path / "settings.ini")
    parts = compose(settings, lambda _path: FakeEngine(), survey(FakeCard(), REVERSE))
    qtbot.addWidget(parts.window)
    parts.window.show()
    qtbot.waitUntil(lambda: parts.models.current is not None)
    yield parts
    parts.window.close()
    language.leave()


def texts(widget: QWidget) -> Iterator[tuple[str, str]]:
    """All that ``widget`` shows or tells, each with what it is."""
    yield "tool tip", widget.toolTip()
    yield "name", widget.accessibleName()
    yield "description", widget.accessibleDescription()
    yield "title", widget.windowTitle()
    if isinstance(widget, QLabel | QAbstractButton):
        yield "text", widget.text()
    placeholder = getattr(widget, "placeholderText", None)
    if callable(placeholder):
        yield "placeholder", str(placeholder())
    for action in widget.actions():
        words, _, hint = action.text().partition("\t")
        yield "action", words if hint in VALUES else action.text()


def english(window: QWidget) -> list[str]:
    return [
        f"{type(widget).__name__} {kind}: {text}"
        for widget in (window, *window.findChildren(QWidget))
        if widget.property("role") not in ("example", "paper")  # sentences to try; papers' authors
        and not isinstance(widget, FormulaLabel)  # tells its TeX
        for kind, text in texts(widget)
        if ENGLISH.search(ALLOWED.sub("", text))
    ]


def test_no_page_holds_english(parts: Composition, qtbot: QtBot) -> None:
    window = parts.window
    window.translate.source.editor.replace_text("我喜欢学习。今天很好。")
    qtbot.waitUntil(lambda: window.translate.model.status.seconds is not None)
    window.translate.open_drawer(True)
    for page in ("translate", "teach", "classroom", "models", "settings"):
        window.open(page)
        qtbot.wait(20)
    classroom = window.open("classroom")
    assert isinstance(classroom, ClassroomPage)
    for group in classroom.compose.form.groups.values():
        group.open(True)
    for preset in classroom.model.system.registry.presets:
        classroom.compose._on_preset(preset.name)
        assert english(window) == []
    for view in ("data", "runs", "compare", "gradients"):
        classroom.open(view)
        qtbot.wait(20)
    window.show_shortcuts()
    assert window.findChild(QDialog) is not None
    assert len(window.findChildren(QLabel)) > 100
    assert english(window) == []


def test_a_look_that_finds_no_english_would_find_some(parts: Composition) -> None:
    parts.window.status.set_facts("Loading the model")
    assert english(parts.window) == ["QLabel text: Loading the model"]
