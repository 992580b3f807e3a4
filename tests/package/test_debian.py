"""The tree of the Debian package, from a bundle of a few small files."""

from __future__ import annotations

import configparser
import os
from pathlib import Path

import pytest
from PIL import Image

from resources.package import debian


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    bundle = tmp_path / "bundle"
    for name, text in {
        "attune": "#!/bin/sh\necho window: $*\n",
        "_internal/LICENSE": "MIT License\n\nThe text.\n",
        "_internal/resources/LICENCES.txt": "all parts\n",
        "_internal/libz.so.1.2": "library\n",
    }.items():
        path = bundle / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (bundle / "attune").chmod(0o755)
    (bundle / "_internal" / "libz.so").symlink_to("libz.so.1.2")
    tree = tmp_path / "tree"
    tree.mkdir()
    debian.lay_out(bundle, tree)
    return tree


def desktop(tree: Path) -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None, delimiters="=")
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(tree / "usr/share/applications/attune.desktop", encoding="utf-8")
    return parser["Desktop Entry"]


def test_the_menu_starts_a_program_that_is_there(tree: Path) -> None:
    program = tree / "usr/bin" / desktop(tree)["Exec"].split()[0]
    assert program.resolve() == tree / "usr/lib/attune/attune"
    assert os.access(program, os.X_OK)


def test_the_menu_has_a_picture_in_every_size(tree: Path) -> None:
    icons = tree / "usr/share/icons/hicolor"
    name = desktop(tree)["Icon"]
    for place in icons.glob(f"*x*/apps/{name}.png"):
        with Image.open(place) as picture:
            assert f"{picture.width}x{picture.height}" == place.parts[-3]
    assert len(list(icons.glob(f"*/apps/{name}.*"))) == 8
    assert (icons / "scalable/apps" / f"{name}.svg").is_file()


def test_the_terminal_program_is_the_same_one(tree: Path) -> None:
    script = (tree / "usr/bin/attune-cli").read_text(encoding="utf-8")
    assert 'exec /usr/lib/attune/attune --cli "$@"' in script
    assert os.access(tree / "usr/bin/attune-cli", os.X_OK)


def test_links_stay_links_and_licences_are_found(tree: Path) -> None:
    assert (tree / "usr/lib/attune/_internal/libz.so").is_symlink()
    told = (tree / "usr/share/doc/attune/copyright").read_text(encoding="utf-8")
    assert "/usr/lib/attune/_internal/resources/LICENCES.txt" in told
    assert " MIT License\n .\n The text.\n" in told


def test_a_folder_that_is_no_bundle_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        debian.main([str(tmp_path), str(tmp_path)])
