"""How probable a model finds the references: its loss under teacher forcing."""

from __future__ import annotations

from collections.abc import Sequence

import torch

from core.cancel import CancelToken
from core.errors import InputError
from core.store.loading import Loaded
from core.text.encoding import SegmentEncoder
from core.text.vocab import EOS, SOS
from core.translation.search import pad

_BATCH = 16


def forced_loss(
    loaded: Loaded,
    sources: Sequence[str],
    references: Sequence[str],
    cancel: CancelToken | None = None,
) -> float:
    """Mean cross-entropy (natural log) of a unit of ``references``, the ends of texts included.

    Args:
        loaded: the model, in fp32.
        sources: what it reads.
        references: what it ought to write, one each; pairs with an empty side count nothing.
        cancel: asked before every batch.

    Raises:
        InputError: no pair has two sides.
        Cancelled: ``cancel`` was cancelled.
    """
    source = SegmentEncoder.of(loaded.source_language, loaded.source_vocabulary)
    target = SegmentEncoder.of(loaded.target_language, loaded.target_vocabulary)
    encoded = [
        (source.encode(one).ids, target.encode(other).ids)
        for one, other in zip(sources, references, strict=True)
    ]
    pairs = sorted((pair for pair in encoded if all(pair)), key=lambda pair: len(pair[0]))
    if not pairs:
        raise InputError("no pair has two sides", remedy="Give texts and references for them.")
    model = loaded.model.eval()
    total, count = 0.0, 0
    for begin in range(0, len(pairs), _BATCH):
        if cancel is not None:
            cancel.check()
        batch = pairs[begin : begin + _BATCH]
        ids, lengths = pad([one for one, _ in batch])
        given, _ = pad([(SOS, *other) for _, other in batch])
        with torch.inference_mode():
            features = model(ids, lengths, given).features  # [B, T, width]
            for row, (_, other) in zip(features, batch, strict=True):
                wanted = torch.tensor((*other, EOS))
                likely = model.logits(row[: len(wanted)]).float().log_softmax(-1)  # [T, V]
                total -= float(likely.gather(1, wanted[:, None]).sum())
                count += len(wanted)
    return total / count
