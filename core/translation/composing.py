"""Outputs of the search composed into a :class:`Translation`."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from core.text.encoding import EncodedSegment
from core.text.tokenizer import Tokenizer
from core.translation.alarms import find_alarms
from core.translation.alignment import word_alignment
from core.translation.careful import Found
from core.translation.chunks import segmented
from core.translation.confidence import NO_CALIBRATION, Calibration, word_confidences
from core.translation.joining import join
from core.translation.outputs import Output
from core.translation.result import Alternative, Translation, Word

TRUNCATED = "truncated"  # the note of a translation in parts


@dataclass(frozen=True)
class Composer:
    """Makes translations of what a search found.

    Attributes:
        source_language, target_language: codes.
        tokenizer: of the target language; English needs none (see ``target_words``).
        calibration: turns a model's probabilities of words into how often they are right.
        alarms: whether what looks wrong is looked for; it is told of Chinese and English alone.
    """

    source_language: str
    target_language: str
    tokenizer: Tokenizer | None
    calibration: Calibration = NO_CALIBRATION
    alarms: bool = True

    def translation(self, text: str, found: Sequence[Found], seconds: float) -> Translation:
        """The translation of ``text`` by all its parts, ``seconds`` spent on each."""
        parts = [
            self.part(one.part.source, one.outputs, seconds)
            if one.outputs
            else untouched(one.part.source, seconds)
            for one in found
        ]
        whole = parts[0]
        if len(parts) > 1:
            cut = segmented(text, [one.part for one in found])
            whole = join(text, cut, parts, self.target_language)
            whole = dataclasses.replace(whole, notes=(*whole.notes, TRUNCATED))
        return self.alarmed(whole)

    def alarmed(self, translation: Translation) -> Translation:
        """``translation`` with what looks wrong in it."""
        if not self.alarms:
            return translation
        alarms = find_alarms(translation, self.source_language, self.target_language)
        return dataclasses.replace(translation, alarms=alarms)

    def part(
        self, source: EncodedSegment, outputs: Sequence[Output], seconds: float
    ) -> Translation:
        """The translation of one part by its outputs, best first; alarms are still to be found."""
        best = outputs[0]
        if not best.text and not source.plain:  # nothing may be lost
            return untouched(source, seconds)
        copied, tagged = best.copied, best.tagged
        copies = [span for span, mark in zip(tagged.spans, copied.marks, strict=True) if mark]
        word_spans = best.words(source, self.target_language, self.tokenizer)
        return Translation(
            source=source.text,
            translation=best.text,
            score=best.hypothesis.score,
            source_words=_words(source.text, source.words),
            target_words=_words(best.text, word_spans),
            alignment=word_alignment(
                copied.attention, source.piece_words, len(source.words), tagged.spans, word_spans
            ),
            confidences=word_confidences(
                copied.log_probabilities, tagged.spans, word_spans, self.calibration
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


def untouched(source: EncodedSegment, seconds: float) -> Translation:
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
        confidences=(None,) * count,
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


def _words(text: str, spans: Sequence[tuple[int, int]]) -> tuple[Word, ...]:
    return tuple(Word(text[start:end], start, end) for start, end in spans)
