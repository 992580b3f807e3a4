"""The guards of the tests fire: a guard that never did would guard nothing."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
NOWHERE = ("192.0.2.1", 9)  # RFC 5737: an address for documentation, nobody's


# --- the internet --------------------------------------------------------------------------------


@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6])
def test_no_internet_socket_opens(family: socket.AddressFamily, no_internet: list[str]) -> None:
    with pytest.raises(RuntimeError, match="tests use no internet"):
        socket.socket(family, socket.SOCK_STREAM)
    assert len(no_internet) == 1
    no_internet.clear()


def test_no_name_is_looked_up(no_internet: list[str]) -> None:
    with pytest.raises(RuntimeError, match=r"example\.org"):
        socket.getaddrinfo("example.org", 80)
    no_internet.clear()


def test_sockets_of_this_system_are_free() -> None:
    one, other = socket.socketpair()
    with one, other:
        one.sendall(b"x")
        assert other.recv(1) == b"x"


def test_a_child_is_guarded_too() -> None:
    program = f"import socket; socket.create_connection({NOWHERE!r}, 1)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 1
    assert "InternetForbidden" in done.stderr


@pytest.mark.loopback
def test_the_marker_opens_the_way_to_this_computer() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname(), timeout=5) as client,
    ):
        client.sendall(b"x")
        connection, _ = server.accept()
        with connection:
            assert connection.recv(1) == b"x"


@pytest.mark.loopback
def test_the_marker_opens_no_other_way(no_internet: list[str]) -> None:
    with socket.socket(socket.AF_INET) as outside:
        outside.settimeout(0.1)
        with pytest.raises(RuntimeError, match=r"192\.0\.2\.1"):
            outside.connect(NOWHERE)
    with pytest.raises(RuntimeError, match=r"example\.org"):
        socket.getaddrinfo("example.org", 80)
    no_internet.clear()


def test_a_swallowed_attempt_fails_the_test(pytester: pytest.Pytester) -> None:
    outcome = run(
        pytester,
        TESTS / "conftest.py",
        """
        import socket

        def test_swallowed():
            try:
                socket.getaddrinfo("example.org", 80)
            except Exception:
                pass

        def test_clean():
            pass
        """,
    )
    outcome.assert_outcomes(passed=2, errors=1)
    outcome.stdout.fnmatch_lines(["*reached for the internet: the address of 'example.org'*"])


# --- the home ------------------------------------------------------------------------------------


def test_every_test_has_a_home_of_its_own(attune_home: Path, tmp_path: Path) -> None:
    assert os.environ["ATTUNE_HOME"] == str(attune_home)
    assert attune_home.parent == tmp_path
    assert not attune_home.exists()


# --- the window ----------------------------------------------------------------------------------


def test_threads_warnings_and_log_lines_fail_a_test_of_the_window(
    pytester: pytest.Pytester,
) -> None:
    outcome = run(pytester, TESTS / "gui" / "conftest.py", WINDOW_TESTS)
    # An error is a test whose end failed; its body, passing, is counted besides.
    outcome.assert_outcomes(passed=11, failed=1, errors=6)
    outcome.stdout.fnmatch_lines(
        [
            "*ERROR at teardown of test_leaks_a_thread*",
            "still running after the test: leaky",
            "*ERROR at teardown of test_leaks_a_job_of_the_pool*",
            "still running after the test: job of the pool",
            "*ERROR at teardown of test_qt_warns_at_the_end*",
            "Qt warned after the test:",
            "late",
            "*ERROR at teardown of test_logs_a_warning*",
            "unexpected log lines:",
            "WARNING somewhere: odd",
            "*ERROR at teardown of test_logs_another_line_than_expected*",
            "unexpected log lines:",
            "ERROR somewhere: broken",
            "*ERROR at teardown of test_logs_nothing_though_expected*",
            "nothing logged matches 'odd'*",
            "FAILED*test_qt_warns",
        ]
    )


WINDOW_TESTS = """
    import logging
    import time

    import pytest
    from PySide6.QtCore import QRunnable, QThread, QThreadPool, qWarning

    class Napper(QRunnable):
        def run(self):
            time.sleep(0.3)

    @pytest.fixture
    def thread(qapp):
        made = QThread()
        made.setObjectName("leaky")
        yield made
        made.wait(5000)

    kept = []

    def test_leaks_a_thread(qapp):
        kept.append(QThread())
        kept[0].setObjectName("leaky")
        kept[0].start()

    def test_leaks_a_job_of_the_pool(qapp):
        QThreadPool.globalInstance().start(Napper())

    def test_joins_its_thread(thread):
        thread.start(QThread.Priority.LowPriority)
        thread.quit()
        assert thread.wait(5000)

    def test_qt_warns(qapp):
        qWarning("wrong")

    @pytest.mark.qt_log_level_fail("CRITICAL")
    def test_qt_warns_as_expected(qapp):
        qWarning("wrong")

    @pytest.fixture
    def warns_at_its_end(qapp):
        yield
        qWarning("late")

    def test_qt_warns_at_the_end(warns_at_its_end):
        pass

    @pytest.fixture
    def has_no_screen_at_its_end(qapp):
        yield
        qWarning("This plugin does not support raise()")

    def test_has_no_screen_at_the_end(has_no_screen_at_its_end):
        qWarning("This plugin does not support propagateSizeHints()")

    def test_logs_a_warning():
        logging.getLogger("somewhere").warning("odd")

    def test_logs_something_harmless():
        logging.getLogger("somewhere").info("fine")

    @pytest.mark.logs("odd")
    def test_logs_as_expected():
        logging.getLogger("somewhere").warning("very odd")

    @pytest.mark.logs("odd")
    def test_logs_another_line_than_expected():
        logging.getLogger("somewhere").warning("very odd")
        logging.getLogger("somewhere").error("broken")

    @pytest.mark.logs("odd")
    def test_logs_nothing_though_expected():
        pass
"""


def run(pytester: pytest.Pytester, conftest: Path, tests: str) -> pytest.RunResult:
    """Run ``tests`` under a copy of ``conftest``, configured as this project is."""
    shutil.copytree(TESTS / "offline", pytester.path / "offline")
    shutil.copy(TESTS.parent / "pyproject.toml", pytester.path)
    pytester.makeconftest(conftest.read_text(encoding="utf-8"))
    pytester.makepyfile(tests)
    return pytester.runpytest_subprocess("-o", "testpaths=.")
