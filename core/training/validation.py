"""Loss on held-out pairs, and how the model translates one of them now."""

from __future__ import annotations

import contextlib
import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray

from core import runtime
from core.cancel import CancelToken
from core.decoding.beam_search import beam_search
from core.decoding.hypothesis import Hypothesis
from core.decoding.options import SearchOptions
from core.errors import TrainingError
from core.evaluation.metrics import score
from core.model.inference import InferenceModel, can_lay_out
from core.model.packed import Matrix
from core.model.seq2seq import Seq2Seq
from core.store.loading import Loaded
from core.store.quantize import quantize_matrix
from core.text.encoding import EncodedSegment, SegmentEncoder
from core.text.languages import is_spaced
from core.text.subword import MARKER, UNKNOWN_SIGN
from core.text.target import join_pieces
from core.text.tokenizer import make_tokenizer
from core.text.units import PIECES, marks_first
from core.text.vocab import UNK
from core.training.batching import Batch, collate
from core.training.checks import Pair
from core.training.rendering import Rendering
from core.training.trainer import Trainer
from core.translation.outputs import read_output
from core.translation.plain import fitted, is_plain
from core.translation.search import pad

BATCH = 16
GREEDY = SearchOptions(beam=1)
ReadyModel = InferenceModel | Seq2Seq


@dataclass(frozen=True)
class Held:
    """Held-out pairs as texts and as batches of like length."""

    pairs: tuple[Pair, ...]
    batches: tuple[Batch, ...]

    @classmethod
    def of(
        cls,
        pairs: Sequence[Pair],
        encode: Callable[[Pair], tuple[tuple[int, ...], tuple[int, ...]]],
    ) -> Held:
        """Encode ``pairs`` and cut them into batches; those of which nothing remains are left out.

        Raises:
            TrainingError: nothing remains of any.
        """
        kept, encoded = [], []
        no_links = np.zeros((0, 2), np.int64)
        for pair in pairs:
            source, target = encode(pair)
            if source and target:
                kept.append(pair)
                encoded.append((np.asarray(source), np.asarray(target), no_links))
        if not kept:
            raise TrainingError("no held-out pair has any words")
        encoded.sort(key=lambda example: len(example[0]))
        cuts = [encoded[i : i + BATCH] for i in range(0, len(encoded), BATCH)]
        return cls(tuple(kept), tuple(collate(cut) for cut in cuts))


def validate(trainer: Trainer, held: Held, cancel: CancelToken | None = None) -> float:
    """Mean loss (natural log) per target piece of the held-out pairs.

    Args:
        trainer: computes the losses; its model comes back as it was.
        held: the pairs.
        cancel: asked before every batch.

    Raises:
        Cancelled: ``cancel`` was cancelled.
    """
    total = torch.zeros((), dtype=torch.float64, device=trainer.device)
    with trainer.averaged(), _evaluating(trainer.model), torch.inference_mode():
        for batch in held.batches:
            if cancel is not None:
                cancel.check()
            total = total + trainer.losses(batch, 0.0)[1]
    return float(total) / sum(batch.target_tokens for batch in held.batches)


def sentence_log_probabilities(
    trainer: Trainer, held: Held, cancel: CancelToken | None = None
) -> NDArray[np.float64]:
    """Mean log-probability (natural) of a target piece, for each held-out pair in batch order.

    Args:
        trainer: its model comes back as it was.
        held: the pairs.
        cancel: asked before every batch.

    Raises:
        Cancelled: ``cancel`` was cancelled.
    """
    found = []
    with trainer.averaged(), _evaluating(trainer.model), torch.inference_mode():
        for batch in held.batches:
            if cancel is not None:
                cancel.check()
            found.append(trainer.log_probabilities(batch).double().cpu().numpy())
    return np.concatenate(found)


class HeldTranslator(Protocol):
    """Translates held-out pairs with a model that is being trained."""

    def __call__(self, pairs: Sequence[Pair], cancel: CancelToken | None = None) -> list[Rendering]:
        """The sources of ``pairs`` in the target language, by greedy search.

        Raises:
            Cancelled: ``cancel``, asked at every step, was cancelled.
        """
        ...


class SampleTranslator:
    """Translates the text of pairs as the translator does; see :class:`HeldTranslator`."""

    def __init__(self, loaded: Loaded) -> None:
        language = loaded.source_language
        self._loaded = loaded
        self._options = fitted(GREEDY, loaded)
        vocabulary = loaded.source_vocabulary
        self._encoder = SegmentEncoder.of(language, vocabulary, plain=is_plain(loaded))
        target = loaded.target_language  # one with blanks needs none (see target_words)
        self._tokenizer = None if is_spaced(target) else make_tokenizer(target)

    def __call__(self, pairs: Sequence[Pair], cancel: CancelToken | None = None) -> list[Rendering]:
        """See :class:`HeldTranslator`; searched together are those of like length."""
        encoded = [self._encoder.encode(pair.source) for pair in pairs]
        renderings = [Rendering("")] * len(pairs)
        model = ready_model(self._loaded.model)
        filled = [number for number, segment in enumerate(encoded) if segment.ids]
        filled.sort(key=lambda number: len(encoded[number].ids))
        for begin in range(0, len(filled), BATCH):
            rows = filled[begin : begin + BATCH]
            found = _search(model, [encoded[row].ids for row in rows], self._options, cancel)
            for row, best in zip(rows, found, strict=True):
                renderings[row] = self._rendering(best, encoded[row])
        return renderings

    def _rendering(self, best: Hypothesis, source: EncodedSegment) -> Rendering:
        loaded = self._loaded
        output = read_output(best, source, loaded.target_vocabulary, loaded.target_language)
        return Rendering.of(output, source, loaded.target_language, self._tokenizer)


class IdTranslator:
    """Translates the ids of pairs, so that no tokenizer is needed; see :class:`HeldTranslator`.

    What the vocabulary lacks stays unknown, written as U+2047.
    """

    def __init__(self, loaded: Loaded, ids: Mapping[int, Sequence[int]]) -> None:
        """``ids`` are the source ids of every pair by its line."""
        self._loaded, self._ids = loaded, ids
        self._options = fitted(GREEDY, loaded)

    def __call__(self, pairs: Sequence[Pair], cancel: CancelToken | None = None) -> list[Rendering]:
        """See :class:`HeldTranslator`."""
        renderings: list[Rendering] = []
        model = ready_model(self._loaded.model)
        for begin in range(0, len(pairs), BATCH):
            ids = [self._ids[pair.line] for pair in pairs[begin : begin + BATCH]]
            found = _search(model, ids, self._options, cancel)
            renderings += [Rendering(self._text(best.ids)) for best in found]
        return renderings

    def _text(self, ids: Sequence[int]) -> str:
        vocabulary, language = self._loaded.target_vocabulary, self._loaded.target_language
        unknown = UNKNOWN_SIGN
        if is_plain(self._loaded) and marks_first(language, vocabulary.units):
            unknown = MARKER + unknown
        pieces = zip(ids, vocabulary.pieces(ids), strict=True)
        shown = [unknown if index == UNK else piece for index, piece in pieces]
        return join_pieces(shown, language).text


def ready_model(model: Seq2Seq) -> ReadyModel:
    """The model as it is now, laid out for translating: on a processor a copy, three times as fast.

    Where it lies on a GPU, or cannot be laid out, the model itself.
    """
    if next(model.parameters()).device.type != "cpu" or not can_lay_out(model.config):
        return model
    return inference_model(model, "bf16" if runtime.has_bf16() else "fp32")


def inference_model(model: Seq2Seq, precision: str) -> ReadyModel:
    """A copy of the model as it is now that translates in ``"int8"``, ``"bf16"`` or ``"fp32"``.

    One that cannot be laid out does so in fp32.
    """
    if not can_lay_out(model.config):
        return copy.deepcopy(model).eval().requires_grad_(False)
    state = model.state_dict()

    def weight(name: str) -> Matrix:
        floats = state[name].float()
        return quantize_matrix(floats) if precision == "int8" and floats.ndim == 2 else floats

    dtype = torch.bfloat16 if precision == "bf16" else torch.float32
    return InferenceModel(model.config, weight, dtype)


def _search(
    model: ReadyModel,
    ids: Sequence[Sequence[int]],
    options: SearchOptions,
    cancel: CancelToken | None,
) -> list[Hypothesis]:
    """The best output of every sentence, searched for on the model's device."""
    source, lengths = pad(ids)
    if isinstance(model, Seq2Seq):
        device = next(model.parameters()).device
        with _evaluating(model):
            found = beam_search(model, source.to(device), lengths.to(device), options, cancel)
    else:
        found = beam_search(model, source, lengths, options, cancel)
    return [best[0] for best in found]


def measure_scores(
    translations: Sequence[str], references: Sequence[str], language: str, units: str = PIECES
) -> tuple[float | None, float | None]:
    """BLEU and chrF; nothing where sacrebleu is not installed (machines that only train).

    ``language`` is that of the translations, ``units`` what the model writes.
    """
    if not translations:
        return None, None
    try:
        scores = score(translations, references, language, units)
    except ImportError as error:
        if error.name != "sacrebleu":
            raise
        return None, None
    return scores.bleu, scores.chrf


@contextlib.contextmanager
def _evaluating(model: Seq2Seq) -> Iterator[Seq2Seq]:
    """The model without dropout for a while."""
    training = model.training
    model.eval()
    try:
        yield model
    finally:
        model.train(training)
