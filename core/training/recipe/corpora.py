"""Prepared sources turned into corpora of ids with alignment links between pieces."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from core.text.languages import CHINESE, ENGLISH
from core.training.corpus import Corpus
from core.training.links import Links, piece_links
from core.training.recipe.alignments import read_links
from core.training.recipe.sources import SOURCES
from core.training.recipe.words import read_forms
from core.training.recipe.workspace import Workspace

CHUNK = 5000


def encode_all(work: Workspace) -> Iterator[tuple[str, int]]:
    """Write every source's corpus; yields its name and number of pairs."""
    known = read_links(work)
    waiting = next(known, None)
    # The alignments stand in the order of the names, so one pass over them serves all.
    for name in sorted(source.name for source in SOURCES):
        links: dict[int, Links] = {}
        while waiting is not None and waiting[0] == name:
            links[waiting[1]] = waiting[2]
            waiting = next(known, None)
        corpus = _encode(work, name, links)
        corpus.save(work.corpus(name))
        yield name, len(corpus)


def _encode(work: Workspace, name: str, links: dict[int, Links]) -> Corpus:
    chinese, english = work.vocabulary(CHINESE), work.vocabulary(ENGLISH)
    zh_lines = read_forms(work.forms(name, CHINESE))
    en_lines = read_forms(work.forms(name, ENGLISH))
    pairs: list[tuple[tuple[int, ...], tuple[int, ...]]] = []
    places: list[list[tuple[int, int]]] = []
    while zh := list(islice(zh_lines, CHUNK)):
        en = list(islice(en_lines, CHUNK))
        sides = zip(map(chinese.encode, zh), map(english.encode, en), strict=True)
        for source, target in sides:
            found = links.get(len(pairs), set())
            places.append(piece_links(source.words, target.words, found))
            pairs.append((source.ids, target.ids))
    return Corpus.from_pairs(pairs, places)
