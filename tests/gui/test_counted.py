"""Counts agree with what is counted, in both languages."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from gui.i18n import counted, tr
from gui.language import Language


def steps(count: int) -> str:
    return counted(count, tr("1 step"), tr("{count} steps"))


@pytest.mark.parametrize(
    ("code", "expected"),
    [("en", ["0 steps", "1 step", "2 steps", "1,234 steps"]),
     ("zh", ["0 步", "1 步", "2 步", "1,234 步"])],
)  # fmt: skip
def test_one_is_told_from_many(qapp: QApplication, code: str, expected: list[str]) -> None:
    language = Language(code)
    told = [steps(count) for count in (0, 1, 2, 1234)]
    language.leave()
    assert told == expected
