"""Models as one file, and files that only look like one."""

from __future__ import annotations

import errno
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import AttuneError, BundleError, InputError, OptionError, StorageError
from core.store.archive import export_model, import_model
from core.store.manifest import FILES, MANIFEST
from core.store.model_store import ModelStore


@pytest.fixture
def file(tiny_store: ModelStore, tmp_path: Path) -> Path:
    path = tmp_path / "我的 模型.attune"
    export_model(tiny_store.find("tiny"), path)
    return path


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def rewritten(file: Path, change: Callable[[dict[str, bytes]], object]) -> Path:
    """The archive with other members."""
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file


def leftovers(store: ModelStore) -> list[str]:
    folder = store.user_folder("any").parent
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_what_was_exported_comes_back_byte_for_byte(tiny_store: ModelStore, file: Path) -> None:
    card = import_model(file, tiny_store, "again")
    assert (card.name, card.built_in) == ("again", False)
    assert contents(card.path) == contents(tiny_store.find("tiny").path)
    assert sorted(contents(card.path)) == sorted((MANIFEST, *FILES))


def test_a_name_that_is_taken_is_told(tiny_store: ModelStore, file: Path) -> None:
    with pytest.raises(OptionError, match="'tiny'"):
        import_model(file, tiny_store)


@pytest.mark.parametrize("name", ["../out", "a/b", ".hidden", "c:x"])
def test_a_name_that_leads_elsewhere_is_refused(
    name: str, tiny_store: ModelStore, file: Path, tmp_path: Path
) -> None:
    def rename(members: dict[str, bytes]) -> None:
        manifest = json.loads(members[MANIFEST])
        members[MANIFEST] = json.dumps({**manifest, "name": name}).encode()

    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(OptionError):
        import_model(rewritten(file, rename), tiny_store)
    assert sorted(p for p in tmp_path.rglob("*") if p.name != "user-models") == [
        p for p in before if p.name != "user-models"
    ]


@pytest.mark.parametrize(
    "change",
    [
        lambda m: m.update({"../evil": b"x"}),
        lambda m: m.update({"/tmp/evil": b"x"}),
        lambda m: m.pop(FILES[0]),
        lambda m: m.update({"extra.py": b"x"}),
        lambda m: m.clear(),
    ],
)
def test_other_files_than_a_model_s_are_refused(
    change: Callable[[dict[str, bytes]], object], tiny_store: ModelStore, file: Path
) -> None:
    with pytest.raises(InputError, match="no exported model"):
        import_model(rewritten(file, change), tiny_store, "new")


def test_a_file_that_was_changed_is_refused_and_nothing_is_left(
    tiny_store: ModelStore, file: Path
) -> None:
    def change(members: dict[str, bytes]) -> None:
        data = bytearray(members[FILES[0]])
        data[-1] ^= 1
        members[FILES[0]] = bytes(data)

    before = leftovers(tiny_store)
    with pytest.raises(BundleError, match=f"{FILES[0]} is not what the manifest says"):
        import_model(rewritten(file, change), tiny_store, "new")
    assert leftovers(tiny_store) == before


def test_a_bomb_is_read_no_further_than_its_manifest_says(
    tiny_store: ModelStore, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, bytes(9 << 20) if name == FILES[3] else data)
    taken = []
    read = zipfile.ZipExtFile.read

    def count(self: zipfile.ZipExtFile, size: int = -1) -> bytes:
        data = read(self, size)
        taken.append(len(data))
        return data

    monkeypatch.setattr(zipfile.ZipExtFile, "read", count)
    with pytest.raises(BundleError, match=FILES[3]):
        import_model(file, tiny_store, "new")
    assert sum(taken) < 2 * sum(map(len, members.values()))


@pytest.mark.parametrize(
    ("packing", "reason"),
    [
        (zipfile.ZIP_DEFLATED, "would unpack to"),
        (zipfile.ZIP_LZMA, "unknown way"),
        (zipfile.ZIP_BZIP2, "unknown way"),
    ],
)
def test_what_would_unpack_beyond_measure_or_in_other_ways_is_refused_unread(
    packing: int, reason: str, tiny_store: ModelStore, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(file, "w", packing) as archive:
        for name, data in members.items():
            archive.writestr(name, bytes(20 << 20) if name == FILES[3] else data)
    monkeypatch.setattr(zipfile.ZipFile, "open", None)
    with pytest.raises(InputError, match=reason):
        import_model(file, tiny_store, "new")
    assert leftovers(tiny_store) == []


@pytest.mark.parametrize(
    "record",
    [
        {"bytes": "9", "sha256": ""},
        {"bytes": None},
        {"bytes": True},
        {"bytes": -1},
        {"bytes": 1.5},
        {"bytes": 1 << 70},
        {"sha256": 7},
        {"sha256": "../x"},
        {"bytes": (1 << 26) + 1},
        5,
    ],
)
def test_senseless_sizes_and_hashes_are_refused(
    record: object, tiny_store: ModelStore, file: Path
) -> None:
    def forge(members: dict[str, bytes]) -> None:
        fields = json.loads(members[MANIFEST])
        files = fields["files"]
        files[FILES[3]] = {**files[FILES[3]], **record} if isinstance(record, dict) else record
        members[MANIFEST] = json.dumps(fields).encode()

    with pytest.raises(BundleError, match=r"no valid files|too large"):
        import_model(rewritten(file, forge), tiny_store, "new")


def test_a_disk_without_room_is_told_before_anything_is_written(
    tiny_store: ModelStore, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=1000))
    with pytest.raises(StorageError, match="too little room"):
        import_model(file, tiny_store, "new")
    assert leftovers(tiny_store) == []


def test_no_file_a_folder_and_no_archive_are_told(tiny_store: ModelStore, tmp_path: Path) -> None:
    text = tmp_path / "text.attune"
    text.write_text("no archive")
    for path in (tmp_path / "none.attune", tmp_path, text):
        with pytest.raises(InputError) as caught:
            import_model(path, tiny_store)
        assert caught.value.where == str(path)
        assert caught.value.remedy


def test_a_full_disk_leaves_the_old_export(
    tiny_store: ModelStore, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = file.read_bytes()

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match="full"):
        export_model(tiny_store.find("tiny"), file)
    assert file.read_bytes() == before
    assert not list(file.parent.glob("*.partial"))


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_damage_is_always_a_user_s_error(
    data: st.DataObject, tiny_store: ModelStore, file: Path
) -> None:
    """Bytes that were changed, cut off or put in: never a traceback, never a wrong model."""
    whole = file.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1) | st.integers(len(whole) - 900, len(whole) - 1))
    new = data.draw(st.binary(max_size=6))
    cut = data.draw(st.booleans())
    damaged = file.with_name("damaged.attune")
    damaged.write_bytes(whole[:at] + new + (b"" if cut else whole[at + len(new) :]))
    name = f"m{data.draw(st.uuids())}"
    try:
        card = import_model(damaged, tiny_store, name)
    except AttuneError:
        return
    files = {n: d for n, d in contents(card.path).items() if n != MANIFEST}
    assert files == {
        n: d for n, d in contents(tiny_store.find("tiny").path).items() if n != MANIFEST
    }
