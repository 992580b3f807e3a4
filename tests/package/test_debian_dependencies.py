"""What the Debian package depends on, as dpkg's own tool finds it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from resources.package.contents import libraries_asked_for
from resources.package.debian import dependencies

pytestmark = pytest.mark.skipif(
    shutil.which("dpkg-shlibdeps") is None, reason="this system has no dpkg-dev"
)


def test_folders_may_be_given_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tree").mkdir()
    shutil.copy("/bin/sh", tmp_path / "tree" / "program")
    monkeypatch.chdir(tmp_path)
    assert "libc6" in dependencies(Path("tree"))


def test_what_the_program_brings_is_not_asked_of_the_system(tmp_path: Path) -> None:
    shutil.copy("/bin/bash", tmp_path / "program")
    (name,) = (n for n in libraries_asked_for(["/bin/bash"])["/bin/bash"] if "tinfo" in n)
    before = packages(dependencies(tmp_path))
    library = next(place for place in Path("/lib").glob(f"*/{name}"))
    shutil.copy(library, tmp_path / name)
    after = packages(dependencies(tmp_path))
    assert before - after == {"libtinfo6"}
    assert "libc6" in after


def packages(depends: str) -> set[str]:
    return {entry.partition(" ")[0] for entry in depends.split(", ")}


def test_what_the_tool_says_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tool = tmp_path / "bin" / "dpkg-shlibdeps"
    tool.parent.mkdir()
    tool.write_text("#!/bin/sh\necho 'no such library' >&2; exit 25\n", encoding="utf-8")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tool.parent}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(SystemExit, match="no such library"):
        dependencies(tmp_path)
