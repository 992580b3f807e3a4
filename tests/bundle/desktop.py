"""A desktop of its own: screen, window manager, screen reader's bus; keys, clicks and pictures."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ACCESSIBLE = Path(__file__).with_name("accessible.py")
SYSTEM_PYTHON = "/usr/bin/python3"  # which has the bindings of the screen reader's bus
LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
PROGRAMS = ("Xvfb", "openbox", "dbus-daemon", "xdotool", "xclip", "import")
SIZE = "1280x800x24"
PATIENCE = float(os.environ.get("ATTUNE_PATIENCE", "1"))  # times as long as a calm machine needs


def missing() -> list[str]:
    """What this system lacks of all that is needed."""
    lacking = [name for name in PROGRAMS if shutil.which(name) is None]
    if not any(map(os.path.exists, LAUNCHERS)):
        lacking.append("at-spi-bus-launcher")
    code = "import gi; gi.require_version('Atspi', '2.0')"
    if subprocess.run([SYSTEM_PYTHON, "-c", code], capture_output=True, check=False).returncode:
        lacking.append("gir1.2-atspi-2.0, python3-gi")
    return lacking


@dataclass(frozen=True)
class Node:
    """Something in the window, as a screen reader is told."""

    role: str
    name: str
    text: str
    states: tuple[str, ...]
    box: tuple[int, int, int, int]

    @property
    def middle(self) -> tuple[int, int]:
        x, y, width, height = self.box
        return x + width // 2, y + height // 2


class Desktop:
    """Runs from :meth:`start` to :meth:`stop`; pictures go to ``shots``, numbered in order."""

    def __init__(self, shots: Path) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="attune-desktop-"))  # short: sockets lie there
        self._shots = shots
        self._count = 0
        self._processes: list[subprocess.Popen[Any]] = []
        self.environment: dict[str, str] = {}

    def start(self) -> None:
        reading, writing = os.pipe()
        self._run(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", SIZE, "-nolisten", "tcp"],
            pass_fds=(writing,),
        )
        os.close(writing)
        with os.fdopen(reading) as told:
            display = f":{told.readline().strip()}"
        bus = f"unix:path={self._folder}/bus"
        self.environment = {
            "DISPLAY": display,
            "DBUS_SESSION_BUS_ADDRESS": bus,
            "XDG_RUNTIME_DIR": str(self._folder),
            "LC_ALL": "C.UTF-8",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        }
        self._run(["dbus-daemon", "--session", "--nofork", f"--address={bus}"])
        until(lambda: (self._folder / "bus").exists(), "the session's bus")
        self._run(["openbox"])
        self._run([next(filter(os.path.exists, LAUNCHERS)), "--launch-immediately"])

    def stop(self) -> None:
        for process in reversed(self._processes):
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def _own_environment(self) -> dict[str, str]:
        return {**os.environ, **self.environment, "HOME": str(self._folder)}

    def _run(self, command: list[str], pass_fds: tuple[int, ...] = ()) -> None:
        quiet = subprocess.DEVNULL
        self._processes.append(
            subprocess.Popen(
                command, stdout=quiet, stderr=quiet, env=self._own_environment, pass_fds=pass_fds
            )
        )

    def _ask(self, *command: str, given: str | None = None) -> str:
        done = subprocess.run(
            command, input=given, capture_output=True, text=True, env=self._own_environment,
            timeout=120 * PATIENCE, check=True,
        )  # fmt: skip
        return done.stdout

    # -- what a person does ---------------------------------------------------------------

    def key(self, *keys: str) -> None:
        self._ask("xdotool", "key", "--delay", "60", *keys)

    def type(self, text: str) -> None:
        """Letters of this keyboard."""
        self._ask("xdotool", "type", "--delay", "60", text)

    def paste(self, text: str) -> None:
        # xclip stays to hand the text over, so nothing of it may be waited for.
        clip = ["xclip", "-selection", "clipboard"]
        quiet = subprocess.DEVNULL
        environment = self._own_environment
        with subprocess.Popen(
            clip, stdin=subprocess.PIPE, stdout=quiet, stderr=quiet, env=environment
        ) as process:
            process.communicate(text.encode())
        self.key("ctrl+v")

    def clipboard(self) -> str:
        return self._ask("xclip", "-selection", "clipboard", "-o")

    def click(self, place: tuple[int, int]) -> None:
        self._ask("xdotool", "mousemove", "--sync", *map(str, place), "click", "1")

    def press(self, name: str, role: str = "push button", seconds: float = 60) -> None:
        """Click the button ``name`` once it is there and can be clicked."""
        node = self.wait_for(lambda n: n.role == role and n.name == name, name, seconds)
        self.click(node.middle)

    def shot(self, name: str) -> None:
        self._count += 1
        self._shots.mkdir(parents=True, exist_ok=True)
        time.sleep(0.5)  # what was asked for last is drawn
        self._ask("import", "-window", "root", str(self._shots / f"{self._count:02}-{name}.png"))

    # -- what a person sees ---------------------------------------------------------------

    def windows(self) -> list[str]:
        """The titles of the windows on the screen."""
        done = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--name", "Attune"],
            capture_output=True, text=True, env=self._own_environment, check=False,
        )  # fmt: skip
        return [self._ask("xdotool", "getwindowname", n).strip() for n in done.stdout.split()]

    def tree(self) -> list[Node]:
        # The bindings warn of what they will rename one day.
        told = self._ask(SYSTEM_PYTHON, "-W", "ignore", str(ACCESSIBLE), "tree")
        return [
            Node(n["role"], n["name"], n["text"], tuple(n["states"]), tuple(n["box"]))
            for n in json.loads(told)
        ]

    def find(self, fits: Callable[[Node], bool]) -> Node | None:
        return next(filter(fits, self.tree()), None)

    def wait_for(self, fits: Callable[[Node], bool], what: str, seconds: float = 60) -> Node:
        found = until(lambda: self.find(lambda n: fits(n) and "enabled" in n.states), what, seconds)
        assert isinstance(found, Node)
        return found

    def text(self, name: str) -> str:
        """What the field ``name`` holds."""
        found = self.find(lambda n: n.role == "text" and n.name == name)
        return "" if found is None else found.text

    def place_of(self, name: str, word: str) -> tuple[int, int]:
        """The middle of ``word`` in the field ``name``."""
        offset = self.text(name).index(word) + len(word) // 2
        command = (SYSTEM_PYTHON, "-W", "ignore", str(ACCESSIBLE), "box", name, str(offset))
        x, y, width, height = json.loads(self._ask(*command))
        return x + width // 2, y + height // 2


def until(
    happened: Callable[[], object], what: str, seconds: float = 60, pause: float = 0.2
) -> object:
    """Wait until ``happened`` gives something true, and give it; ask after each ``pause``."""
    seconds *= PATIENCE
    end = time.monotonic() + seconds
    while not (found := happened()):
        assert time.monotonic() < end, f"not in {seconds:.0f} seconds: {what}"
        time.sleep(pause)
    return found
