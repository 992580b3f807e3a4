"""What holds for every test of the window: no thread, Qt warning or log line goes unnoticed.

Qt's warnings during the test itself are the business of pytest-qt (``qt_log_level_fail``); those
while windows close and fixtures end, of this module.
"""

from __future__ import annotations

import gc
import logging
import re
from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import (
    QMessageLogContext,
    QThread,
    QThreadPool,
    QtMsgType,
    qInstallMessageHandler,
)

GRACE = 2_000  # milliseconds a leaked thread gets to end, lest it disturb the next test
SERIOUS = (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg)


@pytest.fixture(autouse=True)
def garbage_in_this_thread() -> Iterator[None]:
    """Free cycles in the thread that owns the widgets, as ``gui.garbage`` does in the program."""
    gc.disable()
    yield
    gc.enable()
    gc.collect(0)  # all that the test made is in the youngest generation


@pytest.fixture(autouse=True)
def no_leaked_thread(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail a test that leaves a ``QThread`` or a job of the thread pool running."""
    started: list[QThread] = []
    start = QThread.start

    def start_and_note(thread: QThread, *arguments: QThread.Priority) -> None:
        started.append(thread)
        start(thread, *arguments)

    monkeypatch.setattr(QThread, "start", start_and_note)
    yield
    leaked = [t for t in started if shiboken6.isValid(t) and t.isRunning()]
    for thread in leaked:
        thread.requestInterruption()
        thread.quit()
        thread.wait(GRACE)
    pool = QThreadPool.globalInstance()
    jobs = pool.activeThreadCount()
    pool.waitForDone(GRACE)
    if leaked or jobs:
        names = [t.objectName() or type(t).__name__ for t in leaked] + ["job of the pool"] * jobs
        pytest.fail(f"still running after the test: {', '.join(names)}", pytrace=False)


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def no_unexpected_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test in which something is logged at WARNING or above.

    The marker ``logs(pattern)`` expects a line that matches, and fails the test without one.
    """
    collector = _Collector()
    root = logging.getLogger()
    root.addHandler(collector)
    yield
    root.removeHandler(collector)
    lines = [f"{r.levelname} {r.name}: {r.getMessage()}" for r in collector.records]
    for marker in request.node.iter_markers("logs"):
        pattern = re.compile(marker.args[0])
        expected = [line for line in lines if pattern.search(line)]
        if not expected:
            pytest.fail(f"nothing logged matches {pattern.pattern!r}: {lines}", pytrace=False)
        lines = [line for line in lines if line not in expected]
    if lines:
        pytest.fail("unexpected log lines:\n" + "\n".join(lines), pytrace=False)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """Fail a test whose windows and fixtures end with a warning of Qt."""
    messages: list[str] = []
    ignored = item.config.getini("qt_log_ignore")  # as pytest-qt does during the test

    def note(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        if kind in SERIOUS and not any(re.search(pattern, text) for pattern in ignored):
            messages.append(text)

    previous = qInstallMessageHandler(note)
    try:
        yield
    finally:
        qInstallMessageHandler(previous)
    if messages:
        pytest.fail("Qt warned after the test:\n" + "\n".join(messages), pytrace=False)
