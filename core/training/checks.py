"""What is wrong with a pair, and what is told of a file of them.

:mod:`core.training.doctor` reads files of any form and asks here.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from core.text.languages import CHINESE, ENGLISH, HAN, HAN_PATTERN, is_chinese_english

# Asked in this order; the first that holds is the reason.
REASONS = (
    "control",  # a NUL character: not text
    "columns",  # no tab
    "empty",  # a side without a letter or digit
    "too_long",  # a side longer than MAX_CHARACTERS
    "identical",  # both sides the same
    "swapped",  # each side in the other's language
    "language",  # a side clearly not in its language
    "ratio",  # one side far too long for the other
    "duplicate",  # the same pair stood further up
)
MAX_CHARACTERS = {CHINESE: 400, ENGLISH: 1200}
_MOST_OF_OTHERS = 8000  # characters of a side in another language, or of a task: summaries are long
# English words for each Chinese unit (ideograph, Latin word or number) lie between 0.25 and 1.35
# in 99 % of human translations; the slack is for short lines.
_WORDS_PER_UNIT = 1.35
_UNITS_PER_WORD = 4.0
_SLACK = 6
# So many Latin words to an ideograph still make a Chinese sentence about English names.
_LATIN_WORDS_PER_HAN = 3

_LATIN = "A-Za-z\u00c0-\u024f\u1e00-\u1eff"
_WORD = re.compile(f"[{_LATIN}][{_LATIN}0-9_'’.-]*")
_NUMBER = re.compile(r"(?<![\w.])[0-9][0-9.,:%-]*")
_OTHER_LETTER = re.compile(f"[^\\W\\d_{_LATIN}{HAN}]")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Pair:
    """A good line: its number from 1 and both sides without the blanks around them."""

    line: int
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Rejection:
    """A line that cannot be used: its number from 1, its reason and its text.

    The reason is one of :data:`REASONS`; :mod:`core.training.doctor` knows more. ``fix`` is what
    the line would be once mended, where that is plain.
    """

    line: int
    reason: str
    text: str
    fix: Pair | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """A good line that may be wrong: its number, one of :data:`core.training.doctor.doubts.DOUBTS`.

    ``note`` shows what is doubtful; ``other`` is the line it contradicts, 0 if there is none.
    """

    line: int
    reason: str
    note: str = ""
    other: int = 0


@dataclass(frozen=True, slots=True)
class CheckReport:
    """All lines of a file, good ones and others, each in the file's order.

    ``doubts`` are about lines among ``pairs``; a line may have several.
    """

    pairs: tuple[Pair, ...]
    rejections: tuple[Rejection, ...]
    doubts: tuple[Doubt, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """Rejected lines by reason, in the order of :data:`REASONS` and then as found."""
        found = Counter(rejection.reason for rejection in self.rejections)
        known = {reason: found[reason] for reason in REASONS if reason in found}
        return known | found

    @property
    def doubt_counts(self) -> dict[str, int]:
        """Doubtful lines by reason; a line with two counts twice."""
        return dict(Counter(doubt.reason for doubt in self.doubts))


# --- what is wrong with a pair -------------------------------------------------------------------


def find_fault(source: str, target: str, source_language: str, target_language: str) -> str | None:
    """The first of :data:`REASONS` that the two sides of a pair show, blanks around them aside.

    Scripts and lengths are judged of Chinese and English alone; of other languages and of tasks
    sides may be alike and hold whatever they like.
    """
    if not is_chinese_english(source_language, target_language):
        if not (source.strip() and target.strip()):
            return "empty"
        return "too_long" if max(len(source), len(target)) > _MOST_OF_OTHERS else None
    if not (_LETTER_OR_DIGIT.search(source) and _LETTER_OR_DIGIT.search(target)):
        return "empty"
    if len(source) > MAX_CHARACTERS[source_language]:
        return "too_long"
    if len(target) > MAX_CHARACTERS[target_language]:
        return "too_long"
    if source.casefold() == target.casefold():
        return "identical"
    of_source, of_target = Script.of(source), Script.of(target)
    source_strays = of_source.is_clearly(target_language)
    target_strays = of_target.is_clearly(source_language)
    if source_strays and target_strays:
        return "swapped"
    if source_strays or target_strays or of_source.is_foreign or of_target.is_foreign:
        return "language"
    chinese, english = (
        (of_source, of_target) if source_language == CHINESE else (of_target, of_source)
    )
    return None if in_proportion(chinese, english) else "ratio"


@dataclass(frozen=True, slots=True)
class Script:
    """What a side is written in: ideographs, Latin words, numbers, letters of other scripts."""

    han: int
    words: int
    numbers: int
    others: int

    @classmethod
    def of(cls, text: str) -> Script:
        """The script of ``text``."""
        words, numbers = len(_WORD.findall(text)), len(_NUMBER.findall(text))
        if text.isascii():
            return cls(0, words, numbers, 0)
        return cls(len(HAN_PATTERN.findall(text)), words, numbers, len(_OTHER_LETTER.findall(text)))

    def is_clearly(self, language: str) -> bool:
        """Whether nobody would take the text for the other language."""
        if language == CHINESE:
            return self.han > self.words + self.others
        return self.words > _LATIN_WORDS_PER_HAN * self.han + self.others

    @property
    def is_foreign(self) -> bool:
        """Whether most of the text is in neither language."""
        return self.others > self.han + self.words


def in_proportion(chinese: Script, english: Script) -> bool:
    """Whether the two may say the same, by their lengths."""
    units = chinese.han + chinese.words + chinese.numbers
    words = english.han + english.words + english.numbers
    return words <= _WORDS_PER_UNIT * units + _SLACK and units <= _UNITS_PER_WORD * words + _SLACK
