"""The cost of a round: what is counted, what follows from it, and memory seen from outside."""

from __future__ import annotations

import os
from itertools import takewhile
from typing import Any

import numpy as np
import pytest

from benchmarks.epochs.__main__ import arguments, costs, markdown
from benchmarks.epochs.engine import whole_rounds
from benchmarks.epochs.memory import Watch, own_memory
from core.training.batching import BatchSource, Share
from core.training.corpus import Corpus
from core.training.hyperparameters import BatchOptions


def source(pairs: int = 300) -> BatchSource:
    rng = np.random.default_rng(3)
    lengths = rng.integers(1, 20, (pairs, 2))
    corpus = Corpus.from_pairs([([5] * s, [6] * t) for s, t in lengths])
    return BatchSource([Share(corpus)], BatchOptions(tokens=200))


def test_a_round_is_counted_once() -> None:
    first = [batch for number, _, batch in takewhile(lambda x: x[0] == 0, source().batches())]
    found = whole_rounds(source(), 0.0)
    assert (found["rounds"], found["pairs"], found["examples"]) == (1, 300, 300)
    assert found["batches"] == len(first)
    assert found["target pieces"] == sum(batch.target_tokens for batch in first)
    assert 0 < found["drawing"] < found["seconds"]


def test_rounds_go_on_for_as_long_as_asked() -> None:
    found = whole_rounds(source(), 0.2)
    assert found["rounds"] > 1
    assert found["seconds"] >= 0.2
    assert found["pairs"] == 300 * found["rounds"]


@pytest.mark.skipif(own_memory(os.getpid()) == 0, reason="the system does not tell")
def test_memory_that_was_given_back_is_seen() -> None:
    with Watch(os.getpid()) as watch:
        held = np.ones(100_000_000, np.uint8)
        assert held[-1] == 1
        # The watcher looks every few milliseconds.
        for _ in range(20):
            held += 1
        del held
    assert 90 < watch.peak - watch.before < 200


def test_a_process_that_ended_holds_nothing() -> None:
    assert own_memory(2**22 + 1) == 0.0  # above the system's largest number


def size(pairs: int, **changed: Any) -> dict[str, Any]:
    batches = {
        "seconds": 4.0,
        "drawing": 1.0,
        "pairs": 1000,
        "examples": 900,
        "batches": 10,  # 0.1 s of drawing for each
        "memory": {"before": 100.0, "own peak": 140.0},
    }
    train = {
        "seconds": 9.0,
        "making": 0.4,
        "updates": 10,
        "examples": 900,
        "target pieces": 20_000,
        "precision": "float32",
        "memory": {"own peak": 800.0},
    }
    return {"pairs": pairs, "pieces": 30.0, "batches": batches | changed, "train": train}


def test_drawing_is_shared_out_to_the_batches() -> None:
    found = costs(size(1000))
    assert found["batching per 1,000 pairs"] == 4.0
    assert found["drawing per 1,000 pairs"] == 1.0
    # 0.9 + 0.1 s an update of 90 examples, which stand for 100 pairs, and 2,000 pieces.
    assert found["training per 1,000 pairs"] == pytest.approx(10.0)
    assert found["training per 1,000 target pieces"] == pytest.approx(0.5)
    assert found["share of batching"] == pytest.approx(0.14)


def test_the_table_tells_how_cost_and_memory_grow() -> None:
    more = {"before": 100.0, "own peak": 230.0}
    result = {
        "machine": {"processor": "P", "cores": 2, "features": ["avx2"], "load": 0.1},
        "load at the end": 0.2,
        "threads": 1,
        "preset": "small",
        "sizes": [size(1000), size(1_001_000, seconds=5.0, memory=more)],
    }
    text = markdown(result)
    assert "| 1,000 | 30.0 | 4000.00 | 1000.00 | 10.00 | 0.500 | 14.0% | 140 | 800 |" in text
    assert "cost 1.25 times as much" in text
    assert "grows by 90 MB, 90 bytes a pair" in text


def test_options() -> None:
    assert arguments(["/store"]).sizes[:3] == (10_000, 100_000, 1_000_000)
    assert max(arguments(["/store", "--quick"]).sizes) < 10_000
