"""Outputs of the search as running text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.decoding.hypothesis import Hypothesis
from core.text.encoding import EncodedSegment
from core.text.subword import Vocabulary
from core.text.target import TargetText, join_pieces, target_words
from core.text.tokenizer import Tokenizer
from core.text.units import CHARACTERS, PIECES, marks_first
from core.translation.copying import Copied, copy_unknown
from core.translation.tags import Tagged, put_tags


@dataclass(frozen=True, slots=True)
class Output:
    """A hypothesis, its pieces after copying, the text they make, and that text with tags.

    ``units`` is what the pieces are, of :data:`core.text.units.UNITS`.
    """

    hypothesis: Hypothesis
    copied: Copied
    joined: TargetText
    tagged: Tagged
    units: str = PIECES

    @property
    def text(self) -> str:
        """The running text."""
        return self.tagged.text

    def atoms(self, source: EncodedSegment) -> list[tuple[int, int]]:
        """Where the copies of protected spans of ``source`` stand."""
        protected = {span.start for span in source.protected}
        atoms = {i for i, (start, _) in enumerate(source.piece_spans) if start in protected}
        columns = zip(self.tagged.spans, self.copied.columns, strict=True)
        return [span for span, column in columns if column in atoms]

    def words(
        self, source: EncodedSegment, language: str, tokenizer: Tokenizer | None
    ) -> list[tuple[int, int]]:
        """Offsets of the words of the text, or of what else the model says at a step.

        Args:
            source: what it is an output for.
            language: of the text.
            tokenizer: of that language (see :func:`core.text.target.target_words`).
        """
        if self.units != PIECES:
            return [(start, end) for start, end in self.tagged.spans if start < end]
        whole = self.atoms(source)
        return target_words(self.text, language, tokenizer, whole, self.tagged.tags)


def read_output(
    hypothesis: Hypothesis,
    source: EncodedSegment,
    vocabulary: Vocabulary,
    language: str,
    given: Sequence[tuple[str, int] | None] = (),
) -> Output:
    """The running text of ``hypothesis``, an output for ``source`` in ``language``.

    ``given`` are what its first pieces show and copy, where someone typed them.
    """
    copied = copy_unknown(
        hypothesis.ids,
        vocabulary.pieces(hypothesis.ids),
        hypothesis.attention,
        source,
        log_probabilities=hypothesis.token_log_probabilities,
        spaced=marks_first(language, vocabulary.units),
        given=given,
    )
    return written(hypothesis, copied, source, language, vocabulary.units)


def written(
    hypothesis: Hypothesis,
    copied: Copied,
    source: EncodedSegment,
    language: str,
    units: str = PIECES,
) -> Output:
    """``copied`` as running text with the tags of ``source``."""
    # A character that is copied stands in a word as any other.
    joined = join_pieces(copied.pieces, language, () if units == CHARACTERS else copied.marks)
    return Output(hypothesis, copied, joined, put_tags(joined, copied.attention, source), units)
