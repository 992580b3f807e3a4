"""What is not gone on with, and what is never written over."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from core.translation import autotune
from tests.core.cli.conftest import Done

from .conftest import TEXT, files, journal, partial, stop_at
from .fake_translator import FakeTranslator


def refused(done: Done, output: Path, sentence: str) -> None:
    assert (done.code, done.out) == (1, "")
    assert done.err == f"{sentence}\n"
    assert files(output) == ["out.txt.partial", "out.txt.partial.json"]


def test_an_unfinished_job_is_neither_forgotten_nor_gone_on_with_unasked(
    translate: Callable[..., Done], source: Path, output: Path, stopped: int
) -> None:
    refused(
        translate(source, "--output", output),
        output,
        f"{partial(output)}: it holds {stopped} lines of an unfinished translation."
        " Add --resume to go on with it, or delete it to begin anew.",
    )


def test_deleting_the_unfinished_file_begins_anew(
    translate: Callable[..., Done], source: Path, output: Path, stopped: int, whole: bytes
) -> None:
    partial(output).unlink()
    assert translate(source, "--output", output).code == 0
    assert output.read_bytes() == whole


@pytest.mark.parametrize(
    "change",
    [lambda text: text.replace("二", "两"), lambda text: "", lambda text: "一\n二\r\n"],
    ids=["a line", "all", "shorter"],
)
def test_another_input_is_refused(
    translate: Callable[..., Done],
    source: Path,
    output: Path,
    stopped: int,
    change: Callable[[str], str],
) -> None:
    source.write_bytes(change(TEXT).encode())
    refused(
        translate(source, "--output", output, "--resume"),
        output,
        f"{source}: its first {stopped} lines are not those that out.txt.partial was made of."
        " Name the file it was begun with, or delete out.txt.partial to begin anew.",
    )


def fastest(monkeypatch: pytest.MonkeyPatch, precision: str) -> None:
    """Let ``precision`` be what is fastest on this processor."""
    times = {f"{kind} x 1": 0.1 if kind == precision else 0.5 for kind in autotune.EXACT_FIRST}
    monkeypatch.setattr(autotune, "_times", lambda *_: times)
    monkeypatch.setattr("core.runtime.cores", lambda: 1)
    monkeypatch.setattr("core.runtime.has_bf16", lambda: True)


def test_what_is_fastest_may_change_meanwhile(
    translate: Callable[..., Done],
    source: Path,
    output: Path,
    whole: bytes,
    translator: FakeTranslator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fastest(monkeypatch, "fp32")
    stop_at(translator, 3)
    translate(source, "--output", output)
    assert journal(output)["made_by"]["--precision"] == "fp32"
    fastest(monkeypatch, "bf16")
    assert translate(source, "--output", output, "--resume").code == 0
    assert output.read_bytes() == whole


@pytest.mark.parametrize(
    ("option", "what"),
    [
        (("--beam", "2"), "--beam 4, not 2"),
        (("--json",), "the format text, not JSON"),
        (("--precision", "fp32"), "--precision bf16, not fp32"),
    ],
)
def test_other_options_are_refused(
    translate: Callable[..., Done],
    source: Path,
    output: Path,
    monkeypatch: pytest.MonkeyPatch,
    translator: FakeTranslator,
    option: tuple[str, ...],
    what: str,
) -> None:
    fastest(monkeypatch, "bf16")
    stop_at(translator, 3)
    translate(source, "--output", output)
    refused(
        translate(source, "--output", output, "--resume", *option),
        output,
        f"{partial(output)}: it was begun with {what}."
        " Give the same again, or delete out.txt.partial to begin anew.",
    )


def test_another_model_is_refused(
    translate: Callable[..., Done],
    source: Path,
    output: Path,
    stopped: int,
    resources: Path,
    tmp_path: Path,
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    for file in (resources / "models" / "zh-en").iterdir():
        (other / file.name).write_bytes(file.read_bytes())
    manifest = json.loads((other / "manifest.json").read_text())
    manifest["files"]["model.safetensors"]["sha256"] = "0" * 64
    (other / "manifest.json").write_text(json.dumps(manifest))
    done = translate(source, "--model", other, "--output", output, "--resume")
    assert done.code == 1
    assert f"{partial(output)}: it was begun with the model tiny (" in done.err
    assert "not tiny (00000000-" in done.err


def test_a_finished_file_is_never_written_over(
    translate: Callable[..., Done], source: Path, output: Path
) -> None:
    output.write_text("dear")
    done = translate(source, "--output", output)
    assert done.err == (
        f"{output}: there is already a file of that name. Choose another name, or delete it.\n"
    )
    assert output.read_text() == "dear"
    assert files(output) == ["out.txt"]


@pytest.mark.parametrize("damage", ["no journal", "torn journal", "short"])
def test_a_damaged_state_is_told(
    translate: Callable[..., Done], source: Path, output: Path, stopped: int, damage: str
) -> None:
    place = output.with_name("out.txt.partial.json")
    if damage == "short":
        partial(output).write_bytes(partial(output).read_bytes()[:-1])
    elif damage == "no journal":
        place.unlink()
    else:
        place.write_text(place.read_text()[:30])
    before = partial(output).read_bytes()
    done = translate(source, "--output", output, "--resume")
    assert done.code == 1
    assert done.err.startswith(f"{partial(output)}: it ")
    assert done.err.endswith("Delete it to begin anew.\n")
    assert partial(output).read_bytes() == before


def test_a_newer_journal_is_told_and_stays(
    translate: Callable[..., Done], source: Path, output: Path, stopped: int
) -> None:
    place = output.with_name("out.txt.partial.json")
    newer = json.dumps({**journal(output), "format_version": 2, "more": 1})
    place.write_text(newer)
    before = partial(output).read_bytes()
    for options in (("--resume",), ()):
        done = translate(source, "--output", output, *options)
        assert done.code == 1
        assert done.err.startswith(f"{place}: a newer version of Attune wrote this file")
        assert "Update Attune" in done.err
    assert (place.read_text(), partial(output).read_bytes()) == (newer, before)


@pytest.mark.skipif(sys.platform == "win32", reason="files are not locked there")
def test_two_jobs_never_write_one_file(
    translate: Callable[..., Done], source: Path, output: Path, stopped: int
) -> None:
    import fcntl

    with partial(output).open("rb+") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        refused(
            translate(source, "--output", output, "--resume"),
            output,
            f"{partial(output)}: another attune-cli is writing it."
            " Wait until that has ended, or choose another name.",
        )


def test_a_place_that_is_none(translate: Callable[..., Done], source: Path, tmp_path: Path) -> None:
    done = translate(source, "--output", tmp_path / "none" / "out.txt")
    assert done.code == 1
    assert "the folder does not exist" in done.err


def test_resume_goes_with_output(translate: Callable[..., Done], source: Path) -> None:
    done = translate(source, "--resume")
    assert done.code == 2
    assert done.err.endswith("--resume goes with --output\n")
