"""A heatmap, or several of the same words, as it is exported: plain values."""

from __future__ import annotations

from dataclasses import dataclass

from core.translation.result import Rows


@dataclass(frozen=True, slots=True)
class Panel:
    """One matrix: its name, and a row for each row of the exhibit, a weight per column."""

    name: str
    weights: Rows


@dataclass(frozen=True, slots=True)
class Exhibit:
    """What is shown of a sentence.

    Attributes:
        source, translation: the sentence and its translation.
        rows: words or pieces of the translation.
        columns: words or pieces of the source.
        panels: at least one.
    """

    source: str
    translation: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    panels: tuple[Panel, ...]
