"""Is this attention telling the truth? Attention beside erasure and input gradient."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from core.cancel import CancelToken
from core.insight.agreement import Evidence, evidence_of
from core.insight.erasure import Erasures
from core.insight.gradient import gradient_norms
from core.insight.reading import Reading, read
from core.store.loading import Loaded, load_model
from core.text.encoding import SegmentEncoder
from core.translation.result import Translation


class Witness:
    """Asks a model what it read a translated word from; used by one thread at a time.

    It remembers what it read of one sentence, so that the second word of it costs a fraction of the
    first.

    Args:
        loaded: the model, in fp32.
    """

    def __init__(self, loaded: Loaded) -> None:
        self._model = loaded.model.eval().requires_grad_(False)
        source, target = loaded.source_language, loaded.target_language
        self._source = SegmentEncoder.of(source, loaded.source_vocabulary)
        self._target = SegmentEncoder.of(target, loaded.target_vocabulary)
        self._sentence: Translation | None = None
        self._reading: Reading | None = None
        self._erasures: Erasures | None = None

    @classmethod
    def load(cls, model: Path) -> Witness:
        """The witness of the model in the folder ``model``.

        Raises:
            BundleError: it cannot be loaded.
        """
        return cls(load_model(model))

    def question(
        self, sentence: Translation, word: int, cancel: CancelToken | None = None
    ) -> Evidence | None:
        """What the model read word ``word`` of the translation ``sentence`` from.

        ``None`` where the model can say nothing: the word was copied and not translated, or one
        side has no words.

        Raises:
            Cancelled: ``cancel`` was cancelled.
        """
        if word in sentence.copied or not sentence.source_words:
            return None
        reading = self._read(sentence)
        pieces = reading.target_words[word]
        if not pieces or not reading.source:
            return None
        norms = gradient_norms(self._model, reading, pieces)
        if self._erasures is None:
            self._erasures = Erasures(self._model, reading, cancel)
        drops = self._erasures.drops(pieces)
        return evidence_of(word, sentence.alignment[word], drops, norms)

    def _read(self, sentence: Translation) -> Reading:
        if self._reading is None or sentence != self._sentence:
            self._sentence, self._erasures = sentence, None
            self._reading = read(sentence, self._source, self._target)
        return self._reading


def question_all(
    witness: Witness, sentence: Translation, cancel: CancelToken | None = None
) -> Iterator[Evidence]:
    """The evidence of every word of ``sentence`` of which there is any.

    Raises:
        Cancelled: ``cancel`` was cancelled.
    """
    for word in range(len(sentence.target_words)):
        evidence = witness.question(sentence, word, cancel)
        if evidence is not None:
            yield evidence
