"""Atomic writes: whole or not at all, and every refusal of the disk told as one sentence."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from core.errors import StorageError
from core.files import make_folder, require_room, storage_errors, sync_file, write_atomically


def refuse(number: int):
    def fail(*_args: object, **_keywords: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX")
def test_folders_are_made_for_the_user_alone(tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.mkdir()
    there.chmod(0o755)
    make_folder(there / "new" / "newer")
    make_folder(there)
    modes = [stat.S_IMODE((there / p).stat().st_mode) for p in (".", "new", "new/newer")]
    assert modes == [0o755, 0o700, 0o700]


def test_a_folder_in_the_place_of_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(StorageError):
            make_folder(folder)


@pytest.mark.parametrize(
    ("content", "stored"),
    [(b"\x00\xff\r\n", b"\x00\xff\r\n"), ("译\r\n", b"\xe8\xaf\x91\r\n"), ("", b"")],
)
def test_content_arrives_byte_for_byte(tmp_path: Path, content: bytes | str, stored: bytes) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"something longer that was there before")

    write_atomically(path, content)

    assert path.read_bytes() == stored
    assert os.listdir(tmp_path) == ["a.bin"]


def test_half_a_character_keeps_nothing_from_being_written(tmp_path: Path) -> None:
    write_atomically(tmp_path / "note.txt", "茶\ud83d!")
    assert (tmp_path / "note.txt").read_text("utf-8") == "茶?!"


@pytest.mark.parametrize("call", ["fsync", "replace"])
@pytest.mark.parametrize(
    ("number", "what"),
    [(errno.ENOSPC, "the disk is full"), (errno.EROFS, "the disk is read-only")],
)
def test_a_refusal_leaves_the_old_file_and_no_rubbish(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int, what: str
) -> None:
    path = tmp_path / "kept.json"
    path.write_text("old")
    monkeypatch.setattr(os, call, refuse(number))

    with pytest.raises(StorageError) as caught:
        write_atomically(path, "new")

    assert caught.value.what == what
    assert caught.value.where == str(path)
    assert caught.value.remedy
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["kept.json"]


def test_an_interrupted_write_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "kept.json"
    path.write_text("old")

    def interrupt(_descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(path, "new")

    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["kept.json"]


@pytest.mark.skipif(sys.platform == "win32", reason="no limit of file sizes there")
def test_a_real_refusal_in_the_middle_of_a_write(tmp_path: Path) -> None:
    """The kernel itself refuses: a file may grow to 1,000 bytes and we write 5,000."""
    path = tmp_path / "kept.json"
    path.write_text("old")
    program = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from core.errors import StorageError\n"
        "from core.files import write_atomically\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try:\n"
        "    write_atomically(Path(sys.argv[1]), b'x' * 5000)\n"
        "except StorageError as error:\n"
        "    sys.exit(f'refused: {error.what}')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, timeout=60
    )

    assert done.stderr.strip() == "refused: the file is larger than the disk allows"
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["kept.json"]


def test_the_data_is_synced_before_the_rename_and_the_folder_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    fsync, replace = os.fsync, os.replace

    def note_sync(descriptor: int) -> None:
        order.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        fsync(descriptor)

    def note_rename(source: Path, target: Path) -> None:
        order.append("rename")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", note_sync)
    monkeypatch.setattr(os, "replace", note_rename)
    write_atomically(tmp_path / "a.json", "{}")

    assert order == ["file", "rename", "folder"]


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of another kind there")
def test_permissions_are_those_of_the_old_file_or_the_usual_ones(tmp_path: Path) -> None:
    old, new, plain = tmp_path / "old", tmp_path / "new", tmp_path / "plain"
    old.write_text("")
    old.chmod(0o640)
    plain.write_text("")

    write_atomically(old, "x")
    write_atomically(new, "x")

    assert stat.S_IMODE(old.stat().st_mode) == 0o640
    assert new.stat().st_mode == plain.stat().st_mode


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_symbolic_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    real, link = tmp_path / "elsewhere" / "real.txt", tmp_path / "link.txt"
    real.write_text("old")
    link.symlink_to(real)

    write_atomically(link, "new")

    assert link.is_symlink()
    assert real.read_text() == "new"


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("missing/a.json", "the folder does not exist"),
        ("file/a.json", "part of the path is not a folder"),
        ("folder", "there is a folder of that name"),
        ("n" * 300, "the name is too long"),
    ],
)
def test_impossible_places(tmp_path: Path, name: str, what: str) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "folder").mkdir()

    with pytest.raises(StorageError) as caught:
        write_atomically(tmp_path / name, "x")

    assert caught.value.what == what
    assert sorted(os.listdir(tmp_path)) == ["file", "folder"]


@pytest.mark.parametrize("number", [errno.EACCES, errno.EPERM])
def test_a_read_only_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """Root may write anywhere, so the refusal is simulated."""
    monkeypatch.setattr(Path, "open", refuse(number))
    with pytest.raises(StorageError, match="writing is not permitted"):
        write_atomically(tmp_path / "a", "x")


def test_an_unknown_refusal_is_told_in_the_words_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=os.strerror(errno.ETXTBSY)), storage_errors(tmp_path):
        raise OSError(errno.ETXTBSY, os.strerror(errno.ETXTBSY))


def test_the_refusals_of_safetensors_are_known(tmp_path: Path) -> None:
    path = tmp_path / "missing" / "model.safetensors"
    with pytest.raises(StorageError, match="the folder does not exist"), storage_errors(path):
        save_file({"a": np.zeros(3)}, path)


def test_a_bug_passes_through(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="os error 28"), storage_errors(tmp_path):
        raise ValueError("(os error 28)")


def test_a_file_can_be_synced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a"
    path.write_text("kept")
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda descriptor: synced.append(os.fstat(descriptor).st_ino))

    sync_file(path)

    assert synced == [path.stat().st_ino]
    assert path.read_text() == "kept"


def test_room_is_what_the_disk_has_left(tmp_path: Path) -> None:
    free = shutil.disk_usage(tmp_path).free
    require_room(tmp_path, free // 2)
    with pytest.raises(StorageError, match="too little room") as caught:
        require_room(tmp_path, free * 2 + (1 << 30))
    assert caught.value.where == str(tmp_path)
    later = tmp_path / "later" / "deep"
    require_room(later, free // 2)
    with pytest.raises(StorageError, match="too little room") as caught:
        require_room(later, free * 2 + (1 << 30))
    assert caught.value.where == str(later)
