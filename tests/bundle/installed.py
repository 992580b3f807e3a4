"""The bundle where a user has put it: no Python, no network and no sources in reach."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import psutil

REPOSITORY = Path(__file__).resolve().parents[2]
HIDING = f'{shutil.which("mount")} -t tmpfs none "$1" && shift && exec "$@"'
# In the place of a browser: notes what it is given, and its environment.
BROWSER = """#!/bin/sh
{{ echo "$1"; export -p; }} > '{told}.partial' && {move} '{told}.partial' '{told}'
"""
NOWHERE = "http://127.0.0.1:9"


def cut_off() -> list[str]:
    """What runs a command without network and without the repository; empty where not allowed."""
    unshare, shell = shutil.which("unshare"), shutil.which("sh")
    for rights in ([], ["--map-root-user"]):
        if unshare is None or shell is None:
            break
        prefix = [unshare, *rights, "--net", "--mount", shell, "-c"]
        command = [*prefix, HIDING, "hide", str(REPOSITORY)]
        there = [shell, "-c", f"! [ -e '{__file__}' ]"]
        if subprocess.run([*command, *there], capture_output=True, check=False).returncode == 0:
            return command
    return []


class Installed:
    """A copy of ``bundle`` in ``place``, with an empty home; both paths have blanks and 汉字."""

    def __init__(self, bundle: Path, place: Path, desktop: dict[str, str]) -> None:
        self.folder = place / "应用 程序" / "attune"
        shutil.copytree(bundle, self.folder, symlinks=True)
        self.home = place / "家 of a user"
        self.home.mkdir()
        browser = place / "programs" / "xdg-open"  # Qt starts none where the path has a blank
        browser.parent.mkdir()
        self._opened = place / "opened.txt"
        browser.write_text(BROWSER.format(told=self._opened, move=shutil.which("mv")), "utf-8")
        browser.chmod(0o755)
        self._prefix = cut_off()
        self._environment = {
            **desktop,
            "HOME": str(self.home),
            "PATH": str(browser.parent),
        }
        if not self._prefix:
            proxies = ("http_proxy", "https_proxy", "all_proxy")
            self._environment |= dict.fromkeys(proxies, NOWHERE)
        self.errors = place / "errors.txt"
        self.before = self.contents()

    @property
    def hidden(self) -> bool:
        """Whether network and repository are out of reach, not only unwanted."""
        return bool(self._prefix)

    def start(self, *arguments: str) -> subprocess.Popen[Any]:
        with self.errors.open("ab") as errors:
            return subprocess.Popen(
                [*self._prefix, str(self.folder / "attune"), *arguments],
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=errors,
                stderr=errors,
                cwd=self.home,
            )

    def run(self, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
        """The terminal program, to its end."""
        return subprocess.run(
            [*self._prefix, str(self.folder / "attune"), "--cli", *arguments],
            env=self._environment,
            input=given,
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=self.home,
            timeout=600,
            check=False,
        )

    def contents(self) -> dict[str, tuple[int, int]]:
        """Every file of the bundle, its size and when it was written."""
        return {
            str(path.relative_to(self.folder)): (path.stat().st_size, path.stat().st_mtime_ns)
            for path in self.folder.rglob("*")
            if path.is_file()
        }

    def state(self, *parts: str) -> Path:
        """A place below what the desktop's customs make of the home."""
        return self.home.joinpath(*parts)

    def opened(self) -> str:
        """What the browser was given, and its environment; nothing before it is opened."""
        return self._opened.read_text("utf-8") if self._opened.exists() else ""

    def processes(self) -> list[psutil.Process]:
        """Those that run out of the bundle."""
        found = []
        for process in psutil.process_iter():
            try:
                if Path(process.exe()).is_relative_to(self.folder):
                    found.append(process)
            except (psutil.Error, OSError):
                continue
        return found


def let_compete(process: psutil.Process) -> None:
    """Let the children of ``process`` compute beside other programs of a busy machine.

    They give way to everything else by themselves, so that a test might wait for ever.
    """
    try:
        for child in process.children(recursive=True):
            for thread in child.threads():
                os.sched_setscheduler(thread.id, os.SCHED_OTHER, os.sched_param(0))
    except (psutil.Error, OSError):  # it has ended, or that is not permitted
        return
