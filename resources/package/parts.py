"""Whose part each file of the bundle is, with its licence: distributions, Python, the system's."""

from __future__ import annotations

import csv
import functools
import re
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
_TEXTS = Path(__file__).with_name("licences")
_DEBIAN_TEXTS = Path("/usr/share/doc")

# Distributions that come without the text of their licence.
_SUPPLIED = {
    "jieba": ("jieba.txt",),
    "pyside6-essentials": ("LGPL-3.0.txt", "GPL-3.0.txt", "Qt-third-party.txt"),
    "shiboken6": ("LGPL-3.0.txt", "GPL-3.0.txt"),
    "tokenizers": ("Apache-2.0.txt",),
}
_TEXT_NAMES = re.compile(r"(LICEN[CS]E|COPYING|NOTICE|COPYRIGHT)", re.IGNORECASE)
_LONGEST_EXPRESSION = 200  # some write the whole text where its name belongs


@dataclass(frozen=True, slots=True)
class Part:
    """Something of somebody's in the bundle.

    Attributes:
        licence: its name, as an expression of SPDX where the part tells one.
        texts: names and paths of what has to be passed on with it.
    """

    name: str
    version: str
    licence: str
    texts: tuple[tuple[str, Path], ...]


class UnknownPartError(Exception):
    """A file in the bundle is nobody's, or a part has no licence."""


def parts_of(sources: Iterable[Path], always: Iterable[str] = ()) -> list[Part]:
    """The parts that ``sources`` belong to, by name.

    Args:
        always: distributions that are parts whatever the files are.

    Raises:
        UnknownPartError: a file belongs to nothing known, or a part has no licence or text.
    """
    owners = _owners()
    distributed = {name: Distribution.from_name(name) for name in always}
    found: dict[str, Part] = {}
    packages: set[Path] = set()
    for source in sorted({_real(path) for path in sources}):
        owner = owners.get(source.as_posix())
        if owner is not None:
            distributed.setdefault(*owner)
        elif _ROOT in source.parents and Path(sys.prefix) not in source.parents:
            found["attune"] = _attune()
        elif Path(sysconfig.get_path("stdlib")) in source.parents or _is_pythons(source):
            found["python"] = _python()
        else:
            packages.add(source)
    found |= {name: _of_distribution(owner) for name, owner in distributed.items()}
    found |= {part.name: part for part in _debian_parts(packages)}
    return [_checked(found[name]) for name in sorted(found)]


def _checked(part: Part) -> Part:
    if not part.licence or not part.texts:
        raise UnknownPartError(
            f"{part.name} {part.version} comes without {'a text' if part.licence else 'a name'} "
            f"of its licence: put the text into {_TEXTS} and name it in {Path(__file__).name}"
        )
    return part


def _real(path: Path) -> Path:
    """``path`` without links in its folders; its own name is kept."""
    return _real_folder(path.parent) / path.name


@functools.cache
def _real_folder(folder: Path) -> Path:
    return folder.resolve()


# --- Python distributions ------------------------------------------------------------------------


def _name(owner: Distribution) -> str:
    return re.sub(r"[-_.]+", "-", owner.name).lower()


@functools.cache
def _owners() -> dict[str, tuple[str, Distribution]]:
    """Name and distribution of every installed file."""
    owners: dict[str, tuple[str, Distribution]] = {}
    for owner in distributions():
        name = _name(owner)
        if name != "attune":  # whose files lie where they were written
            home = _real_folder(Path(str(owner.locate_file("")))).as_posix()
            # Straight from the list: an object for each of some 40,000 files takes a second.
            rows = csv.reader((owner.read_text("RECORD") or "").splitlines())
            owners |= {f"{home}/{row[0]}": (name, owner) for row in rows if row}
    return owners


def _of_distribution(owner: Distribution) -> Part:
    named = tuple(_licence_files(owner))
    supplied = tuple((name, _TEXTS / name) for name in _SUPPLIED.get(_name(owner), ()))
    return Part(_name(owner), owner.version, _expression(owner), named or supplied)


def _licence_files(owner: Distribution) -> Iterator[tuple[str, Path]]:
    for file in owner.files or ():
        inside = re.match(r"[^/]+\.dist-info/(?:licenses/)?(.+)$", file.as_posix())
        if inside and _TEXT_NAMES.search(file.name):
            yield inside[1], Path(str(owner.locate_file(file)))


def _expression(owner: Distribution) -> str:
    """What the distribution says its licence is: the expression, a word, or its classifiers."""
    told = owner.metadata
    for key in ("License-Expression", "License"):
        value = (told.get(key) or "").strip()
        if value and "\n" not in value and len(value) <= _LONGEST_EXPRESSION * 3:
            return value
    classes = [c for c in told.get_all("Classifier") or () if c.startswith("License ::")]
    return ", ".join(c.rpartition(" :: ")[2] for c in classes)


# --- Attune and Python ---------------------------------------------------------------------------


def _attune() -> Part:
    from core import __version__

    resources = _ROOT / "resources"
    texts = [("LICENSE", _ROOT / "LICENSE"), ("resources/LICENSES.md", resources / "LICENSES.md")]
    texts += [
        (path.relative_to(_ROOT).as_posix(), path)
        for path in sorted(resources.rglob("*"))
        if path.parent.name in ("fonts", "icons") and path.name.startswith(("OFL", "LICENSE"))
    ]
    return Part("attune", __version__, "MIT; of its fonts and drawings, see below", tuple(texts))


def _is_pythons(source: Path) -> bool:
    home = Path(sys.base_prefix).resolve()
    return source.name.startswith(("libpython", "python3")) and home in source.parents


def _python() -> Part:
    version = sysconfig.get_python_version()
    places = (Path(sysconfig.get_path("stdlib")), Path(sys.base_prefix))
    texts = [place / "LICENSE.txt" for place in places]
    texts.append(_DEBIAN_TEXTS / f"python{version}" / "copyright")
    found = next((path for path in texts if path.is_file()), None)
    named = (("LICENSE.txt", found),) if found else ()
    return Part("python", sys.version.partition(" ")[0], "PSF-2.0", named)


# --- libraries of the system ---------------------------------------------------------------------


def _debian_parts(files: set[Path]) -> Iterator[Part]:
    """The Debian packages of ``files``."""
    owned: dict[str, str] = {}
    for file in sorted(files):
        package = _debian_package(file)
        if package is None:
            raise UnknownPartError(f"{file} is in the bundle, and belongs to nothing known")
        owned.setdefault(*package)
    for name, version in owned.items():
        text = _DEBIAN_TEXTS / name / "copyright"
        texts = (("copyright", text),) if text.is_file() else ()
        yield Part(name, version, _debian_licences(text) if texts else "", texts)


def _debian_package(file: Path) -> tuple[str, str] | None:
    """Name and version of the package that ``file`` comes from."""
    # Where /lib is a link to /usr/lib, a package may tell either.
    for path in (file, Path(str(file).removeprefix("/usr")), file.resolve()):
        owner = _asked("dpkg-query", "--search", str(path))
        if owner:
            package = owner.splitlines()[0].rpartition(": ")[0].partition(",")[0]
            version = _asked("dpkg-query", "--show", "--showformat=${Version}", package)
            return package.partition(":")[0], version or ""
    return None


def _asked(*command: str) -> str | None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:  # another system than Debian
        return None
    return done.stdout if done.returncode == 0 else None


def _debian_licences(text: Path) -> str:
    """The names of the licences in a ``copyright`` of Debian's, or where to read of them."""
    body = text.read_text(encoding="utf-8", errors="replace")
    names = dict.fromkeys(re.findall(r"^License:[ \t]*(\S.*)$", body, re.MULTILINE))
    return "; ".join(names) or "see the text"
