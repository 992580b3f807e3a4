"""Outputs of the search as running text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.decoding.hypothesis import Hypothesis
from core.text.encoding import EncodedSegment
from core.text.languages import ENGLISH
from core.text.subword import Vocabulary
from core.text.target import TargetText, join_pieces
from core.translation.copying import Copied, copy_unknown
from core.translation.tags import Tagged, put_tags


@dataclass(frozen=True, slots=True)
class Output:
    """A hypothesis, its pieces after copying, the text they make, and that text with tags."""

    hypothesis: Hypothesis
    copied: Copied
    joined: TargetText
    tagged: Tagged

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
        spaced=language == ENGLISH,
        given=given,
    )
    return written(hypothesis, copied, source, language)


def written(
    hypothesis: Hypothesis, copied: Copied, source: EncodedSegment, language: str
) -> Output:
    """``copied`` as running text with the tags of ``source``."""
    joined = join_pieces(copied.pieces, language, copied.marks)
    return Output(hypothesis, copied, joined, put_tags(joined, copied.attention, source))
