"""The table of what the space goes to: nothing is left out, and too much fails."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from resources.package import sizes

FILES = {
    "attune": 5_000_000,
    "_internal/torch/lib/libtorch_cpu.so": 40_000_000,
    "_internal/resources/models/zh-en/model.safetensors": 3_000_000,
    "_internal/PySide6/Qt/lib/libicudata.so.73": 2_000_000,
    "_internal/PySide6/Qt/lib/libQt6Core.so.6": 700_000,
    "_internal/libxcb.so.1": 100_000,
    "_internal/nobody/knows.dat": 50_000,
}


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    folder = tmp_path / "attune"
    for name, size in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.truncate(size)
    (folder / "_internal" / "libtorch_cpu.so").symlink_to("torch/lib/libtorch_cpu.so")
    return folder


def test_every_file_is_counted_once_and_links_are_not(
    bundle: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert sizes.main([str(bundle)]) == 0
    table = capsys.readouterr().out
    rows = re.findall(r"^\| ([^*|]+) \| ([\d,]+) \| ([\d.]+) \|$", table, re.MULTILINE)
    megabytes = {name: float(size) for name, _count, size in rows}
    assert sum(megabytes.values()) == pytest.approx(sum(FILES.values()) / 1e6, abs=0.3)
    assert sum(int(count) for _name, count, _size in rows) == len(FILES)
    assert list(megabytes.values()) == sorted(megabytes.values(), reverse=True)
    assert megabytes["PyTorch: libraries"] == 40.0
    assert megabytes["default models"] == 3.0
    assert megabytes["ICU, which Qt needs"] == 2.0
    assert megabytes["Qt and PySide6"] == 0.7
    assert megabytes["libraries of the system"] == 0.1
    assert f"**{sum(FILES.values()) / 1e6:.1f}**" in table


def test_more_than_the_limit_fails(bundle: Path, capsys: pytest.CaptureFixture[str]) -> None:
    total = sum(FILES.values())
    assert sizes.main([str(bundle), "--limit", str(total)]) == 0
    assert sizes.main([str(bundle), "--limit", str(total - 1)]) == 1
    assert f"{total:,} bytes, more than {total - 1:,}" in capsys.readouterr().err
    assert sizes.LIMIT == 750_000_000


def test_the_table_takes_its_place_in_a_document(bundle: Path, tmp_path: Path) -> None:
    document = tmp_path / "page.md"
    document.write_text(f"before\n{sizes.BEGIN}\nold\n{sizes.END}\nafter\n", encoding="utf-8")
    assert sizes.main([str(bundle), "--write", str(document)]) == 0
    text = document.read_text(encoding="utf-8")
    assert text.startswith("before\n")
    assert text.endswith("\nafter\n")
    assert "old" not in text
    assert "| default models | 1 | 3.0 |" in text


def test_a_document_without_a_place_is_left_alone(bundle: Path, tmp_path: Path) -> None:
    document = tmp_path / "page.md"
    document.write_text("no place\n", encoding="utf-8")
    with pytest.raises(ValueError, match="no place for the table"):
        sizes.main([str(bundle), "--write", str(document)])
    assert document.read_text(encoding="utf-8") == "no place\n"


def test_a_folder_without_files_is_no_bundle(tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        sizes.main([str(tmp_path)])
