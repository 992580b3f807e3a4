"""Sentences are searched in batches, several at a time; each gets what it gets alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from core import runtime
from core.cancel import Cancelled, CancelToken
from core.decoding.beam_search import beam_search
from core.translation import search as module
from core.translation.options import TranslateOptions
from core.translation.search import batches
from core.translation.translator import Translator

LINES = ["你好。", "我喜欢猫。", "龘。", "谢谢你！", "我今天喜欢猫。", "你买书。", "我今天看见龘。"]


def test_batches_hold_one_kind_and_like_lengths_the_longest_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "BATCH", 3)
    monkeypatch.setattr(module, "BATCH_PIECES", 20)
    kinds = [False, True, True, True, True, False, True]
    found = batches([4, 5, 11, 2, 3, 9, 30], kinds)
    # Of 9 pieces and 4 two fit; those of 30 and of 11 are alone.
    assert found == [[5, 0], [6], [2], [1, 4, 3]]
    assert batches([], []) == []
    assert batches([0, 7], [True, True]) == [[1, 0]]


@pytest.mark.parametrize("size", [1, 2, 32])
def test_batches_side_by_side_find_what_each_sentence_finds_alone(
    tiny_bundle: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(runtime, "cores", lambda: 2)
    monkeypatch.setattr(module, "BATCH", size)
    alone = Translator.load(tiny_bundle, precision="fp32", threads=1)
    expected = [alone.translate_segments([line])[0] for line in LINES]
    together = Translator.load(tiny_bundle, precision="fp32", threads=2)
    options = TranslateOptions()
    found = together.translate_segments(LINES, options)
    assert [one.translation for one in found] == [one.translation for one in expected]
    for one, other in zip(found, expected, strict=True):
        assert one.score == pytest.approx(other.score, abs=1e-4)
        assert [[*row] for row in one.alignment] == [
            pytest.approx([*row], abs=1e-4) for row in other.alignment
        ]


def test_all_batches_are_cancelled(tiny_bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runtime, "cores", lambda: 2)
    monkeypatch.setattr(module, "BATCH", 1)
    translator = Translator.load(tiny_bundle, precision="fp32", threads=2)
    token = CancelToken()

    def cancelled(*given: Any) -> Any:
        token.cancel()
        return beam_search(*given)

    monkeypatch.setattr(module, "beam_search", cancelled)
    with pytest.raises(Cancelled):
        translator.translate_segments(LINES, cancel=token)
