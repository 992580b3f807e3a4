"""A Debian package of the bundle, made with dpkg's own tools (``make deb``).

python -m resources.package.debian dist/attune dist
"""

from __future__ import annotations

import argparse
import gzip
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from PIL import Image

from resources.package.contents import libraries_asked_for
from resources.package.identity import PICTURE, project
from resources.package.licence_list import NAME as LICENCES

_LINUX = Path(__file__).with_name("linux")
_SIZES = (16, 24, 32, 48, 64, 128, 256)
_ELF = b"\x7fELF"
# Program → Debian package that it comes with.
_TOOLS = {
    "appstreamcli": "appstream",
    "desktop-file-validate": "desktop-file-utils",
    "dpkg-deb": "dpkg",
    "dpkg-shlibdeps": "dpkg-dev",
}
# What Qt, and libraries that the program brings, open by name: the driver of screens, where fonts
# lie, what keys mean. And what a package of Qt's would recommend: fonts, the desktop's dialogs.
_OPENED_BY_NAME = ("fontconfig-config", "libegl1", "libgl1", "libx11-data", "xkb-data")
_RECOMMENDED = ("fonts-dejavu-core", "xdg-desktop-portal", "xdg-utils")


def missing_tools() -> list[str]:
    """Debian packages of the programs that are not there."""
    return sorted(package for tool, package in _TOOLS.items() if shutil.which(tool) is None)


def lay_out(bundle: Path, tree: Path) -> None:
    """Fill ``tree`` with every file of the package but dpkg's own."""
    program = tree / "usr" / "lib" / "attune"
    shutil.copytree(bundle, program, symlinks=True, copy_function=_linked)
    programs = tree / "usr" / "bin"
    programs.mkdir(parents=True)
    (programs / "attune").symlink_to("../lib/attune/attune")
    _put(_LINUX / "attune-cli", programs / "attune-cli", 0o755)
    shared = tree / "usr" / "share"
    _put(_LINUX / "attune.desktop", shared / "applications" / "attune.desktop")
    about = "org.attune.Attune.metainfo.xml"
    _put(_LINUX / about, shared / "metainfo" / about)
    _put_icons(shared / "icons" / "hicolor")
    _put_documents(bundle, shared / "doc" / "attune")


def _linked(source: str, target: str) -> str:
    """A second name of the file instead of a copy, where both are on one disk."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
    return target


def _put(source: Path, target: Path, mode: int = 0o644) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    target.chmod(mode)


def _put_icons(themes: Path) -> None:
    with Image.open(PICTURE) as picture:
        for size in _SIZES:
            place = themes / f"{size}x{size}" / "apps" / "attune.png"
            place.parent.mkdir(parents=True)
            picture.resize((size, size), Image.Resampling.LANCZOS).save(place)
    _put(PICTURE.with_name("attune.svg"), themes / "scalable" / "apps" / "attune.svg")


def _put_documents(bundle: Path, folder: Path) -> None:
    folder.mkdir(parents=True)
    listed = next(bundle.rglob(LICENCES)).relative_to(bundle).as_posix()
    own = (bundle / "_internal" / "LICENSE").read_text(encoding="utf-8").strip()
    text = "\n ".join(line or "." for line in own.splitlines())
    (folder / "copyright").write_text(
        "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n"
        "Upstream-Name: attune\n"
        "Comment: The package holds the parts of others, too. Each with its version, its licence\n"
        f" and the licence's text is in /usr/lib/attune/{listed}.\n\n"
        f"Files: *\nCopyright: Attune contributors\nLicense: MIT\n {text}\n",
        encoding="utf-8",
    )
    news = f"attune ({project()['version']}) stable; urgency=low\n\n  * See the README.\n"
    (folder / "changelog.gz").write_bytes(gzip.compress(news.encode(), mtime=0))


def dependencies(program: Path) -> str:
    """The packages of the libraries that ``program`` asks for and does not bring.

    dpkg's tool names those that it brings, too, for what belongs to no package is looked for by
    its name; but it alone knows which version is needed.
    """
    binaries = sorted(map(str, _binaries(program.resolve())))  # the tool runs elsewhere
    folders = sorted({f"-l{Path(path).parent}" for path in binaries})
    with tempfile.TemporaryDirectory() as scratch:
        control = Path(scratch) / "debian" / "control"
        control.parent.mkdir()
        control.write_text("Source: attune\n\nPackage: attune\nArchitecture: any\n")
        command = ["dpkg-shlibdeps", "-O", "--ignore-missing-info", *folders, *binaries]
        done = subprocess.run(command, cwd=scratch, check=False, capture_output=True)
    if done.returncode:
        raise SystemExit(f"dpkg-shlibdeps: {done.stderr.decode()[-2000:]}")
    found = done.stdout.decode().strip().removeprefix("shlibs:Depends=").split(", ")
    needed = _packages_with(_not_brought(program, binaries))
    named = {entry.partition(" ")[0]: entry for entry in found}
    kept = [entry for name, entry in named.items() if name in needed]
    return ", ".join([*kept, *(name for name in _OPENED_BY_NAME if name not in needed)])


def _not_brought(program: Path, binaries: Sequence[str]) -> set[str]:
    """The file names of the libraries that ``binaries`` ask the system for."""
    brought = {path.name for path in program.rglob("*")}
    return set[str]().union(*libraries_asked_for(binaries).values()) - brought


def _packages_with(libraries: Iterable[str]) -> set[str]:
    """The packages that hold files of these names."""
    command = ["dpkg-query", "--search", *(f"*/{name}" for name in libraries)]
    told = subprocess.run(command, check=False, capture_output=True, text=True).stdout
    owners = (line.partition(": ")[0] for line in told.splitlines())
    return {name.partition(":")[0] for owner in owners for name in owner.split(", ")}


def _binaries(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(4) == _ELF:
                    yield path


def control(tree: Path, architecture: str) -> str:
    """What dpkg is told of the package in ``tree``."""
    told = project()
    size = sum(p.stat().st_size for p in tree.rglob("*") if p.is_file() and not p.is_symlink())
    return "\n".join(
        (
            f"Package: {told['name']}",
            f"Version: {told['version']}",
            f"Architecture: {architecture}",
            "Maintainer: Attune contributors <attune@attune.invalid>",
            "Section: text",
            "Priority: optional",
            f"Installed-Size: {size // 1024}",
            f"Depends: {dependencies(tree / 'usr' / 'lib' / 'attune')}",
            f"Recommends: {', '.join(_RECOMMENDED)}",
            f"Description: {told['description'].removeprefix('An ')}",
            " Attune translates between Chinese and English without a network, shows which words",
            " a translation looked at, and learns from files of sentence pairs.",
            "",
        )
    )


def build(bundle: Path, folder: Path) -> Path:
    """Make the package of ``bundle``; where it lies in ``folder``."""
    for check in (
        ("desktop-file-validate", _LINUX / "attune.desktop"),
        ("appstreamcli", "validate", "--no-net", _LINUX / "org.attune.Attune.metainfo.xml"),
    ):
        subprocess.run(check, check=True)
    asked = subprocess.run(
        ["dpkg", "--print-architecture"], check=True, capture_output=True, text=True
    )
    architecture = asked.stdout.strip()
    package = folder / f"attune_{project()['version']}_{architecture}.deb"
    with tempfile.TemporaryDirectory(dir=folder, prefix="deb-") as scratch:
        tree = Path(scratch) / "tree"
        tree.mkdir(mode=0o755)
        lay_out(bundle, tree)
        (tree / "DEBIAN").mkdir()
        (tree / "DEBIAN" / "control").write_text(control(tree, architecture), encoding="utf-8")
        built = Path(scratch) / package.name
        command = ("dpkg-deb", "--root-owner-group", "-Zzstd", "-z9", "--build", tree, built)
        subprocess.run(command, check=True)
        built.replace(package)
    return package


def main(arguments: list[str] | None = None) -> int:
    """Make the package; 1 where the system lacks a tool for that."""
    parser = argparse.ArgumentParser(prog="python -m resources.package.debian")
    parser.add_argument("bundle", type=Path, help="the folder that `make bundle` built")
    parser.add_argument("folder", type=Path, help="where to put the package")
    given = parser.parse_args(arguments)
    if not (given.bundle / "attune").is_file():
        parser.error(f"{given.bundle} holds no bundle; `make bundle` builds it")
    lacking = missing_tools()
    if lacking:
        sys.stderr.write(f"first:  sudo apt-get install {' '.join(lacking)}\n")
        return 1
    sys.stdout.write(f"{build(given.bundle, given.folder)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
