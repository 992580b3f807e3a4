"""A translator with made-up words and alignments: deterministic, slow on demand, no torch."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from core.cancel import CancelToken
from core.errors import BundleError
from core.insight.attention_heads import AttentionHeads
from core.insight.search_tree import SearchTrees
from core.translation.result import (
    Alarm,
    AlarmKind,
    Completed,
    SegmentResult,
    Translation,
    Word,
    WordChoice,
)
from gui.jobs.translation_engine import Draw
from gui.viewmodels.models import Listing
from tests.gui.insights import made_up_heads, made_up_trees

_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]*|[。！？!?]+")
_WORD = re.compile(r"[A-Za-z']+|\d+|[\u4e00-\u9fff]{1,2}|[^\s\w]")
_LEXICON = {
    "我喜": "I like", "欢学": "learning", "习机": "about", "器学": "machine", "习": "learning",
    "。": ".", "，": ",", "？": "?", "！": "!",
}  # fmt: skip
_SYLLABLES = ("ba", "lo", "mi", "ren", "tos", "vel", "kan", "du", "sor", "pi")


@dataclass(frozen=True)
class FakeCard:
    """A model's card without a model."""

    name: str = "zh-en"
    path: Path = Path("/nowhere/zh-en")
    source_language: str = "zh"
    target_language: str = "en"
    built_in: bool = True
    attends: bool = True


REVERSE = FakeCard("en-zh", Path("/nowhere/en-zh"), "en", "zh")
OWN = FakeCard("kitchen", Path("/nowhere/kitchen"), built_in=False)


def survey(*cards: FakeCard):
    """A survey that always finds ``cards``."""
    return lambda _chosen: Listing(cards)


@dataclass
class FakeEngine:
    """Translates word by word, ``delay`` seconds a sentence; ``asked`` keeps every text.

    With a ``gate`` each sentence waits until it is let through.
    """

    name: str = "zh-en"
    precision: str = "bf16"
    delay: float = 0.0
    asked: list[str] = field(default_factory=list)
    translated: list[str] = field(default_factory=list)
    error: Exception | None = None
    gate: threading.Semaphore | None = None
    idled: int = 0
    retried: list[str] = field(default_factory=list)
    linked: list[str] = field(default_factory=list)
    aligns: bool = False

    def __post_init__(self) -> None:
        self._cache: dict[str, Translation] = {}

    def when_idle(self) -> None:
        self.idled += 1

    def translate(self, text: str, beam: int, cancel: CancelToken) -> Iterator[SegmentResult]:
        self.asked.append(text)
        if self.error is not None:
            raise self.error
        found = [m for m in _SENTENCE.finditer(text) if m.group().strip()]
        before = 0
        for index, match in enumerate(found):
            cancel.check()
            start = match.start() + len(match.group()) - len(match.group().lstrip())
            gap = text[before:start]
            if index and not gap:
                gap = " "
            source = match.group().strip()
            before = start + len(source)
            yield SegmentResult(
                index, len(found), start, before, gap, self._sentence(source, beam, cancel)
            )

    def try_again(
        self, before: Translation, alarm: Alarm, beam: int, cancel: CancelToken
    ) -> Translation | None:
        """Something better for all but what is hopeless (绝)."""
        self.retried.append(alarm.text)
        if "绝" in before.source:
            return None
        better = replace(before, translation=f"{before.translation}!", alarms=())
        self._cache[before.source] = better
        return better

    def alternatives(
        self, shown: Translation, before: str, cancel: CancelToken
    ) -> tuple[WordChoice, ...]:
        """The word that stands there, and two others."""
        self._wait(cancel)
        now = next(word.text for word in shown.target_words if word.start >= len(before))
        words = ((now, 0.5), ("other", 0.25), ("another", 0.125))
        return tuple(WordChoice(word, share, before + word) for word, share in words)

    def complete(
        self, shown: Translation, beginning: str, beam: int, cancel: CancelToken, *, whole: bool
    ) -> Completed:
        """The beginning, "ing" where it is not whole, and "so on"."""
        self._wait(cancel)
        text = beginning.rstrip() + ("" if whole else "ing") + " so on."
        return Completed(reworded(shown, text), len(beginning.rstrip()))

    def n_best(
        self, sentence: str, count: int, beam: int, cancel: CancelToken
    ) -> tuple[Translation, ...]:
        found = fake_translation(sentence)
        return found, reworded(found, "Something else."), reworded(found, "Quite different.")

    def sample(
        self, sentence: str, count: int, draw: Draw, cancel: CancelToken
    ) -> tuple[Translation, ...]:
        text = f"Drawn {draw.seed} at {draw.temperature}."
        return (reworded(fake_translation(sentence), text),)

    def search_trees(
        self, shown: Translation, beginning: str, beam: int, cancel: CancelToken
    ) -> SearchTrees:
        self._wait(cancel)
        return made_up_trees(shown)

    def heads(self, shown: Translation, beam: int, cancel: CancelToken) -> AttentionHeads:
        self._wait(cancel)
        return made_up_heads(shown)

    def links(
        self, shown: Translation, cancel: CancelToken
    ) -> tuple[tuple[float, ...], ...] | None:
        """Each word with the one as far from the other end, where it has an aligner."""
        self._wait(cancel)
        self.linked.append(shown.source)
        return crossed(shown) if self.aligns else None

    def _wait(self, cancel: CancelToken) -> None:
        end = time.monotonic() + self.delay
        while (left := end - time.monotonic()) > 0:
            cancel.check()
            time.sleep(min(left, 0.004))

    def _sentence(self, source: str, beam: int, cancel: CancelToken) -> Translation:
        if source not in self._cache:
            end = time.monotonic() + self.delay
            while (left := end - time.monotonic()) > 0:
                cancel.check()
                time.sleep(min(left, 0.004))  # sleeping releases the GIL, as torch's kernels do
            while self.gate is not None and not self.gate.acquire(timeout=0.005):
                cancel.check()
            self.translated.append(source)
            self._cache[source] = fake_translation(source)
        return self._cache[source]


def crossed(shown: Translation) -> tuple[tuple[float, ...], ...]:
    """Links of each word with the one as far from the other end."""
    count = len(shown.source_words)
    return tuple(
        tuple(0.6 if j == count - 1 - i else 0.0 for j in range(count))
        for i in range(len(shown.target_words))
    )


def fake_translation(source: str) -> Translation:
    """One made-up word per source word; each looks mostly at its own."""
    source_words = tuple(Word(m.group(), m.start(), m.end()) for m in _WORD.finditer(source))
    text, target_words = "", []
    for word in source_words:
        new = _LEXICON.get(word.text) or _syllables(word.text)
        if text and new not in ".,?!":
            text += " "
        target_words.append(Word(new, len(text), len(text) + len(new)))
        text += new
    count = len(source_words)
    rows = []
    for i in range(count):
        row = [0.0] * count
        row[i] = 0.8
        for j in (i - 1, i + 1):
            row[j if 0 <= j < count else i] += 0.1
        rows.append(tuple(row))
    notes = ("traditional",) if "習" in source else ()
    copied = re.search(r"[\u4e00-\u9fff]", source) is None
    if copied:
        notes = (*notes, "copied")
    return Translation(
        source=source,
        translation=text,
        score=-0.5,
        source_words=source_words,
        target_words=tuple(target_words),
        alignment=tuple(rows),
        confidences=tuple((0.9, 0.5, 0.2)[i % 3] for i in range(count)),
        notes=notes,
        seconds=0.02,
        alarms=tuple(_alarm(word) for word in source_words if "坏" in word.text),
    )


def _alarm(word: Word) -> Alarm:
    return Alarm(AlarmKind.UNTRANSLATED, ((word.start, word.end),), (), word.text)


def reworded(translation: Translation, text: str) -> Translation:
    """``translation`` with other words, each looking at the source's last."""
    words = tuple(Word(m.group(), m.start(), m.end()) for m in _WORD.finditer(text))
    last = (*[0.0] * (len(translation.source_words) - 1), 1.0)
    return replace(
        translation, translation=text, target_words=words, alignment=(last,) * len(words)
    )


def _syllables(word: str) -> str:
    if word.isascii():
        return word
    return "".join(_SYLLABLES[ord(character) % len(_SYLLABLES)] for character in word)


def failing_load(_model: Path) -> FakeEngine:
    """A model whose folder is damaged."""
    raise BundleError(
        "the model is damaged",
        where="zh-en/model.safetensors",
        remedy="Install Attune again, or choose another model.",
    )
