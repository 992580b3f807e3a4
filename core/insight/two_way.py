"""Alignments of given pairs by two models that read them in opposite directions."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from itertools import tee

import numpy as np

from core.errors import InputError, OptionError
from core.insight.forced import ForcedAligner
from core.store.loading import Loaded
from core.translation.result import Translation


class TwoWayAligner:
    """Aligns pairs with the mean of what two models say (see :class:`ForcedAligner`).

    Each model errs by itself, and one that writes Chinese gives each English word a row only if
    some Chinese word looks at it: the two together are far nearer to what people link
    (docs/alignment.md). After Liang et al. 2006, "Alignment by Agreement", which multiplies.

    Args:
        forward, backward: the models, in fp32; the one's source is the other's target.
        tokenized: whether the blanks of the pairs are their word boundaries.
        attention: whether attention is wanted even of models with an aligner.

    Raises:
        OptionError: ``backward`` is not of the opposite direction.
    """

    def __init__(
        self, forward: Loaded, backward: Loaded, *, tokenized: bool = False, attention: bool = False
    ) -> None:
        way = forward.source_language, forward.target_language
        other = backward.source_language, backward.target_language
        if way != other[::-1]:
            raise OptionError(
                f"one model is {way[0]}-{way[1]} and the other {other[0]}-{other[1]}",
                remedy=f"Choose one from {way[1]} to {way[0]} to read the pairs backwards.",
            )
        self._forward, self._backward = (
            ForcedAligner(one, tokenized=tokenized, attention=attention)
            for one in (forward, backward)
        )

    @property
    def by_attention(self) -> bool:
        """Whether the weights of either are those of attention."""
        return self._forward.by_attention or self._backward.by_attention

    def align(
        self, pairs: Iterable[tuple[str, str]], *, name: str = "the pairs"
    ) -> Iterator[Translation]:
        """Each pair as ``forward`` reads it, its weights the mean of both models'.

        A row need not sum to 1: a target word that looks at a source word that does not look at it
        has half of its weight there, and the rest nowhere.

        Args:
            pairs: source and target.
            name: what to call them in an error.

        Raises:
            InputError: a side holds no text, or the models cut it into other words.
        """
        ahead, behind = tee(pairs)
        one_way = self._forward.align(ahead, name=name)
        other_way = self._backward.align(((b, a) for a, b in behind), name=name)
        for number, (read, turned) in enumerate(zip(one_way, other_way, strict=True), start=1):
            words, same = (read.source_words, read.target_words), turned.target_words
            if words != (same, turned.source_words):
                raise InputError(
                    "the two models cut it into different words",
                    where=f"{name}, line {number}",
                    remedy="Choose models of one language pair that cut words alike.",
                )
            both = (_weights(read) + _weights(turned).T) / 2  # [target words, source words]
            yield dataclasses.replace(read, alignment=tuple(map(tuple, both.tolist())))


def _weights(result: Translation) -> np.ndarray:
    """``[target words, source words]``; also of a side without words."""
    shape = len(result.target_words), len(result.source_words)
    return np.array(result.alignment, float).reshape(shape)
