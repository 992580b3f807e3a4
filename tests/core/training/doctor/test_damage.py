"""Files damaged at random: a report or an error for the user, never a traceback."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from core.errors import AttuneError
from core.training.checks import CheckReport
from core.training.doctor.report import check

from .files import PAIRS, csv_text, json_lines, share_strings, tmx, tsv, write, write_xlsx

TRIALS = 100
FORMS: dict[str, Callable[[], bytes]] = {
    "p.tsv": lambda: tsv(PAIRS).encode(),
    "gb.tsv": lambda: tsv(PAIRS).encode("gb18030"),
    "wide.tsv": lambda: tsv(PAIRS).encode("utf-16"),
    "p.csv": lambda: csv_text([("zh", "en"), *PAIRS]).encode(),
    "p.jsonl": lambda: json_lines(PAIRS).encode(),
    "p.tmx": lambda: tmx(PAIRS).encode(),
}
MARKS = b'<>"&;\t\n,{}[]\\\0\xff\xfe'


def damaged(data: bytes, chance: random.Random) -> bytes:
    """``data`` with some bytes changed, lost, put in or repeated."""
    found = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 30))):
        place = chance.randrange(max(1, len(found)))
        other = chance.randrange(max(1, len(found)))
        found = chance.choice(
            (
                found[:place] + bytes([chance.randrange(256)]) + found[place + 1 :],
                found[:place] + found[place + chance.choice((1, 2, 20, 300)) :],
                found[:place] + bytes([chance.choice(MARKS)]) + found[place:],
                found[:place] + found[other : other + 50] + found[place:],
            )
        )
    return bytes(found)


def outcome(path: Path) -> CheckReport | AttuneError:
    found: CheckReport | AttuneError
    try:
        found = check(path, "zh", "en")
    except AttuneError as error:
        found = error
    if isinstance(found, AttuneError):
        assert found.remedy.endswith(".")
        assert path.name in found.where
    else:
        assert all(pair.source and pair.target for pair in found.pairs)
    return found


@pytest.mark.parametrize("name", FORMS)
def test_damaged_text(tmp_path: Path, name: str) -> None:
    chance = random.Random(name)
    whole = FORMS[name]()
    kinds = {
        type(outcome(write(tmp_path, name, damaged(whole, chance)))).__name__ for _ in range(TRIALS)
    }
    assert kinds == {"CheckReport", "InputError"}


@pytest.mark.parametrize("shared", [False, True])
def test_damaged_parts_of_workbooks(tmp_path: Path, shared: bool) -> None:
    chance = random.Random(1)
    path = write_xlsx(tmp_path, "whole.xlsx", {"S": PAIRS})
    if shared:
        share_strings(path)
    with zipfile.ZipFile(path) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    kinds = set()
    for _ in range(TRIALS):
        bad = chance.choice(list(parts))
        with zipfile.ZipFile(tmp_path / "p.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
            for part, data in parts.items():
                archive.writestr(part, damaged(data, chance) if part == bad else data)
        kinds.add(type(outcome(tmp_path / "p.xlsx")).__name__)
    assert kinds == {"CheckReport", "InputError"}
