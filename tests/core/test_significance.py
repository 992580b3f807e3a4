"""What is said of a difference."""

from __future__ import annotations

import pytest

from core.significance import Verdict, verdict


@pytest.mark.parametrize(
    ("before", "after", "p_value", "said"),
    [
        (10.0, 11.0, 0.049, Verdict.BETTER),
        (11.0, 10.0, 0.001, Verdict.WORSE),
        (10.0, 11.0, 0.05, Verdict.SAME),
        (10.0, 10.0, 0.001, Verdict.SAME),
        (10.0, 30.0, None, Verdict.UNKNOWN),
    ],
)
def test_verdict(before: float, after: float, p_value: float | None, said: Verdict) -> None:
    assert verdict(before, after, p_value) is said
