"""Scores of pairs under a model, against the aligner's own forced scores."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest

from core.cancel import Cancelled, CancelToken
from core.events import Scored
from core.insight.forced import ForcedAligner
from core.store.loading import load_model
from core.training.checks import Doubt, Pair
from core.training.doctor import second_pass as module
from core.training.doctor.second_pass import Score, second_pass


def taught() -> list[tuple[str, str]]:
    from tests.fixtures.tiny_model import toy_pairs

    return [(zh.replace(" ", ""), en) for zh, en, _ in toy_pairs()]


def scores(folder: Path, pairs: list[tuple[str, str]]) -> dict[int, float]:
    numbered = [Pair(line, *pair) for line, pair in enumerate(pairs, 11)]
    found = list(second_pass(load_model(folder), numbered, precision="fp32"))
    assert found[-1] == Scored(len(pairs), len(pairs))
    return {event.line: event.score for event in found if isinstance(event, Score)}


def forced(folder: Path, source: str, target: str) -> float:
    (result,) = ForcedAligner(load_model(folder)).align([(source, target)])
    assert result.score is not None
    return result.score


def test_a_score_is_what_the_source_tells_of_the_target(tiny_bundle: Path) -> None:
    """The oracle: every target forced with its own source, and with each of the others."""
    pairs = [pair for pair in taught() if len(pair[1].split()) == 4][:3]
    assert len({zh for zh, _ in pairs}) == 3
    expected = [
        forced(tiny_bundle, zh, en)
        - np.mean([forced(tiny_bundle, other, en) for other, _ in pairs if other != zh])
        for zh, en in pairs
    ]
    assert list(scores(tiny_bundle, pairs).values()) == pytest.approx(expected, abs=1e-3)


def test_wrong_partners_score_below_right_ones(tiny_bundle: Path) -> None:
    pairs = taught()
    shifted = [(zh, en) for (zh, _), (_, en) in zip(pairs, pairs[5:] + pairs[:5], strict=True)]
    right = scores(tiny_bundle, pairs)
    wrong = scores(tiny_bundle, shifted)
    # How often a right pair scores above a wrong one; repeated sentences are right by chance.
    auc = np.mean([one > other for one, other in itertools.product(right.values(), wrong.values())])
    assert auc > 0.9


def test_a_line_that_stands_wrong_among_right_ones_is_doubted(tiny_bundle: Path) -> None:
    pairs = taught()
    pairs[3], pairs[9] = (pairs[3][0], pairs[9][1]), (pairs[9][0], pairs[3][1])
    found = scores(tiny_bundle, pairs)
    doubted = {line for line, score in found.items() if Score(line, score).doubt(0.5)}
    assert {14, 20} <= doubted
    assert len(doubted) < len(pairs) / 4


def test_the_same_source_is_no_other_source(tiny_bundle: Path) -> None:
    zh, en = taught()[0]
    assert scores(tiny_bundle, [(zh, en)] * 4) == {}
    assert scores(tiny_bundle, [(zh, en)]) == {}
    alone = scores(tiny_bundle, [(zh, en), (zh, en), taught()[-1]])
    assert set(alone) == {11, 12, 13}


def test_pools_do_not_lose_pairs(tiny_bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = taught()[:9]
    monkeypatch.setattr(module, "POOL", 4)
    numbered = [Pair(line, *pair) for line, pair in enumerate(pairs, 1)]
    found = list(second_pass(load_model(tiny_bundle), numbered, precision="fp32"))
    lines = [event.line for event in found if isinstance(event, Score)]
    assert sorted(lines) == list(range(1, 10))
    assert set(lines[:4]) == {1, 2, 3, 4}
    done = [event.done for event in found if isinstance(event, Scored)]
    assert done == sorted(set(done))
    assert done[-1] == 9 and {4, 8} <= set(done)
    settled = [event.settled for event in found if isinstance(event, Scored)]
    assert settled == [done // 4 * 4 for done in done[:-1]] + [9]


def test_cancel_between_batches(tiny_bundle: Path) -> None:
    cancel = CancelToken()
    cancel.cancel()
    numbered = [Pair(line, *pair) for line, pair in enumerate(taught(), 1)]
    with pytest.raises(Cancelled):
        next(second_pass(load_model(tiny_bundle), numbered, cancel))


def test_a_doubt_shows_the_score() -> None:
    assert Score(7, 0.125).doubt(0.2) == Doubt(7, "misaligned", "0.12")
    assert Score(7, 0.2).doubt(0.2) is None
    assert '"event": "score"' in Score(7, 0.2).to_json()
