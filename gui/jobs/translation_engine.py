"""What the thread that translates needs of a translator; the real one is in ``engine``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from core.cancel import CancelToken
from core.translation.result import Alarm, Completed, Rows, SegmentResult, Translation, WordChoice

if TYPE_CHECKING:
    from core.insight.attention_heads import AttentionHeads
    from core.insight.search_tree import SearchTrees


@dataclass(frozen=True, slots=True)
class Draw:
    """How samples are drawn: see ``core.decoding.options.SamplingOptions``; ``seed`` of chance."""

    temperature: float
    top_p: float
    seed: int


class Engine(Protocol):
    """What the thread needs of a translator."""

    @property
    def name(self) -> str:
        """The model's name."""

    @property
    def precision(self) -> str:
        """``int8``, ``bf16`` or ``fp32``."""

    def translate(self, text: str, beam: int, cancel: CancelToken) -> Iterator[SegmentResult]:
        """One result per sentence, in order; raises ``Cancelled`` soon after ``cancel`` is set."""

    def alternatives(
        self, shown: Translation, before: str, cancel: CancelToken
    ) -> tuple[WordChoice, ...]:
        """The words that may stand behind ``before`` in the translation ``shown``."""

    def complete(
        self, shown: Translation, beginning: str, beam: int, cancel: CancelToken, *, whole: bool
    ) -> Completed:
        """The sentence of ``shown`` translated anew, with a ``beginning``."""

    def n_best(
        self, sentence: str, count: int, beam: int, cancel: CancelToken
    ) -> tuple[Translation, ...]:
        """The best translations of a sentence."""

    def sample(
        self, sentence: str, count: int, draw: Draw, cancel: CancelToken
    ) -> tuple[Translation, ...]:
        """Translations of a sentence drawn at random."""

    def try_again(
        self, before: Translation, alarm: Alarm, beam: int, cancel: CancelToken
    ) -> Translation | None:
        """Another translation of a sentence, without an alarm of the one ``before``."""

    def search_trees(
        self, shown: Translation, beginning: str, beam: int, cancel: CancelToken
    ) -> SearchTrees:
        """What the search for the sentence of ``shown`` looked at."""

    def heads(self, shown: Translation, beam: int, cancel: CancelToken) -> AttentionHeads:
        """What each head of the attention looked at in the translation ``shown``."""

    def links(self, shown: Translation, cancel: CancelToken) -> Rows | None:
        """How strongly words of ``shown`` belong together; ``None`` where that is not known."""

    def when_idle(self) -> None:
        """Called once, when nothing was asked for a while: what may take a second."""
