"""A user's first day with the bundle, with a picture after each step (`make bundle-test`)."""

from __future__ import annotations

import configparser
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.bundle.desktop import PATIENCE, Desktop, Node, until
from tests.bundle.installed import Installed, let_compete

pytestmark = [
    pytest.mark.bundle,
    pytest.mark.timeout(3600),
    pytest.mark.skipif(sys.platform != "linux", reason="plays a user of an X11 desktop"),
]

TITLE = "Attune · 对译"
SOURCE, TARGET = "Text to translate", "Translation"
CHINESE = "我喜欢喝茶。今天的天气很好。"
CANARY = "金丝雀在厨房里唱歌。"
TUNED = "sample-zh-en"
STATE, DATA, CONFIG = (".local/state/attune", ".local/share/attune", ".config/attune")
LEARNING = 1800  # seconds that a busy machine may take for a minute of learning


def open_window(desktop: Desktop, installed: Installed, model: str) -> subprocess.Popen[Any]:
    """Start, and wait until ``model`` is ready; tells on standard output how long that took."""
    began = time.monotonic()
    process = installed.start()
    until(lambda: TITLE in desktop.windows(), "the window", 120)
    shown = time.monotonic() - began
    desktop.wait_for(lambda n: n.name == f"Model: {model}", f"the model {model}", 120)
    until(lambda: not _getting_ready(desktop), "a model that is ready", 120)
    print(f"window after {shown:.1f} s, ready after {time.monotonic() - began:.1f} s")
    return process


def _getting_ready(desktop: Desktop) -> bool:
    _expect_no_fault(desktop)
    return desktop.find(lambda n: n.name.startswith("Getting the model ready")) is not None


def _expect_no_fault(desktop: Desktop) -> None:
    fault = desktop.find(lambda n: n.name.startswith("Something unexpected went wrong"))
    assert fault is None, fault


def translation(desktop: Desktop, text: str, seconds: float = 120) -> str:
    """What stands for ``text`` once the pane on the right has come to rest."""
    until(lambda: desktop.text(SOURCE) == text, "the text as it was typed", 60)
    before = None

    def at_rest() -> str:
        nonlocal before
        _expect_no_fault(desktop)
        now, last = desktop.text(TARGET), before
        before = now
        return now if now and now == last and not _translating(desktop) else ""

    return str(until(at_rest, f"a translation of {text}", seconds))


def _translating(desktop: Desktop) -> bool:
    return desktop.find(lambda n: n.role == "push button" and n.name == "Stop") is not None


def quit_window(desktop: Desktop, installed: Installed, process: subprocess.Popen[Any]) -> None:
    desktop.key("ctrl+q")
    assert process.wait(60 * PATIENCE) == 0
    until(lambda: not installed.processes(), "the end of every process of the bundle", 30)


def test_a_first_day(desktop: Desktop, installed: Installed) -> None:
    process = open_window(desktop, installed, "zh-en")
    desktop.shot("start")
    translates_what_is_typed(desktop)
    offers_other_words(desktop)
    a_second_start_brings_the_first_window(desktop, installed)
    learns_from_a_sample(desktop, process)
    keeps_what_it_learnt(desktop, installed)
    opens_a_page_in_another_program(desktop, installed)
    quit_window(desktop, installed, process)
    assert not list(installed.state(STATE, "crashes").iterdir())

    process = open_window(desktop, installed, TUNED)
    desktop.paste(CHINESE)
    assert "tea" in translation(desktop, CHINESE).lower()
    desktop.shot("tuned-model-after-restart")
    a_crash_is_told_at_the_next_start(desktop, installed, process)
    the_terminal_program_translates(installed)
    nothing_is_left_where_it_should_not_be(installed)


def translates_what_is_typed(desktop: Desktop) -> None:
    desktop.press("Got it")
    desktop.click(_field(desktop, SOURCE).middle)
    desktop.paste(CHINESE)
    found = translation(desktop, CHINESE)
    assert "tea" in found.lower()
    assert "today" in found.lower()
    desktop.shot("translated")
    desktop.click(_field(desktop, TARGET).middle)
    desktop.key("Escape", "ctrl+a", "ctrl+c")
    assert desktop.clipboard() == found
    desktop.click(_field(desktop, SOURCE).middle)
    desktop.key("ctrl+a")
    desktop.type("I like tea.")  # which turns the direction round
    chinese = translation(desktop, "I like tea.")
    assert "茶" in chinese
    desktop.shot("turned-round")
    desktop.key("ctrl+a")
    desktop.paste(CANARY)
    assert translation(desktop, CANARY).isascii()


def offers_other_words(desktop: Desktop) -> None:
    desktop.key("ctrl+a")
    desktop.paste(CHINESE)
    assert "tea" in translation(desktop, CHINESE)
    desktop.click(desktop.place_of(TARGET, "tea"))
    desktop.wait_for(lambda n: n.name == "Other words here", "other words")
    words = [n.name for n in desktop.tree() if n.role == "list item"]
    assert len(words) >= 3
    assert words[0].startswith("tea, ")
    desktop.shot("other-words")
    desktop.key("Escape")


def a_second_start_brings_the_first_window(desktop: Desktop, installed: Installed) -> None:
    note = installed.home / "笔记 of today.txt"
    note.write_text("我们明天去公园。\n", "utf-8")
    desktop.key("ctrl+3")
    assert installed.start(note.name).wait(60 * PATIENCE) == 0
    assert desktop.windows().count(TITLE) == 1
    assert "park" in translation(desktop, "我们明天去公园。\n").lower()
    desktop.shot("second-start")


def learns_from_a_sample(desktop: Desktop, process: subprocess.Popen[Any]) -> None:
    desktop.key("ctrl+2")
    desktop.press("Try a sample")
    desktop.wait_for(lambda n: n.name == "Start learning", "the sample, checked", 120)
    while desktop.text("Minutes to learn") != "1":
        desktop.press("Less time")
    desktop.shot("sample-checked")
    desktop.press("Start learning")

    def learning() -> Node | None:
        let_compete(psutil.Process(process.pid))
        return desktop.find(lambda n: n.name == "Before learning")

    until(learning, "the first sentence while it learns", LEARNING, pause=3)
    desktop.shot("learning")

    def learnt() -> Node | None:
        let_compete(psutil.Process(process.pid))
        return desktop.find(lambda n: n.name == f"{TUNED} is ready")

    until(learnt, "the end of learning", LEARNING, pause=3)
    desktop.shot("learnt")


def keeps_what_it_learnt(desktop: Desktop, installed: Installed) -> None:
    manifest = installed.state(DATA, "models", TUNED, "manifest.json")
    assert json.loads(manifest.read_text("utf-8"))["parent"] == "zh-en"
    desktop.press("Translate with it")
    desktop.wait_for(lambda n: n.name == f"Model: {TUNED}", "the model that has learnt")
    until(lambda: not _getting_ready(desktop), "it, ready", 120)
    desktop.click(_field(desktop, SOURCE).middle)
    desktop.key("ctrl+a")
    desktop.paste(CHINESE)
    assert "tea" in translation(desktop, CHINESE).lower()
    desktop.shot("tuned-model")


def opens_a_page_in_another_program(desktop: Desktop, installed: Installed) -> None:
    desktop.key("ctrl+4")
    desktop.wait_for(lambda n: n.name == "Receipt", "the model's card")
    desktop.shot("models")
    desktop.press("Receipt")
    told = str(until(installed.opened, "a browser", 60))
    assert f"{TUNED}.html" in told
    assert "LD_LIBRARY_PATH" not in told
    assert "QT_PLUGIN_PATH" not in told


def a_crash_is_told_at_the_next_start(
    desktop: Desktop, installed: Installed, process: subprocess.Popen[Any]
) -> None:
    process.send_signal(signal.SIGSEGV)
    assert process.wait(60) == -signal.SIGSEGV
    process = open_window(desktop, installed, TUNED)
    desktop.press("Show the report")
    desktop.wait_for(lambda n: n.name == "Delete", "the report")
    assert "Fatal Python error: Segmentation fault" in desktop.text("Crash report")
    desktop.shot("crash-report")
    desktop.press("Delete")
    until(lambda: desktop.find(lambda n: n.name == "Delete") is None, "the report, put away")
    desktop.shot("crash-report-deleted")
    quit_window(desktop, installed, process)
    assert not list(installed.state(STATE, "crashes").iterdir())


def the_terminal_program_translates(installed: Installed) -> None:
    done = installed.run("translate", "-", "--from", "zh", "--to", "en", given=f"{CANARY}\n")
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
    assert done.stdout.isascii()


def nothing_is_left_where_it_should_not_be(installed: Installed) -> None:
    assert installed.contents() == installed.before
    settings = configparser.ConfigParser()
    settings.read(installed.state(CONFIG, "settings.ini"), "utf-8")
    assert settings["General"]["format_version"] == "1"
    assert settings["translate"]["model"] == TUNED
    forms = [CANARY[:4].encode(code) for code in ("utf-8", "utf-16-le", "gb18030")]
    forms += [CANARY[:4].encode("unicode_escape"), b"".join(b"\\x%x" % ord(c) for c in CANARY[:4])]
    files = [file for file in installed.home.rglob("*") if file.is_file()]
    assert not [f for f in files if any(form in f.read_bytes() for form in forms)]
    places = {_place(file.relative_to(installed.home)) for file in files}
    assert places <= {"笔记 of today.txt", STATE, DATA, CONFIG, ".cache/attune"} | _DESKTOPS_OWN
    log = installed.state(STATE, "logs", "attune.log").read_text("utf-8")
    assert log.count("is open") == 3
    assert "ERROR" not in log
    sockets = Path(os.environ.get("TMPDIR", "/tmp")).glob("attune-" + "?" * 24)
    name = json.loads(installed.state(STATE, "window.json").read_text("utf-8"))["server"]
    assert name not in [socket.name for socket in sockets]


_DESKTOPS_OWN = {".cache/dconf", ".cache/fontconfig", ".cache/mesa_shader_cache"}


def _place(file: Path) -> str:
    """The folder that a program has to itself."""
    known = [*_DESKTOPS_OWN, STATE, DATA, CONFIG, ".cache/attune"]
    return next((name for name in known if file.is_relative_to(name)), str(file))


def _field(desktop: Desktop, name: str) -> Node:
    return desktop.wait_for(lambda n: n.role == "text" and n.name == name, name)
