"""Which words of a shown translation belong together, as the aligner of its model says."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray

from core.cancel import CancelToken
from core.insight.reading import Reading, read
from core.model.aligner import Aligner, Read, read_pair, read_pairs
from core.model.seq2seq import Seq2Seq
from core.text.encoding import SegmentEncoder
from core.text.vocab import SOS
from core.translation.result import Rows, Translation
from core.translation.translator import Translator

MOST_PIECES = 400  # of both sides: they take 0.2 s, 740 take 0.8 s (AVX2, two cores)


def prepare(translator: Translator) -> None:
    """Load what linking words needs beside the model: the tokenizer of what it writes, a second."""
    if translator.loaded.aligner is not None:
        _writer(translator).encode("a")


def link_words(
    translator: Translator, shown: Translation, cancel: CancelToken | None = None
) -> Rows | None:
    """Weights of the links of ``shown``: a row for each of its words, one for each source word.

    A word that was copied is linked with what it is a copy of. Rows sum to at most 1.

    Returns:
        The rows; ``None`` where the model has no aligner, or one side no words or far too many.

    Raises:
        Cancelled: ``cancel`` was cancelled.
    """
    aligner = translator.loaded.aligner
    if aligner is None:
        return None
    reading = read(shown, translator.encoder, _writer(translator))
    if not reading.source or not reading.target:
        return None
    if len(reading.source) + len(reading.target) > MOST_PIECES:
        return None
    linked = _by_pieces(translator, aligner, reading, cancel)
    rows = [
        shown.alignment[word] if word in shown.copied else _row(linked, pieces, reading)
        for word, pieces in enumerate(reading.target_words)
    ]
    return tuple(rows)


def _writer(translator: Translator) -> SegmentEncoder:
    """What cuts the translation into the pieces of its model."""
    return SegmentEncoder.of(translator.target_language, translator.loaded.target_vocabulary)


def _by_pieces(
    translator: Translator, aligner: Aligner, reading: Reading, cancel: CancelToken | None
) -> NDArray[np.float32]:
    """The weights between pieces, ``[T, S]``."""
    with torch.inference_mode():
        weights: NDArray[np.float32] = aligner.weights(_read(translator, reading, cancel))[
            0
        ].numpy()
    return weights


def _read(translator: Translator, reading: Reading, cancel: CancelToken | None) -> Read:
    model = translator.model
    if not isinstance(model, Seq2Seq):
        check = (lambda: None) if cancel is None else cancel.check
        return read_pair(model, reading.source, reading.target, check)
    source, target = torch.tensor([reading.source]), torch.tensor([(SOS, *reading.target)])
    return read_pairs(model, source, torch.tensor([source.shape[1]]), target)[0]


def _row(
    linked: NDArray[np.float32], pieces: tuple[int, ...], reading: Reading
) -> tuple[float, ...]:
    """The mean row of ``pieces``, summed over those of each source word."""
    if not pieces:
        return (0.0,) * len(reading.words)
    row = linked[list(pieces)].mean(0)  # [S]
    return tuple(float(row[list(word)].sum()) for word in reading.words)
