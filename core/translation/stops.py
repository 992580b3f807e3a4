"""Full stops lent to a text without one.

Models learn from sentences, and nearly all sentences end with a mark: given a title or a single
word, a model may well go on until something ends. So it is given a stop and its own is taken away.
"""

from __future__ import annotations

import dataclasses

from core.decoding.hypothesis import Hypothesis
from core.text.encoding import EncodedSegment
from core.text.languages import CHINESE
from core.text.subword import Vocabulary
from core.text.vocab import SPECIALS


def stop_id(vocabulary: Vocabulary, language: str) -> int | None:
    """The piece that is the full stop of ``language``, if there is one."""
    encoded = vocabulary.encode(["。" if language == CHINESE else "."])
    [index] = encoded.ids if len(encoded.ids) == 1 else (0,)
    return index if index >= len(SPECIALS) else None


def lacks_stop(source: EncodedSegment) -> bool:
    """Whether ``source`` ends with a letter, a digit or a protected span."""
    end = source.piece_spans[-1][1]
    return source.text[end - 1].isalnum() or any(span.end == end for span in source.protected)


def without_stop(
    hypothesis: Hypothesis, columns: int, stop: int | None, least: int = 0
) -> Hypothesis:
    """``hypothesis`` for a source with a lent stop, as if neither had one.

    Args:
        hypothesis: an output.
        columns: how many pieces the source itself has.
        stop: the full stop of the target language.
        least: how many pieces someone typed, which stay.
    """
    kept = len(hypothesis.ids)
    while kept > least and hypothesis.ids[kept - 1] == stop:
        kept -= 1
    attention = hypothesis.attention[:kept, :columns]
    attention.setflags(write=False)
    return dataclasses.replace(
        hypothesis,
        ids=hypothesis.ids[:kept],
        token_log_probabilities=hypothesis.token_log_probabilities[:kept],
        attention=attention,
    )
