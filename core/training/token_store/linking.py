"""Word alignments of a store's pairs, from a file with a line of links for each input line.

A store that keeps its words holds ``words.source`` and ``words.target``, which an aligner reads,
and ``words.safetensors``, which tells whose words its pieces are. What the aligner found becomes
``links.safetensors``: links between pieces.
"""

from __future__ import annotations

import contextlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from core.cancel import CancelToken
from core.errors import InputError
from core.events import Message
from core.training.corpus import Ragged, mapped_arrays, save_arrays
from core.training.links import LAST_PLACE, Links, is_pharaoh, parse_links, piece_links
from core.training.numbered_lines import numbered_lines
from core.training.token_store.clock import Clock

if TYPE_CHECKING:
    from core.training.token_store.store import TokenStore

WORDS = ("words.source", "words.target")
PIECE_WORDS = "words.safetensors"
LINKS = "links.safetensors"
_REMEDY = "Give a line of links (0-0 1-2 ...) for every line of the pairs, also for unusable ones."


class PieceWords:
    """For every piece of every pair the index of its word, and for every pair its input line."""

    def __init__(self) -> None:
        self._lines, self._source, self._target = array("q"), array("B"), array("B")

    def add(self, line: int, source: Sequence[int], target: Sequence[int]) -> None:
        """Append a pair; words behind the 256th are none that a link can name."""
        self._lines.append(line)
        self._source.extend(min(word, LAST_PLACE) for word in source)
        self._target.extend(min(word, LAST_PLACE) for word in target)

    def save(self, folder: Path) -> None:
        """Write them into the store in ``folder``."""
        arrays = {"lines": self._lines, "source": self._source, "target": self._target}
        save_arrays(folder / PIECE_WORDS, {name: np.asarray(a) for name, a in arrays.items()})


def delete_words(folder: Path) -> None:
    """Delete what only aligning needs."""
    for name in (*WORDS, PIECE_WORDS):
        (folder / name).unlink()


def check_alignments(path: Path, lines: int, cancel: CancelToken) -> None:
    """See that every line of ``path`` is links, and that there are ``lines`` of them.

    Raises:
        InputError: it is not so.
        Cancelled: ``cancel`` was cancelled.
    """
    count = 0
    for count, text in numbered_lines(path, holds="links (0-0 1-2)"):
        cancel.check()
        if text is None or not is_pharaoh(text):
            raise InputError(
                "this is no list of links",
                where=f"{path.name}, line {count}",
                remedy="Write links of words, counted from 0, as in: 0-0 1-2 2-1.",
            )
    if count != lines:
        raise InputError(
            f"the alignments have {count} lines, the pairs have {lines}",
            where=path.name,
            remedy=_REMEDY,
        )


def link(store: TokenStore, path: Path, cancel: CancelToken) -> Iterator[Message]:
    """Give the pairs of ``store`` the links in the file ``path``, instead of any they have.

    Each yield is a place to stop; :meth:`TokenStore.open` then finds the links.

    Raises:
        InputError: the store has not kept its words, or the file is no alignment of them.
        StorageError: the links cannot be written.
        Cancelled: ``cancel`` was cancelled.
    """
    words = _piece_words(store)
    with contextlib.ExitStack() as stack:
        source, target = (
            stack.enter_context((store.folder / name).open(encoding="utf-8", newline="\n"))
            for name in WORDS
        )
        rows = zip(source, target, strict=True)
        lines = sum(1 for _ in rows)
        check_alignments(path, lines, cancel)
        source.seek(0)
        target.seek(0)
        counts = ((_count(s), _count(t)) for s, t in zip(source, target, strict=True))
        gathered = Ragged("B")
        clock = Clock()
        for index, links in enumerate(_links(words["lines"], path, counts)):
            cancel.check()
            a, b = store.corpus.source_offsets[index : index + 2]
            c, d = store.corpus.target_offsets[index : index + 2]
            sides = words["source"][a:b].tolist(), words["target"][c:d].tolist()
            gathered.add(end for pair in piece_links(*sides, links) for end in pair)
            if clock.due():
                yield Message(f"pairs linked: {index + 1}")
    flat, offsets = gathered.arrays()
    arrays = {"links": np.reshape(flat, (-1, 2)), "link_offsets": offsets // 2}
    save_arrays(store.folder / LINKS, arrays)


def _piece_words(store: TokenStore) -> dict[str, NDArray[Any]]:
    try:
        words = mapped_arrays(store.folder / PIECE_WORDS)
        sizes = [len(words[name]) for name in ("lines", "source", "target")]
    except (OSError, LookupError, ValueError) as error:
        raise InputError(
            "the tokenised store has not kept its words",
            where=str(store.folder),
            remedy="Make it again with --keep-words, or with the alignments.",
        ) from error
    if sizes != [len(store.corpus), len(store.corpus.source), len(store.corpus.target)]:
        raise InputError(
            "the words are not those of the pairs",
            where=str(store.folder / PIECE_WORDS),
            remedy="Make the store again from the files of pairs.",
        )
    return words


def _count(line: str) -> int:
    line = line.removesuffix("\n")
    return line.count(" ") + 1 if line else 0


def _links(lines: Iterable[int], path: Path, counts: Iterable[tuple[int, int]]) -> Iterator[Links]:
    """The links of the input lines numbered ``lines`` (from 1, rising)."""
    wanted = iter(lines)
    number = next(wanted, None)
    numbered = numbered_lines(path, holds="links (0-0 1-2)")
    for (count, text), (source_words, target_words) in zip(numbered, counts, strict=True):
        if count != number:
            continue
        number = next(wanted, None)
        links = parse_links(text or "")
        for source, target in sorted(links):
            if source >= source_words or target >= target_words:
                raise InputError(
                    f"the link {source}-{target} goes beyond the pair's words "
                    f"({source_words} and {target_words})",
                    where=f"{path.name}, line {count}",
                    remedy="Align the words as the store cuts them (they can be kept with it).",
                )
        yield links
