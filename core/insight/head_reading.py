"""Repeats the translation of a sentence and reads what every head of the attention looked at."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from core.cancel import CancelToken
from core.insight.attention_heads import AttentionHeads, HeadView
from core.insight.recorded_search import beginning_reader
from core.model.inference import InferenceModel
from core.model.seq2seq import Seq2Seq
from core.text.encoding import EncodedSegment
from core.text.languages import is_spaced
from core.text.subword import GOES_ON, piece_label
from core.text.units import PIECES
from core.text.vocab import SOS
from core.translation.careful import CarefulSearch, Found
from core.translation.chunks import encode_parts, segmented
from core.translation.composing import untouched
from core.translation.confidence import NO_CALIBRATION
from core.translation.joining import join
from core.translation.outputs import Output
from core.translation.result import Translation, Word
from core.translation.search import OutputSearch, pad
from core.translation.translator import DEFAULTS, TranslateOptions, Translator

Weights = NDArray[np.float32]


def read_heads(
    translator: Translator,
    shown: Translation,
    options: TranslateOptions = DEFAULTS,
    cancel: CancelToken | None = None,
) -> AttentionHeads:
    """The translation ``shown`` of a segment with the attention of each head.

    It is searched for as it was; where that gives another one, because it was steered, what is
    shown is given to the search as its beginning.

    Raises:
        BundleError: the model predicts NaN, or nothing that is allowed.
        Cancelled: ``cancel`` was cancelled.
    """
    search = OutputSearch(translator.loaded)
    careful = CarefulSearch(search, translator.encoder, translator.target_language)
    parts = encode_parts(shown.source, translator.encoder, translator.longest, translator.easy)
    wanted = options.search(translator.target_language)
    found = [one for several in careful(parts, wanted, cancel) for one in several]
    steered = len(found) == 1 and found[0].outputs and found[0].outputs[0].text != shown.translation
    if steered:
        source = found[0].part.source
        begun = beginning_reader(translator).read(shown.translation, source, whole=True)
        [outputs] = search([source], wanted, cancel, beginnings=[begun])
        found = [Found(found[0].part, outputs)]
    return _Reader(translator, search, cancel).read(shown.source, found)


def attention_by_head(
    model: InferenceModel | Seq2Seq,
    source: Sequence[int],
    target: Sequence[int],
    cancel: CancelToken | None = None,
) -> Weights:
    """Where each head looks when the model says ``target``: ``[H, T, S]``.

    Args:
        model: the model.
        source: ids ``[S]``.
        target: ids ``[T]``, without ``<sos>`` and ``<eos>``.
        cancel: asked before every step.

    Raises:
        Cancelled: ``cancel`` was cancelled.
    """
    rows = []
    with torch.inference_mode():
        memory = model.encode(*pad([source]))
        state = model.initial_state(memory)
        for token in (SOS, *target):  # the last step is not looked at, but gives the shape
            if cancel is not None:
                cancel.check()
            _, state, weights = model.decode_step_by_head(torch.tensor([token]), state, memory)
            rows.append(weights[0, :, 0])  # [H, S]
        stacked: Weights = torch.stack(rows, 1)[:, : len(target)].float().numpy()
    return stacked


class _Reader:
    """Reads what was found with one translator."""

    def __init__(
        self, translator: Translator, search: OutputSearch, cancel: CancelToken | None
    ) -> None:
        self._model = translator.model
        self._search = search
        self._cancel = cancel
        self._languages = translator.source_language, translator.target_language
        vocabularies = translator.loaded.source_vocabulary, translator.loaded.target_vocabulary
        self._in_pieces_of_words = tuple(
            is_spaced(language) and vocabulary.units == PIECES
            for language, vocabulary in zip(self._languages, vocabularies, strict=True)
        )
        self._composer = dataclasses.replace(translator.composer(), calibration=NO_CALIBRATION)
        self._heads = self._model.config.heads

    def read(self, text: str, found: Sequence[Found]) -> AttentionHeads:
        """All views of the translation of ``text`` by its parts."""
        weights = [self._weights(one) for one in found]  # of each part [H + 1, T, S]
        heads = (*range(self._heads), None)
        views = tuple(
            self._view(head, text, found, [of_part[place] for of_part in weights])
            for place, head in enumerate(heads)
        )
        shown = self._model.config.alignment_head
        return AttentionHeads(text, views[-1].words.translation, shown, views)

    def _weights(self, found: Found) -> list[Weights]:
        """For each head, then for the mean, the rows ``[T, S]`` of the pieces that are shown."""
        if not found.outputs:
            return [np.zeros((0, 0), np.float32)] * (self._heads + 1)
        source, output = found.part.source, found.outputs[0]
        ids = (*source.ids, *self._search.lent(source))
        forced = attention_by_head(self._model, ids, output.hypothesis.ids, self._cancel)
        forced = forced[:, :, : len(source.ids)]
        return [_shown(output, head) for head in (*forced, forced.mean(0))]

    def _view(
        self, head: int | None, text: str, found: Sequence[Found], weights: Sequence[Weights]
    ) -> HeadView:
        """``text`` as one head saw it; ``weights`` are of each part."""
        turned = [_turned(one, rows) for one, rows in zip(found, weights, strict=True)]
        pieces = [self._in_pieces(one) for one in turned]
        cut = segmented(text, [one.part for one in found])
        whole = pieces[0] if len(pieces) == 1 else join(text, cut, pieces, self._languages[1])
        return HeadView(head, self._composer.translation(text, turned, 0.0), whole)

    def _in_pieces(self, found: Found) -> Translation:
        """A part with its pieces in the place of words."""
        source = found.part.source
        if not found.outputs or not found.outputs[0].text:
            return untouched(source, 0.0)
        output = found.outputs[0]
        spaced = self._in_pieces_of_words[1]
        return Translation(
            source=source.text,
            translation=output.text,
            score=output.hypothesis.score,
            source_words=_source_pieces(source, spaced=self._in_pieces_of_words[0]),
            target_words=tuple(
                Word(piece_label(piece, spaced=spaced), start, end)
                for piece, (start, end) in zip(
                    output.copied.pieces, output.tagged.spans, strict=True
                )
            ),
            alignment=tuple(map(tuple, output.copied.attention.tolist())),
        )


def _source_pieces(source: EncodedSegment, *, spaced: bool) -> tuple[Word, ...]:
    """The pieces of the source as they were typed, with a sign where they go on with a word."""
    words: list[Word] = []
    before = -1
    for (start, end), word in zip(source.piece_spans, source.piece_words, strict=True):
        text = source.text[start:end]
        goes_on = spaced and word == before and text[:1].isalnum()
        words.append(Word(GOES_ON + text if goes_on else text, start, end))
        before = word
    return tuple(words)


def _turned(found: Found, rows: Weights) -> Found:
    """``found`` with other attention, if there is any."""
    if not found.outputs:
        return found
    output = found.outputs[0]
    copied = dataclasses.replace(output.copied, attention=rows)
    return dataclasses.replace(found, outputs=(dataclasses.replace(output, copied=copied),))


def _shown(output: Output, forced: Weights) -> Weights:
    """The rows of one head ``[T, S]`` of the model's own pieces as rows of the shown pieces.

    A shown piece that the model said has the very row of attention of its step, in their order;
    what was copied or put in afterwards looks where it looks in the output.
    """
    rows = output.copied.attention.copy()
    said, step = output.hypothesis.attention, 0
    for index, column in enumerate(output.copied.columns):
        if column >= 0:
            continue
        same = (t for t in range(step, len(said)) if np.array_equal(said[t], rows[index]))
        found = next(same, None)
        if found is not None:
            rows[index], step = forced[found], found
    return rows
