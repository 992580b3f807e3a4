"""What a person at a terminal reads of a job."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from core.cli.jobs import run_job
from core.events import Changed, Compared, Event, Left, Validation
from core.training.control import JobControl


def said(capsys: pytest.CaptureFixture[str], *events: Event) -> str:
    def job(_control: JobControl) -> Iterator[Event]:
        yield from events

    assert run_job(job, events=False) == 0
    return capsys.readouterr().err


@pytest.mark.parametrize(
    ("after", "p_value", "verdict"),
    [(60.0, 0.01, "(better)"), (50.0, 0.01, "(worse)"), (60.0, 0.05, "(may be chance)"),
     (60.0, None, "60.0\n")],
)  # fmt: skip
def test_a_comparison_is_a_line(
    after: float, p_value: float | None, verdict: str, capsys: pytest.CaptureFixture[str]
) -> None:
    compared = Compared(
        "held-out", 200, 30.0, 2.0, 34.5, 2.0, 0.2, 55.0, 1.0, after, 1.0, p_value
    )  # fmt: skip
    words = said(capsys, compared, Changed("held-out", "源", "wanted", "old", "new", 3.0))
    assert f"held-out, 200 sentences: BLEU 30.0 → 34.5, chrF 55.0 → {after:.1f}" in words
    assert verdict in words
    assert "源" not in words


def test_a_validation_tells_what_is_known(capsys: pytest.CaptureFixture[str]) -> None:
    assert "held-out loss 2.0000 (best)" in said(capsys, Validation(5, 2.0, True))
    words = said(capsys, Validation(5, 2.0, False, 12.34, 40.0, general_change=-0.0321))
    assert "update 5: held-out loss 2.0000, BLEU 12.3, general -0.032 nats" in words


def test_a_run_that_was_left_tells_how_to_go_on(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert "left at update 7: go on with --resume" in said(capsys, Left(7, "mine"))
