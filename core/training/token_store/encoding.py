"""The second pass: packed lines to ids, held-out pairs apart, alignments on their pieces."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, repeat

import numpy as np

from core.cancel import CancelToken
from core.events import Message
from core.text.subword import Vocabulary
from core.training.corpus import Corpus, Ragged
from core.training.links import piece_links
from core.training.token_store.alignments import Alignments
from core.training.token_store.cutting import Clock, Cutting
from core.training.token_store.encoder import LineEncoder, Pieces
from core.training.token_store.packing import forms
from core.training.token_store.store import HeldPair

CHUNK = 2000  # pairs encoded at a time


class Encoding:
    """Ids of all pairs, gathered in memory at their size on disk.

    Args:
        cutting: the pairs.
        vocabularies: of source and target.
        alignments: of the pairs' words, if known.
        cancel: asked at every chunk.

    Attributes:
        held: the held-out pairs.
    """

    def __init__(
        self,
        cutting: Cutting,
        vocabularies: tuple[Vocabulary, Vocabulary],
        alignments: Alignments | None,
        cancel: CancelToken,
    ) -> None:
        self._cutting = cutting
        self._encoders = [LineEncoder(vocabulary) for vocabulary in vocabularies]
        self._alignments = alignments
        self._cancel = cancel
        self._source, self._target, self._links = Ragged("H"), Ragged("H"), Ragged("B")
        self.held: list[HeldPair] = []

    def run(self) -> Iterator[Message]:
        """Encode everything."""
        self._encode_given()
        clock = Clock()
        rows = self._cutting.forms()
        aligned: Iterator[str | None] = repeat(None)
        if self._alignments is not None:
            aligned = self._alignments.kept(self._cutting.kept)
        while chunk := list(islice(rows, CHUNK)):
            self._cancel.check()
            source = self._encoders[0].encode([line for _, line, _ in chunk])
            target = self._encoders[1].encode([line for _, _, line in chunk])
            for row, s, t in zip(chunk, source, target, strict=True):
                self._add(row, s, t, next(aligned))
            if clock.due():
                yield Message(f"pairs encoded: {chunk[-1][0] + 1}")

    def _encode_given(self) -> None:
        given = self._cutting.given
        source = self._encoders[0].encode([cut.source for cut in given])
        target = self._encoders[1].encode([cut.target for cut in given])
        for cut, s, t in zip(given, source, target, strict=True):
            pair = cut.pair
            self.held.append(HeldPair(pair.source, pair.target, tuple(s.ids), tuple(t.ids)))

    def _add(
        self, row: tuple[int, str, str], source: Pieces, target: Pieces, aligned: str | None
    ) -> None:
        index, *lines = row
        if index in self._cutting.held:
            pair = self._cutting.held[index]
            ids = tuple(source.ids), tuple(target.ids)
            self.held.append(HeldPair(pair.source, pair.target, *ids))
            return
        self._source.add(source.ids)
        self._target.add(target.ids)
        if self._alignments is not None and aligned is not None:
            words = [len(forms(line)) for line in lines]
            links = self._alignments.links(aligned, self._cutting.kept[index], *words)
            ends = piece_links(source.words, target.words, links)
            self._links.add(end for link in ends for end in link)

    def corpus(self) -> Corpus:
        """The pairs to train on."""
        arrays = (*self._source.arrays(), *self._target.arrays())
        if self._alignments is None:
            return Corpus(*arrays)
        flat, offsets = self._links.arrays()
        return Corpus(*arrays, np.reshape(flat, (-1, 2)), offsets // 2)
