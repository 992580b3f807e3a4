"""Plain files of pairs, judged without any recognition."""

from __future__ import annotations

from pathlib import Path

from core.training.checks import CheckReport
from core.training.doctor.report import collect
from core.training.doctor.sources import plain


def check_file(path: Path, source_language: str = "zh", target_language: str = "en") -> CheckReport:
    return collect(plain((path,), source_language, target_language))
