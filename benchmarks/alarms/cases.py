"""Translations that are known to be good or bad, kept in a file between decoding and judging."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from core.files import write_atomically
from core.translation.result import Translation, Word

GOOD = "good"
PLANTED = ("number changed", "clause deleted", "phrase repeated")


@dataclass(frozen=True)
class Case:
    """A translation and what it is.

    Attributes:
        kind: :data:`GOOD`, one of :data:`PLANTED`, or how a real failure came about.
        place: set and line of the sentence.
        reference: its translation by a person.
        usual: what the program makes of it by default.
        chrf, usual_chrf: of the translation and of the usual one, 0 to 100.
        translation: what is judged; its alarms are found anew.
    """

    kind: str
    place: str
    reference: str
    usual: str
    chrf: float
    usual_chrf: float
    translation: Translation


def write_cases(place: Path, cases: Sequence[Case]) -> None:
    """Keep ``cases`` in the file ``place``."""
    place.parent.mkdir(parents=True, exist_ok=True)
    bare = [replace(case, translation=replace(case.translation, alarms=())) for case in cases]
    lines = (json.dumps(asdict(case), ensure_ascii=False) for case in bare)
    write_atomically(place, "".join(f"{line}\n" for line in lines))


def read_cases(place: Path) -> list[Case]:
    """The cases in the file ``place``."""
    return [_case(json.loads(line)) for line in place.read_text("utf-8").splitlines()]


def _case(fields: dict[str, Any]) -> Case:
    found = fields.pop("translation")
    for side in ("source_words", "target_words"):
        found[side] = tuple(Word(**word) for word in found[side])
    found["alignment"] = tuple(map(tuple, found["alignment"]))
    found |= {name: tuple(found[name]) for name in ("confidences", "copied", "notes")}
    found |= {"alternatives": (), "alarms": ()}
    return Case(**fields, translation=Translation(**found))
