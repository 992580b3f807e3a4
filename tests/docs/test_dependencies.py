"""The page of dependencies lists those of ``pyproject.toml``, with the licences that they have."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]
SECTIONS = {
    "To run": PROJECT["project"]["dependencies"],
    "To develop": EXTRAS["dev"],
    "To package": [*EXTRAS["package"], *PROJECT["build-system"]["requires"]],
}
# What distributions say in their own words, by SPDX.
WORDS = {
    "PSFL": "PSF-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "BSD License": "BSD-3-Clause",
    "BSD 2-Clause License": "BSD-2-Clause",
    "Apache License 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "MIT License": "MIT",
    "GNU General Public License v2 (GPLv2)": "GPL-2.0-or-later WITH Bootloader-exception",
}


def rows(section: str) -> dict[str, list[str]]:
    """The cells of a section's table by package."""
    body = re.split(r"^## ", PAGE, flags=re.MULTILINE)
    (text,) = [part for part in body if part.startswith(f"{section}\n")]
    found = [line.strip("|").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in row] for row in found[1:]]
    assert all(len(row) == 5 and all(row) for row in cells)
    return {row[0]: row for row in cells}


def wanted(requirements: list[str]) -> dict[str, str]:
    """Packages and their ranges."""
    parts = (re.fullmatch(r"([\w.-]+)\s*(.*)", requirement) for requirement in requirements)
    return {part[1]: part[2] for part in parts if part is not None}


def told(package: str) -> str:
    """The licence that an installed package tells, by SPDX."""
    fields = metadata.metadata(package)
    kinds = [c for c in fields.get_all("Classifier") or () if c.startswith("License :: OSI")]
    own = fields.get("License-Expression") or fields.get("License") or ""
    if "\n" in own or len(own) > 200 or not own or "special exception" in own:
        own = kinds[0].rpartition(" :: ")[2]
    return WORDS.get(own, own)


@pytest.mark.parametrize("section", SECTIONS)
def test_the_page_lists_what_is_asked_for(section: str) -> None:
    assert {name: row[1] for name, row in rows(section).items()} == wanted(SECTIONS[section])


@pytest.mark.parametrize("section", SECTIONS)
def test_the_licences_are_those_of_what_is_installed(section: str) -> None:
    compared = 0
    for name, row in rows(section).items():
        try:
            licence = told(name)
        except metadata.PackageNotFoundError:  # what packages is not there for the tests
            assert section == "To package"
            continue
        assert row[2] == licence, name
        compared += 1
    assert compared or section == "To package"


def test_no_other_section_lists_packages() -> None:
    assert re.findall(r"^## (.+)$", PAGE, flags=re.MULTILINE) == list(SECTIONS)
