"""Two models that read pairs against each other: their mean, worked by hand from each one's."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
import torch

from core.errors import InputError, OptionError
from core.insight.forced import ForcedAligner
from core.insight.two_way import TwoWayAligner
from core.model.aligner import Aligner
from core.store.loading import Loaded, load_model
from tests.fixtures.tiny_model import untaught_back

PAIRS = [
    ("我今天喜欢猫。", "I like cats today."),
    ("你好。", "Hello."),
    ("我们看见苹果。", "They buy noodles."),
]


@pytest.fixture(scope="module")
def forward(tiny_bundle: Path) -> Loaded:
    return load_model(tiny_bundle)


@pytest.fixture(scope="module")
def backward(forward: Loaded) -> Loaded:
    return untaught_back(forward)


def test_weights_are_the_mean_of_both(forward: Loaded, backward: Loaded) -> None:
    ahead = ForcedAligner(forward).align(PAIRS)
    behind = ForcedAligner(backward).align([(target, source) for source, target in PAIRS])
    both = TwoWayAligner(forward, backward).align(PAIRS)
    for one, other, mean in zip(ahead, behind, both, strict=True):
        assert dataclasses.replace(mean, alignment=one.alignment) == one
        for j in range(len(one.target_words)):
            for i in range(len(one.source_words)):
                wanted = (one.alignment[j][i] + other.alignment[i][j]) / 2
                assert mean.alignment[j][i] == pytest.approx(wanted, abs=1e-4)


def test_the_pairs_may_be_a_stream(forward: Loaded, backward: Loaded) -> None:
    found = list(TwoWayAligner(forward, backward).align(iter(PAIRS * 40)))
    assert [one.source for one in found] == [source for source, _ in PAIRS * 40]
    np.testing.assert_allclose(found[0].alignment, found[-3].alignment, atol=1e-4)


def test_aligners_of_both_are_asked(forward: Loaded, backward: Loaded) -> None:
    torch.manual_seed(6)
    ahead, behind = (
        dataclasses.replace(one, aligner=Aligner(one.model.config, width=8).eval())
        for one in (forward, backward)
    )
    both = TwoWayAligner(ahead, behind)
    assert not both.by_attention
    one_way = ForcedAligner(ahead).align(PAIRS)
    other_way = ForcedAligner(behind).align([(target, source) for source, target in PAIRS])
    for one, other, mean in zip(one_way, other_way, both.align(PAIRS), strict=True):
        wanted = (np.array(one.alignment) + np.array(other.alignment).T) / 2
        np.testing.assert_allclose(mean.alignment, wanted, atol=1e-5)
    assert TwoWayAligner(ahead, behind, attention=True).by_attention
    assert TwoWayAligner(ahead, backward).by_attention  # one of them has none


def test_both_of_one_direction_are_refused(forward: Loaded) -> None:
    with pytest.raises(OptionError, match="one from en to zh"):
        TwoWayAligner(forward, forward)


def test_other_words_are_refused(forward: Loaded, backward: Loaded) -> None:
    aligner = TwoWayAligner(forward, backward)
    aligner._backward = ForcedAligner(backward, tokenized=True)  # whose words are between blanks
    with pytest.raises(InputError, match="different words") as caught:
        list(aligner.align(PAIRS, name="p.tsv"))
    assert caught.value.where == "p.tsv, line 1"
