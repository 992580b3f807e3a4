from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from core.cancel import CancelToken
from core.errors import BundleError
from gui.errors import Failure
from gui.jobs import translation
from gui.jobs.translation import Finished, Loaded, Request, TranslationThread
from tests.gui.fakes import FakeEngine
from tests.gui.translate.conftest import TRIES

MODEL = Path("/nowhere/zh-en")
Start = Callable[..., TranslationThread]


@pytest.fixture
def start(qtbot: QtBot) -> Iterator[Start]:
    threads: list[TranslationThread] = []

    def start_(load: Callable[[Path], FakeEngine]) -> TranslationThread:
        threads.append(TranslationThread(load))
        return threads[-1]

    yield start_
    for thread in threads:
        thread.shutdown()


class Story:
    """The thread's signals in the order in which the UI thread hears them."""

    def __init__(self, thread: TranslationThread) -> None:
        self.heard: list[object] = []
        self.texts: list[str] = []
        self._thread = thread
        thread.loading.connect(lambda model: self.heard.append(("loading", model)))
        thread.loaded.connect(self.heard.append)
        thread.results_ready.connect(self.drain)
        thread.finished_request.connect(self.finish)
        thread.failed.connect(lambda number, why: self.heard.append((number, why)))

    def drain(self) -> None:
        assert threading.current_thread() is threading.main_thread()
        self.texts.extend(r.translation.source for r in self._thread.drain())

    def finish(self, finished: Finished) -> None:
        self.drain()
        self.heard.append(finished.number)


def test_a_request_loads_then_answers_sentence_by_sentence(start: Start, qtbot: QtBot) -> None:
    loaded_in: list[threading.Thread] = []

    def load(_model: Path) -> FakeEngine:
        loaded_in.append(threading.current_thread())
        return FakeEngine()

    thread = start(load)
    story = Story(thread)
    thread.request(Request(1, MODEL, "你好。再见。", 4))
    qtbot.waitUntil(lambda: 1 in story.heard)
    assert story.heard == [("loading", MODEL), Loaded(MODEL, "zh-en", "bf16"), 1]
    assert story.texts == ["你好。", "再见。"]
    assert loaded_in[0] is not threading.main_thread()
    thread.request(Request(2, MODEL, "好。", 4))
    qtbot.waitUntil(lambda: 2 in story.heard)
    assert len(loaded_in) == 1


def test_the_newest_request_wins(start: Start, qtbot: QtBot) -> None:
    engine = FakeEngine(delay=0.05)
    thread = start(lambda _model: engine)
    story = Story(thread)
    thread.request(Request(1, MODEL, "".join(f"第{i}。" for i in range(100)), 4))
    qtbot.waitUntil(lambda: bool(story.texts))
    for number in range(2, 9):
        thread.request(Request(number, MODEL, f"第{number}句。", 4))
    qtbot.waitUntil(lambda: 8 in story.heard)
    finished = [item for item in story.heard if isinstance(item, int)]
    assert finished == [8]
    assert story.texts[-1] == "第8句。"
    assert len(engine.asked) <= 3  # those in between were never begun


@pytest.mark.timed
def test_cancel_ends_the_work_within_100_ms(start: Start, qtbot: QtBot) -> None:
    engine = FakeEngine()
    thread = start(lambda _model: engine)
    story = Story(thread)
    seconds = []
    for first in range(1, 3 * TRIES, 3):
        engine.delay = 30.0
        thread.request(Request(first, MODEL, f"很长的第{first}句。", 4))
        qtbot.waitUntil(lambda text=f"很长的第{first}句。": text in engine.asked)
        began = time.perf_counter()
        thread.cancel()
        thread.request(Request(first + 1, MODEL, "", 4))
        engine.delay = 0.0
        thread.request(Request(first + 2, MODEL, "短。", 4))
        qtbot.waitUntil(lambda number=first + 2: number in story.heard)
        seconds.append(time.perf_counter() - began)
        assert set(story.texts) == {"短。"}
        if seconds[-1] < 0.1:
            return
    pytest.fail(f"seconds until the thread was free: {seconds}")


def test_no_result_comes_after_cancel(start: Start, qtbot: QtBot) -> None:
    thread = start(lambda _model: FakeEngine(delay=0.002))
    story = Story(thread)
    thread.request(Request(1, MODEL, "".join(f"第{i}。" for i in range(500)), 4))
    qtbot.waitUntil(lambda: len(story.texts) > 3)
    thread.cancel()
    count = len(story.texts)
    qtbot.wait(60)
    assert len(story.texts) == count
    assert thread.drain() == ()


def test_an_error_of_the_user_is_told_and_the_thread_lives_on(start: Start, qtbot: QtBot) -> None:
    broken = [True]

    def load(_model: Path) -> FakeEngine:
        if broken[0]:
            raise BundleError("the model is damaged", where="zh-en", remedy="Get it again.")
        return FakeEngine()

    thread = start(load)
    story = Story(thread)
    thread.request(Request(1, MODEL, "你好。", 4))
    expected = (1, Failure("zh-en: the model is damaged.", "Get it again.", "model"))
    qtbot.waitUntil(lambda: expected in story.heard)
    broken[0] = False
    thread.request(Request(2, MODEL, "你好。", 4))
    qtbot.waitUntil(lambda: 2 in story.heard)
    assert story.texts == ["你好。"]


@pytest.mark.logs("unexpected error")
def test_a_bug_is_logged_and_told_without_its_traceback(start: Start, qtbot: QtBot) -> None:
    thread = start(lambda _model: FakeEngine(error=ZeroDivisionError("secret detail")))
    with qtbot.waitSignal(thread.failed) as caught:
        thread.request(Request(1, MODEL, "你好。", 4))
    failure = caught.args[1]
    assert failure.kind == "bug"
    assert "secret detail" not in failure.sentence + failure.remedy


def test_another_model_is_loaded_in_place_of_the_first(start: Start, qtbot: QtBot) -> None:
    loaded: list[Path] = []

    def load(model: Path) -> FakeEngine:
        loaded.append(model)
        return FakeEngine(name=model.name)

    thread = start(load)
    story = Story(thread)
    for number, name in enumerate(("a", "b", "b", "a"), 1):
        thread.request(Request(number, Path(name), "你好。", 4))
        qtbot.waitUntil(lambda n=number: n in story.heard)
    assert loaded == [Path("a"), Path("b"), Path("a")]


def test_the_engine_may_use_the_first_idle_time(
    start: Start, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(translation, "IDLE", 0.05)
    engine = FakeEngine()
    thread = start(lambda _model: engine)
    for number in (1, 2):
        with qtbot.waitSignal(thread.finished_request):
            thread.request(Request(number, MODEL, "好。", 4))
        qtbot.waitUntil(lambda: engine.idled == 1)
    qtbot.wait(100)
    assert engine.idled == 1
    assert engine.asked == ["好。", "好。"]


def test_idle_time_is_not_used_while_requests_come(start: Start, qtbot: QtBot) -> None:
    engine = FakeEngine()
    thread = start(lambda _model: engine)
    with qtbot.waitSignal(thread.finished_request):
        thread.request(Request(1, MODEL, "好。", 4))
    thread.shutdown()  # ends the wait at once
    assert engine.idled == 0


def test_what_is_asked_aside_is_answered_amid_a_long_text(start: Start, qtbot: QtBot) -> None:
    engine = FakeEngine(delay=0.005)
    thread = start(lambda _model: engine)
    story = Story(thread)
    answers: list[tuple[int, object, int]] = []
    thread.answered.connect(lambda n, answer: answers.append((n, answer, len(engine.translated))))
    thread.request(Request(1, MODEL, "".join(f"第{i}。" for i in range(60)), 4))
    qtbot.waitUntil(lambda: bool(story.texts))
    asked = thread.ask("words", MODEL, lambda engine, _cancel: engine.name)
    qtbot.waitUntil(lambda: 1 in story.heard)
    assert [(number, answer) for number, answer, _ in answers] == [(asked, "zh-en")]
    assert answers[0][2] < 60  # it did not wait for the end
    assert len(story.texts) == 60  # and nothing is missing


def test_the_newest_question_of_a_key_counts(start: Start, qtbot: QtBot) -> None:
    thread = start(lambda _model: FakeEngine())
    answers: list[tuple[int, object]] = []
    thread.answered.connect(lambda number, answer: answers.append((number, answer)))

    def slow(_engine: object, cancel: CancelToken) -> str:
        for _ in range(1000):
            cancel.check()
            time.sleep(0.005)
        return "slow"

    thread.ask("words", MODEL, slow)
    qtbot.wait(30)
    newest = thread.ask("words", MODEL, lambda *_: "quick")
    other = thread.ask("others", MODEL, lambda *_: "other")
    qtbot.waitUntil(lambda: len(answers) == 2)
    assert answers == [(newest, "quick"), (other, "other")]
    thread.ask("words", MODEL, slow)
    thread.give_up("words")
    qtbot.wait(30)
    assert len(answers) == 2


@pytest.mark.logs("unexpected error")
def test_a_question_that_fails_is_refused(start: Start, qtbot: QtBot) -> None:
    thread = start(lambda _model: FakeEngine())
    with qtbot.waitSignal(thread.refused) as caught:
        asked = thread.ask("words", MODEL, lambda *_: 1 // 0)
    assert caught.args[0] == asked
    assert caught.args[1].kind == "bug"
