"""The second pass: packed lines to ids, held-out pairs apart, and whose words the pieces are."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from core.cancel import CancelToken
from core.events import Message
from core.text.subword import Vocabulary
from core.training.corpus import Corpus, Ragged
from core.training.token_store.clock import Clock
from core.training.token_store.cutting import Cutting
from core.training.token_store.encoder import LineEncoder, Pieces
from core.training.token_store.linking import PieceWords
from core.training.token_store.store import HeldPair

CHUNK = 2000  # pairs encoded at a time


class Encoding:
    """Ids of all pairs, gathered in memory at their size on disk.

    Args:
        cutting: the pairs.
        vocabularies: of source and target.
        cancel: asked at every chunk.

    Attributes:
        held: the held-out pairs.
        words: whose words the pieces of the other pairs are.
    """

    def __init__(
        self,
        cutting: Cutting,
        vocabularies: tuple[Vocabulary, Vocabulary],
        cancel: CancelToken,
    ) -> None:
        self._cutting = cutting
        self._encoders = [LineEncoder(vocabulary) for vocabulary in vocabularies]
        self._cancel = cancel
        self._source, self._target = Ragged("H"), Ragged("H")
        self.words = PieceWords()
        self.held: list[HeldPair] = []

    def run(self) -> Iterator[Message]:
        """Encode everything."""
        self._encode_given()
        clock = Clock()
        rows = self._cutting.forms()
        while chunk := list(islice(rows, CHUNK)):
            self._cancel.check()
            source = self._encoders[0].encode([line for _, line, _ in chunk])
            target = self._encoders[1].encode([line for _, _, line in chunk])
            for (index, _, _), s, t in zip(chunk, source, target, strict=True):
                self._add(index, s, t)
            if clock.due():
                yield Message(f"pairs encoded: {chunk[-1][0] + 1}")

    def _encode_given(self) -> None:
        given = self._cutting.given
        source = self._encoders[0].encode([cut.source for cut in given])
        target = self._encoders[1].encode([cut.target for cut in given])
        for cut, s, t in zip(given, source, target, strict=True):
            pair = cut.pair
            self.held.append(HeldPair(pair.source, pair.target, tuple(s.ids), tuple(t.ids)))

    def _add(self, index: int, source: Pieces, target: Pieces) -> None:
        if index in self._cutting.held:
            pair = self._cutting.held[index]
            ids = tuple(source.ids), tuple(target.ids)
            self.held.append(HeldPair(pair.source, pair.target, *ids))
            return
        self._source.add(source.ids)
        self._target.add(target.ids)
        self.words.add(self._cutting.kept[index], source.words, target.words)

    def corpus(self) -> Corpus:
        """The pairs to train on."""
        return Corpus(*self._source.arrays(), *self._target.arrays())
