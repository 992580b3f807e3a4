"""``attune-cli models``."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from core.store.model_store import ModelStore

from .conftest import Program


@pytest.fixture
def mine(tiny_bundle: Path, attune_home: Path) -> Path:
    return Path(shutil.copytree(tiny_bundle, attune_home / "data" / "models" / "mine"))


def test_the_list(program: Program, mine: Path) -> None:
    built_in, own = program("models").lines
    assert built_in.split()[:4] == ["zh-en", "zh", "→", "en"]
    assert built_in.endswith("built in")
    assert own.startswith("mine ")
    assert own.endswith("your own")


def test_the_list_for_programs(program: Program, mine: Path) -> None:
    built_in, own = map(json.loads, program("--events", "models").lines)
    assert (built_in["name"], built_in["built_in"]) == ("zh-en", True)
    assert own["name"] == "mine"
    assert own["path"] == str(mine)
    assert (own["from"], own["to"], own["built_in"], own["parent"]) == ("zh", "en", False, None)
    assert own["parameters"] > 10_000
    files = [path for path in mine.iterdir() if path.name != "manifest.json"]
    assert own["bytes"] == sum(path.stat().st_size for path in files)


def test_a_damaged_model_is_listed_as_such(program: Program, mine: Path) -> None:
    (mine / "manifest.json").write_text("{}")
    done = program("models")
    assert done.code == 0
    assert done.lines[1].startswith("damaged: ")
    assert str(mine) in done.lines[1]


def test_deleting(program: Program, mine: Path) -> None:
    done = program("models", "delete", "mine")
    assert (done.code, done.out) == (0, "mine was moved to the trash\n")
    assert not mine.exists()
    assert len(program("models").lines) == 1
    assert ModelStore().restore("mine").path == mine  # nothing is lost


def test_deleting_what_is_not_there(program: Program, mine: Path) -> None:
    done = program("models", "delete", "min")
    assert done.code == 1
    assert "Did you mean 'mine'?" in done.err
    assert mine.exists()


def test_a_built_in_model_cannot_be_deleted(program: Program) -> None:
    done = program("models", "delete", "zh-en")
    assert done.code == 1
    assert done.err == "'zh-en' is built in. It cannot be deleted.\n"


def test_a_model_s_life(program: Program, mine: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.attune"
    assert program("models", "note", "mine", "for the kitchen").code == 0
    assert program("models", "rename", "mine", "kitchen").out == "mine is now called kitchen\n"
    assert program("models", "export", "kitchen", str(file)).code == 0
    assert program("models", "delete", "kitchen").code == 0
    done = program("models", "import", str(file), "--name", "copy")
    assert done.out == "copy was imported\n"
    assert program("models", "restore", "kitchen").out == "kitchen is back\n"
    shown = [json.loads(line) for line in program("--events", "models").lines]
    assert {one["name"]: one["note"] for one in shown} == {
        "zh-en": "", "copy": "", "kitchen": "for the kitchen",
    }  # fmt: skip


@pytest.mark.parametrize(
    "words", [("rename", "a"), ("export", "a"), ("import",), ("note", "a"), ("delete", "a", "b")]
)
def test_words_that_do_not_fit_are_wrong_usage(program: Program, words: tuple[str, ...]) -> None:
    assert program("models", *words).code == 2
