"""Text in, translated segments out, one at a time; hides models and vocabularies."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from core import runtime
from core.cancel import CancelToken
from core.decoding.options import SamplingOptions
from core.model.inference import InferenceModel, can_lay_out
from core.model.seq2seq import Seq2Seq
from core.store.bundle import read_bundle
from core.store.loading import Ready, load_ready, read_config
from core.text.encoding import SegmentEncoder
from core.text.segments import Segment
from core.text.tokenizer import Tokenizer, target_tokenizer
from core.translation.autotune import choose_setting
from core.translation.beginnings import BeginningReader
from core.translation.cache import TranslationCache
from core.translation.careful import CarefulSearch, Found
from core.translation.chunks import EASY, LONGEST, Part, encode_parts
from core.translation.composing import Composer
from core.translation.confidence import NO_CALIBRATION, Calibration, read_calibration
from core.translation.drawing import drawn
from core.translation.options import DEFAULTS as DEFAULTS
from core.translation.options import TranslateOptions as TranslateOptions
from core.translation.plain import is_plain, longest_source, segments
from core.translation.result import Alarm, Completed, SegmentResult, Translation, WordChoice
from core.translation.retrying import Retrier
from core.translation.search import OutputSearch
from core.translation.search import pad as pad
from core.translation.steering import Steering
from core.translation.variants import Variants

# Segments searched together: more are faster, fewer can be cancelled sooner.
BATCH, BATCH_CHARACTERS = 16, 800
# Segments after which freed memory is given back: that takes 2 ms, most of them to ask for it anew.
RELEASE = 50


@dataclass
class Translator:
    """A model ready to translate; used by one thread at a time."""

    name: str
    source_language: str
    target_language: str
    precision: str
    model: InferenceModel | Seq2Seq
    encoder: SegmentEncoder
    loaded: Ready
    target_tokenizer: Tokenizer | None
    calibration: Calibration = NO_CALIBRATION
    longest: int = LONGEST  # source pieces searched as one
    easy: int = EASY  # more are cut at clauses
    _cache: TranslationCache = field(default_factory=TranslationCache)
    _release: runtime.Release = field(default_factory=lambda: runtime.Release(RELEASE))
    _search: CarefulSearch = field(init=False)
    _composer: Composer = field(init=False)
    _retrier: Retrier = field(init=False)
    _steering: Steering = field(init=False)
    _variants: Variants = field(init=False)

    def __post_init__(self) -> None:
        search = OutputSearch(self.loaded)
        self._search = CarefulSearch(search, self.encoder, self.target_language)
        self._composer = self.composer()
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
        folder = Path(bundle)
        stored = read_bundle(folder, verify=False).manifest.precision
        laid_out = can_lay_out(read_config(folder))
        setting = choose_setting(precision, threads, stored=stored, laid_out=laid_out)
        runtime.set_threads(setting.threads)
        translator = cls.of(load_ready(folder, setting.precision), setting.precision)
        runtime.release_memory()
        return translator

    @classmethod
    def of(cls, loaded: Ready, precision: str) -> Translator:
        """A translator by a model that is ready, in ``precision``."""
        source, plain = loaded.source_language, is_plain(loaded)
        return cls(
            name=loaded.name,
            source_language=loaded.source_language,
            target_language=loaded.target_language,
            precision=precision,
            model=loaded.model,
            encoder=SegmentEncoder.of(source, loaded.source_vocabulary, plain=plain),
            loaded=loaded,
            target_tokenizer=target_tokenizer(
                loaded.target_language, loaded.target_vocabulary.units
            ),
            longest=longest_source(loaded),
            calibration=NO_CALIBRATION
            if plain
            else read_calibration(source, loaded.target_language),
        )

    def composer(self) -> Composer:
        """What makes translations of outputs of this model."""
        return Composer(
            self.source_language,
            self.target_language,
            self.target_tokenizer,
            self.calibration,
            alarms=not is_plain(self.loaded),
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
        segmented = segments(text, self.source_language, self.target_language)
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
        self._release.after(len(fresh))
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

    def _found(
        self, parts: Sequence[Part], options: TranslateOptions, cancel: CancelToken | None
    ) -> list[list[Found]]:
        if options.draw is not None:
            return drawn(self._steering.search, parts, options.draw, options.seed, cancel)
        return self._search(parts, options.search(self.target_language), cancel)

    def _translate(
        self, texts: Sequence[str], options: TranslateOptions, cancel: CancelToken | None
    ) -> list[Translation]:
        if not texts:
            return []
        begin = time.perf_counter()
        cut = [encode_parts(text, self.encoder, self.longest, self.easy) for text in texts]
        sources = [part for parts in cut for part in parts]
        found = iter(self._found(sources, options, cancel))
        seconds = (time.perf_counter() - begin) / len(sources)
        return [
            self._composer.translation(text, [one for _ in parts for one in next(found)], seconds)
            for text, parts in zip(texts, cut, strict=True)
        ]


def _batch(waiting: Sequence[Segment]) -> list[Segment]:
    """The first of those ``waiting`` that have few enough characters together; at least one."""
    sizes = itertools.accumulate(len(segment.text) for segment in waiting)
    fits = sum(size <= BATCH_CHARACTERS for size in sizes)
    return list(waiting[: max(1, fits)])
