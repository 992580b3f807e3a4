"""What the form asks of a run, and what it does not let pass."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.cli.program import build_parser
from core.training.limits import FEW_PAIRS, PARTS, STRENGTHS
from core.training.tune_options import TuneOptions
from gui.jobs.tune_command import Wishes, tune_command
from gui.pages.teach import TeachPage
from gui.settings import Settings
from gui.viewmodels.tune_form import LIMITS, TuneForm
from tests.gui.teach.conftest import check, click


@pytest.fixture
def page(qtbot: QtBot, make_page, pairs_file: Path) -> TeachPage:
    page = make_page()
    check(qtbot, page, pairs_file)
    return page


def test_all_strengths_and_parts_are_offered(page: TeachPage) -> None:
    form = page.check_step.form
    assert list(form.strength._buttons) == list(STRENGTHS)
    assert list(form.advanced.parts) == list(PARTS)


def test_wishes_reach_the_child(
    qtbot: QtBot, page: TeachPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Wishes] = []
    command = page.model._command
    monkeypatch.setattr(page.model, "_command", lambda *all: asked.append(all[3]) or command(*all))
    form = page.check_step.form
    click(qtbot, form.strength._buttons["strong"])
    assert not form.advanced.isVisible()
    click(qtbot, form.fold)
    for name, text in {"epochs": "2,5", "learning_rate": "5e-5", "replay": "30"}.items():
        qtbot.keyClicks(form.advanced.numbers[name], text)
    click(qtbot, form.advanced.parts["embeddings"])
    click(qtbot, form.advanced.brake)
    click(qtbot, form.start)
    wishes = Wishes(3, "strong", 2.5, 5e-5, None, ("embeddings",), 0.3, brake=False)
    assert asked == [wishes]


@pytest.mark.parametrize(
    ("name", "text"),
    [("epochs", "0"), ("learning_rate", "1"), ("batch_tokens", "5"), ("replay", "91"),
     ("replay", "nan"), ("epochs", "many")],
)  # fmt: skip
def test_what_makes_no_sense_is_told_and_holds_the_start(
    qtbot: QtBot, page: TeachPage, name: str, text: str
) -> None:
    form = page.check_step.form
    click(qtbot, form.fold)
    edit = form.advanced.numbers[name]
    qtbot.keyClicks(edit, text)
    assert not form.start.isEnabled()
    qtbot.waitUntil(form.trouble.isVisible)
    assert "give a number from" in form.trouble.text()
    edit.clear()
    assert form.start.isEnabled()
    assert not form.trouble.isVisible()


def test_sentences_to_watch_reach_the_child(
    qtbot: QtBot, page: TeachPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Wishes] = []
    command = page.model._command
    monkeypatch.setattr(page.model, "_command", lambda *all: asked.append(all[3]) or command(*all))
    form = page.check_step.form
    click(qtbot, form.fold)
    pins = form.advanced.pins
    for text in ("  茶很\n香。 ", "水开了。", "茶很 香。"):
        pins.edit.setText(text)
        qtbot.keyClick(pins.edit, Qt.Key.Key_Return)
        assert pins.edit.text() == ""
    assert [chip.text() for chip in pins.chips()] == ["茶很 香。", "水开了。"]
    click(qtbot, pins.chips()[1])
    pins.edit.setText("请坐 R&D。")  # and not pinned before the start
    click(qtbot, form.start)
    assert asked[0].pinned == ("茶很 香。", "请坐 R&D。")


def test_what_cannot_be_watched_is_told_and_holds_the_start(qtbot: QtBot, page: TeachPage) -> None:
    form, pins = page.check_step.form, page.check_step.form.advanced.pins
    for text, why in {
        "长" * 301: "The sentence has 301 characters; pin one of 300 at most.",
        "The tea smells good.": "This model reads Chinese: pin a sentence in it.",
    }.items():
        pins.edit.setText(text)
        click(qtbot, form.start)
        assert page.model.learning is None
        qtbot.waitUntil(pins.trouble.isVisible)
        assert pins.trouble.text() == why
    for text in "一二三四五六":
        pins.edit.setText(text)
        pins.commit()
    assert page.model.form.wishes.pinned == tuple("一二三四五")
    assert "take one away" in pins.trouble.text() and pins.edit.text() == "六"


def test_each_language_keeps_its_own_sentences(
    qtbot: QtBot, settings: Settings, make_card, tmp_path: Path
) -> None:
    form = TuneForm(settings)
    form.take_models((make_card("zh-en", "zh", "en"), make_card("en-zh", "en", "zh")))
    assert form.pin("茶很香。") == ""
    form.set_base("en-zh")
    assert form.wishes.pinned == ()
    assert form.pin("The tea smells good.") == ""
    form.set_base("zh-en")
    assert form.wishes.pinned == ("茶很香。",)
    settings.save()
    later = TuneForm(Settings(tmp_path / "settings.ini"))  # at the next start
    later.take_models(form.models)
    assert later.wishes.pinned == ("茶很香。",)


def test_the_core_takes_what_the_form_lets_pass(
    settings: Settings, make_card, qtbot: QtBot
) -> None:
    form = TuneForm(settings)
    form.take_models((make_card("zh-en", "zh", "en"),))
    for number in range(5):
        assert form.pin(f"{number}" + "很" * 299) == ""
    TuneOptions(Path("p"), "a", "b", pinned=form.wishes.pinned)


def test_one_part_must_learn(qtbot: QtBot, page: TeachPage) -> None:
    form = page.check_step.form
    click(qtbot, form.fold)
    for push in form.advanced.parts.values():
        click(qtbot, push)
    assert not form.start.isEnabled()
    assert "Leave one part" in form.trouble.text()
    click(qtbot, form.advanced.parts["decoder"])
    assert form.start.isEnabled()


def test_the_strength_is_remembered(qtbot: QtBot, page: TeachPage, settings: Settings) -> None:
    click(qtbot, page.check_step.form.strength._buttons["gentle"])
    assert settings.teach_strength.value == "gentle"
    assert TuneForm(settings).wishes.strength == "gentle"


@pytest.mark.parametrize("end", [0, 1])
def test_the_ends_of_every_range_are_taken_by_the_core(
    qtbot: QtBot, settings: Settings, tmp_path: Path, end: int
) -> None:
    form = TuneForm(settings)
    for name, ends in LIMITS.items():
        form.set_number(name, f"{ends[end]:g}")
    assert not form.wish_problem()
    told = build_parser().parse_args(tune_command(tmp_path / "p", "a", "b", form.wishes)[3:])
    numbers = {name: getattr(told, name) for name in LIMITS}
    assert None not in numbers.values()
    TuneOptions(tmp_path / "p", "a", "b", **numbers)


def test_so_few_that_none_is_held_out_is_told(page: TeachPage) -> None:
    assert page.model.choice.count < FEW_PAIRS
    assert "all are learnt" in page.check_step.form.remark.text()


def test_the_model_that_learns_is_the_one_that_translates(
    settings: Settings, make_card, qtbot: QtBot
) -> None:
    models = make_card("en-zh", "en", "zh"), make_card("zh-en", "zh", "en")
    form = TuneForm(settings)
    form.take_models(models)
    assert form.base.name == "zh-en"  # as on the page Translate, where nothing was chosen
    settings.model.set("en-zh")
    form = TuneForm(settings)
    form.take_models(models)
    assert form.base.name == "en-zh"
