"""Whose each file is: every part is named with its licence, and none passes without."""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path

import jieba
import numpy
import PySide6
import pytest

import gui.app
from core.paths import resources_folder
from resources.package import licence_list, parts

SOURCES = [
    Path(jieba.__file__),
    Path(jieba.__file__).with_name("dict.txt"),
    Path(numpy.__file__),
    Path(PySide6.__file__),
    Path(json.__file__),
    Path(gui.app.__file__),
    resources_folder() / "fonts" / "Inter-Regular.otf",
]


@pytest.fixture(scope="module")
def found() -> dict[str, parts.Part]:
    return {part.name: part for part in parts.parts_of(SOURCES)}


def test_files_are_their_owners(found: dict[str, parts.Part]) -> None:
    assert list(found) == ["attune", "jieba", "numpy", "pyside6-essentials", "python"]
    assert found["numpy"].version == version("numpy")


def test_every_licence_is_named_and_read(found: dict[str, parts.Part]) -> None:
    said = {
        name: "\n".join(path.read_text(encoding="utf-8") for _name, path in part.texts)
        for name, part in found.items()
    }
    assert found["jieba"].licence == "MIT"
    assert "Sun Junyi" in said["jieba"]
    assert "LGPL-3.0-only" in found["pyside6-essentials"].licence
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in said["pyside6-essentials"]
    assert "harfbuzz-ng" in said["pyside6-essentials"]
    assert "NumPy Developers" in said["numpy"]
    assert "PYTHON SOFTWARE FOUNDATION LICENSE" in said["python"]
    assert "SIL OPEN FONT LICENSE" in said["attune"]


def test_the_list_tells_each_text_once(found: dict[str, parts.Part]) -> None:
    again = parts.Part("another", "1", "MIT", found["jieba"].texts)
    listed = licence_list.render([*found.values(), again])
    assert listed.count("Copyright (c) 2013 Sun Junyi") == 1
    assert f"The same as of jieba {version('jieba')}, jieba.txt." in listed
    head = listed.partition("=====")[0]
    assert [line.split()[0] for line in head.splitlines()[2:-1]] == [*found, "another"]


def test_a_file_of_nobody_is_refused(tmp_path: Path) -> None:
    stranger = tmp_path / "libstranger.so.1"
    stranger.write_bytes(b"")
    with pytest.raises(parts.UnknownPartError, match=r"libstranger\.so\.1"):
        parts.parts_of([*SOURCES, stranger])


@pytest.mark.parametrize(
    ("licence", "with_text", "lacking"),
    [("MIT", False, "without a text"), ("", True, "without a name")],
)
def test_a_part_without_a_licence_is_refused(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    licence: str,
    with_text: bool,
    lacking: str,
) -> None:
    folder = tmp_path / "bare-2.0.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text(f"Name: bare\nVersion: 2.0\nLicense: {licence}\n")
    files = ["bare.py", "bare-2.0.dist-info/METADATA"]
    if with_text:
        (folder / "LICENSE").write_text("all of it")
        files.append("bare-2.0.dist-info/LICENSE")
    (folder / "RECORD").write_text("".join(f"{name},,\n" for name in files))
    (tmp_path / "bare.py").write_text("")
    monkeypatch.syspath_prepend(str(tmp_path))
    parts._owners.cache_clear()
    try:
        with pytest.raises(parts.UnknownPartError, match=rf"bare 2\.0 comes {lacking}"):
            parts.parts_of([tmp_path / "bare.py"])
    finally:
        parts._owners.cache_clear()
