"""How often each file is used, read from JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.errors import InputError
from core.training.mix import Use, read_mix
from core.training.recipe.shipping import MIX, SOURCES


def test_numbers_and_objects(tmp_path: Path) -> None:
    file = tmp_path / "mix.json"
    file.write_text('{"a": 3, "b": 0.5, "c": {"synthetic": true}, "d": {"repeats": 0}}')
    assert read_mix(file) == {
        "a": Use(3.0),
        "b": Use(0.5),
        "c": Use(1.0, synthetic=True),
        "d": Use(0.0),
    }


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        "{",
        '{"a": "1"}',
        '{"a": -1}',
        '{"a": true}',
        '{"a": NaN}',
        '{"a": 1001}',
        '{"a": null}',
        '{"a": {"repeats": "2"}}',
        '{"a": {"synthetic": 1}}',
        '{"a": {"repeat": 2}}',
    ],
)
def test_what_is_no_mix_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "mix.json"
    file.write_text(text)
    with pytest.raises(InputError) as caught:
        read_mix(file)
    assert caught.value.where == str(file)
    assert "0.2" in caught.value.remedy


def test_a_mix_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        read_mix(tmp_path / "none.json")


def test_the_recipe_names_the_same_files_in_both_tables() -> None:
    mix, sources = read_mix(MIX), json.loads(SOURCES.read_text("utf-8"))
    assert list(mix) == sorted(sources)
    assert {name for name, use in mix.items() if use.synthetic} == {
        name for name in sources if "-mt." in name
    }
