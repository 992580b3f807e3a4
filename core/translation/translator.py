"""Text in, translated segments out, one at a time; hides models and vocabularies."""

from __future__ import annotations

import dataclasses
import itertools
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from core import runtime
from core.cancel import CancelToken
from core.decoding.options import SearchOptions
from core.model.inference import InferenceModel
from core.store.bundle import read_bundle
from core.store.loading import Ready, load_ready
from core.text.encoding import EncodedSegment, SegmentEncoder
from core.text.languages import CHINESE, ENGLISH
from core.text.segments import Segment, split
from core.text.target import target_words
from core.text.tokenizer import Tokenizer, make_tokenizer
from core.translation.alignment import word_alignment
from core.translation.autotune import choose_setting
from core.translation.cache import TranslationCache
from core.translation.careful import CarefulSearch, Found
from core.translation.chunks import EASY, LONGEST, encode_parts, segmented
from core.translation.joining import join
from core.translation.outputs import Output
from core.translation.result import Alternative, SegmentResult, Translation, Word
from core.translation.search import OutputSearch
from core.translation.search import pad as pad

# Segments searched together: more are faster, fewer can be cancelled sooner.
BATCH, BATCH_CHARACTERS = 16, 800
# Into Chinese our model ends too soon with less (docs/default-model.md).
LENGTH_PENALTIES = {CHINESE: 1.5, ENGLISH: 1.0}


@dataclass(frozen=True, slots=True)
class TranslateOptions:
    """How to translate.

    Attributes:
        beam: hypotheses kept by the search; 1 is greedy.
        n_best: alternatives looked for, at most ``beam``; those that read alike count once.
        length_penalty: exponent of Wu et al. 2016; more favours longer output. ``None`` is what
            serves the target language best.
        coverage_penalty: weight of Wu et al. 2016; more favours output that leaves nothing out.
    """

    beam: int = 4
    n_best: int = 1
    length_penalty: float | None = None
    coverage_penalty: float = 0.0

    def search(self, target_language: str) -> SearchOptions:
        """These options as the search's own."""
        penalty = self.length_penalty
        return SearchOptions(
            beam=self.beam,
            n_best=self.n_best,
            length_penalty=LENGTH_PENALTIES[target_language] if penalty is None else penalty,
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
    model: InferenceModel
    encoder: SegmentEncoder
    loaded: Ready
    target_tokenizer: Tokenizer | None
    longest: int = LONGEST  # source pieces searched as one
    easy: int = EASY  # more are cut at clauses
    _cache: TranslationCache = field(default_factory=TranslationCache)
    _search: CarefulSearch = field(init=False)

    def __post_init__(self) -> None:
        search = OutputSearch(self.loaded)
        self._search = CarefulSearch(search, self.encoder, self.target_language)

    @classmethod
    def load(
        cls, bundle: Path | str, *, precision: str = "auto", threads: int | None = None
    ) -> Translator:
        """Load the bundle in the folder ``bundle``.

        Args:
            bundle: the model's folder.
            precision: ``"int8"``, ``"bf16"``, ``"fp32"`` or ``"auto"``, the fastest here that
                loses nothing of what the model has learnt.
            threads: processors to compute on; as many as are fastest if ``None``.

        Raises:
            BundleError: the folder holds no usable model.
            OptionError: ``precision`` is none of these.
        """
        stored = read_bundle(Path(bundle), verify=False).manifest.precision
        setting = choose_setting(precision, threads, stored=stored)
        runtime.set_threads(setting.threads)
        return cls.of(load_ready(Path(bundle), setting.precision), setting.precision)

    @classmethod
    def of(cls, loaded: Ready, precision: str) -> Translator:
        """A translator by a model that is ready, in ``precision``."""
        tokenizer = make_tokenizer(loaded.source_language)
        # Words of Chinese output are jieba's; English needs none (see target_words).
        chinese = loaded.target_language == CHINESE
        return cls(
            name=loaded.name,
            source_language=loaded.source_language,
            target_language=loaded.target_language,
            precision=precision,
            model=loaded.model,
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
            chunk = _batch(segmented.segments[done : done + size])
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
        """Translate single segments as one batch.

        Raises:
            Cancelled: ``cancel`` was cancelled.
        """
        if cancel is not None:
            cancel.check()
        cached = {text: self._cache.get((text, options)) for text in texts}
        found = {text: known for text, known in cached.items() if known is not None}
        fresh = [text for text in cached if text not in found]
        for text, translation in zip(fresh, self._translate(fresh, options, cancel), strict=True):
            found[text] = translation
            self._cache.put((text, options), translation)
        return [found[text] for text in texts]

    def forget(self) -> None:
        """Empty the memory of translations.

        What comes next then hangs on its own batches alone: in which batch a sentence was
        translated can change its last bits, and so, at times, a word.
        """
        self._cache = TranslationCache()

    def _translate(
        self, texts: Sequence[str], options: TranslateOptions, cancel: CancelToken | None
    ) -> list[Translation]:
        if not texts:
            return []
        begin = time.perf_counter()
        cut = [encode_parts(text, self.encoder, self.longest, self.easy) for text in texts]
        sources = [part for parts in cut for part in parts]
        found = iter(self._search(sources, options.search(self.target_language), cancel))
        seconds = (time.perf_counter() - begin) / len(sources)
        return [
            self._joined(text, [one for _ in parts for one in next(found)], seconds)
            for text, parts in zip(texts, cut, strict=True)
        ]

    def _joined(self, text: str, found: Sequence[Found], seconds: float) -> Translation:
        parts = [
            self._result(one.part.source, one.outputs, seconds)
            if one.outputs
            else _untouched(one.part.source, seconds)
            for one in found
        ]
        if len(parts) == 1:
            return parts[0]
        cut = segmented(text, [one.part for one in found])
        whole = join(text, cut, parts, self.target_language)
        return dataclasses.replace(whole, notes=(*whole.notes, "truncated"))

    def _result(
        self, source: EncodedSegment, outputs: Sequence[Output], seconds: float
    ) -> Translation:
        best = outputs[0]
        if not best.text:  # nothing may be lost
            return _untouched(source, seconds)
        copied, tagged = best.copied, best.tagged
        copies = [span for span, mark in zip(tagged.spans, copied.marks, strict=True) if mark]
        word_spans = target_words(
            best.text,
            self.target_language,
            self.target_tokenizer,
            best.atoms(source),
            tagged.tags,
        )
        return Translation(
            source=source.text,
            translation=best.text,
            score=best.hypothesis.score,
            source_words=_words(source.text, source.words),
            target_words=_words(best.text, word_spans),
            alignment=word_alignment(
                copied.attention, source.piece_words, len(source.words), tagged.spans, word_spans
            ),
            copied=tuple(
                index
                for index, (start, end) in enumerate(word_spans)
                if any(a < end and start < b for a, b in copies)
            ),
            alternatives=_distinct(outputs),
            notes=("traditional",) * source.traditional,
            seconds=seconds,
        )


def _untouched(source: EncodedSegment, seconds: float) -> Translation:
    """A segment without words of the source language stays as it is."""
    found = _words(source.text, source.words)
    count = len(found)
    return Translation(
        source=source.text,
        translation=source.text,
        score=0.0,
        source_words=found,
        target_words=found,
        alignment=tuple(tuple(float(i == j) for j in range(count)) for i in range(count)),
        copied=tuple(range(count)),
        alternatives=(Alternative(source.text, 0.0),),
        notes=("copied",),
        seconds=seconds,
    )


def _distinct(outputs: Sequence[Output]) -> tuple[Alternative, ...]:
    """Each text once, with its best score: some differ only in how they are cut into pieces."""
    scores: dict[str, float] = {}
    for output in outputs:
        scores.setdefault(output.text, output.hypothesis.score)
    return tuple(Alternative(text, score) for text, score in scores.items())


def _batch(segments: Sequence[Segment]) -> list[Segment]:
    """The first of ``segments`` that together have few enough characters; at least one."""
    sizes = itertools.accumulate(len(segment.text) for segment in segments)
    fits = sum(size <= BATCH_CHARACTERS for size in sizes)
    return list(segments[: max(1, fits)])


def _words(text: str, spans: Sequence[tuple[int, int]]) -> tuple[Word, ...]:
    return tuple(Word(text[start:end], start, end) for start, end in spans)
