"""What helps on the Translate page: the first hint, text files, the direction of what is typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from gui.app import Composition
from gui.pages.translate_parts.text_files import MOST_RECENT, TextFiles
from gui.settings import Settings
from gui.viewmodels.typed_language import typed_language
from gui.widgets.banner import Banner
from gui.widgets.segment_editor import read_text
from tests.gui.fakes import OWN, REVERSE, FakeCard
from tests.gui.translate.conftest import Open


@pytest.fixture
def both(open_window: Open, qtbot: QtBot) -> Composition:
    """A window that translates both ways, from Chinese at first."""
    parts = open_window(FakeCard(), REVERSE)
    qtbot.waitUntil(lambda: parts.models.current is not None)
    return parts


def type_in(parts: Composition, text: str) -> None:
    parts.window.translate.source.editor.replace_text(text)


def direction(parts: Composition) -> str:
    assert parts.models.current is not None
    return parts.models.current.name


# -- the language that is typed ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("", ""),
        ("12:30, 45 %", ""),
        ("茶", ""),
        ("OK", ""),
        ("a b", "en"),
        ("Tea", ""),
        ("Teapot", "en"),
        ("你好", "zh"),
        ("Where is the tea house?", "en"),
        ("茶馆在哪里？", "zh"),
        ("请打开 Visual Studio Code 然后新建一个文件夹，再把它保存到桌面上", "zh"),
        ("The word 茶 means tea in this old book about mountains.", "en"),
        ("我喜欢 tea and coffee", ""),
        ("https://example.org/tea 你好，这是我们的网站。", "zh"),
    ],
)
def test_a_language_is_told_only_where_it_is_clear(text: str, language: str) -> None:
    assert typed_language(text) == language


def test_typing_the_other_language_turns_the_direction_and_keeps_the_text(
    both: Composition, qtbot: QtBot
) -> None:
    type_in(both, "Where is the tea house?")
    assert direction(both) == "en-zh"
    assert both.window.translate.source.editor.text == "Where is the tea house?"
    assert both.window.translate.bar.note.text()
    qtbot.waitUntil(lambda: both.window.translate.model.segments.output != "")
    type_in(both, "茶馆在哪里？")
    assert direction(both) == "zh-en"


def test_who_turns_it_back_is_left_alone_until_the_pane_is_empty(both: Composition) -> None:
    type_in(both, "Where is the tea house?")
    both.models.choose("zh-en")
    assert not both.window.translate.bar.note.text()
    type_in(both, "Where is the old tea house?")
    assert direction(both) == "zh-en"
    type_in(both, "")
    type_in(both, "Where is the tea house?")
    assert direction(both) == "en-zh"


def test_turning_twice_comes_back_to_the_users_own_model(open_window: Open) -> None:
    parts = open_window(FakeCard(), REVERSE, OWN)
    parts.models.choose("kitchen")
    type_in(parts, "Where is the tea house?")
    assert direction(parts) == "en-zh"
    type_in(parts, "茶馆在哪里？")
    assert direction(parts) == "kitchen"


def test_the_setting_leaves_the_direction_alone(both: Composition, settings: Settings) -> None:
    settings.follow_typing.set(False)
    type_in(both, "Where is the tea house?")
    assert direction(both) == "zh-en"


def test_without_a_model_for_the_other_way_nothing_turns(parts: Composition) -> None:
    type_in(parts, "Where is the tea house?")
    assert direction(parts) == "zh-en"


# -- the first hint ------------------------------------------------------------------------------


def hints(parts: Composition) -> list[Banner]:
    page = parts.window.translate
    return [b for b in page.findChildren(Banner) if b.isVisible() and b.text.count("\n") == 2]


def test_the_hint_has_three_lines_and_once_dismissed_never_comes_again(
    open_window: Open, settings: Settings
) -> None:
    first = open_window()
    (hint,) = hints(first)
    hint.acted.emit()
    assert hints(first) == []
    assert settings.hint_seen.value
    assert hints(open_window()) == []


# -- text files ----------------------------------------------------------------------------------


def files_of(parts: Composition) -> TextFiles:
    (files,) = parts.window.translate.findChildren(TextFiles)
    return files


def test_a_file_is_opened_and_remembered(
    parts: Composition, settings: Settings, tmp_path: Path
) -> None:
    path = tmp_path / "tea & milk.txt"
    path.write_text("\ufeff我喜欢喝茶。\n", encoding="utf-8")
    files = files_of(parts)
    files.open(path)
    editor = parts.window.translate.source.editor
    assert editor.text == "我喜欢喝茶。\n"
    assert settings.recent_texts.value == (str(path),)
    editor.replace_text("")
    files.fill_menu()
    recent = [action for action in files.menu.actions() if action.toolTip() == str(path)]
    assert [action.text() for action in recent] == ["tea && milk.txt"]
    recent[0].trigger()
    assert editor.text == "我喜欢喝茶。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "big5", "utf-16"])
def test_a_file_may_be_in_any_encoding_of_chinese(tmp_path: Path, encoding: str) -> None:
    text = "今天天氣很好，我們一起去山上喝茶。" * 20
    path = tmp_path / "letter.txt"
    path.write_bytes(text.encode(encoding))
    assert read_text(path) == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_wide_letters_need_no_mark(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes("Tea is good.\n".encode(encoding))
    assert read_text(path) == "Tea is good.\n"


def test_a_zero_among_utf8_is_a_zero(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes("我喜欢\0喝茶。\n".encode())
    assert read_text(path) == "我喜欢\0喝茶。\n"


def test_a_picture_is_no_text(parts: Composition, tmp_path: Path) -> None:
    path = tmp_path / "tea.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    files_of(parts).open(path)
    assert "tea.png" in parts.window.translate.source.banner.text
    assert "Choose a file of plain text" in parts.window.translate.source.banner.text
    assert parts.window.translate.source.editor.text == ""


def test_what_cannot_be_opened_is_said_and_no_longer_offered(
    parts: Composition, settings: Settings, tmp_path: Path
) -> None:
    gone = tmp_path / "gone.txt"
    settings.recent_texts.set((str(gone),))
    files_of(parts).open(gone)
    assert "gone.txt" in parts.window.translate.source.banner.text
    assert settings.recent_texts.value == ()
    assert parts.window.translate.source.editor.text == ""


def test_dropped_files_are_remembered_newest_first_and_not_for_ever(
    parts: Composition, settings: Settings, tmp_path: Path
) -> None:
    for number in range(MOST_RECENT + 2):
        path = tmp_path / f"{number}.txt"
        path.write_text(f"第{number}页。", encoding="utf-8")
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        parts.window.translate.source.editor.insertFromMimeData(data)
    names = [Path(file).name for file in settings.recent_texts.value]
    assert names == [f"{n}.txt" for n in range(MOST_RECENT + 1, 1, -1)]
    assert "第0页。" in parts.window.translate.source.editor.text


def test_forgetting_empties_the_list(
    parts: Composition, settings: Settings, tmp_path: Path
) -> None:
    settings.recent_texts.set((str(tmp_path / "a.txt"),))
    files = files_of(parts)
    files.fill_menu()
    files.menu.actions()[-1].trigger()
    assert settings.recent_texts.value == ()


def test_without_recent_files_the_button_asks_at_once(parts: Composition) -> None:
    files_of(parts).button.click()
    dialog = parts.window.findChild(QFileDialog)
    assert dialog is not None
    dialog.close()
