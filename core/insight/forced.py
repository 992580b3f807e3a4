"""Alignments of given pairs: the model reads the target and shows where it looked."""

from __future__ import annotations

from collections.abc import Sequence

import torch

from core.errors import InputError
from core.store.loading import Loaded
from core.text.encoding import EncodedSegment, SegmentEncoder
from core.text.tokenizer import make_tokenizer
from core.text.vocab import EOS, PAD, SOS
from core.translation.alignment import word_alignment
from core.translation.result import Translation, Word
from core.translation.translator import pad

BATCH = 32


class ForcedAligner:
    """Aligns pairs with a model's attention under teacher forcing."""

    def __init__(self, loaded: Loaded, *, tokenized: bool = False) -> None:
        self._model = loaded.model.eval()
        self._tokenized = tokenized
        self._source = SegmentEncoder(
            loaded.source_language,
            make_tokenizer(loaded.source_language),
            loaded.source_vocabulary,
        )
        self._target = SegmentEncoder(
            loaded.target_language,
            make_tokenizer(loaded.target_language),
            loaded.target_vocabulary,
        )

    def align(self, pairs: Sequence[tuple[str, str]]) -> list[Translation]:
        """Each pair as a :class:`Translation` whose text and words are the given ones.

        Its score is the log-probability per target piece.

        Raises:
            InputError: a side is empty.
        """
        results: list[Translation] = []
        for begin in range(0, len(pairs), BATCH):
            results += self._align(pairs[begin : begin + BATCH], begin)
        return results

    def _align(self, pairs: Sequence[tuple[str, str]], offset: int) -> list[Translation]:
        sources = [self._source.encode(s, tokenized=self._tokenized) for s, _ in pairs]
        targets = [self._target.encode(t, tokenized=self._tokenized) for _, t in pairs]
        for number, (source, target) in enumerate(zip(sources, targets, strict=True), offset + 1):
            if not source.ids or not target.ids:
                raise InputError(
                    "one side of the pair is empty",
                    where=f"line {number}",
                    remedy="Give a sentence on both sides of the tab.",
                )
        ids, lengths = pad([source.ids for source in sources])
        wanted, _ = pad([(*target.ids, EOS) for target in targets])
        given = torch.cat((torch.full((len(pairs), 1), SOS), wanted[:, :-1]), dim=1)
        with torch.inference_mode():
            output = self._model(ids, lengths, given)
            shown = self._model.alignment(output.attention).float()  # [B, T, S]
            chosen = self._model.logits(output.features).float().log_softmax(-1)
            likely = chosen.gather(2, wanted[:, :, None]).squeeze(2)
            scores = (likely * (wanted != PAD)).sum(1) / (wanted != PAD).sum(1)
        return [
            _result(source, target, shown[row].numpy(), float(scores[row]))
            for row, (source, target) in enumerate(zip(sources, targets, strict=True))
        ]


def _result(source: EncodedSegment, target: EncodedSegment, attention, score: float) -> Translation:  # type: ignore[no-untyped-def]
    alignment = word_alignment(
        attention[: len(target.ids), : len(source.ids)],
        source.piece_words,
        len(source.words),
        target.piece_spans,
        target.word_spans(),
    )
    return Translation(
        source=source.text,
        translation=target.text,
        score=score,
        source_words=_words(source),
        target_words=_words(target),
        alignment=alignment,
    )


def _words(segment: EncodedSegment) -> tuple[Word, ...]:
    return tuple(Word(segment.text[a:b], a, b) for a, b in segment.word_spans())
