"""A start for one direction from a model of the other (Kocmi & Bojar 2018, "Trivial Transfer
Learning for Low-Resource Neural Machine Translation")."""

from __future__ import annotations

import dataclasses

from core.model.embeddings import OUTPUT_TABLE, SOURCE_TABLE, TARGET_TABLE
from core.model.seq2seq import Seq2Seq
from core.store.loading import Loaded

_BIAS = "decoder.bias"


def reversed_model(loaded: Loaded, name: str) -> Loaded:
    """A model of the other direction: layers as they are, vocabularies and embeddings swapped.

    What a word is near to stays known; how to read one language and write the other is learnt
    anew, from layers that already know how to read and write.
    """
    config = dataclasses.replace(
        loaded.model.config,
        source_vocabulary=len(loaded.target_vocabulary),
        target_vocabulary=len(loaded.source_vocabulary),
    )
    state = loaded.model.state_dict()
    if config.embeddings != "shared":
        state[SOURCE_TABLE], state[TARGET_TABLE] = state[TARGET_TABLE], state[SOURCE_TABLE]
    if config.embeddings == "separate":
        state[OUTPUT_TABLE] = state[TARGET_TABLE]
    state[_BIAS] = state[_BIAS].new_zeros(config.target_vocabulary)
    model = Seq2Seq(config)
    model.load_state_dict(state)
    return dataclasses.replace(
        loaded,
        name=name,
        source_language=loaded.target_language,
        target_language=loaded.source_language,
        model=model,
        source_vocabulary=loaded.target_vocabulary,
        target_vocabulary=loaded.source_vocabulary,
        aligner=None,  # it knows the other direction
    )
