"""Erasure: what a translated word loses when one source word is left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import torch
from torch import Tensor

from core.cancel import CancelToken
from core.insight.reading import Reading
from core.model.seq2seq import Seq2Seq
from core.text.vocab import SOS, UNK
from core.translation.translator import pad

# Rows read together: more are little faster, and fewer can be cancelled sooner.
_BATCH = 16


class Erasures:
    """A sentence read once as it is and once without each of its source words (Li et al. 2016).

    The translation is given (teacher forcing) up to the word that is asked about. All its words can
    be asked about: what differs between them is only which features are turned into probabilities.

    Args:
        model: in fp32.
        reading: the sentence.
        cancel: asked between batches.

    Raises:
        Cancelled: ``cancel`` was cancelled.
    """

    def __init__(self, model: Seq2Seq, reading: Reading, cancel: CancelToken | None = None) -> None:
        self._model, self._target = model, reading.target
        rows = [reading.source, *(_without(reading.source, word) for word in reading.words)]
        self._features = torch.cat(list(self._read(rows, cancel)))  # [1 + words, T + 1, width]

    def _read(
        self, rows: Sequence[tuple[int, ...]], cancel: CancelToken | None
    ) -> Iterator[Tensor]:
        for first in range(0, len(rows), _BATCH):
            if cancel is not None:
                cancel.check()
            some = rows[first : first + _BATCH]
            ids, lengths = pad(some)
            given = torch.tensor([(SOS, *self._target)] * len(some))  # [B, T + 1]
            with torch.inference_mode():
                yield self._model(ids, lengths, given).features

    def drops(self, pieces: Sequence[int]) -> list[float]:
        """What the log-probability of the word of ``pieces`` loses without each source word.

        In nats; below 0 where the word is likelier without.
        """
        places = torch.tensor(pieces)
        wanted = torch.tensor([self._target[piece] for piece in pieces])
        with torch.inference_mode():
            logits = self._model.logits(self._features[:, places]).float()  # [1 + words, pieces, V]
            likely = logits.log_softmax(-1)
            index = wanted.expand(len(likely), -1)[..., None]  # [1 + words, pieces, 1]
            totals = likely.gather(2, index)[..., 0].sum(1)  # [1 + words]
            lost: list[float] = (totals[0] - totals[1:]).tolist()
        return lost


def _without(source: Sequence[int], word: Sequence[int]) -> tuple[int, ...]:
    """The pieces but for those of ``word``; one unknown word where none is left."""
    return tuple(piece for place, piece in enumerate(source) if place not in word) or (UNK,)
