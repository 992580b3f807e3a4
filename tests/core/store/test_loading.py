"""A bundle becomes the model it was, or is refused before anything of it is used."""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file, save_file

from core.errors import BundleError
from core.store.loading import Loaded, load_model
from core.text.vocab import WordVocabulary
from core.translation.translator import Translator
from tests.pace import seconds_here

WEIGHTS, MANIFEST = "model.safetensors", "manifest.json"


@pytest.fixture
def bundle(tiny_bundle: Path, tmp_path: Path) -> Path:
    """A copy to damage."""
    return Path(shutil.copytree(tiny_bundle, tmp_path / "model"))


def edit_manifest(bundle: Path, change: Callable[[dict[str, Any]], object]) -> None:
    fields = json.loads((bundle / MANIFEST).read_text("utf-8"))
    change(fields)
    (bundle / MANIFEST).write_text(json.dumps(fields), "utf-8")


def sign(bundle: Path) -> None:
    """Make the manifest agree with the files, as someone of ill will would."""

    def change(fields: dict[str, Any]) -> None:
        for name in fields["files"]:
            data = (bundle / name).read_bytes()
            fields["files"][name] = {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}

    edit_manifest(bundle, change)


def test_weights_and_vocabularies_come_back(tiny_bundle: Path) -> None:
    loaded = load_model(tiny_bundle)
    assert (loaded.name, loaded.source_language, loaded.target_language) == ("tiny", "zh", "en")
    stored = load_file(tiny_bundle / WEIGHTS)
    state = loaded.model.state_dict()
    assert state.keys() == stored.keys()
    for name, value in state.items():
        assert value.dtype == torch.float32
        assert torch.equal(value, stored[name])
    assert len(loaded.source_vocabulary) == loaded.model.config.source_vocabulary


def test_a_loaded_model_can_be_trained(tiny_bundle: Path) -> None:
    model = load_model(tiny_bundle).model
    assert all(p.requires_grad and p.is_leaf for p in model.parameters())
    output = model(torch.tensor([[4, 5]]), torch.tensor([2]), torch.tensor([[2, 6]]))
    model.logits(output.features).sum().backward()
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.grad is not None:
                parameter.sub_(0.1 * parameter.grad)
    assert not torch.equal(
        model.decoder.embedding.weight, load_model(tiny_bundle).model.decoder.embedding.weight
    )


def saved_again(loaded: Loaded, folder: Path, precision: str) -> Path:
    weights = loaded.model.state_dict()
    loaded.save(
        folder, name="again", weights=weights, receipt={"a": 1}, parent="tiny", precision=precision
    )
    return folder


@pytest.mark.parametrize("precision", ["fp32", "bf16", "int8"])
def test_saved_and_loaded_again_it_translates_alike(
    tiny_bundle: Path, tmp_path: Path, precision: str
) -> None:
    text = "我今天喜欢猫。😀我们看见苹果。"
    once = load_model(saved_again(load_model(tiny_bundle), tmp_path / "one", precision))
    twice = load_model(saved_again(once, tmp_path / "two", precision))
    for name, value in once.model.state_dict().items():
        assert torch.equal(value, twice.model.state_dict()[name])
    results = [
        list(Translator.load(tmp_path / name, precision="fp32", threads=1).translate(text))
        for name in ("one", "two")
    ]
    outputs = [
        [(r.translation.translation, r.translation.score) for r in found] for found in results
    ]
    assert outputs[0] == outputs[1]
    assert [text for text, _ in outputs[0]] == ["I like cats today.", "😀 We see apples."]
    manifest = json.loads((tmp_path / "two" / MANIFEST).read_text("utf-8"))
    assert (manifest["name"], manifest["parent"], manifest["precision"]) == (
        "again",
        "tiny",
        precision,
    )


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="there is no model") as raised:
        load_model(tmp_path / "nothing")
    assert raised.value.remedy


@pytest.mark.parametrize("name", [WEIGHTS, "source.tokenizer.json", "target.tokenizer.json"])
def test_a_truncated_file_is_refused(bundle: Path, name: str) -> None:
    data = (bundle / name).read_bytes()
    (bundle / name).write_bytes(data[: len(data) // 2])
    with pytest.raises(BundleError) as raised:
        load_model(bundle)
    assert name in raised.value.where


@pytest.mark.parametrize("name", ["source.tokenizer.json", "target.tokenizer.json"])
def test_a_vocabulary_of_another_kind_is_refused(bundle: Path, name: str) -> None:
    (bundle / name).write_text('{"kind": "word"}', "utf-8")
    sign(bundle)
    with pytest.raises(BundleError, match="vocabulary cannot be read") as raised:
        load_model(bundle)
    assert name in raised.value.where


def test_a_vocabulary_of_another_size_is_refused(bundle: Path) -> None:
    (bundle / "target.tokenizer.json").write_text(WordVocabulary(["a"]).to_json(), "utf-8")
    sign(bundle)
    with pytest.raises(BundleError, match="and 5 entries"):
        load_model(bundle)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("width", 32),
        ("width", 0),
        ("width", -64),
        ("width", "64"),
        ("width", 1 << 40),
        ("width", 6.5),
        ("width", None),
        ("encoder", "pickle"),
        ("encoder_layers", 3),
        ("encoder_layers", 10**9),
        ("decoder_layers", 10**9),
        ("encoder_heads", 0),
        ("encoder_heads", 5),
        ("attention_heads", 0),
        ("source_vocabulary", 10**15),
        ("target_vocabulary", -1),
        ("dropout", 2),
        ("alignment_head", 7),
        ("unknown", 1),
    ],
)
def test_a_false_shape_is_refused(bundle: Path, field: str, value: object) -> None:
    edit_manifest(bundle, lambda fields: fields["model"].update({field: value}))
    with pytest.raises(BundleError) as raised:
        load_model(bundle)
    assert str(bundle) in raised.value.where
    assert raised.value.remedy


def test_a_vast_shape_takes_no_memory(bundle: Path) -> None:
    edit_manifest(bundle, lambda fields: fields["model"].update(source_vocabulary=10**7))
    begin = time.process_time()
    with pytest.raises(BundleError):
        load_model(bundle)
    assert time.process_time() - begin < seconds_here(3)  # to fill its 2.5 GB takes longer


def test_a_shape_without_a_field_is_refused(bundle: Path) -> None:
    edit_manifest(bundle, lambda fields: fields["model"].pop("source_vocabulary"))
    with pytest.raises(BundleError, match="source_vocabulary"):
        load_model(bundle)


def test_weights_of_whole_numbers_become_fractions(bundle: Path) -> None:
    state = {
        name: torch.ones(value.shape, dtype=torch.int64)
        for name, value in load_file(bundle / WEIGHTS).items()
    }
    save_file(state, bundle / WEIGHTS)
    sign(bundle)
    assert {value.dtype for value in load_model(bundle).model.state_dict().values()} == {
        torch.float32
    }
