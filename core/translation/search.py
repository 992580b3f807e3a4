"""The search for the outputs of encoded segments."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import torch

from core.cancel import CancelToken
from core.decoding.beam_search import beam_search
from core.decoding.hypothesis import Hypothesis
from core.decoding.next_words import Begun
from core.decoding.options import SamplingOptions, SearchOptions
from core.decoding.recording import SearchRecorder
from core.decoding.sampling import sample
from core.model.attention import Memory
from core.store.loading import Ready
from core.text.encoding import EncodedSegment
from core.text.vocab import PAD, UNK
from core.translation.beginnings import Beginning
from core.translation.outputs import Output, read_output
from core.translation.plain import Limits, fitted
from core.translation.stops import lacks_stop, stop_id, without_stop


class OutputSearch:
    """Finds outputs by beam search.

    Args:
        loaded: the model.
    """

    def __init__(self, loaded: Ready) -> None:
        self._loaded = loaded
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
        recorder: SearchRecorder | None = None,
        beginnings: Sequence[Beginning] | None = None,
    ) -> list[tuple[Output, ...]]:
        """The outputs of every source, best first; the ``recorder`` is for a single one.

        With ``beginnings``, one for every source, outputs begin as they say.

        Raises:
            BundleError: the model predicts NaN, or nothing that is allowed.
            Cancelled: ``cancel`` was cancelled.
        """
        if not sources:
            return []
        prefixes = None if beginnings is None else [begun.prefix for begun in beginnings]
        found: dict[int, tuple[Hypothesis, ...]] = {}
        # What is typed may be unknown: then the search may say so.
        copyless = [beginnings is None and self._has_none_to_copy(source) for source in sources]
        for kind in sorted(set(copyless)):
            group = [i for i, one in enumerate(copyless) if one is kind]
            ids = [(*sources[i].ids, *self.lent(sources[i])) for i in group]
            begun = None if prefixes is None else [prefixes[i] for i in group]
            wanted = self._wanted(options, kind)
            these = beam_search(self._model, *pad(ids), wanted, cancel, recorder, begun)
            found |= zip(group, these, strict=True)
        given = beginnings or (None,) * len(sources)
        return [
            tuple(self.read(hypothesis, source, given[i]) for hypothesis in found[i])
            for i, source in enumerate(sources)
        ]

    def sample(
        self,
        source: EncodedSegment,
        count: int,
        options: SamplingOptions,
        seed: int,
        cancel: CancelToken | None = None,
    ) -> tuple[Output, ...]:
        """``count`` outputs of ``source`` drawn at random, as drawn; some may be the same.

        Raises:
            BundleError: the model predicts NaN, or nothing that is allowed.
            Cancelled: ``cancel`` was cancelled.
        """
        generator = torch.Generator().manual_seed(seed)
        ids, lengths = pad([(*source.ids, *self.lent(source))] * count)
        wanted = self._wanted(options, self._has_none_to_copy(source))
        found = sample(self._model, ids, lengths, wanted, generator, cancel)
        return tuple(self.read(hypothesis, source) for hypothesis in found)

    def _has_none_to_copy(self, source: EncodedSegment) -> bool:
        """Whether an ``<unk>`` in the output of a plain ``source`` would stand for nothing: there
        is no unknown word, or no attention that says which."""
        if not source.plain:
            return False
        return UNK not in source.ids or self._model.config.attention == "none"

    def _wanted(self, options: Limits, has_none_to_copy: bool) -> Limits:
        """``options`` as they fit the model, without ``<unk>`` where it would stand for nothing."""
        found = fitted(options, self._loaded)
        return dataclasses.replace(found, allow_unknown=False) if has_none_to_copy else found

    def begin(
        self, source: EncodedSegment, ids: Sequence[int], cancel: CancelToken | None = None
    ) -> Begun[Memory, torch.Tensor]:
        """The model with ``source`` and the pieces ``ids`` of an output read."""
        given = pad([(*source.ids, *self.lent(source))])
        return Begun(self._model, *given, ids, cancel)

    def read(
        self, hypothesis: Hypothesis, source: EncodedSegment, begun: Beginning | None = None
    ) -> Output:
        """What ``hypothesis``, an output for ``source`` that began with ``begun``, says."""
        given = begun.given(hypothesis.ids) if begun is not None else ()
        if self.lent(source):
            hypothesis = without_stop(hypothesis, len(source.ids), self._stop, len(given))
        return read_output(hypothesis, source, self._vocabulary, self._language, given)

    def lent(self, source: EncodedSegment) -> tuple[int, ...]:
        """What the model is given behind ``source``: a full stop where it has none.

        A plain source is given nothing.
        """
        return self._lent if not source.plain and lacks_stop(source) else ()


def pad(sentences: Sequence[Sequence[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    """Ids ``[B, S]`` padded with ``<pad>``, and lengths ``[B]``."""
    lengths = [len(sentence) for sentence in sentences]
    longest = max(lengths)
    ids = [[*sentence, *[PAD] * (longest - len(sentence))] for sentence in sentences]
    return torch.tensor(ids), torch.tensor(lengths)
