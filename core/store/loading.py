"""A model and its vocabularies, from a bundle and back into one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from core.errors import AttuneError, BundleError
from core.model.config import ModelConfig
from core.model.seq2seq import Seq2Seq
from core.store.bundle import Bundle, load_state, read_bundle, write_bundle
from core.store.manifest import INSTALL_AGAIN, SOURCE_TOKENIZER, TARGET_TOKENIZER
from core.text.subword import Vocabulary, vocabulary_from_json

MOST_LAYERS = 100


@dataclass(frozen=True)
class Loaded:
    """A model in fp32 and its vocabularies; ``licence`` and ``sources`` are its data's."""

    name: str
    source_language: str
    target_language: str
    model: Seq2Seq
    source_vocabulary: Vocabulary
    target_vocabulary: Vocabulary
    licence: str = ""
    sources: tuple[str, ...] = ()

    def save(
        self,
        folder: Path,
        *,
        name: str,
        weights: Mapping[str, Tensor],
        receipt: Mapping[str, Any],
        precision: str,
        parent: str | None = None,
    ) -> Bundle:
        """Write this model with other ``weights`` as the bundle ``name`` in ``folder``.

        Raises:
            StorageError: it cannot be written.
        """
        return write_bundle(
            folder,
            name=name,
            source_language=self.source_language,
            target_language=self.target_language,
            model=self.model.config.to_dict(),
            state_dict=weights,
            source_tokenizer_json=self.source_vocabulary.to_json(),
            target_tokenizer_json=self.target_vocabulary.to_json(),
            receipt=receipt,
            precision=precision,
            parent=parent,
            licence=self.licence,
            sources=self.sources,
        )


def load_model(folder: Path, *, verify: bool = True) -> Loaded:
    """The model in ``folder``, in fp32.

    Raises:
        BundleError: there is none, it is damaged, or its parts do not belong together.
    """
    bundle = read_bundle(folder, verify=verify)
    manifest = bundle.manifest
    source, target = (
        vocabulary_from_json(bundle.read_text(name), where=str(folder / name))
        for name in (SOURCE_TOKENIZER, TARGET_TOKENIZER)
    )
    model = _model(bundle)
    config = model.config
    if (len(source), len(target)) != (config.source_vocabulary, config.target_vocabulary):
        raise BundleError(
            f"the vocabularies have {len(source)} and {len(target)} entries, the model"
            f" {config.source_vocabulary} and {config.target_vocabulary}",
            where=str(folder),
            remedy=INSTALL_AGAIN,
        )
    return Loaded(
        name=manifest.name,
        source_language=manifest.source_language,
        target_language=manifest.target_language,
        model=model,
        source_vocabulary=source,
        target_vocabulary=target,
        licence=manifest.licence,
        sources=tuple(manifest.sources),
    )


def _model(bundle: Bundle) -> Seq2Seq:
    """The model with its weights; none are made up first, so a false shape costs no memory."""
    try:
        config = ModelConfig.from_dict(dict(bundle.manifest.model))
        if config.encoder_layers + config.decoder_layers > MOST_LAYERS:
            raise ValueError(f"{config.encoder_layers} and {config.decoder_layers} layers")
        with torch.device("meta"):
            model = Seq2Seq(config)
    # Nobody chose this shape: whatever is wrong with it, the manifest is at fault.
    except (AttuneError, ArithmeticError, RuntimeError, TypeError, ValueError) as error:
        reason = error.what if isinstance(error, AttuneError) else str(error)
        raise BundleError(
            f"the model's shape is senseless ({reason})",
            where=str(bundle.path),
            remedy=INSTALL_AGAIN,
        ) from error
    shapes = {name: tuple(value.shape) for name, value in model.state_dict().items()}
    state = {name: value.float() for name, value in load_state(bundle, shapes).items()}
    model.load_state_dict(state, assign=True)
    return model
