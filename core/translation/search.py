"""The search for the outputs of encoded segments."""

from __future__ import annotations

from collections.abc import Sequence

import torch

from core.cancel import CancelToken
from core.decoding.beam_search import beam_search
from core.decoding.options import SearchOptions
from core.store.loading import Ready
from core.text.encoding import EncodedSegment
from core.text.vocab import PAD
from core.translation.outputs import Output, read_output
from core.translation.stops import lacks_stop, stop_id, without_stop


class OutputSearch:
    """Finds outputs by beam search.

    Args:
        loaded: the model.
    """

    def __init__(self, loaded: Ready) -> None:
        self._model = loaded.model
        self._language = loaded.target_language
        self._vocabulary = loaded.target_vocabulary
        source_stop = stop_id(loaded.source_vocabulary, loaded.source_language)
        self._stop = stop_id(loaded.target_vocabulary, loaded.target_language)
        self._lent = (source_stop,) if source_stop is not None and self._stop is not None else ()

    def __call__(
        self,
        sources: Sequence[EncodedSegment],
        options: SearchOptions,
        cancel: CancelToken | None = None,
    ) -> list[tuple[Output, ...]]:
        """The outputs of every source, best first.

        Raises:
            BundleError: the model predicts NaN, or nothing that is allowed.
            Cancelled: ``cancel`` was cancelled.
        """
        if not sources:
            return []
        lent = [self._lent if lacks_stop(source) else () for source in sources]
        ids = [(*source.ids, *stop) for source, stop in zip(sources, lent, strict=True)]
        found = beam_search(self._model, *pad(ids), options, cancel)
        results: list[tuple[Output, ...]] = []
        for source, stop, hypotheses in zip(sources, lent, found, strict=True):
            if stop:
                size = len(source.ids)
                hypotheses = tuple(without_stop(h, size, self._stop) for h in hypotheses)
            results.append(
                tuple(read_output(h, source, self._vocabulary, self._language) for h in hypotheses)
            )
        return results


def pad(sentences: Sequence[Sequence[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    """Ids ``[B, S]`` padded with ``<pad>``, and lengths ``[B]``."""
    lengths = [len(sentence) for sentence in sentences]
    longest = max(lengths)
    ids = [[*sentence, *[PAD] * (longest - len(sentence))] for sentence in sentences]
    return torch.tensor(ids), torch.tensor(lengths)
