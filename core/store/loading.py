"""A bundle turned into a model and its vocabularies."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.model.config import ModelConfig
from core.model.seq2seq import Seq2Seq
from core.store.bundle import Bundle, load_state, read_bundle
from core.store.manifest import SOURCE_TOKENIZER, TARGET_TOKENIZER
from core.text.subword import Vocabulary, vocabulary_from_json


@dataclass(frozen=True)
class Loaded:
    """A model in fp32 and its vocabularies."""

    bundle: Bundle
    model: Seq2Seq
    source_vocabulary: Vocabulary
    target_vocabulary: Vocabulary

    @property
    def name(self) -> str:
        """The bundle's name."""
        return self.bundle.manifest.name

    @property
    def source_language(self) -> str:
        """Code of the language it reads."""
        return self.bundle.manifest.source_language

    @property
    def target_language(self) -> str:
        """Code of the language it writes."""
        return self.bundle.manifest.target_language


def load_model(folder: Path, *, verify: bool = True) -> Loaded:
    """The model in ``folder``, in fp32.

    Raises:
        BundleError: there is none, or it is damaged.
    """
    bundle = read_bundle(folder, verify=verify)
    model = Seq2Seq(ModelConfig.from_dict(bundle.manifest.model))
    shapes = {name: tuple(value.shape) for name, value in model.state_dict().items()}
    model.load_state_dict(load_state(bundle, shapes))
    source, target = (
        vocabulary_from_json(bundle.read_text(name), where=str(folder / name))
        for name in (SOURCE_TOKENIZER, TARGET_TOKENIZER)
    )
    return Loaded(bundle, model, source, target)
