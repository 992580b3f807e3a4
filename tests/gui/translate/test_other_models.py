"""The thread that asks models which do not translate now."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from core.cancel import CancelToken
from core.errors import BundleError
from gui.errors import Failure
from gui.jobs.engine import look_at_lesson, translate_with
from gui.jobs.other_models import Aligned, OtherModels, Translated


@pytest.fixture
def models(qtbot: QtBot) -> Iterator[OtherModels]:
    thread = OtherModels()
    yield thread
    thread.shutdown()


def collect(models: OtherModels) -> list[tuple[int, object]]:
    found: list[tuple[int, object]] = []
    models.found.connect(lambda ticket, value: found.append((ticket, value)))
    return found


def test_values_come_one_by_one_with_their_ticket(qtbot: QtBot, models: OtherModels) -> None:
    found = collect(models)
    with qtbot.waitSignal(models.answered) as answered:
        ticket = models.ask(lambda _cancel: iter("ab"))
    assert found == [(ticket, "a"), (ticket, "b")]
    assert answered.args == [ticket]


def test_what_is_under_way_gives_way_to_the_newest(qtbot: QtBot, models: OtherModels) -> None:
    found = collect(models)
    begun = threading.Event()

    def endless(cancel: CancelToken) -> Iterator[str]:
        begun.set()
        while True:
            cancel.check()
            threading.Event().wait(0.002)

    first = models.ask(endless)
    assert begun.wait(5)
    with qtbot.waitSignal(models.answered) as answered:
        second = models.ask(lambda _cancel: iter("b"))
    assert answered.args == [second]
    assert found == [(second, "b")]
    assert first != second


def test_an_error_is_told(qtbot: QtBot, models: OtherModels) -> None:
    def broken(_cancel: CancelToken) -> Iterator[str]:
        raise BundleError("there is no model", remedy="Choose another one.")
        yield ""

    with qtbot.waitSignal(models.failed) as failed:
        ticket = models.ask(broken)
    assert failed.args == [
        ticket,
        Failure("There is no model.", "Choose another one.", "model"),
    ]


def test_real_models_are_asked(qtbot: QtBot, models: OtherModels, tiny_bundle: Path) -> None:
    found = collect(models)
    sentence = "我喜欢猫。"
    with qtbot.waitSignal(models.answered, timeout=20_000):
        models.ask(partial(translate_with, [tiny_bundle, tiny_bundle], sentence, 2))
    sides = [value for _, value in found if isinstance(value, Translated)]
    assert [side.translations[0].translation for side in sides] == ["I like cats."] * 2
    found.clear()
    pair = sentence, "I want cats."
    with qtbot.waitSignal(models.answered, timeout=20_000):
        models.ask(
            partial(look_at_lesson, tiny_bundle, tiny_bundle, pair, ("我买书。",), ("书。",), 2)
        )
    new, others, after, before, aligned = (value for _, value in found)
    assert isinstance(new, Translated)
    assert isinstance(others, Translated)
    assert isinstance(before, Translated)
    assert before.translations[0].alignment == after.translations[0].alignment
    assert isinstance(after, Translated) and after.translations[0].source == "书。"
    assert isinstance(aligned, Aligned)
    assert [t.source for t in (*new.translations, *others.translations)] == [sentence, "我买书。"]
    assert aligned.before.alignment == aligned.after.alignment
    assert aligned.after.translation == pair[1]
    assert [word.text for word in aligned.after.target_words] == ["I", "want", "cats", "."]
