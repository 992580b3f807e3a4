"""Puts what says when before the clause that it belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.text.function_words import FUNCTION_WORDS
from core.text.languages import CHINESE
from core.text.subword import MARKER
from core.translation.copying import behind
from core.translation.faults import Source
from core.translation.outputs import Output
from core.translation.splicing import copy_row, own_text, spliced

_CLAUSE_ENDS = re.compile(
    r"(?:(?<![0-9])[,:;]|[,:;](?![0-9])|(?<!\b[A-Z])(?<!\b[DJMS][rst])[.!?](?= )|[，：；。！？])"
    r"[”’」』）)]*\s*"
)  # but not in 1,250, U. S., Dr. Li
_SENTENCE_ENDS = (".", "!", "?")


def put_before(
    output: Output, source: Source, language: str, text: str, columns: Sequence[int]
) -> Output:
    """``output`` with ``text``, a copy of the source pieces ``columns``, before its clause."""
    place = _clause(output, columns[0])
    pieces = output.copied.pieces
    row = copy_row(output, columns)
    if language == CHINESE:
        new = [(text, row, columns[0]), ("，", row, -1)]
        return spliced(output, source, language, place, place, new)
    if place == 0 or pieces[place - 1].endswith(_SENTENCE_ENDS):
        text = text[0].upper() + text[1:]
    new = [(MARKER + text, row, columns[0]), (",", row, -1)]
    following = place
    if following < len(pieces) and _serves(pieces, following, language):
        new.append((pieces[place].lower(), output.copied.attention[place], -1))
        following += 1
    return spliced(output, source, language, place, following, new)


def _clause(output: Output, column: int) -> int:
    """Where the clause begins that holds the output of what stands before the piece ``column``."""
    copied, spans = output.copied, output.joined.spans
    looks = [int(row.argmax()) for row in copied.attention]
    place = behind(looks, column, copied.attention.shape[1])
    until = spans[place - 1][1] if place else 0
    begin = max((end.end() for end in _CLAUSE_ENDS.finditer(own_text(output), 0, until)), default=0)
    return next((i for i, (start, _) in enumerate(spans) if start >= begin), len(spans))


def _serves(pieces: tuple[str, ...], place: int, language: str) -> bool:
    """Whether a word of grammar, which has no capital inside a sentence, begins at ``place``."""
    whole = place + 1 == len(pieces) or pieces[place + 1].startswith(MARKER)
    word = pieces[place].removeprefix(MARKER).lower()
    return whole and word in FUNCTION_WORDS[language]
