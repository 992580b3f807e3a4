"""Repeats the search for a sentence and keeps all that it looked at."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from core.cancel import CancelToken
from core.decoding.hypothesis import Hypothesis
from core.decoding.options import SearchOptions
from core.decoding.recording import Fate, Recorded, SearchRecorder
from core.insight.search_tree import SearchNode, SearchTree, SearchTrees
from core.store.loading import Ready
from core.text.encoding import EncodedSegment
from core.text.subword import MARKER, UNKNOWN_SIGN, piece_label
from core.text.target import join_pieces
from core.text.units import CHARACTERS, PIECES, marks_first
from core.text.vocab import EOS, UNK
from core.translation.beginnings import Beginning, BeginningReader
from core.translation.careful import wider
from core.translation.chunks import encode_parts
from core.translation.copying import source_copy
from core.translation.result import Translation
from core.translation.search import OutputSearch
from core.translation.sections import section_starts
from core.translation.translator import DEFAULTS, TranslateOptions, Translator


def record_search(
    translator: Translator,
    shown: Translation,
    options: TranslateOptions = DEFAULTS,
    beginning: str = "",
    cancel: CancelToken | None = None,
) -> SearchTrees:
    """The search for a segment, one tree for each part that it is cut into.

    Of a segment that was searched again because of a fault, and more widely, it is that second
    search if it found what is shown, else the first. What was mended afterwards is in neither (see
    ``core.translation.careful``).

    Args:
        translator: searches.
        shown: a translation of the segment.
        options: of the search.
        beginning: what the output has to begin with; it counts for the part that it ends in.
        cancel: asked before every step.

    Raises:
        BundleError: the model predicts NaN, or nothing that is allowed.
        Cancelled: ``cancel`` was cancelled.
    """
    recording = _Recording(translator, cancel)
    first = options.search(translator.target_language)
    parts = encode_parts(shown.source, translator.encoder, translator.longest, translator.easy)
    starts = section_starts(shown, parts)
    ends_in = bisect_left(starts, len(beginning)) - 1  # the part that the beginning ends in
    trees = []
    for number, (part, start) in enumerate(zip(parts, starts, strict=True)):
        if not part.source.translatable:
            continue
        own = beginning[start:] if number == ends_in else ""
        before, wanted = shown.translation[:start], shown.translation if len(parts) == 1 else ""
        tree = recording.tree(part.source, before, wanted, first, own)
        if wanted not in ("", tree.text) and not own:
            second = recording.tree(part.source, before, wanted, wider(first))
            tree = replace(second, again=True) if second.text == wanted else tree
        trees.append(tree)
    return SearchTrees(shown.source, tuple(trees))


class _Recording:
    """Searches with a translator's model, and keeps what was looked at."""

    def __init__(self, translator: Translator, cancel: CancelToken | None) -> None:
        self._translator, self._cancel = translator, cancel
        self._search = OutputSearch(translator.loaded)

    def tree(
        self,
        source: EncodedSegment,
        before: str,
        wanted: str,
        options: SearchOptions,
        beginning: str = "",
    ) -> SearchTree:
        """The search for ``source``, its outputs given a ``beginning``.

        The output that it names is the one that says ``wanted``, if there is one: of several, the
        translator takes the one with the fewest faults.
        """
        recorder, begun = SearchRecorder(), None
        if beginning:
            begun = beginning_reader(self._translator).read(beginning, source, whole=False)
        begins = None if begun is None else [begun]
        self._search([source], options, self._cancel, recorder, begins)
        reader = _Reader(source, self._translator.loaded, self._search, recorder, begun)
        nodes = tuple(reader.nodes())
        said = (i for i in recorder.finished if nodes[i].text == wanted)
        several = begun is not None or options.n_best > 1
        winner = next(said, recorder.winner) if several else recorder.winner
        return SearchTree(source.text, before, nodes[winner].text, options.beam, nodes, winner)


def beginning_reader(translator: Translator) -> BeginningReader:
    """What reads beginnings of translations by ``translator``."""
    language, vocabulary = translator.target_language, translator.loaded.target_vocabulary
    return BeginningReader(language, translator.target_tokenizer, vocabulary)


class _Path(NamedTuple):
    """An unfinished output: its pieces, which are copies, the unknown source pieces left."""

    pieces: tuple[str, ...] = ()
    copies: tuple[bool, ...] = ()
    left: tuple[int, ...] = ()


class _Reader:
    """Reads what a search of ``source`` recorded."""

    def __init__(
        self,
        source: EncodedSegment,
        loaded: Ready,
        search: OutputSearch,
        recorder: SearchRecorder,
        begun: Beginning | None,
    ) -> None:
        self._source, self._search, self._begun = source, search, begun
        settled = zip(begun.shown, begun.columns, strict=True) if begun is not None else ()
        self._given = tuple(settled)  # what the first pieces show and copy
        self._vocabulary = loaded.target_vocabulary
        self._language = loaded.target_language
        self._recorder = recorder
        unknown = (i for i, piece in enumerate(source.ids) if piece == UNK)
        self._paths = {-1: _Path(left=tuple(unknown))}

    def nodes(self) -> Iterator[SearchNode]:
        """All records, in their order."""
        for index, record in enumerate(self._recorder.records):
            piece, text = self._read(index, record)
            word, weight = self._looked_at(record)
            yield SearchNode(
                parent=record.parent,
                step=record.step,
                rank=record.rank + 1,
                piece=piece,
                text=text,
                log_probability=record.log_probability,
                total=record.total,
                score=record.score,
                fate=record.fate.value,
                read_from=word,
                weight=weight,
            )

    def _read(self, index: int, record: Recorded) -> tuple[str, str]:
        """The last piece for a reader, and the text up to it."""
        if record.token == EOS:
            return "", self._output(index)
        path = self._paths[record.parent]
        units = self._vocabulary.units
        spaced = marks_first(self._language, units)
        copy = record.token == UNK
        if record.step <= len(self._given):  # as it was typed
            piece, column = self._given[record.step - 1]
            left = tuple(other for other in path.left if other != column)
            grown = _Path((*path.pieces, piece), (*path.copies, column >= 0), left)
        elif copy and not path.left:  # there is nothing to copy: it goes, or is shown as such
            piece = (MARKER if spaced else "") + UNKNOWN_SIGN
            shown = _Path((*path.pieces, piece), (*path.copies, False), path.left)
            grown, piece = shown if self._source.plain else path, "<unk>"
        else:
            piece = self._vocabulary.pieces([record.token])[0]
            left = path.left
            if copy:
                row = self._recorder.attention[record.row]
                column = max(left, key=row.__getitem__)
                piece = source_copy(self._source, column, spaced=spaced)[0]
                left = tuple(other for other in left if other != column)
            grown = _Path((*path.pieces, piece), (*path.copies, copy), left)
        if record.fate is Fate.KEPT:
            self._paths[index] = grown
        copies = () if units == CHARACTERS else grown.copies
        text = join_pieces(grown.pieces, self._language, copies).text
        return piece_label(piece, spaced=spaced and units == PIECES), text

    def _output(self, index: int) -> str:
        """The text of a finished output, as the translator would read it."""
        records = [self._recorder.records[i] for i in self._recorder.path(index)]
        ended = records[-1]
        hypothesis = Hypothesis(
            ids=tuple(record.token for record in records[:-1]),
            score=ended.score,
            log_probability=ended.total,
            token_log_probabilities=tuple(record.log_probability for record in records[:-1]),
            attention=self._recorder.attention[[record.row for record in records[:-1]]],
        )
        return self._search.read(hypothesis, self._source, self._begun).text

    def _looked_at(self, record: Recorded) -> tuple[str, float]:
        """The source word that got most of a step's attention, and how much."""
        row = self._recorder.attention[record.row][: len(self._source.ids)]
        weights = np.bincount(self._source.piece_words, row)
        best = int(weights.argmax())
        start, end = self._source.words[best]
        return self._source.text[start:end], min(1.0, float(weights[best]))
