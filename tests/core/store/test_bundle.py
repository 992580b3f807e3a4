"""Bundles: what is written is read; what is damaged, foreign or newer is refused; never half."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import save

from core.errors import BundleError, StorageError
from core.files import superseded
from core.store.bundle import Bundle, load_state, read_bundle
from core.store.manifest import FILES, RECEIPT, SOURCE_TOKENIZER, TARGET_TOKENIZER, WEIGHTS
from core.store.quantize import dequantize, quantize

Writer = Callable[..., Bundle]


def state() -> dict[str, torch.Tensor]:
    generator = torch.Generator().manual_seed(5)
    return {
        "w": torch.randn(6, 4, generator=generator),
        "b": torch.randn(6, generator=generator),
    }


def edit_manifest(folder: Path, **changes: Any) -> None:
    path = folder / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **changes}), "utf-8")


def replace_file(folder: Path, name: str, data: bytes) -> None:
    """As someone would who forges the manifest as well."""
    (folder / name).write_bytes(data)
    files = json.loads((folder / "manifest.json").read_text("utf-8"))["files"]
    files[name] = {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    edit_manifest(folder, files=files)


def test_written_is_read(tmp_path: Path, write: Writer) -> None:
    folder = tmp_path / "store" / "医学"
    written = write(folder, parent="zh-en", licence="CC0-1.0", sources=["own"], state_dict=state())
    bundle = read_bundle(folder)
    assert bundle == written
    manifest = bundle.manifest
    assert (manifest.name, manifest.parent, manifest.licence) == ("医学", "zh-en", "CC0-1.0")
    assert (manifest.sources, manifest.model, manifest.parameters) == (("own",), {"width": 4}, 30)
    assert bundle.read_text(SOURCE_TOKENIZER) == '{"side": "源"}'
    assert bundle.read_text(TARGET_TOKENIZER) == '{"side": "target"}'
    assert bundle.receipt() == {"steps": 12}
    assert {path.name for path in folder.iterdir()} == {*FILES, "manifest.json"}
    assert [path.name for path in folder.parent.iterdir()] == ["医学"]


@pytest.mark.parametrize("precision", ["int8", "bf16", "fp32"])
def test_weights_come_back_and_stay(tmp_path: Path, write: Writer, precision: str) -> None:
    expected = {
        "int8": dequantize(quantize(state())),
        "bf16": {name: tensor.bfloat16().float() for name, tensor in state().items()},
        "fp32": state(),
    }[precision]
    shapes = {"w": (6, 4), "b": (6,)}
    loaded = load_state(
        write(tmp_path / "a", state_dict=state(), precision=precision), shapes=shapes
    )
    again = load_state(write(tmp_path / "b", state_dict=loaded, precision=precision))
    for name, tensor in expected.items():
        assert loaded[name].dtype == torch.float32
        assert torch.equal(loaded[name], tensor)
        assert torch.equal(again[name], tensor)


def test_weights_that_share_memory_are_written(tmp_path: Path, write: Writer) -> None:
    whole = torch.arange(12.0).reshape(3, 4)
    tied = {"a": whole, "b": whole, "c": whole.t(), "d": whole[1:]}
    loaded = load_state(write(tmp_path / "a", state_dict=tied, precision="fp32"))
    assert all(torch.equal(loaded[name], tensor) for name, tensor in tied.items())


def test_other_shapes_are_refused(tmp_path: Path, write: Writer) -> None:
    bundle = write(tmp_path / "a", state_dict=state())
    with pytest.raises(BundleError, match="w is 6×4, not 4×6"):
        load_state(bundle, {"w": (4, 6), "b": (6,)})
    with pytest.raises(BundleError, match="b is 6, not absent"):
        load_state(bundle, {"w": (6, 4)})
    with pytest.raises(BundleError, match="c is absent, not a number"):
        load_state(bundle, {"w": (6, 4), "b": (6,), "c": ()})


@pytest.mark.parametrize("name", ["manifest.json", *FILES])
def test_missing_truncated_and_changed_files(tmp_path: Path, write: Writer, name: str) -> None:
    path = write(tmp_path / "a").path / name
    whole = path.read_bytes()
    flipped = bytes([whole[0] ^ 1]) + whole[1:]
    for data, quick in ((whole[:-2], True), (b"", True), (flipped, False)):
        path.write_bytes(data)
        for verify in {True, not quick}:
            with pytest.raises(BundleError) as caught:
                read_bundle(path.parent, verify=verify)
            assert str(path) in caught.value.where
            assert caught.value.remedy
    path.unlink()
    for verify in (True, False):
        with pytest.raises(BundleError, match="missing") as caught:
            read_bundle(path.parent, verify=verify)
        assert caught.value.where == str(path)


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"format_version": 3}, "newer version"),
        ({"format_version": "1"}, "no format_version"),
        ({"format_version": True}, "no format_version"),
        ({"source_language": "e n"}, "languages"),
        ({"target_language": "French"}, "languages"),
        ({"precision": "int4"}, "precision"),
        ({"model": []}, "no valid model"),
        ({"sources": [1]}, "no valid sources"),
        ({"parent": 3}, "no valid parent"),
        ({"files": {}}, "no valid files"),
        ({"files": dict.fromkeys(FILES, "x")}, "no valid files"),
        ({"files": {"../../secret": {"bytes": 1, "sha256": ""}}}, "no valid files"),
    ],
)
def test_senseless_manifests(
    tmp_path: Path, write: Writer, changes: dict[str, Any], what: str
) -> None:
    folder = write(tmp_path / "a").path
    edit_manifest(folder, **changes)
    with pytest.raises(BundleError, match=what):
        read_bundle(folder, verify=False)


@pytest.mark.parametrize(
    "data", [b"[" * 100_000, b"[]", b"\xff\xfe", b"{}", b"nul", b" " * (2 << 20)]
)
def test_hostile_manifests(tmp_path: Path, write: Writer, data: bytes) -> None:
    folder = write(tmp_path / "a").path
    (folder / "manifest.json").write_bytes(data)
    with pytest.raises(BundleError):
        read_bundle(folder)


def test_unknown_fields_are_ignored(tmp_path: Path, write: Writer) -> None:
    bundle = write(tmp_path / "a")
    edit_manifest(bundle.path, mood="calm")
    assert read_bundle(bundle.path) == bundle


class Bomb:
    """Pickled, it makes a file when it is loaded."""

    def __init__(self, victim: Path) -> None:
        self.victim = victim

    def __reduce__(self) -> tuple[Any, ...]:
        return (Path.touch, (self.victim,))


def test_pickled_weights_are_refused_and_not_run(tmp_path: Path, write: Writer) -> None:
    folder = write(tmp_path / "a").path
    torch.save({"w": Bomb(tmp_path / "victim")}, tmp_path / "bomb.pt")
    replace_file(folder, WEIGHTS, (tmp_path / "bomb.pt").read_bytes())
    with pytest.raises(BundleError, match="weights cannot be read"):
        load_state(read_bundle(folder))
    assert not (tmp_path / "victim").exists()


@pytest.mark.parametrize(
    "header",
    [
        b"",
        b"{}",
        b"null",
        b'{"w": 3}',
        b'{"w":{"dtype":"F32","shape":[9],"data_offsets":[0,4]}}',
        b'{"w":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}',
        b'{"w":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}',
        b'{"w":{"dtype":"F77","shape":[1],"data_offsets":[0,4]}}',
        b'{"w":{"dtype":"F32","shape":[18446744073709551615,2],"data_offsets":[0,4]}}',
    ],
)
def test_forged_weights(tmp_path: Path, write: Writer, header: bytes) -> None:
    folder = write(tmp_path / "a").path
    for size in (len(header), 1 << 62):
        replace_file(folder, WEIGHTS, size.to_bytes(8, "little") + header + b"\0\0\0\0")
        with pytest.raises(BundleError):
            load_state(read_bundle(folder), {"w": (6, 4)})


def test_scale_that_does_not_fit(tmp_path: Path, write: Writer) -> None:
    folder = write(tmp_path / "a").path
    forged = {"w": torch.ones(2, 2, dtype=torch.int8), "w.scale": torch.ones(3)}
    replace_file(folder, WEIGHTS, save(forged))
    with pytest.raises(BundleError, match="does not fit"):
        load_state(read_bundle(folder))


def test_tokenizer_that_is_not_text(tmp_path: Path, write: Writer) -> None:
    folder = write(tmp_path / "a").path
    replace_file(folder, SOURCE_TOKENIZER, b"\xff")
    replace_file(folder, RECEIPT, b"[1]")
    bundle = read_bundle(folder)
    with pytest.raises(BundleError, match="UTF-8"):
        bundle.read_text(SOURCE_TOKENIZER)
    with pytest.raises(BundleError, match="damaged"):
        bundle.receipt()


def test_no_folder_and_a_file_instead(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for name in ("none", "file"):
        with pytest.raises(BundleError, match="no model"):
            read_bundle(tmp_path / name)


def test_writing_again_replaces(tmp_path: Path, write: Writer) -> None:
    folder = tmp_path / "a"
    write(folder, receipt={"run": 1})
    (folder / "note.txt").touch()
    write(folder, receipt={"run": 2})
    assert read_bundle(folder).receipt() == {"run": 2}
    assert not (folder / "note.txt").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def stop_at(patch: pytest.MonkeyPatch, step: int, error: BaseException) -> None:
    """Raise ``error`` instead of the call ``step``, from 0, that changes the disk for good."""
    left = step

    def stopping(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            nonlocal left
            left -= 1
            if left == -1:
                raise error
            return real(*arguments, **options)

        return call

    patch.setattr(os, "fsync", stopping(os.fsync))
    patch.setattr(Path, "rename", stopping(Path.rename))


# Five files and their folder are synced, then two folders are renamed.
@pytest.mark.parametrize("step", range(8))
def test_full_disk_leaves_the_former_model(
    tmp_path: Path, write: Writer, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    folder = tmp_path / "a"
    former = write(folder, receipt={"run": 1})
    with monkeypatch.context() as patch:
        stop_at(patch, step, OSError(28, "No space left on device"))
        with pytest.raises(StorageError, match="disk is full"):
            write(folder, receipt={"run": 2})
    assert read_bundle(folder) == former
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


class Killed(BaseException):
    """No handler of errors runs for it, as when the process is killed."""


# As above, and then the folder around is synced.
@pytest.mark.parametrize("step", range(9))
def test_killed_at_any_moment_a_whole_model_is_left(
    tmp_path: Path, write: Writer, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    folder = tmp_path / "a"
    former = write(folder, receipt={"run": 1}).manifest
    with monkeypatch.context() as patch, pytest.raises(Killed):
        stop_at(patch, step, Killed())
        write(folder, receipt={"run": 2})
    left = read_bundle(folder if folder.exists() else superseded(folder))
    assert left.receipt() == {"run": 2 if step == 8 else 1}
    assert (left.manifest == former) == (step < 8)
    write(folder, receipt={"run": 3})
    assert read_bundle(folder).receipt() == {"run": 3}
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_diverged_weights_and_unknown_precision(tmp_path: Path, write: Writer) -> None:
    for precision in ("int8", "fp32"):
        with pytest.raises(ValueError, match="finite"):
            write(
                tmp_path / "a",
                state_dict={"w": torch.tensor([[float("inf")]])},
                precision=precision,
            )
    with pytest.raises(ValueError, match="precision"):
        write(tmp_path / "a", precision="int4")
    assert not list(tmp_path.iterdir())


def test_reading_a_manifest_brings_no_torch() -> None:
    code = (
        "import sys, core.store.bundle, core.store.model_store;"
        "sys.exit('torch' in sys.modules or 'safetensors' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
