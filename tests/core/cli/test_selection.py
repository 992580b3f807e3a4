"""Which model the terminal program takes, and what it says where there is none."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from .conftest import Program

HELLO = "你好。".encode()


def test_by_name_or_folder(program: Program, tiny_bundle: Path) -> None:
    assert program("translate", "--model", "zh-en", stdin=HELLO).out == "Hello.\n"
    assert program("translate", "--model", tiny_bundle, stdin=HELLO).out == "Hello.\n"


def test_a_near_miss_is_suggested(program: Program) -> None:
    done = program("translate", "--model", "zh-em", stdin=HELLO)
    assert (done.code, done.out) == (1, "")
    assert done.err == "there is no model called 'zh-em'. Did you mean 'zh-en'?\n"


def test_a_name_longer_than_any_file_s_is_told(program: Program) -> None:
    done = program("translate", "--model", "茶" * 200, stdin=HELLO)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("there is no model called")


def test_no_model_chosen(program: Program) -> None:
    for arguments in (("translate",), ("translate", "--from", "zh")):
        done = program(*arguments, stdin=HELLO)
        assert done.code == 1
        assert done.err.startswith("no model was chosen. Give --from and --to")


def test_no_model_for_the_languages(program: Program) -> None:
    done = program("translate", "--from", "en", "--to", "zh", stdin=HELLO)
    assert done.code == 1
    assert done.err == "there is no default model from en to zh. Install or train one.\n"


def test_other_languages_than_the_models(program: Program, tiny_bundle: Path) -> None:
    for model in ("zh-en", tiny_bundle):
        done = program("translate", "--model", model, "--from", "en", "--to", "zh", stdin=HELLO)
        assert done.code == 1
        assert "translates from zh to en" in done.err


def test_a_model_of_ones_own_is_offered(
    program: Program, tiny_bundle: Path, attune_home: Path, resources: Path
) -> None:
    (resources / "models" / "zh-en").unlink()
    shutil.copytree(tiny_bundle, attune_home / "data" / "models" / "mine")
    done = program("translate", "--from", "zh", "--to", "en", stdin=HELLO)
    assert done.code == 1
    assert done.err.endswith("Give --model with one of: mine.\n")
    assert program("translate", "--model", "mine", stdin=HELLO).out == "Hello.\n"


@pytest.mark.parametrize("file", ["manifest.json", "model.safetensors", "source.tokenizer.json"])
@pytest.mark.parametrize("by", ["languages", "name", "folder"])
def test_a_corrupted_model(
    program: Program, tiny_bundle: Path, resources: Path, file: str, by: str
) -> None:
    folder = resources / "models" / "zh-en"
    folder.unlink()
    shutil.copytree(tiny_bundle, folder)
    (folder / file).write_bytes((folder / file).read_bytes()[:-9])
    chosen = {
        "languages": ("--from", "zh", "--to", "en"),
        "name": ("--model", "zh-en"),
        "folder": ("--model", str(folder)),
    }[by]
    done = program("translate", *chosen, stdin=HELLO)
    assert (done.code, done.out) == (1, "")
    assert file in done.err
    assert done.err.count("\n") == 1
    assert "nstall" in done.err


def test_a_model_without_a_file(program: Program, tiny_bundle: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(tiny_bundle, tmp_path / "model"))
    (folder / "model.safetensors").unlink()
    done = program("translate", "--model", folder, stdin=HELLO)
    assert done.code == 1
    assert "a file of the model is missing" in done.err
