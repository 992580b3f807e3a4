"""Which models are taken at their word.

A translator between Chinese and English by pieces of words knows the languages: it protects
addresses, sees that numbers are kept, judges what the search found, and gives alarms. Whatever else
a model was taught (other languages, tasks, vocabularies of whole words, no attention) it is only
asked: what it says is what is shown, less an ``<unk>`` that can be copied.
"""

from __future__ import annotations

import dataclasses
import math
from typing import TypeVar

from core.decoding.options import OutputLimits, SearchOptions
from core.store.loading import Loaded, Ready
from core.text.languages import are_two_languages, is_chinese_english
from core.text.segments import Segmented, split, split_lines
from core.text.units import CHARACTERS, PIECES
from core.translation.chunks import LONGEST

_CHARACTERS_TO_A_UNIT = 6.0  # of an output for a unit of a source that is cut more coarsely
_MORE = 30  # units of a task's output beyond what the source's length allows: answers to a word
_LONGEST_LINE = 4_000

Limits = TypeVar("Limits", bound=OutputLimits)


def is_plain(loaded: Loaded | Ready) -> bool:
    """Whether the model is only asked; see the module."""
    units = {loaded.source_vocabulary.units, loaded.target_vocabulary.units}
    known = is_chinese_english(loaded.source_language, loaded.target_language)
    return not known or units != {PIECES} or loaded.model.config.attention == "none"


def fitted(options: Limits, loaded: Loaded | Ready) -> Limits:
    """``options`` with room for what the model writes.

    A model that has learnt a task is so sure that all hypotheses but one are hardly possible, and
    the first ones to end are among these: its search goes on until nothing better can come. What it
    repeats is no loop but the answer, as the zeros of a million.
    """
    source, target = loaded.source_vocabulary.units, loaded.target_vocabulary.units
    if target == CHARACTERS != source:
        options = dataclasses.replace(options, max_length_ratio=_CHARACTERS_TO_A_UNIT)
    if not are_two_languages(loaded.source_language, loaded.target_language):
        more = max(_MORE, options.max_length_offset)
        options = dataclasses.replace(options, max_length_offset=more)
        if isinstance(options, SearchOptions):
            options = dataclasses.replace(options, patience=math.inf, loop_copies=0)
    return options


def longest_source(loaded: Loaded | Ready) -> int:
    """The most units of a source that are read as one; a task's line is never cut for its length.

    An answer to half a text would be none: what is to be summed up must be read to its end.
    """
    languages = are_two_languages(loaded.source_language, loaded.target_language)
    return LONGEST if languages else _LONGEST_LINE


def segments(text: str, source_language: str, target_language: str) -> Segmented:
    """``text`` cut into what is translated as one: sentences of a language, a task's lines."""
    if are_two_languages(source_language, target_language):
        return split(text, source_language)
    return split_lines(text)
