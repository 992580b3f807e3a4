"""How often a round of training uses each file: a JSON object by the files' names."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.errors import InputError
from core.files import parse_json

MOST = 1000
_FIELDS = {"repeats", "synthetic"}
_REMEDY = (
    'Write how often each file is used: {"news.tsv": 3, "subtitles.tsv": 0.2,'
    ' "books.tsv": {"repeats": 0.1, "synthetic": true}}.'
)


@dataclass(frozen=True, slots=True)
class Use:
    """How a file is used.

    Attributes:
        repeats: how often a round has each pair, at most :data:`MOST`; a half is a random half.
        synthetic: one of its sides is machine-translated.
    """

    repeats: float = 1.0
    synthetic: bool = False


def read_mix(path: Path) -> dict[str, Use]:
    """The uses in a file, by name: a number of repeats, or an object with the fields of ``Use``.

    Raises:
        InputError: it cannot be read, or is something else.
    """
    try:
        fields = parse_json(path.read_text(encoding="utf-8"))
        return {name: _use(value) for name, value in fields.items()}
    except (OSError, ValueError, AttributeError) as error:
        raise InputError(
            f"the mix cannot be used ({error})", where=str(path), remedy=_REMEDY
        ) from error


def _use(value: object) -> Use:
    if not isinstance(value, dict):
        return Use(_number(value))
    if unknown := value.keys() - _FIELDS:
        raise ValueError(f"{min(unknown)} means nothing")
    synthetic = value.get("synthetic", False)
    if not isinstance(synthetic, bool):
        raise ValueError(f"synthetic is {synthetic!r}")
    return Use(_number(value.get("repeats", 1.0)), synthetic)


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= MOST:
        raise ValueError(f"{value!r} is no number from 0 to {MOST}")
    return float(value)
