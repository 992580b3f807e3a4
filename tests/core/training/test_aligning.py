"""Teaching an aligner: the links are learnt, the model stays, what cannot be learnt is told."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from core.cancel import Cancelled, CancelToken
from core.errors import InputError
from core.events import Message
from core.insight.forced import ForcedAligner
from core.model.aligner import Aligner, read_pairs
from core.model.config import ModelConfig
from core.model.seq2seq import Seq2Seq
from core.store.bundle import read_bundle
from core.store.loading import Loaded, load_model
from core.store.manifest import ALIGNER, MANIFEST
from core.training.aligning import AligningOptions, Taught, link_loss, teach_aligner
from core.training.batching import collate
from core.training.recipe.agreement import write_agreement
from core.training.token_store.store import TokenStore
from tests.core.training.test_min_agreement import NOUNS, call, linked_store, sentences
from tests.core.training.token_stores import build, tsv

OPTIONS = AligningOptions(pairs=150, held=40, width=64, tokens=50, learning_rate=6e-2)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> TokenStore:
    store = linked_store(tmp_path_factory.mktemp("aligning"))
    write_agreement(store)
    return store


def untaught(store: TokenStore, *, turned: bool = False) -> Loaded:
    """A model that can do nothing, not even look where it should."""
    torch.manual_seed(2)
    one = store.flipped() if turned else store
    source, target = one.source_vocabulary, one.target_vocabulary
    config = ModelConfig(
        len(source), len(target), width=32, encoder_layers=1, encoder_heads=2, feed_forward=32,
        decoder_width=32, decoder_layers=1, attention_heads=2, alignment_head=0,
    )  # fmt: skip
    return Loaded("m", one.source_language, one.target_language, Seq2Seq(config), source, target)


def taught(loaded: Loaded, store: TokenStore) -> Taught:
    *messages, last = teach_aligner(loaded, store, OPTIONS, CancelToken())
    assert all(isinstance(message, Message) for message in messages)
    assert isinstance(last, Taught)
    return last


def right(loaded: Loaded) -> float:
    """Share of the nouns of new sentences whose strongest link is their translation."""
    pairs = [pair for number, pair in enumerate(sentences(300)) if number >= 280]
    good = []
    for found in ForcedAligner(loaded).align(pairs):
        for row, word in zip(found.alignment, found.target_words, strict=True):
            if word.text in NOUNS.values():
                strongest = found.source_words[int(np.argmax(row))].text
                good.append(NOUNS.get(strongest) == word.text)
    return float(np.mean(good))


@pytest.mark.parametrize("turned", [False, True])
def test_links_are_learnt_from_a_model_that_stays_as_it_is(store: TokenStore, turned: bool) -> None:
    loaded = untaught(store, turned=turned)
    before = {name: value.clone() for name, value in loaded.model.state_dict().items()}
    found = taught(loaded, store)
    after = loaded.model.state_dict()
    assert all(torch.equal(after[name], value) for name, value in before.items())
    assert (found.pairs, found.updates > 20, found.loss < 1.0) == (150, True, True)
    if not turned:  # the sentences are Chinese first
        assert right(loaded) < 0.5
        assert right(dataclasses.replace(loaded, aligner=found.aligner)) > 0.9


def test_the_loss_worked_by_hand() -> None:
    torch.manual_seed(0)
    config = ModelConfig(
        20, 20, width=16, encoder_layers=1, encoder_heads=2, feed_forward=16, decoder_width=16,
        decoder_layers=1, attention_heads=2, alignment_head=0,
    )  # fmt: skip
    model, aligner = Seq2Seq(config).eval(), Aligner(config, width=4)
    pairs = [
        (np.array([5, 6, 7]), np.array([8, 9]), np.array([[0, 0], [2, 0]])),  # 9: with nothing
        (np.array([5]), np.array([8, 9, 10, 11]), np.array([[0, 2]])),
    ]
    batch = collate(pairs)
    read, _ = read_pairs(model, batch.source, batch.lengths, batch.target_in)
    likely = aligner(read).detach()
    nothing = likely[:, :, -1]
    wanted = [
        (likely[0, 0, 0] + likely[0, 0, 2]) / 2, nothing[0, 1],
        nothing[1, 0], nothing[1, 1], likely[1, 2, 0], nothing[1, 3],
    ]  # fmt: skip
    loss = link_loss(aligner, read, batch).item()
    assert loss == pytest.approx(-float(sum(wanted)) / 6, rel=1e-5)


def test_the_command_puts_it_into_the_model(
    store: TokenStore,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    loaded, folder = untaught(store), tmp_path / "mine"
    weights = loaded.model.state_dict()
    loaded.save(folder, name="mine", weights=weights, receipt={"a": 1}, precision="fp32")
    others = {path.name: path.read_bytes() for path in folder.iterdir()}
    short = dataclasses.replace(OPTIONS, pairs=100)
    monkeypatch.setattr("core.training.aligning.AligningOptions", lambda pairs: short)
    assert call(monkeypatch, "aligner", str(store.folder), str(folder), "--pairs", "100") == 0
    assert "held_out_loss" in capsys.readouterr().out
    assert load_file(folder / ALIGNER).keys() >= {"query.weight", "looks"}
    manifest = read_bundle(folder).manifest  # all hashes are right
    assert (manifest.format_version, {*manifest.files}) == (2, {*others, ALIGNER} - {MANIFEST})
    for name, data in others.items():
        assert name == MANIFEST or (folder / name).read_bytes() == data
    again = load_model(folder)
    assert again.aligner is not None and right(again) > 0.8


def test_what_cannot_be_learnt_is_told(store: TokenStore, tmp_path: Path) -> None:
    def refused(loaded: Loaded, given: TokenStore, options: AligningOptions = OPTIONS) -> str:
        with pytest.raises(InputError) as caught:
            list(teach_aligner(loaded, given, options, CancelToken()))
        return caught.value.sentence()

    loaded = untaught(store)
    plain = build(tmp_path / "store", tsv(tmp_path, sentences(60)), held_out=0)
    assert "other vocabularies than m" in refused(loaded, plain)
    assert "no links" in refused(untaught(plain), plain)
    many = dataclasses.replace(OPTIONS, held=200)
    assert "too few linked pairs that agree: 228" in refused(loaded, store, many)


def test_it_can_be_cancelled(store: TokenStore) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        list(teach_aligner(untaught(store), store, OPTIONS, cancel))
