"""A model's aligner on disk: written with the model or added to it, and never half there."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from safetensors import safe_open
from safetensors.torch import load, save
from torch import Tensor

from core.errors import BundleError, InputError
from core.model.aligner import Aligner
from core.store.aligner_file import add_aligner, encode_aligner
from core.store.archive import export_model, import_model
from core.store.bundle import read_bundle
from core.store.loading import Loaded, load_model
from core.store.manifest import ALIGNER, FILES, MANIFEST
from core.store.model_store import ModelStore
from core.store.quantize import dequantize
from core.training.transfer import reversed_model


def made(loaded: Loaded) -> Aligner:
    torch.manual_seed(8)
    return Aligner(loaded.model.config, width=12)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def folder(tiny_bundle: Path, tmp_path: Path) -> Path:
    """The tiny model with an aligner."""
    loaded = load_model(tiny_bundle)
    loaded = dataclasses.replace(loaded, aligner=made(loaded))
    weights = loaded.model.state_dict()
    loaded.save(tmp_path / "tiny", name="tiny", weights=weights, receipt={}, precision="fp32")
    return tmp_path / "tiny"


def state(aligner: Aligner | None) -> dict[str, Tensor]:
    assert aligner is not None
    return aligner.state_dict()


def test_it_comes_back_as_8_bit_integers_say(folder: Path) -> None:
    loaded = load_model(folder)
    found, exact = state(loaded.aligner), made(loaded).state_dict()
    for name, value in exact.items():
        largest = value.abs().max() if value.ndim < 2 else value.abs().amax(1, keepdim=True)
        step = largest / 127 if value.ndim == 2 else 0.0
        assert bool(((found[name] - value).abs() <= step / 2 + 1e-6).all()), name
    stored = load((folder / ALIGNER).read_bytes())
    assert stored["query.weight"].dtype == torch.int8
    same = dequantize(stored)
    assert all(torch.equal(same[name], value) for name, value in found.items())
    manifest = read_bundle(folder).manifest
    assert (manifest.format_version, {*manifest.files}) == (2, {*FILES, ALIGNER})


def test_written_again_it_does_not_change(folder: Path, tmp_path: Path) -> None:
    loaded = load_model(folder)
    loaded.save(
        tmp_path / "b", name="b", weights=loaded.model.state_dict(), receipt={}, precision="int8"
    )
    assert (tmp_path / "b" / ALIGNER).read_bytes() == (folder / ALIGNER).read_bytes()


def test_how_it_was_taught_goes_with_it(folder: Path, tmp_path: Path) -> None:
    aligner = made(load_model(folder))
    aligner.facts = {"pairs": "5", "seconds": "61"}
    add_aligner(folder, aligner)
    loaded = load_model(folder)
    weights = loaded.model.state_dict()
    loaded.save(tmp_path / "b", name="b", weights=weights, receipt={}, precision="int8")
    with safe_open(tmp_path / "b" / ALIGNER, "pt") as file:
        assert file.metadata() == {"pairs": "5", "seconds": "61"}


def test_a_model_without_one_is_as_older_programs_know_it(tiny_bundle: Path) -> None:
    assert load_model(tiny_bundle).aligner is None
    manifest = read_bundle(tiny_bundle).manifest
    assert (manifest.format_version, {*manifest.files}) == (1, {*FILES})


def test_the_other_direction_does_not_inherit_it(folder: Path) -> None:
    assert reversed_model(load_model(folder), "back").aligner is None


def test_one_is_added_and_replaced(folder: Path, tiny_bundle: Path, tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.mkdir()
    for name, data in contents(tiny_bundle).items():
        (plain / name).write_bytes(data)
    before = contents(plain)
    loaded = load_model(plain)
    for pairs in ("5", "6"):
        aligner = made(loaded)
        aligner.facts = {"pairs": pairs}
        add_aligner(plain, aligner)
        after = contents(plain)
        assert {*after} == {*before, ALIGNER}
        assert all(after[name] == data for name, data in before.items() if name != MANIFEST)
        with safe_open(plain / ALIGNER, "pt") as file:
            assert file.metadata() == {"pairs": pairs}
        old, new = (json.loads(one[MANIFEST]) for one in (before, after))
        changed = {name for name in new if new[name] != old[name]}
        assert changed == {"format_version", "files"}
        assert state(load_model(plain).aligner).keys() == made(loaded).state_dict().keys()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def forged(folder: Path, data: bytes) -> Path:
    """The model with another aligner, its manifest as someone would forge it."""
    (folder / ALIGNER).write_bytes(data)
    fields = json.loads((folder / MANIFEST).read_text("utf-8"))
    record = {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    fields["files"][ALIGNER] = record
    (folder / MANIFEST).write_text(json.dumps(fields), "utf-8")
    return folder


def _changed(change: Callable[[dict[str, Tensor]], object]) -> Callable[[Path], bytes]:
    def data(folder: Path) -> bytes:
        tensors = load((folder / ALIGNER).read_bytes())
        change(tensors)
        return save(tensors)

    return data


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda folder: (folder / ALIGNER).read_bytes()[:-9],
        lambda _: save({}),
        _changed(lambda t: t.pop("looks")),
        _changed(lambda t: t.update(more=torch.zeros(2))),
        _changed(lambda t: t.update({"query.bias": torch.zeros(13)})),
        _changed(lambda t: t.update({"query.bias": torch.zeros(0)})),
        _changed(lambda t: t.update({"query.bias": torch.zeros(1 << 13)})),
        _changed(lambda t: t.update({"query.bias": torch.tensor(1.0)})),
        _changed(lambda t: t.update({"query.weight.scale": torch.ones(3)})),
        _changed(lambda t: t.update(looks=torch.tensor([1.0, float("nan")]))),
        _changed(lambda t: t.update(looks=torch.zeros(3))),
    ],
)
def test_damage_is_told(damage: Callable[[Path], bytes], folder: Path) -> None:
    with pytest.raises(BundleError, match="the aligner cannot be read") as caught:
        load_model(forged(folder, damage(folder)))
    assert caught.value.where == str(folder / ALIGNER)


def test_a_missing_or_changed_file_is_told(folder: Path) -> None:
    data = bytearray((folder / ALIGNER).read_bytes())
    data[-1] ^= 1
    (folder / ALIGNER).write_bytes(bytes(data))
    with pytest.raises(BundleError, match="not what the manifest says"):
        load_model(folder)
    (folder / ALIGNER).unlink()
    with pytest.raises(BundleError, match="missing"):
        load_model(folder)


def test_no_number_that_is_none(tiny_bundle: Path) -> None:
    aligner = made(load_model(tiny_bundle))
    aligner.looks.data[0] = float("inf")
    with pytest.raises(ValueError, match="looks"):
        encode_aligner(aligner)


def test_it_travels_in_an_archive(folder: Path, tmp_path: Path) -> None:
    store = ModelStore(resources=folder.parent, user=tmp_path / "user")
    file = tmp_path / "tiny.attune"
    export_model(store.find("tiny"), file)
    card = import_model(file, store, "again")
    assert contents(card.path) == contents(folder)
    assert card.bytes_on_disk == sum(len(d) for n, d in contents(folder).items() if n != MANIFEST)


@pytest.mark.parametrize("told", [True, False])
def test_an_archive_and_its_manifest_must_tell_the_same(
    told: bool, folder: Path, tmp_path: Path
) -> None:
    members = contents(folder)
    if told:
        del members[ALIGNER]
    else:
        fields = json.loads(members[MANIFEST])
        del fields["files"][ALIGNER]
        members[MANIFEST] = json.dumps(fields).encode()
    file = tmp_path / "tiny.attune"
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    store = ModelStore(resources=folder.parent, user=tmp_path / "user")
    with pytest.raises(InputError, match="no exported model"):
        import_model(file, store, "again")
    assert not (tmp_path / "user" / "again").exists()
