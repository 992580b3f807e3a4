"""From files of sentence pairs to a corpus of ids: normalise, filter, cut, encode."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from core.text.languages import CHINESE, HAN_PATTERN
from core.text.normalize import normalize
from core.text.tokenizer import Tokenizer, make_tokenizer, words

_LATIN = re.compile(r"[A-Za-z]")
MAX_CHARACTERS = {"zh": 250, "en": 750}
# English characters per Chinese character, measured at the 0.5th and 99.5th percentile of
# clean pairs; short lines vary more.
RATIO = (0.9, 8.0)
SHORT = 8


@dataclass(frozen=True, slots=True)
class Forms:
    """Word forms of both sides of a pair."""

    source: tuple[str, ...]
    target: tuple[str, ...]


class FormMaker:
    """Normalises and cuts one language into the word forms that vocabularies see."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._tokenizer: Tokenizer = make_tokenizer(language)

    def forms(self, text: str) -> tuple[str, ...]:
        """Word forms of ``text``."""
        tokens = self._tokenizer.tokenize(normalize(text, self.language).text)
        return tuple(span.form for span in words(tokens, self.language))


def usable(chinese: str, english: str) -> bool:
    """Whether a pair's scripts and lengths let it be a translation at all."""
    if not 0 < len(chinese) <= MAX_CHARACTERS["zh"] or not 0 < len(english) <= MAX_CHARACTERS["en"]:
        return False
    if not HAN_PATTERN.search(chinese) or not _LATIN.search(english):
        return False
    if len(HAN_PATTERN.findall(english)) > 2:
        return False
    low, high = RATIO
    slack = SHORT if min(len(chinese), len(english)) < SHORT * 2 else 0
    return low * len(chinese) - slack <= len(english) <= high * len(chinese) + slack * 3


def prepare_pairs(
    lines: Iterable[str], source_language: str, target_language: str
) -> Iterator[Forms]:
    """Word forms of the usable, distinct pairs among ``lines`` (source, tab, target)."""
    source_maker, target_maker = FormMaker(source_language), FormMaker(target_language)
    seen: set[int] = set()
    for line in lines:
        source, tab, target = line.partition("\t")
        source, target = source.strip(), target.strip()
        chinese, english = (source, target) if source_language == CHINESE else (target, source)
        key = hash((source, target))
        if not tab or key in seen or not usable(chinese, english):
            continue
        seen.add(key)
        forms = Forms(source_maker.forms(source), target_maker.forms(target))
        if forms.source and forms.target:
            yield forms
