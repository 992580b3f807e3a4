"""Pieces put into an output and replaced in it, so that offsets, copies and alignment stay true."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from core.text.languages import ENGLISH
from core.text.subword import MARKER
from core.translation.copying import Copied, behind, word_end
from core.translation.faults import Source, without
from core.translation.outputs import Output, written

LOOKS = 0.2  # how much what is wrong looks at the right one whose place it took, at least


def own_text(output: Output) -> str:
    """The text without tags, and with blanks for copies."""
    spans = zip(output.joined.spans, output.copied.columns, strict=True)
    return without(output.joined.text, [span for span, column in spans if column >= 0])


def columns_of(source: Source, begin: int, end: int) -> list[int]:
    """The source pieces that overlap the characters ``begin`` to ``end``."""
    spans = enumerate(source.encoded.piece_spans)
    return [column for column, (start, stop) in spans if start < end and begin < stop]


def copied_columns(output: Output) -> frozenset[int]:
    """The source pieces that copies show."""
    copies = output.copied.attention[np.asarray(output.copied.columns, int) >= 0]
    return frozenset(np.flatnonzero(copies.any(axis=0)).tolist())


def overlapping(output: Output, begin: int, end: int) -> list[int]:
    """The pieces of ``output`` that overlap the characters ``begin`` to ``end``."""
    spans = enumerate(output.joined.spans)
    return [index for index, (start, stop) in spans if start < end and begin < stop]


def attention_to(output: Output, begin: int, end: int, columns: Sequence[int]) -> float:
    """What the output between two offsets attends to ``columns``, of 1."""
    rows = output.copied.attention[overlapping(output, begin, end)]
    return float(rows[:, list(columns)].sum(axis=1).mean()) if len(rows) else 0.0


def copy_row(
    output: Output, columns: Sequence[int]
) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """Attention ``[S]`` that is all on ``columns``, as much on each."""
    row = np.zeros(output.copied.attention.shape[1], np.float32)
    row[list(columns)] = 1 / len(columns)
    return row


def replaced(
    output: Output,
    source: Source,
    language: str,
    span: tuple[int, int],
    text: str,
    columns: Sequence[int],
) -> Output:
    """``output`` with ``text``, a copy of source pieces ``columns``, in the place of ``span``."""
    copied, joined = output.copied, output.joined
    indices = overlapping(output, *span)
    first, last = indices[0], indices[-1]
    before = joined.text[joined.spans[first][0] : span[0]]
    after = joined.text[span[1] : joined.spans[last][1]]
    marker = MARKER if copied.pieces[first].startswith(MARKER) else ""
    new = [(marker + before, copied.attention[first], -1)] if before else []
    new.append((("" if before else marker) + text, copy_row(output, columns), columns[0]))
    new += [(after, copied.attention[last], -1)] if after else []
    return spliced(output, source, language, first, last + 1, new)


def inserted(
    output: Output, source: Source, language: str, text: str, columns: Sequence[int]
) -> Output:
    """``output`` with ``text``, a copy of source pieces ``columns``, behind what was before it."""
    copied = output.copied
    looks = [int(row.argmax()) for row in copied.attention]
    place = behind(looks, columns[0], copied.attention.shape[1])
    if language == ENGLISH:
        place = word_end(copied.pieces, place)
        text = MARKER + text
    new = [(text, copy_row(output, columns), columns[0])]
    return spliced(output, source, language, place, place, new)


def spliced(
    output: Output,
    source: Source,
    language: str,
    first: int,
    behind_last: int,
    new: Sequence[tuple[str, np.ndarray[tuple[int], np.dtype[np.float32]], int]],
) -> Output:
    """``output`` with ``new`` pieces in the place of those from ``first``.

    Each is its text, its attention ``[S]`` and the column it copies, -1 for none.
    """
    copied = output.copied
    rows = [row[None] for _, row, _ in new]
    changed = Copied(
        (*copied.pieces[:first], *(text for text, _, _ in new), *copied.pieces[behind_last:]),
        np.concatenate([copied.attention[:first], *rows, copied.attention[behind_last:]]),
        (*copied.columns[:first], *(c for _, _, c in new), *copied.columns[behind_last:]),
        (
            *copied.log_probabilities[:first],
            *(math.nan for _ in new),
            *copied.log_probabilities[behind_last:],
        ),
    )
    return written(output.hypothesis, changed, source.encoded, language)


def arranged(output: Output, source: Source, language: str, order: Sequence[int]) -> Output:
    """``output`` with the pieces whose indices ``order`` names, one behind the other."""
    copied = output.copied
    changed = Copied(
        tuple(copied.pieces[index] for index in order),
        copied.attention[list(order)],
        tuple(copied.columns[index] for index in order),
        tuple(copied.log_probabilities[index] for index in order),
    )
    return written(output.hypothesis, changed, source.encoded, language)
