"""Heads as they are shown, against the trained model, which computes them in another way."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
import torch

from core.insight.head_reading import attention_by_head, read_heads
from core.store.loading import load_model
from core.text.vocab import SOS
from core.translation.translator import Translator

TEXT = "我喜欢猫。"


def test_forced_heads_are_those_of_the_trained_model(
    translator: Translator, tiny_bundle: Path
) -> None:
    model = load_model(tiny_bundle).model.eval()
    source, target = [4, 9, 7, 12, 5], [6, 8, 30]
    found = attention_by_head(translator.model, source, target)
    with torch.inference_mode():
        given = torch.tensor([[SOS, *target[:-1]]])
        output = model(torch.tensor([source]), torch.tensor([len(source)]), given)
    assert found.shape == (2, 3, 5)
    assert found == pytest.approx(output.attention[0].numpy(), abs=1e-5)


def test_the_alignment_is_one_of_the_heads(translator: Translator) -> None:
    [shown] = translator.translate_segments([TEXT])
    heads = read_heads(translator, shown)
    assert heads.count == 2
    assert heads.translation == shown.translation
    alignment = heads.alignment
    assert alignment.head == 0
    assert alignment.words.target_words == shown.target_words
    assert np.array(alignment.words.alignment) == pytest.approx(np.array(shown.alignment), abs=1e-5)
    assert heads.view(1).words.alignment != alignment.words.alignment


def test_the_mean_is_that_of_the_heads(translator: Translator) -> None:
    [shown] = translator.translate_segments([TEXT])
    heads = read_heads(translator, shown)
    one, two = (np.array(heads.view(head).pieces.alignment) for head in (0, 1))
    mean = heads.view(None)
    assert mean.head is None
    assert np.array(mean.pieces.alignment) == pytest.approx((one + two) / 2, abs=1e-6)
    assert one.sum(axis=1) == pytest.approx(1, abs=1e-5)


def test_pieces_spell_both_sides(translator: Translator) -> None:
    [shown] = translator.translate_segments(["我喜欢龘。"])
    pieces = read_heads(translator, shown).alignment.pieces
    source = "".join(piece.text for piece in pieces.source_words)
    assert source == "我喜欢龘。"
    target = "".join(piece.text.removeprefix("·") for piece in pieces.target_words)
    assert target == shown.translation.replace(" ", "")
    [copy] = [i for i, piece in enumerate(pieces.target_words) if piece.text == "龘"]
    [column] = [i for i, piece in enumerate(pieces.source_words) if piece.text == "龘"]
    for view in read_heads(translator, shown).views:
        assert view.pieces.alignment[copy][column] == 1.0


def test_a_steered_translation_is_read_as_it_is_shown(translator: Translator) -> None:
    [shown] = translator.translate_segments([TEXT])
    steered = dataclasses.replace(shown, translation="You like cats.")
    assert steered.translation != shown.translation
    heads = read_heads(translator, steered)
    assert heads.translation == "You like cats."


def test_parts_stand_along_the_diagonal(translator: Translator) -> None:
    translator.easy = 4
    [shown] = translator.translate_segments(["我喜欢猫，他们今天买书。"])
    heads = read_heads(translator, shown)
    weights = np.array(heads.view(1).words.alignment)
    assert weights.shape == (len(shown.target_words), len(shown.source_words))
    first = sum(word.end <= 5 for word in shown.source_words)
    rows = sum(row[:first].sum() > 0 for row in weights)
    assert 0 < rows < len(weights)
    assert not weights[:rows, first:].any()
    assert not weights[rows:, :first].any()
