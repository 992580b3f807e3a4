"""Word alignments of a store's pairs, for the alignment head to learn from.

Words are aligned in both directions by eflomal (Östling & Tiedemann 2016) and symmetrised:
the intersection, grown by neighbours in the union (grow-diag, Koehn et al. 2003).
"""

from __future__ import annotations

import contextlib
import importlib
import random
import tempfile
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from core.errors import InputError, OptionError
from core.files import storage_errors
from core.text.languages import ENGLISH
from core.training.links import Links, parse_links
from core.training.token_store.linking import WORDS
from core.training.token_store.store import TokenStore

MOST_WORDS = 120
# English words that begin alike are counted as one, which joins their inflections.
STEM = 5
ITERATIONS = (3, 3, 7)  # of the models without, with word order, and with fertility
SEED = 7
_NEIGHBOURS = ((-1, 0), (0, -1), (1, 0), (0, 1), (-1, -1), (-1, 1), (1, -1), (1, 1))


def align(store: TokenStore, output: Path, shares: Mapping[str, float]) -> int:
    """Write a line of links for every input line of ``store``; returns how many were aligned.

    Args:
        store: one that keeps its words.
        output: where the links go; a line is empty where nothing was aligned.
        shares: share of the pairs of an input that is aligned, by its name; all where it is not
            named or 1 or more.

    Raises:
        InputError: the store has not kept its words.
        OptionError: eflomal is not installed.
        StorageError: the links cannot be written.
    """
    partial = output.with_name(f".{output.name}.partial")
    with tempfile.TemporaryDirectory(dir=output.parent) as name, storage_errors(output):
        folder = Path(name)
        chosen = _write_texts(store, folder, shares)
        _run_aligner(folder)
        with partial.open("w", encoding="utf-8") as file:
            links = _symmetrised(folder)
            for wanted in chosen:
                if wanted:
                    pairs = sorted(next(links))
                    file.write(" ".join(f"{source}-{target}" for source, target in pairs))
                file.write("\n")
        partial.replace(output)
    return sum(chosen)


def _write_texts(store: TokenStore, folder: Path, shares: Mapping[str, float]) -> bytearray:
    """Write what the aligner reads; for every input line whether it is among that."""
    rng = random.Random(SEED)
    chosen = bytearray()
    sides = (store.source_language, store.target_language)
    with contextlib.ExitStack() as stack:
        texts = [stack.enter_context((folder / s).open("w", encoding="utf-8")) for s in WORDS]
        rows = zip(*(_words(stack, store, name) for name in WORDS), strict=True)
        for input_name, lines in store.lines:
            share = shares.get(input_name, 1.0)
            for row in islice(rows, lines):
                words = [line.removesuffix("\n").split(" ") for line in row]
                usable = all(all(side) and len(side) <= MOST_WORDS for side in words)
                chosen.append(usable and (share >= 1 or rng.random() < share))
                if chosen[-1]:
                    for side, language, file in zip(words, sides, texts, strict=True):
                        file.write(" ".join(_stems(side, language)) + "\n")
    return chosen


def _words(stack: contextlib.ExitStack, store: TokenStore, name: str) -> TextIO:
    try:
        return stack.enter_context((store.folder / name).open(encoding="utf-8", newline="\n"))
    except FileNotFoundError as error:
        raise InputError(
            "the tokenised store has not kept its words",
            where=str(store.folder),
            remedy="Make it again with --keep-words.",
        ) from error


def _stems(words: list[str], language: str) -> list[str]:
    return [word.lower()[:STEM] for word in words] if language == ENGLISH else words


def _run_aligner(folder: Path) -> None:
    try:
        eflomal: Any = importlib.import_module("eflomal")
    except ImportError as error:
        raise OptionError(
            "the aligner eflomal is not installed", remedy="Type: pip install eflomal."
        ) from error
    aligner = eflomal.Aligner(model=3, n_samplers=1, n_iterations=ITERATIONS)
    with contextlib.ExitStack() as stack:
        texts = [stack.enter_context((folder / name).open(encoding="utf-8")) for name in WORDS]
        aligner.align(*texts, str(folder / "forward"), str(folder / "backward"))


def _symmetrised(folder: Path) -> Iterator[Links]:
    with (
        (folder / "forward").open(encoding="utf-8") as forward,
        (folder / "backward").open(encoding="utf-8") as backward,
    ):
        for ahead, back in zip(forward, backward, strict=True):
            yield symmetrize(parse_links(ahead), parse_links(back))


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
