"""Targets among what reads models: folders, archives, weights, vocabularies, receipts."""

from __future__ import annotations

import functools
import html.parser
import json
import shutil
import stat
import zipfile
from pathlib import Path
from typing import Any

import torch
from hypothesis import strategies as st

from core.errors import BundleError
from core.model.inference import InferenceModel
from core.store.archive import import_model
from core.store.bundle import load_state, read_bundle, write_bundle
from core.store.loading import load_model, load_ready
from core.store.manifest import (
    ALIGNER,
    FILES,
    MANIFEST,
    RECEIPT,
    SOURCE_TOKENIZER,
    WEIGHTS,
    parse_manifest,
)
from core.store.manifest import parse_object as parse_object
from core.store.model_store import ModelStore
from core.store.quantize import dequantize, quantize
from core.store.receipt_page import receipt_page
from core.text.subword import vocabulary_from_json
from gui.viewmodels.shelf import taught_from

from .changes import damaged, json_values, other_json, utf8
from .forging import ALL_FILES, archive, forged, manifest, on_disk, sound
from .forging import RECEIPT as SOUND_RECEIPT
from .places import folder, fresh, put
from .running import Target
from .texts import texts, vocabulary

_PRECISIONS = st.sampled_from(("int8", "bf16", "fp32"))


@functools.cache
def _store() -> ModelStore:
    return ModelStore(resources=folder() / "built-in", user=folder() / "models")


# --- one file ------------------------------------------------------------------------------------


@functools.cache
def _archives() -> tuple[bytes, ...]:
    files = sound()
    kinds = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
    short = {**files, WEIGHTS: b"", SOURCE_TOKENIZER: b"{}", RECEIPT: b"{}"}
    return (archive(short), archive(forged(short)), *(archive(files, kind) for kind in kinds))


def _outside() -> set[Path]:
    return {path for path in folder().rglob("*") if folder() / "models" not in path.parents}


def check_import(data: bytes) -> None:
    """What comes in is the very model; what does not, leaves nothing."""
    path, store = put("in.attune", data), _store()
    home = store.user_folder("x").parent
    shutil.rmtree(home, ignore_errors=True)
    before = _outside()
    try:
        card = import_model(path, store, "new")
    except BaseException:
        assert not home.exists() or not any(home.iterdir())
        raise
    finally:
        assert _outside() - {home} == before - {home}
    read_bundle(card.path)
    assert {file.name for file in card.path.iterdir()} - {ALIGNER} == {MANIFEST, *FILES}
    assert not any(stat.S_ISLNK(file.lstat().st_mode) for file in card.path.iterdir())


_PATHS = (
    "../out", "/tmp/out", "a/b", "..\\out", "C:\\out", "CON", "nul.txt", "x\0y", "~", MANIFEST,
    MANIFEST.upper(), WEIGHTS, "", ".", "models", "new", "\ud83d",
)  # fmt: skip


def check_forged_archive(given: tuple[str, str, str, int, dict[str, Any]]) -> None:
    """Names that lead elsewhere, links, other packings, sizes that are lies."""
    name, called, member, kind, changes = given
    fields = {**manifest(), "name": called, **changes}
    files = {**sound(), MANIFEST: json.dumps(fields).encode()}
    if member != MANIFEST:
        files[name] = files.pop(member)
    entries = {"link": stat.S_IFLNK, "plain": stat.S_IFREG}
    file = folder() / "forged.attune"
    with zipfile.ZipFile(file, "w", kind) as made:
        for entry, data in files.items():
            try:
                info = zipfile.ZipInfo(entry)
                info.external_attr = (entries["link" if entry == name else "plain"] | 0o644) << 16
                made.writestr(info, data, kind)
            except (UnicodeEncodeError, ValueError):
                return  # nothing that an archive can hold
    check_import(file.read_bytes())


# --- a folder ------------------------------------------------------------------------------------


def check_manifest(text: str) -> None:
    place = Path("manifest.json")
    made = parse_manifest(parse_object(utf8(text), place), place)
    assert set(made.files) - {ALIGNER} == set(FILES)
    assert all(type(r.bytes) is int and isinstance(r.sha256, str) for r in made.files.values())


def _use(place: Path, precision: str) -> None:
    """All that a program does with a model that it found."""
    found = ModelStore(resources=folder() / "built-in", user=place.parent)
    for card in found.list():
        assert card.bytes_on_disk >= 0
        assert card.created[:10] is not None
    found.damaged()
    ready = load_ready(place, precision)
    load_model(place)
    for entries in (ready.source_vocabulary, ready.target_vocabulary):
        ids = entries.encode(["我", "▁rains", "龘", "<eos>"]).ids
        assert all(0 <= index < len(entries) for index in ids)
    with torch.inference_mode():
        model = ready.model
        if isinstance(model, InferenceModel):
            source = torch.tensor([list(ids)])
            model.encode(source, torch.tensor([len(ids)]))


def check_bundle(given: tuple[bytes, str, str]) -> None:
    data, name, precision = given
    _use(on_disk(forged({name: data})), precision)


def _file(name: str) -> st.SearchStrategy[tuple[bytes, str, str]]:
    def whole() -> tuple[bytes, ...]:
        return (sound()[name], sound("fp32")[name])

    def values() -> tuple[Any, ...]:
        return (json.loads(sound()[name]),)

    changed = damaged(whole)
    if name not in (WEIGHTS, ALIGNER):
        changed |= other_json(values).map(str.encode)
    return st.tuples(changed, st.just(name), _PRECISIONS)


def _headers(name: str) -> tuple[Any, ...]:
    data = sound()[name]
    size = int.from_bytes(data[:8], "little")
    return (json.loads(data[8 : 8 + size]),)


def check_weights(given: tuple[str, int, str], name: str = WEIGHTS) -> None:
    """A header that lies about shapes, kinds and places."""
    header, more, precision = given
    old = sound()[name]
    body = old[8 + int.from_bytes(old[:8], "little") :]
    size = max(0, len(utf8(header)) + more)
    data = size.to_bytes(8, "little") + utf8(header) + body
    _use(on_disk(forged({name: data})), precision)


_tensors = st.builds(
    lambda rows, columns, seed, scale: (
        torch.randn(
            (rows, columns) if columns else (rows,), generator=torch.Generator().manual_seed(seed)
        )
        * scale
    ),
    st.integers(0, 5),
    st.integers(0, 4),
    st.integers(0, 99),
    st.sampled_from((0.0, 1e-30, 1.0, 1e30)),
)


def check_round_trip(given: tuple[dict[str, torch.Tensor], str, str, Any]) -> None:
    """What is written is read: texts to the letter, weights to the bits of their precision."""
    state, precision, name, receipt = given
    place = fresh()
    written = write_bundle(
        place, name=name, source_language="zh", target_language="en", model={"width": 4},
        state_dict=state, source_tokenizer_json="源", target_tokenizer_json=name,
        receipt={"kept": receipt}, precision=precision,
    )  # fmt: skip
    try:
        read = read_bundle(place)
        assert read == written
        assert read.read_text(FILES[1]) == "源"
        assert repr(read.receipt()["kept"]) == repr(receipt)
        wanted = {
            "int8": lambda: dequantize(quantize(state)),
            "bf16": lambda: {n: t.bfloat16().float() for n, t in state.items()},
            "fp32": lambda: state,
        }[precision]()
        loaded = load_state(read)
        assert loaded.keys() == wanted.keys()
        assert all(torch.equal(loaded[n], tensor) for n, tensor in wanted.items())
    finally:
        shutil.rmtree(place)


# --- what is in it -------------------------------------------------------------------------------


def check_vocabulary(text: str) -> None:
    """A vocabulary that is taken has its ids without gaps, and gives itself back."""
    made = vocabulary_from_json(text)
    tokenizer = json.loads(text).get("tokenizer")
    entries = tokenizer["model"]["vocab"] if isinstance(tokenizer, dict) else ()
    words = ["我", "▁It", "rains", "龘👍", "<eos>", "it's", *entries]
    encoded = made.encode(words)
    assert all(0 <= index < len(made) for index in encoded.ids)
    assert len("".join(made.pieces(range(len(made)))).encode()) > len(made)
    assert vocabulary_from_json(made.to_json()).encode(words) == encoded


def _vocabularies() -> tuple[Any, ...]:
    return tuple(json.loads(vocabulary(units).to_json()) for units in ("pieces", "words"))


class _Page(html.parser.HTMLParser):
    """Collects what a page could do harm with."""

    def __init__(self) -> None:
        super().__init__()
        self.bad: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _ in attrs}
        if tag in ("script", "img", "iframe", "object", "embed", "link", "base", "form", "a", "b"):
            self.bad.append(tag)
        self.bad += [n for n in names if n.startswith("on") or n in ("src", "href", "srcdoc")]


_HARM = "<script>alert(1)</script><img src=x onerror=alert(1)>\"' onload=x <b>"


def check_receipt(given: tuple[str, str]) -> None:
    """The page shows names and sentences, and does not obey them."""
    text, called = given
    fields = {**manifest(), "licence": _HARM, "sources": [_HARM], "created": _HARM, "parent": _HARM}
    place = on_disk(forged({RECEIPT: utf8(text), MANIFEST: b""}))
    files = forged({RECEIPT: utf8(text)})
    records = json.loads(files[MANIFEST])["files"]
    files[MANIFEST] = json.dumps({**fields, "files": records}).encode()
    on_disk(files)
    taught_from(read_bundle(place).receipt())
    card = ModelStore(resources=folder() / "built-in", user=place.parent).find("forged")
    page = _Page()
    made = receipt_page(card, say=lambda english: english, language="en")
    page.feed(made)
    page.close()
    assert page.bad == []
    assert made.encode()  # can be written
    assert called is not None


def _receipts() -> tuple[Any, ...]:
    hostile = json.loads(json.dumps(SOUND_RECEIPT).replace("pairs.tsv", json.dumps(_HARM)[1:-1]))
    return (SOUND_RECEIPT, hostile, {"kind": _HARM, "options": {_HARM: _HARM}})


_changes = st.dictionaries(
    st.sampled_from(("files", "precision", "parent", "model", "format_version", "name")),
    json_values,
    max_size=1,
)
_kinds = st.sampled_from((0, 0, 8, 12, 14))
_names = st.sampled_from(_PATHS)
_forged = st.tuples(_names, _names | texts, st.sampled_from(ALL_FILES), _kinds, _changes)
_states = st.dictionaries(st.sampled_from(("w", "b.scales", "层")), _tensors, max_size=3)
_plain = st.text(st.characters(exclude_categories=("Cs",)), max_size=9)
_kept = st.recursive(_plain | st.integers() | st.booleans(), st.lists, max_leaves=4)


def _lies(name: str) -> st.SearchStrategy[tuple[str, int, str]]:
    headers = other_json(functools.partial(_headers, name))
    return st.tuples(headers, st.sampled_from((0, 0, 0, 1, -1, 8)), _PRECISIONS)


_written = st.tuples(_states, _PRECISIONS, _plain, _kept)
TARGETS = (
    Target("archives", damaged(_archives), check_import, 1.0),
    Target("forged archives", _forged, check_forged_archive, varies=False),
    Target("manifests", other_json(lambda: (manifest(),)), check_manifest, 3.0),
    *(Target(f"model: {name}", _file(name), check_bundle, 0.4) for name in (MANIFEST, *ALL_FILES)),
    Target("headers of weights", _lies(WEIGHTS), check_weights, 0.5),
    Target(
        "headers of aligners", _lies(ALIGNER), functools.partial(check_weights, name=ALIGNER), 0.3
    ),
    Target("models written", _written, check_round_trip, 0.5, varies=False),
    Target("vocabularies read", other_json(_vocabularies), check_vocabulary, 2.0, (BundleError,)),
    Target("receipts", st.tuples(other_json(_receipts), texts), check_receipt, 0.4),
)
