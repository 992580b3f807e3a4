"""Text in, translated segments out, one at a time; hides models and vocabularies."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import torch

from core import runtime
from core.cancel import CancelToken
from core.decoding.beam_search import beam_search
from core.decoding.hypothesis import Hypothesis
from core.decoding.options import SearchOptions
from core.model.seq2seq import Seq2Seq
from core.store.loading import Loaded, load_model
from core.text.encoding import EncodedSegment, SegmentEncoder
from core.text.languages import CHINESE, ENGLISH
from core.text.segments import split
from core.text.target import join_pieces, target_words
from core.text.tokenizer import Tokenizer, make_tokenizer
from core.text.vocab import PAD
from core.translation.alignment import word_alignment
from core.translation.copying import copy_unknown
from core.translation.result import Alternative, SegmentResult, Translation, Word

CACHE_SIZE = 4096
BATCH = 16
LONGEST = 250  # source pieces decoded as one; the segmenter's limit keeps below it


@dataclass(frozen=True, slots=True)
class TranslateOptions:
    """How to translate.

    Attributes:
        beam: hypotheses kept by the search; 1 is greedy.
        n_best: alternatives returned, at most ``beam``.
        length_penalty: exponent of Wu et al. 2016; more favours longer output.
        coverage_penalty: weight of Wu et al. 2016; more favours output that leaves nothing out.
    """

    beam: int = 4
    n_best: int = 1
    length_penalty: float = 1.0
    coverage_penalty: float = 0.0

    def search(self) -> SearchOptions:
        """These options as the search's own."""
        return SearchOptions(
            beam=self.beam,
            n_best=self.n_best,
            length_penalty=self.length_penalty,
            coverage_penalty=self.coverage_penalty,
        )


DEFAULTS = TranslateOptions()


@dataclass
class Translator:
    """A model ready to translate; used by one thread at a time."""

    name: str
    source_language: str
    target_language: str
    precision: str
    model: Seq2Seq
    encoder: SegmentEncoder
    loaded: Loaded
    target_tokenizer: Tokenizer | None
    _cache: OrderedDict[tuple[str, TranslateOptions], Translation] = field(
        default_factory=OrderedDict
    )

    @classmethod
    def load(
        cls, bundle: Path | str, *, precision: str = "auto", threads: int | None = None
    ) -> Translator:
        """Load the bundle in the folder ``bundle``.

        Args:
            bundle: the model's folder.
            precision: ``"auto"``, ``"bf16"`` or ``"fp32"``.
            threads: processors to compute on; all if ``None``.

        Raises:
            BundleError: the folder holds no usable model.
            OptionError: ``precision`` is none of the three.
        """
        dtype = runtime.choose_precision(precision)
        runtime.set_threads(threads)
        loaded = load_model(Path(bundle))
        tokenizer = make_tokenizer(loaded.source_language)
        # Words of Chinese output are jieba's; English needs none (see target_words).
        chinese = loaded.target_language == CHINESE
        return cls(
            name=loaded.name,
            source_language=loaded.source_language,
            target_language=loaded.target_language,
            precision="bf16" if dtype is torch.bfloat16 else "fp32",
            model=loaded.model.to(dtype).eval(),
            encoder=SegmentEncoder(loaded.source_language, tokenizer, loaded.source_vocabulary),
            loaded=loaded,
            target_tokenizer=make_tokenizer(CHINESE) if chinese else None,
        )

    def translate(
        self,
        text: str,
        options: TranslateOptions = DEFAULTS,
        cancel: CancelToken | None = None,
    ) -> Iterator[SegmentResult]:
        """Translate ``text`` segment by segment, in order.

        Batches grow as the text goes on: the first result comes soon, the rest fast.
        Segments translated lately with the same options come from memory.

        Raises:
            Cancelled: ``cancel`` was cancelled.
        """
        segmented = split(text, self.source_language)
        gaps = segmented.gaps(self.target_language)
        total = len(segmented.segments)
        done, size = 0, 1
        while done < total:
            chunk = segmented.segments[done : done + size]
            translations = self.translate_segments([s.text for s in chunk], options, cancel)
            for segment, translation in zip(chunk, translations, strict=True):
                yield SegmentResult(
                    done, total, segment.start, segment.end, gaps[done], translation
                )
                done += 1
            size = min(BATCH, size * 2)

    def translate_segments(
        self,
        texts: Sequence[str],
        options: TranslateOptions = DEFAULTS,
        cancel: CancelToken | None = None,
    ) -> list[Translation]:
        """Translate single segments as one batch."""
        fresh = list(dict.fromkeys(t for t in texts if (t, options) not in self._cache))
        found = {t: self._cache[t, options] for t in texts if (t, options) in self._cache}
        if fresh:
            found.update(zip(fresh, self._translate(fresh, options, cancel), strict=True))
        for text, translation in found.items():
            self._cache[text, options] = translation
            self._cache.move_to_end((text, options))
        while len(self._cache) > CACHE_SIZE:
            self._cache.popitem(last=False)
        return [found[text] for text in texts]

    def forget(self) -> None:
        """Drop the remembered translations."""
        self._cache.clear()

    def _translate(
        self, texts: list[str], options: TranslateOptions, cancel: CancelToken | None
    ) -> list[Translation]:
        begin = time.perf_counter()
        sources = [self.encoder.encode(text) for text in texts]
        searched = [s for s in sources if s.translatable and s.ids]
        hypotheses: list[tuple[Hypothesis, ...]] = []
        if searched:
            ids, lengths = pad([source.ids[:LONGEST] for source in searched])
            found = beam_search(self.model, ids, lengths, options.search(), cancel)
            hypotheses = list(found)
        seconds = (time.perf_counter() - begin) / len(texts)
        answers = iter(hypotheses)
        return [
            self._result(source, next(answers), seconds)
            if source.translatable and source.ids
            else self._untouched(source, seconds)
            for source in sources
        ]

    def _untouched(self, source: EncodedSegment, seconds: float) -> Translation:
        """A segment without words of the source language stays as it is."""
        found = _words(source.text, source.word_spans())
        count = len(found)
        identity = tuple(tuple(float(i == j) for j in range(count)) for i in range(count))
        return Translation(
            source=source.text,
            translation=source.text,
            score=0.0,
            source_words=found,
            target_words=found,
            alignment=identity,
            copied=tuple(range(count)),
            alternatives=(Alternative(source.text, 0.0),),
            notes=("copied",),
            seconds=seconds,
        )

    def _result(
        self, source: EncodedSegment, hypotheses: tuple[Hypothesis, ...], seconds: float
    ) -> Translation:
        alternatives = [(self._text(source, h), h) for h in hypotheses]
        (text, spans, rows, marks), best = alternatives[0]
        word_spans = target_words(text, self.target_language, self.target_tokenizer)
        cut = len(source.ids) > LONGEST
        alignment = word_alignment(
            rows, source.piece_words[:LONGEST], len(source.words), spans, word_spans
        )
        copied = {
            index
            for index, (start, end) in enumerate(word_spans)
            for (a, b), mark in zip(spans, marks, strict=True)
            if mark and a < end and start < b
        }
        notes = ("traditional",) * source.traditional + ("truncated",) * cut
        return Translation(
            source=source.text,
            translation=text,
            score=best.score,
            source_words=_words(source.text, source.word_spans()),
            target_words=_words(text, word_spans),
            alignment=alignment,
            copied=tuple(sorted(copied)),
            alternatives=tuple(Alternative(shown[0], h.score) for shown, h in alternatives),
            notes=notes,
            seconds=seconds,
        )

    def _text(self, source: EncodedSegment, hypothesis: Hypothesis):  # type: ignore[no-untyped-def]
        """Running text, piece offsets, attention rows and copy marks of a hypothesis."""
        copied = copy_unknown(
            hypothesis.ids,
            self.loaded.target_vocabulary.pieces(hypothesis.ids),
            hypothesis.attention,
            source,
            spaced=self.target_language == ENGLISH,
        )
        joined = join_pieces(copied.pieces, self.target_language)
        return joined.text, joined.spans, copied.rows, copied.marks


def _words(text: str, spans: Sequence[tuple[int, int]]) -> tuple[Word, ...]:
    return tuple(Word(text[start:end], start, end) for start, end in spans)


def pad(sentences: Sequence[Sequence[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    """Ids ``[B, S]`` padded with ``<pad>``, and lengths ``[B]``."""
    lengths = torch.tensor([len(sentence) for sentence in sentences])
    ids = torch.full((len(sentences), int(lengths.max())), PAD)
    for row, sentence in enumerate(sentences):
        ids[row, : len(sentence)] = torch.tensor(sentence)
    return ids, lengths
