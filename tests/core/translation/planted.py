"""Models planted for tests: outputs written by hand, and a model that copies and loses its way."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from core.decoding.hypothesis import Hypothesis
from core.text.encoding import EncodedSegment, SegmentEncoder
from core.text.subword import SubwordVocabulary
from core.text.tokenizer import make_tokenizer
from core.text.vocab import EOS, UNK
from core.translation.outputs import Output, read_output

WORDS = {
    "zh": '我 喜欢 学习 今天 猫 书 年 月 日 人 万 % 。 , . abc YouTube 1 2 3 4 5 6 0 " ( ) ? : 不'
    " 每 星期三 周二 ， 点 磅 早上 下午 元 $ 美元",
    "en": '▁I ▁like ▁to learn ▁today ▁cats ▁books ▁YoutTube ▁You Tube ▁March ▁million . , ▁" "'
    " ▁( ) ? ▁not ▁ ▁1 ▁2 ▁3 ▁4 ▁5 ▁6 ▁0 1 2 3 4 5 6 0 % ▁Tuesday ▁Wednesday ▁The ▁on"
    " ▁p p ▁m m ▁$ ▁€ €",
}


@functools.cache
def vocabulary(language: str) -> SubwordVocabulary:
    return SubwordVocabulary.train([WORDS[language].split()] * 3, size=250, alphabet=90)


@functools.cache
def encoder(language: str) -> SegmentEncoder:
    return SegmentEncoder(language, make_tokenizer(language), vocabulary(language))


def hypothesis(
    source: EncodedSegment, language: str, pieces: Sequence[str], looks: Sequence[int], score: float
) -> Hypothesis:
    """An output of ``pieces``, each looking at one column of ``source``."""
    ids: list[int] = []
    columns: list[int] = []
    for piece, look in zip(pieces, looks, strict=True):
        found = (UNK,) if piece == "<unk>" else vocabulary(language).encode([piece]).ids
        ids += found
        columns += [look] * len(found)
    attention = np.full((len(ids), len(source.ids)), 0.001, np.float32)
    attention[np.arange(len(ids)), columns] = 1
    return Hypothesis(tuple(ids), score, score, (score,) * len(ids), attention)


def output(
    source: EncodedSegment,
    language: str,
    pieces: Sequence[str],
    looks: Sequence[int],
    score: float = -1.0,
) -> Output:
    """:func:`hypothesis` as running text."""
    found = hypothesis(source, language, pieces, looks, score)
    return read_output(found, source, vocabulary(language), language)


class CopyMemory(NamedTuple):
    """The source [B, S] and its lengths [B]."""

    ids: Tensor
    lengths: Tensor


class CopyModel:
    """Says its source and looks at what it says, but loses its way in long sources.

    Args:
        size: of the vocabulary.
        reach: pieces of a source with more that it says.
        loops: whether it then says them again rather than end.
    """

    def __init__(self, size: int, reach: int = 1_000, *, loops: bool = False) -> None:
        self.size, self.reach, self.loops = size, reach, loops
        self.batches: list[list[int]] = []  # lengths of all sources

    def encode(self, source_ids: Tensor, source_lengths: Tensor) -> CopyMemory:
        self.batches.append(source_lengths.tolist())
        return CopyMemory(source_ids, source_lengths)

    def initial_state(self, memory: CopyMemory) -> Tensor:
        return torch.zeros_like(memory.lengths)

    def decode_step(
        self, tokens: Tensor, state: Tensor, memory: CopyMemory
    ) -> tuple[Tensor, Tensor, Tensor]:
        each = len(tokens) // len(memory.lengths)
        ids, lengths = (part.repeat_interleave(each, dim=0) for part in memory)
        lost = lengths > self.reach
        if self.loops:
            place, ended = torch.where(lost, state % self.reach, state), ~lost & (state >= lengths)
        else:
            place, ended = state, state >= torch.where(lost, self.reach, lengths)
        place = place.clamp(max=ids.size(1) - 1)
        said = ids.gather(1, place[:, None])[:, 0].masked_fill(ended, EOS)
        log_probs = torch.full((len(tokens), self.size), -30.0)
        log_probs[:, EOS] = -60.0  # else four ends are found before the sentence has one
        log_probs[torch.arange(len(tokens)), said] = -0.01
        attention = torch.zeros(ids.shape)
        attention[torch.arange(len(tokens)), torch.minimum(place, lengths - 1)] = 1.0
        return log_probs, state + 1, attention

    def select(self, state: Tensor, rows: Tensor) -> Tensor:
        return state[rows]

    def select_memory(self, memory: CopyMemory, rows: Tensor) -> CopyMemory:
        return CopyMemory(*(part[rows] for part in memory))
