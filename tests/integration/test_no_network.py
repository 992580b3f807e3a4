"""Nothing leaves this computer: the window translates where there is no network, without a socket.

The window runs over the real translator in a process of its own, offscreen. The kernel kills that
process at its first internet socket, whoever in it asks for one (seccomp); and where the system
lets a user make one, it runs in a network namespace that has no way out.
"""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fixtures.tiny_model import tiny_bundle

__all__ = ["tiny_bundle"]

WINDOW = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from core.environment import prepare_environment
from tests.integration.no_sockets import forbid_internet_sockets

forbid_internet_sockets()
prepare_environment()
from gui.app import compose, dress
from gui.settings import Settings
from gui.viewmodels.models import Listing
from tests.gui.fakes import FakeCard

bundle = Path(sys.argv[1])
app = QApplication(["attune"])
dress(app)
settings = Settings(bundle.parent / "settings.ini")
parts = compose(settings, models=lambda _name: Listing((FakeCard(bundle.name, bundle),)))
model = parts.window.translate.model
model.failure_changed.connect(lambda: print("failure:", model.failure) or app.quit())
parts.thread.finished_request.connect(lambda _done: app.quit())
parts.window.show()
parts.window.translate.source.editor.replace_text("我喜欢喝茶。")
for page in ("teach", "models", "settings", "translate"):
    parts.window.open(page)
app.exec()
print("translated:", len(model.segments))
parts.window.close()
"""


def translate(prefix: list[str], bundle: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*prefix, sys.executable, "-c", WINDOW, str(bundle)],
        capture_output=True,
        text=True,
        timeout=120,
        cwd=Path(__file__).parents[2],
    )


def without_network() -> list[str]:
    """What runs a command in a namespace without network; empty where that is not allowed."""
    unshare = shutil.which("unshare")
    for rights in ([], ["--map-root-user"]):
        if unshare is not None:
            prefix = [unshare, *rights, "--net"]
            if subprocess.run([*prefix, "true"], capture_output=True).returncode == 0:
                return prefix
    return []


@pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() not in ("x86_64", "aarch64"),
    reason="only Linux kills a process for a system call, and its numbers differ by processor",
)
class TestInternetSockets:
    def test_the_window_translates_without_one_and_without_network(self, tiny_bundle: Path) -> None:
        done = translate(without_network(), tiny_bundle)
        assert done.returncode == 0, done.stderr
        assert "translated: 1" in done.stdout

    def test_one_would_be_the_end_of_the_process(self) -> None:
        code = (
            "from tests.integration.no_sockets import forbid_internet_sockets\n"
            "import _socket\n"  # beneath what forbids sockets in tests
            "forbid_internet_sockets()\n"
            "_socket.socket(_socket.AF_UNIX)\n"
            "print('so far', flush=True)\n"
            "import ctypes; ctypes.CDLL(None).socket({family}, 1, 0)\n"
            "print('too far')\n"
        )
        for family in (2, 10):
            done = subprocess.run(
                [sys.executable, "-c", code.format(family=family)],
                capture_output=True,
                text=True,
                cwd=Path(__file__).parents[2],
            )
            assert done.stdout == "so far\n"
            assert done.returncode < 0


def test_a_namespace_without_network_has_no_way_out() -> None:
    prefix = without_network()
    if not prefix:
        pytest.skip("this system lets no user make a network namespace")
    listing = "from pathlib import Path; print(Path('/proc/self/net/route').read_text())"
    code = [*prefix, sys.executable, "-c", listing]
    done = subprocess.run(code, capture_output=True, text=True, check=True)
    assert len(done.stdout.split("\n")) <= 3, "only the heading: there is no route"
