"""Text in, translated segments out, one at a time; hides models and vocabularies."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from core import runtime
from core.cancel import CancelToken
from core.decoding.options import SamplingOptions, SearchOptions
from core.model.inference import InferenceModel
from core.store.bundle import read_bundle
from core.store.loading import Ready, load_ready
from core.text.encoding import SegmentEncoder
from core.text.languages import CHINESE, ENGLISH
from core.text.segments import Segment, split
from core.text.tokenizer import Tokenizer, make_tokenizer
from core.translation.autotune import choose_setting
from core.translation.beginnings import BeginningReader
from core.translation.cache import TranslationCache
from core.translation.careful import CarefulSearch
from core.translation.chunks import EASY, LONGEST, encode_parts
from core.translation.composing import Composer
from core.translation.confidence import NO_CALIBRATION, Calibration, read_calibration
from core.translation.result import Alarm, Completed, SegmentResult, Translation, WordChoice
from core.translation.retrying import Retrier
from core.translation.search import OutputSearch
from core.translation.search import pad as pad
from core.translation.steering import Steering
from core.translation.variants import Variants

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
    calibration: Calibration = NO_CALIBRATION
    longest: int = LONGEST  # source pieces searched as one
    easy: int = EASY  # more are cut at clauses
    _cache: TranslationCache = field(default_factory=TranslationCache)
    _search: CarefulSearch = field(init=False)
    _composer: Composer = field(init=False)
    _retrier: Retrier = field(init=False)
    _steering: Steering = field(init=False)
    _variants: Variants = field(init=False)

    def __post_init__(self) -> None:
        search = OutputSearch(self.loaded)
        self._search = CarefulSearch(search, self.encoder, self.target_language)
        self._composer = Composer(
            self.source_language, self.target_language, self.target_tokenizer, self.calibration
        )
        self._retrier = Retrier(search, self.encoder, self._composer, self.longest, self.easy)
        parts = search, self.encoder, self._composer, self.longest, self.easy
        vocabulary = self.loaded.target_vocabulary
        reader = BeginningReader(self.target_language, self.target_tokenizer, vocabulary)
        self._steering = Steering(*parts, reader)
        self._variants = Variants(*parts)

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
            calibration=read_calibration(loaded.source_language, loaded.target_language),
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

    def try_again(
        self,
        before: Translation,
        alarm: Alarm,
        options: TranslateOptions = DEFAULTS,
        cancel: CancelToken | None = None,
    ) -> Translation | None:
        """Translate a segment once more, against an ``alarm`` of its translation ``before``.

        Returns:
            A translation without that alarm; ``None`` if none was found.

        Raises:
            Cancelled: ``cancel`` was cancelled.
        """
        return self._retrier(before, alarm, options.search(self.target_language), cancel)

    def alternatives(
        self,
        sentence: str,
        before: str,
        shown: Translation | None = None,
        cancel: CancelToken | None = None,
    ) -> tuple[WordChoice, ...]:
        """The most probable words behind ``before``, see :meth:`Steering.alternatives`.

        ``shown`` is the translation that it begins; left out, that which a search finds.
        """
        given = self._shown(sentence, shown, DEFAULTS, cancel)
        return self._steering.alternatives(given, before, cancel=cancel)

    def complete(
        self,
        sentence: str,
        beginning: str,
        options: TranslateOptions = DEFAULTS,
        cancel: CancelToken | None = None,
        *,
        shown: Translation | None = None,
        whole: bool = False,
    ) -> Completed:
        """The best translation that begins with ``beginning``, see :meth:`Steering.complete`."""
        given = self._shown(sentence, shown, options, cancel)
        search = options.search(self.target_language)
        return self._steering.complete(given, beginning, search, whole=whole, cancel=cancel)

    def n_best(
        self,
        sentence: str,
        count: int,
        options: TranslateOptions = DEFAULTS,
        cancel: CancelToken | None = None,
    ) -> tuple[Translation, ...]:
        """Up to ``count`` different translations of a segment, see :meth:`Variants.n_best`."""
        search = options.search(self.target_language)
        return self._variants.n_best(sentence, count, search, cancel)

    def sample(
        self,
        sentence: str,
        count: int,
        options: SamplingOptions,
        seed: int,
        cancel: CancelToken | None = None,
    ) -> tuple[Translation, ...]:
        """Up to ``count`` translations drawn at random, see :meth:`Variants.sample`."""
        alpha = DEFAULTS.search(self.target_language).length_penalty
        return self._variants.sample(sentence, count, options, seed, alpha, cancel)

    def _shown(
        self,
        sentence: str,
        shown: Translation | None,
        options: TranslateOptions,
        cancel: CancelToken | None,
    ) -> Translation:
        if shown is not None and shown.source == sentence:
            return shown
        return self.translate_segments([sentence], options, cancel)[0]

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
            self._composer.translation(text, [one for _ in parts for one in next(found)], seconds)
            for text, parts in zip(texts, cut, strict=True)
        ]


def _batch(segments: Sequence[Segment]) -> list[Segment]:
    """The first of ``segments`` that together have few enough characters; at least one."""
    sizes = itertools.accumulate(len(segment.text) for segment in segments)
    fits = sum(size <= BATCH_CHARACTERS for size in sizes)
    return list(segments[: max(1, fits)])
