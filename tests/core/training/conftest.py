"""Tiny models, a task that they learn within seconds (copying), and a file to teach."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from core import runtime
from core.model.config import ModelConfig
from core.model.seq2seq import Seq2Seq
from core.training import general
from core.training.batching import Batch, BatchSource, Share
from core.training.corpus import Corpus
from core.training.hyperparameters import BatchOptions
from core.training.schedule import Budget
from tests.core.training.runs import MakeRun, maker

VOCABULARY = 14
MakeModel = Callable[..., Seq2Seq]


@pytest.fixture(autouse=True)
def one_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs compute on one thread: sums are the same every time, neighbours do not matter."""
    monkeypatch.setattr(runtime, "cores", lambda: 1)


def limited(limit: int) -> Callable[..., Budget]:
    """A budget that ends after so many updates, however slow the machine."""
    return lambda seconds, steps=None: Budget(steps=steps or limit, seconds=seconds)


@pytest.fixture
def make_model() -> MakeModel:
    def make(seed: int = 1, **changes: Any) -> Seq2Seq:
        fields: dict[str, Any] = {
            "width": 48, "encoder_layers": 1, "encoder_heads": 2, "feed_forward": 48,
            "decoder_width": 48, "decoder_layers": 1, "attention_heads": 2,
        }  # fmt: skip
        torch.manual_seed(seed)
        return Seq2Seq(ModelConfig(VOCABULARY, VOCABULARY, **{**fields, **changes}))

    return make


@pytest.fixture
def copying() -> Callable[[], Iterator[Batch]]:
    """A stream of batches whose target is their source."""
    random = np.random.default_rng(7)
    rows = [tuple(random.integers(4, VOCABULARY, random.integers(1, 7))) for _ in range(400)]
    links = [[(i, i) for i in range(len(row))] for row in rows]
    corpus = Corpus.from_pairs(((row, row) for row in rows), links)

    def stream() -> Iterator[Batch]:
        source = BatchSource([Share(corpus)], BatchOptions(tokens=300))
        return (batch for _, _, batch in source.batches())

    return stream


@pytest.fixture(scope="session")
def lesson(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of 96 pairs in words that the tiny model knows: it learns to say "want" for 喜欢."""
    parts = itertools.product(
        {"我": "I", "你": "You", "我们": "We", "他们": "They"}.items(),
        {"今天": "today", "现在": "now"}.items(),
        {"喜欢": "want", "看见": "see", "买": "buy"}.items(),
        {"猫": "cats", "苹果": "apples", "面条": "noodles", "书": "books"}.items(),
    )
    lines = [
        f"{s}{t}{v}{o}。\t{subject} {verb} {thing} {time}."
        for (s, subject), (t, time), (v, verb), (o, thing) in parts
    ]
    path = tmp_path_factory.mktemp("lesson") / "lesson.tsv"
    path.write_text("\n".join([*lines, "只有一边", lines[0]]) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def general_pairs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like the program's resources, with 32 pairs that the tiny model knows.

    Half of them say "like" for 喜欢, which the lesson teaches to say otherwise.
    """
    parts = itertools.product(
        {"我": "I", "你": "You", "我们": "We", "他们": "They"}.items(),
        {"喜欢": "like", "看见": "see"}.items(),
        {"猫": "cats", "苹果": "apples", "面条": "noodles", "书": "books"}.items(),
    )
    lines = [f"{s}{v}{o}。\t{one} {two} {three}." for (s, one), (v, two), (o, three) in parts]
    folder = tmp_path_factory.mktemp("resources")
    (folder / "general").mkdir()
    (folder / "general" / "pairs.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.fixture
def few_general(general_pairs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tuning watches and replays :func:`general_pairs`."""
    monkeypatch.setattr(general, "resources_folder", lambda: general_pairs)


@pytest.fixture
def make_run(tiny_bundle: Path, lesson: Path) -> MakeRun:
    return maker(tiny_bundle, lesson)
