"""The links of a shown translation: those of forced reading, copies with their originals."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
import torch

from core.cancel import Cancelled, CancelToken
from core.insight import word_links
from core.insight.forced import ForcedAligner
from core.insight.word_links import link_words
from core.model.aligner import Aligner
from core.store.aligner_file import add_aligner
from core.store.loading import load_model
from core.translation.translator import Translator


@pytest.fixture(scope="module")
def folder(tiny_bundle: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny model with an aligner that has learnt nothing."""
    folder = tmp_path_factory.mktemp("linked") / "tiny"
    loaded = load_model(tiny_bundle)
    weights = loaded.model.state_dict()
    loaded.save(folder, name="tiny", weights=weights, receipt={}, precision="fp32")
    torch.manual_seed(6)
    add_aligner(folder, Aligner(loaded.model.config, width=8))
    return folder


@pytest.fixture(scope="module")
def translator(folder: Path) -> Translator:
    return Translator.load(folder, precision="fp32", threads=1)


@pytest.mark.parametrize("source", ["我今天喜欢猫。", "你好。", "他们买苹果"])
def test_they_are_what_forced_reading_gives(
    source: str, translator: Translator, folder: Path
) -> None:
    [shown] = translator.translate_segments([source])
    rows = link_words(translator, shown)
    [forced] = ForcedAligner(load_model(folder)).align([(source, shown.translation)])
    assert rows is not None
    assert (shown.source_words, shown.target_words) == (forced.source_words, forced.target_words)
    np.testing.assert_allclose(rows, forced.alignment, atol=1e-4)
    assert not np.allclose(rows, shown.alignment, atol=0.05)
    assert all(sum(row) < 1 for row in rows)


def test_a_copy_is_linked_with_its_original(translator: Translator) -> None:
    [shown] = translator.translate_segments(["我喜欢龘。"])
    rows = link_words(translator, shown)
    assert rows is not None and len(shown.copied) == 1
    [copied] = shown.copied
    assert rows[copied] == shown.alignment[copied]
    strongest = shown.source_words[int(np.argmax(rows[copied]))].text
    assert strongest == shown.target_words[copied].text == "龘"


def test_a_translation_that_was_changed_by_hand(translator: Translator) -> None:
    [shown] = translator.translate_segments(["我喜欢猫。"])
    done = translator.complete(shown.source, "You", shown=shown, whole=True)
    rows = link_words(translator, done.translation)
    assert rows is not None
    assert np.array(rows).shape == (len(done.translation.target_words), 4)


def test_without_an_aligner_there_are_none(tiny_bundle: Path, translator: Translator) -> None:
    plain = Translator.load(tiny_bundle, precision="fp32", threads=1)
    [shown] = plain.translate_segments(["我喜欢猫。"])
    assert link_words(plain, shown) is None


def test_nothing_and_far_too_much_have_none(
    translator: Translator, monkeypatch: pytest.MonkeyPatch
) -> None:
    [shown] = translator.translate_segments(["我喜欢猫。"])
    assert link_words(translator, dataclasses.replace(shown, translation="")) is None
    monkeypatch.setattr(word_links, "MOST_PIECES", 5)
    assert link_words(translator, shown) is None


def test_reading_can_be_cancelled(translator: Translator) -> None:
    [shown] = translator.translate_segments(["我喜欢猫。"])
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        link_words(translator, shown, cancel)
