"""Names, icons and versions as each system's programs hold them."""

from __future__ import annotations

import ast
import struct
import tomllib
from pathlib import Path

from resources.package import identity

PROJECT = tomllib.loads(Path(__file__).parents[2].joinpath("pyproject.toml").read_text("utf-8"))


def test_windows_gets_an_icon_in_every_size(tmp_path: Path) -> None:
    path = identity.icon(tmp_path, "win32")
    assert path is not None
    data = path.read_bytes()
    _zero, kind, count = struct.unpack_from("<HHH", data)
    sides = {data[6 + 16 * number] or 256 for number in range(count)}  # 0 stands for 256
    assert kind == 1
    assert sides == {16, 24, 32, 48, 64, 128, 256}


def test_macos_gets_an_icon_in_its_form(tmp_path: Path) -> None:
    path = identity.icon(tmp_path, "darwin")
    assert path is not None
    data = path.read_bytes()
    assert data[:4] == b"icns"
    assert struct.unpack_from(">I", data, 4) == (len(data),)


def test_linux_has_no_icon_in_its_program(tmp_path: Path) -> None:
    assert identity.icon(tmp_path, "linux") is None


def test_windows_is_told_the_version(tmp_path: Path) -> None:
    body = identity.windows_version(tmp_path).read_text(encoding="utf-8")
    calls = [node for node in ast.walk(ast.parse(body)) if isinstance(node, ast.Call)]
    named = {ast.unparse(call.func): call for call in calls}
    options = {word.arg: word.value for word in named["FixedFileInfo"].keywords}
    version = PROJECT["project"]["version"]
    numbers = ast.literal_eval(options["filevers"])
    assert ".".join(map(str, numbers)).startswith(version)
    assert len(numbers) == 4
    strings = dict(
        ast.literal_eval(ast.Tuple(call.args, ast.Load()))
        for call in calls
        if ast.unparse(call.func) == "StringStruct"
    )
    assert strings["FileVersion"] == strings["ProductVersion"] == version
    assert strings["FileDescription"] == "Attune"


def test_macos_is_told_the_version() -> None:
    assert identity.mac_properties()["CFBundleShortVersionString"] == PROJECT["project"]["version"]
