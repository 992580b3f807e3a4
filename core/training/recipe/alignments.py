"""Word alignments of the training data, for the alignment head to learn from.

Words are aligned in both directions by eflomal (Östling & Tiedemann 2016) and symmetrised:
the intersection, grown by neighbours in the union (grow-diag, Koehn et al. 2003).
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Any

from core.errors import OptionError
from core.text.languages import CHINESE, ENGLISH
from core.text.subword import MARKER
from core.training.links import Links, parse_links
from core.training.recipe.sources import SOURCES
from core.training.recipe.words import read_forms
from core.training.recipe.workspace import Workspace

MOST_WORDS = 120
# English words that begin alike are counted as one, which joins their inflections.
STEM = 5
THIN = {"tvsub": 2, "flygon-itbooks-mt": 2}
ITERATIONS = (3, 3, 7)  # of the models without, with word order, and with fertility
_NEIGHBOURS = ((-1, 0), (0, -1), (1, 0), (0, 1), (-1, -1), (-1, 1), (1, -1), (1, 1))


def write_texts(work: Workspace) -> int:
    """Gather what the aligner reads; ``index`` tells each line's source and number."""
    count = 0
    with (
        work.links("zh").open("w", encoding="utf-8") as zh,
        work.links("en").open("w", encoding="utf-8") as en,
        work.links("index").open("w", encoding="utf-8") as index,
    ):
        for name in sorted(source.name for source in SOURCES):
            both = zip(
                read_forms(work.forms(name, CHINESE)),
                read_forms(work.forms(name, ENGLISH)),
                strict=True,
            )
            for number, (chinese, english) in enumerate(both):
                sides = [[w.replace(MARKER, "") for w in side] for side in (chinese, english)]
                unusable = any(not all(side) or len(side) > MOST_WORDS for side in sides)
                if number % THIN.get(name, 1) or unusable:
                    continue
                zh.write(" ".join(sides[0]) + "\n")
                en.write(" ".join(word.lower()[:STEM] for word in sides[1]) + "\n")
                index.write(f"{name} {number}\n")
                count += 1
    return count


def align(work: Workspace) -> None:
    """Run the aligner over the gathered texts.

    Raises:
        OptionError: eflomal is not installed.
    """
    try:
        eflomal: Any = importlib.import_module("eflomal")
    except ImportError as error:
        raise OptionError(
            "the aligner eflomal is not installed", remedy="Type: pip install eflomal."
        ) from error
    aligner = eflomal.Aligner(model=3, n_samplers=1, n_iterations=ITERATIONS)
    with (
        work.links("zh").open(encoding="utf-8") as zh,
        work.links("en").open(encoding="utf-8") as en,
    ):
        aligner.align(zh, en, str(work.links("fwd")), str(work.links("rev")))


def symmetrize(forward: Links, backward: Links) -> Links:
    """Grow-diag: links of both directions, then neighbours of either that align a new word."""
    aligned = forward & backward
    union = forward | backward
    sources, targets = {s for s, _ in aligned}, {t for _, t in aligned}
    grew = True
    while grew:
        grew = False
        for source, target in sorted(aligned):
            for down, right in _NEIGHBOURS:
                link = (source + down, target + right)
                new = link[0] not in sources or link[1] not in targets
                if link in union and link not in aligned and new:
                    aligned.add(link)
                    sources.add(link[0])
                    targets.add(link[1])
                    grew = True
    return aligned


def read_links(work: Workspace) -> Iterator[tuple[str, int, Links]]:
    """Source, line number and symmetrised links of every aligned pair."""
    with (
        work.links("index").open(encoding="utf-8") as index,
        work.links("fwd").open(encoding="utf-8") as forward,
        work.links("rev").open(encoding="utf-8") as backward,
    ):
        for place, ahead, back in zip(index, forward, backward, strict=True):
            name, number = place.rsplit(" ", 1)
            yield name, int(number), symmetrize(parse_links(ahead), parse_links(back))
