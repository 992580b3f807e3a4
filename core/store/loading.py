"""A model and its vocabularies, from a bundle and back into one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from torch import Tensor

from core.errors import BundleError, OptionError
from core.model.config import ModelConfig
from core.model.seq2seq import Seq2Seq
from core.store.bundle import Bundle, load_state, read_bundle, write_bundle
from core.store.manifest import INSTALL_AGAIN, SOURCE_TOKENIZER, TARGET_TOKENIZER
from core.text.subword import Vocabulary, vocabulary_from_json


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
        parent: str | None = None,
        precision: str = "int8",
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
        BundleError: there is none, or it is damaged.
    """
    bundle = read_bundle(folder, verify=verify)
    manifest = bundle.manifest
    try:
        model = Seq2Seq(ModelConfig.from_dict(dict(manifest.model)))
    except OptionError as error:  # nobody chose this shape: the manifest is at fault
        raise BundleError(error.what, where=str(folder), remedy=INSTALL_AGAIN) from error
    shapes = {name: tuple(value.shape) for name, value in model.state_dict().items()}
    model.load_state_dict(load_state(bundle, shapes))
    source, target = (
        vocabulary_from_json(bundle.read_text(name), where=str(folder / name))
        for name in (SOURCE_TOKENIZER, TARGET_TOKENIZER)
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
