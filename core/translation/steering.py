"""One sentence translated as someone wants it: other words, and a given beginning.

What stands in a translation before a word may be locked; the rest is searched anew behind it. Of a
sentence that is cut into parts, the part in which the beginning ends is searched and the others
stay as they were.
"""

from __future__ import annotations

import dataclasses
import functools
import math
import time
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from core.cancel import CancelToken
from core.decoding.options import SearchOptions
from core.text.encoding import EncodedSegment, SegmentEncoder
from core.text.function_words import FUNCTION_WORDS
from core.text.languages import ENGLISH
from core.text.target import join_pieces
from core.text.tokenizer import Tokenizer
from core.translation.beginnings import Beginning, BeginningReader
from core.translation.careful import FAULT
from core.translation.chunks import Part, encode_clauses, encode_parts, segmented
from core.translation.composing import TRUNCATED, Composer
from core.translation.faults import Source, find_faults
from core.translation.joining import GOES_ON, join
from core.translation.mending import mend
from core.translation.outputs import Output
from core.translation.result import Completed, Translation, WordChoice
from core.translation.search import OutputSearch
from core.translation.sections import is_cut, section, section_starts

_AHEAD = 3  # pieces that show where a Chinese word ends


@dataclass(frozen=True)
class Steering:
    """Steers a model; used by one thread at a time.

    Attributes:
        search, encoder, composer: those of the translator.
        longest, easy: where the translator cuts a sentence.
        reader: of beginnings in the target language.
    """

    search: OutputSearch
    encoder: SegmentEncoder
    composer: Composer
    longest: int
    easy: int
    reader: BeginningReader

    # -- words ----------------------------------------------------------------------------

    def alternatives(
        self, shown: Translation, before: str, count: int = 8, cancel: CancelToken | None = None
    ) -> tuple[WordChoice, ...]:
        """The most probable words behind ``before``, best first; none if nothing is translated.

        Args:
            shown: the translation that ``before`` begins.
            before: its beginning up to a word.
            count: how many words.
            cancel: asked before every step.

        Raises:
            BundleError: the model predicts NaN, or nothing that is allowed.
            Cancelled: ``cancel`` was cancelled.
        """
        part, own, _ = self._place(shown, before)
        if not part.source.translatable:
            return ()
        begun = self.reader.read(own, part.source, whole=True)
        words = self._next_words(part.source, begun, own, count, cancel)
        found: dict[str, WordChoice] = {}
        for ids, probability in words:
            lead = self._joined(begun, ids)
            word = lead.strip()
            if not word:
                continue
            both = probability + (found[word].probability if word in found else 0.0)
            found[word] = WordChoice(word, min(both, 1.0), before.rstrip() + lead)
        ordered = sorted(found.values(), key=lambda choice: -choice.probability)
        return tuple(ordered[:count])

    def _next_words(
        self,
        source: EncodedSegment,
        begun: Beginning,
        text: str,
        count: int,
        cancel: CancelToken | None,
    ) -> list[tuple[tuple[int, ...], float]]:
        """Pieces and probabilities of the next words behind ``begun``, which shows ``text``."""
        at = self.search.begin(source, begun.ids, cancel)
        begins = self._begins
        goes_on = text[-1:].strip() and not text[-1:].isalnum()  # as "(" does
        first = torch.ones_like(begins) if goes_on else begins
        if self.reader.tells_words:
            words = at.next_words(first, begins, count=count)
            return [(word.ids, word.probability) for word in words]
        words = at.next_words(first, begins, count=2 * count)
        tokens = [word.ids[0] for word in words]
        ahead = at.ahead(tokens, _AHEAD)
        return [
            self._whole((token, *more), (math.log(word.probability or 1e-300), *logs))
            for word, token, (more, logs) in zip(words, tokens, ahead, strict=True)
        ]

    @functools.cached_property
    def _begins(self) -> Tensor:
        return torch.tensor(self.reader.spelling.begins)

    def _whole(
        self, ids: tuple[int, ...], log_probabilities: tuple[float, ...]
    ) -> tuple[tuple[int, ...], float]:
        """Of Chinese pieces those of the first word, and its probability."""
        pieces = self.reader.pieces(ids)
        tokenizer: Tokenizer = self.reader.tokenizer
        size = len(tokenizer.tokenize("".join(pieces))[0])
        kept, length = 1, len(pieces[0])
        while length < size:
            length += len(pieces[kept])
            kept += 1
        return ids[:kept], math.exp(sum(log_probabilities[:kept]))

    def _joined(self, begun: Beginning, ids: Sequence[int]) -> str:
        """What the pieces ``ids`` add to the text of ``begun``."""
        shown = (*begun.shown, *self.reader.pieces(ids))
        copied = [column >= 0 for column in begun.columns] + [False] * len(ids)
        joined = join_pieces(shown, self.reader.language, copied)
        start = joined.spans[len(begun.ids) - 1][1] if begun.ids else 0
        return joined.text[start:]

    # -- a beginning ----------------------------------------------------------------------

    def complete(
        self,
        shown: Translation,
        text: str,
        options: SearchOptions,
        *,
        whole: bool = False,
        cancel: CancelToken | None = None,
    ) -> Completed:
        """The best translation of ``shown``'s source that begins with ``text``.

        Args:
            shown: what stands there.
            text: the beginning wanted.
            options: of the search.
            whole: whether its last word is complete; else ``learn`` may become ``learning``.
            cancel: asked before every step.

        Returns:
            The translation; ``shown`` itself if there is nothing in it to translate.

        Raises:
            BundleError: the model predicts NaN, or nothing that is allowed.
            Cancelled: ``cancel`` was cancelled.
        """
        begin = time.perf_counter()
        part, own, number = self._place(shown, text)
        if not part.source.translatable:
            return Completed(shown, 0)
        begun = self.reader.read(own, part.source, whole=whole)
        wanted = dataclasses.replace(options, n_best=options.beam)
        [outputs] = self.search([part.source], wanted, cancel, beginnings=[begun])
        best, locked = self._best(part.source, outputs, begun)
        seconds = time.perf_counter() - begin
        found = self.composer.part(part.source, (best,), seconds)
        parts = self._parts(shown)
        starts = section_starts(shown, parts)
        if len(parts) > 1:
            pieces = [section(shown, parts, starts, index) for index in range(len(parts))]
            pieces[number] = found
            cut = segmented(shown.source, parts)
            found = join(shown.source, cut, pieces, self.composer.target_language)
            notes = dict.fromkeys((*found.notes, *shown.notes))
            found = dataclasses.replace(found, notes=tuple(notes), seconds=seconds)
        return Completed(self.composer.alarmed(found), starts[number] + locked)

    def _best(
        self, source: EncodedSegment, outputs: Sequence[Output], begun: Beginning
    ) -> tuple[Output, int]:
        """The output with the best score less its faults, mended behind its beginning; its end."""
        judged, target = Source(source, self.encoder.language), self.composer.target_language

        def worth(output: Output) -> float:
            return output.hypothesis.score - FAULT * find_faults(output, judged, target).weight

        best = max(outputs, key=worth)
        locked = _end(best, begun)
        mended = mend(best, judged, target)
        kept = mended.text[:locked] == best.text[:locked]
        return (mended if kept else best), locked

    # -- parts ----------------------------------------------------------------------------

    def _parts(self, shown: Translation) -> list[Part]:
        """The parts that ``shown`` was translated in: those of every sentence of its length, and
        the halves that the search cut some into because it had lost its way."""
        parts = encode_parts(shown.source, self.encoder, self.longest, self.easy)
        if TRUNCATED not in shown.notes:
            return parts
        return [half for part in parts for half in self._halves(shown, part)]

    def _halves(self, shown: Translation, part: Part) -> list[Part]:
        halves = encode_clauses(part.source, self.encoder)
        if len(halves) == 1 or not is_cut(shown, part.start + halves[1].start):
            return [part]
        moved = [Part(part.start + half.start, half.source) for half in halves]
        return [quarter for half in moved for quarter in self._halves(shown, half)]

    def _place(self, shown: Translation, text: str) -> tuple[Part, str, int]:
        """The part in whose translation the beginning ``text`` ends, its own text, its number."""
        parts = self._parts(shown)
        starts = section_starts(shown, parts)
        same = _common(shown.translation, text)
        number = bisect_right(starts, same) - 1
        own = text[starts[number] :]
        goes_on = shown.translation[: starts[number]].rstrip().endswith(GOES_ON)
        if goes_on and self.composer.target_language == ENGLISH:
            first = own.split(" ", 1)[0]  # a part is translated as a sentence of its own
            if first in FUNCTION_WORDS[ENGLISH]:
                own = own[:1].upper() + own[1:]
        return parts[number], own, number


def _end(output: Output, begun: Beginning) -> int:
    """Where in the text of ``output`` its given beginning ends."""
    given = len(begun.ids)
    end = output.tagged.spans[given - 1][1] if given else 0
    if begun.rest:
        behind = output.text[end:]
        blanks = len(behind) - len(behind.lstrip())
        end += blanks + len(begun.rest.lstrip("\u2581"))
    return min(end, len(output.text))


def _common(a: str, b: str) -> int:
    """How many characters both begin with."""
    pairs = enumerate(zip(a, b, strict=False))
    return next((i for i, (one, other) in pairs if one != other), min(len(a), len(b)))
