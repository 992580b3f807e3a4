"""Jobs stopped on the way, and gone on with."""

from __future__ import annotations

import gzip
import json
import lzma
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.core.cli.conftest import Done

from .conftest import LINES, TEXT, files, journal, partial, start_again, stop_at
from .fake_translator import FakeTranslator


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_keeps_what_is_done(
    translate: Callable[..., Done],
    source: Path,
    output: Path,
    translator: FakeTranslator,
    ending: signal.Signals,
) -> None:
    usual = signal.getsignal(ending)
    stop_at(translator, 3, ending)
    done = translate(source, "--output", output)
    kept = journal(output)["lines"]
    assert (done.code, done.out) == (1, "")
    assert 0 < kept < LINES
    assert done.err.endswith(
        f"stopped: {kept} lines are kept in out.txt.partial; add --resume to go on.\n"
    )
    assert partial(output).read_bytes().count(b"\n") == kept
    assert signal.getsignal(ending) is usual


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="Windows")
@pytest.mark.parametrize("ignored", [False, True])
def test_a_closed_terminal_ends_it_but_not_under_nohup(
    translate: Callable[..., Done],
    source: Path,
    output: Path,
    translator: FakeTranslator,
    ignored: bool,
) -> None:
    usual = signal.signal(signal.SIGHUP, signal.SIG_IGN if ignored else signal.SIG_DFL)
    try:
        stop_at(translator, 3, signal.SIGHUP)
        assert translate(source, "--output", output).code == (0 if ignored else 1)
    finally:
        signal.signal(signal.SIGHUP, usual)
    assert output.exists() == ignored


@pytest.mark.parametrize("batch", [1, 2, 3, 4, 5])
def test_going_on_gives_the_bytes_of_a_job_that_nothing_stopped(
    translate: Callable[..., Done],
    source: Path,
    output: Path,
    whole: bytes,
    translator: FakeTranslator,
    batch: int,
) -> None:
    """The fake answers tell every change of a batch: lines answered before are remembered."""
    stop_at(translator, batch)
    assert translate(source, "--output", output).code == 1
    start_again(translator)
    assert translate(source, "--output", output, "--resume").code == 0
    assert output.read_bytes() == whole
    assert files(output) == ["out.txt"]


def test_a_job_stopped_before_its_first_line_leaves_nothing(
    translate: Callable[..., Done], source: Path, output: Path, translator: FakeTranslator
) -> None:
    stop_at(translator, 1)
    assert translate(source, "--output", output).err == "stopped\n"
    assert files(output) == []


@pytest.mark.parametrize(("suffix", "pack"), [(".gz", gzip.compress), (".xz", lzma.compress)])
def test_going_on_in_an_archive(
    translate: Callable[..., Done],
    source: Path,
    output: Path,
    stopped: int,
    whole: bytes,
    suffix: str,
    pack: Callable[[bytes], bytes],
) -> None:
    """Packed or not, the lines are the same."""
    packed = source.with_name(f"in.txt{suffix}")
    packed.write_bytes(pack(source.read_bytes()))
    assert translate(packed, "--output", output, "--resume").code == 0
    assert output.read_bytes() == whole


def test_going_on_with_standard_input(
    translate: Callable[..., Done], output: Path, stopped: int, whole: bytes
) -> None:
    done = translate("-", "--output", output, "--resume", stdin=TEXT.encode())
    assert done.err.startswith(f"going on after {stopped} lines\n")
    assert output.read_bytes() == whole


def test_json_goes_on_too(
    translate: Callable[..., Done], source: Path, output: Path, translator: FakeTranslator
) -> None:
    stop_at(translator, 3)
    translate(source, "--json", "--output", output)
    start_again(translator)
    assert translate(source, "--json", "--output", output, "--resume").code == 0
    assert [json.loads(line)["source"] for line in output.read_text().splitlines()] == (
        TEXT.split("\n")
    )


def test_resuming_what_was_never_begun_begins_it(
    translate: Callable[..., Done], source: Path, output: Path
) -> None:
    assert translate(source, "--output", output, "--resume").code == 0
    assert output.exists()


def test_resuming_what_is_finished_does_nothing(
    translate: Callable[..., Done], source: Path, output: Path
) -> None:
    output.write_text("finished")
    done = translate(source, "--output", output, "--resume")
    assert (done.code, done.err) == (0, f"{output} is there already: nothing is left to do\n")
    assert output.read_text() == "finished"
