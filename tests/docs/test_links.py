"""Every link and picture of the documents leads somewhere, and every document is led to."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.documents import (
    DOCUMENTS,
    ROOT,
    anchors,
    links,
    name_of,
    prose,
    target_of,
    text_of,
)

_OUTSIDE = ("https://", "http://", "mailto:")
PICTURES = ROOT / "docs" / "images"


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_link_leads_somewhere(document: Path) -> None:
    inside = [link for link in links(document) if not link.startswith(_OUTSIDE)]
    assert [link for link in inside if not leads(document, link)] == []


def leads(document: Path, link: str) -> bool:
    """Whether there is such a file in the repository, and such a heading in it."""
    place, anchor = target_of(document, link)
    if not place.is_relative_to(ROOT) or not place.exists():
        return False
    return not anchor or place.suffix != ".md" or anchor in anchors(place)


def test_every_document_can_be_reached_from_the_readme() -> None:
    found, new = set(), {ROOT / "README.md"}
    while new:
        found |= new
        led = {target_of(document, link)[0] for document in new for link in links(document)}
        new = {place for place in led if place in DOCUMENTS} - found
    assert {name_of(document) for document in set(DOCUMENTS) - found} == set()


def test_every_picture_is_shown() -> None:
    shown = {target_of(document, link)[0] for document in DOCUMENTS for link in links(document)}
    kept = {path for path in PICTURES.rglob("*") if path.is_file()}
    assert len(kept) > 3
    assert {name_of(path) for path in kept - shown} == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_pictures_are_described(document: Path) -> None:
    """For those who cannot see them, and where they are missing."""
    assert "![](" not in prose(document)
    assert text_of(document).count("<img ") == text_of(document).count(' alt="')


@pytest.mark.parametrize("name", ["README", "docs/tutorial"])
def test_both_languages_lead_to_each_other(name: str) -> None:
    english, chinese = ROOT / f"{name}.md", ROOT / f"{name}.zh.md"
    assert chinese in {target_of(english, link)[0] for link in links(english)}
    assert english in {target_of(chinese, link)[0] for link in links(chinese)}
