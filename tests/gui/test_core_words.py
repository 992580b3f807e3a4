"""What the core says reaches a Chinese user in Chinese, whatever was filled in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from core.errors import AttuneError, StorageError
from core.store.archive import import_model
from core.store.model_store import ModelStore, valid_name
from core.training.doctor.recognition import recognise
from gui.core_words import from_core
from gui.errors import Failure, describe
from gui.i18n import joined, listed, number, tr
from gui.language import Language, interface_language


@pytest.fixture
def chinese(qapp: QApplication) -> Iterator[Language]:
    language = Language("zh")
    yield language
    language.leave()


def failure(act: Callable[[], object]) -> Failure:
    with pytest.raises(AttuneError) as raised:
        act()
    return describe(raised.value)


def test_a_file_without_columns(chinese: Language, tmp_path: Path) -> None:
    path = tmp_path / "tea.txt"
    path.write_text("只有一列\n还是一列\n", encoding="utf-8")
    told = failure(lambda: recognise(path))
    assert told.sentence == (
        "tea.txt，第 1 行：只有一列：没有制表符、逗号、分号或竖线把一行分成两部分。"
    )
    assert told.remedy == "请在原文与译文之间加制表符，或选择原文、译文两个文件。"
    assert told.text == told.sentence + told.remedy  # no blank between Chinese sentences


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "模型没有名称。"),
        (" tea", "' tea' 以点或空格开头或结尾。"),
        ("茶" * 200, "名称太长。"),
    ],
)
def test_names_that_do_not_do(chinese: Language, name: str, sentence: str) -> None:
    assert failure(lambda: valid_name(name)).sentence == sentence


def test_errors_of_every_kind_hold_no_english_sentence(chinese: Language, tmp_path: Path) -> None:
    (tmp_path / "empty.tsv").write_bytes(b"")
    (tmp_path / "picture.tsv").write_bytes(bytes(range(256)) * 8)
    (tmp_path / "one.jsonl").write_text('{\n  "zh": "茶",\n  "en": "tea"\n}\n')
    store = ModelStore()
    for act in (
        lambda: recognise(tmp_path / "missing.tsv"),
        lambda: recognise(tmp_path),
        lambda: recognise(tmp_path / "empty.tsv"),
        lambda: recognise(tmp_path / "picture.tsv"),
        lambda: recognise(tmp_path / "one.jsonl"),
        lambda: import_model(tmp_path / "missing.attune", store),
        lambda: import_model(tmp_path / "empty.tsv", store),
        lambda: store.find("zzzz"),
        lambda: store.delete("zzzz"),
    ):
        told = failure(act)
        assert re.search("[\u4e00-\u9fff]", told.sentence), told
        assert not re.search(r"[A-Za-z]{2,} [A-Za-z]{2,}", told.text.replace(str(tmp_path), "")), (
            told
        )


def test_a_reason_within_a_reason(chinese: Language) -> None:
    error = StorageError("the disk is full", where="/home/me/runs")
    said = f"The run's state could not be saved: {error.sentence()} It goes on."
    assert from_core(said) == "训练进度无法保存：/home/me/runs：磁盘已满。训练仍在继续。"
    diverged = "the loss diverged at update 40; going on from the best state at half the learning"
    assert from_core(f"{diverged} rate, 0.0005") == (
        "损失在第 40 次更新时发散；从最佳状态以一半的学习率（0.0005）继续"
    )


def test_what_is_counted_is_named(chinese: Language) -> None:
    assert from_core("there is no row in it") == "里面没有行"
    assert from_core("Write a pair a line into it.") == "请每行写一个句对。"


def test_what_no_catalogue_has_stays(chinese: Language) -> None:
    assert from_core("an error from the future") == "an error from the future"
    assert from_core("") == ""


def test_english_is_the_cores_own(qapp: QApplication) -> None:
    assert from_core("the disk is full") == "the disk is full"
    assert describe(StorageError("the disk is full", where="x")).sentence == "x: the disk is full."
    assert describe(StorageError("the disk is full")).sentence == "The disk is full."
    assert joined("One.", "", "Two.") == "One. Two."
    assert listed("a", "", "b") == "a, b"


def test_leaving_the_language_puts_english_back(qapp: QApplication) -> None:
    before = number(1234.5, 1)
    language = Language("zh")
    assert tr("Settings") == "设置"
    assert tr("{count} characters", count=3) == "3 个字符"
    assert joined("一。", "二。") == "一。二。"
    language.leave()
    assert tr("Settings") == "Settings"
    assert number(1234.5, 1) == before


@pytest.mark.parametrize(
    ("system", "spoken"),
    [
        (["zh-Hans-CN", "zh-CN", "zh", "en"], "zh"),
        (["zh-Hant-TW", "zh"], "zh"),
        (["de-DE", "zh-CN"], "en"),
        (["en-GB"], "en"),
        ([], "en"),
    ],
)
def test_the_systems_language_is_followed(
    monkeypatch: pytest.MonkeyPatch, system: list[str], spoken: str
) -> None:
    class Desktop:
        def uiLanguages(self) -> list[str]:
            return system

    monkeypatch.setattr(QLocale, "system", staticmethod(Desktop))
    assert interface_language("system") == spoken
    assert interface_language("zh") == "zh"
    assert interface_language("en") == "en"
