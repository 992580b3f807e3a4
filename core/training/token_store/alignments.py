"""A file of word alignments beside the inputs of a store, a line of links for each input line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from core.cancel import CancelToken
from core.errors import InputError
from core.training.links import Links, is_pharaoh, parse_links
from core.training.numbered_lines import numbered_lines

_REMEDY = "Give a line of links (0-0 1-2 ...) for every line of the pairs, also for unusable ones."


class Alignments:
    """Links of the lines that were kept.

    Args:
        path: the file, one line per input line over all inputs.
        lines: number of input lines.
        cancel: asked at every line.

    Raises:
        InputError: a line is no list of links, or there are more or fewer lines.
    """

    def __init__(self, path: Path, lines: int, cancel: CancelToken) -> None:
        self._path = path
        count = 0
        for count, text in self._numbered():
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

    def _numbered(self) -> Iterator[tuple[int, str | None]]:
        return numbered_lines(self._path, holds="links (0-0 1-2)")

    def kept(self, lines: Sequence[int]) -> Iterator[str]:
        """The lines of these numbers (from 1, rising)."""
        wanted = iter(lines)
        number = next(wanted, None)
        for count, text in self._numbered():
            if count == number and text is not None:
                yield text
                number = next(wanted, None)

    def links(self, text: str, line: int, source_words: int, target_words: int) -> Links:
        """The links that ``text``, line number ``line``, tells of a pair.

        Raises:
            InputError: a link names a word that the pair does not have.
        """
        links = parse_links(text)
        for source, target in sorted(links):
            if source >= source_words or target >= target_words:
                raise InputError(
                    f"the link {source}-{target} goes beyond the pair's words "
                    f"({source_words} and {target_words})",
                    where=f"{self._path.name}, line {line}",
                    remedy="Align the words as the store cuts them (they can be kept with it).",
                )
        return links
