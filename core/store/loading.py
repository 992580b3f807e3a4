"""A model and its vocabularies, from a bundle and back into one."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from core.errors import AttuneError, BundleError
from core.model.aligner import Aligner
from core.model.config import ModelConfig
from core.model.empty import without_weights
from core.model.inference import InferenceModel, can_lay_out
from core.model.packed import Matrix, Rows
from core.model.seq2seq import Seq2Seq
from core.store.aligner_file import encode_aligner, load_aligner
from core.store.bundle import Bundle, load_matrices, load_state, read_bundle, write_bundle
from core.store.manifest import INSTALL_AGAIN, SOURCE_TOKENIZER, TARGET_TOKENIZER
from core.store.quantize import as_float, quantize_matrix
from core.text.subword import Vocabulary, vocabulary_from_json

MOST_LAYERS = 100


@dataclass(frozen=True)
class Loaded:
    """A model in fp32, its vocabularies and, where it has one, its aligner; ``licence`` and
    ``sources`` are its data's."""

    name: str
    source_language: str
    target_language: str
    model: Seq2Seq
    source_vocabulary: Vocabulary
    target_vocabulary: Vocabulary
    licence: str = ""
    sources: tuple[str, ...] = ()
    aligner: Aligner | None = None

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
            aligner=None if self.aligner is None else encode_aligner(self.aligner),
        )


@dataclass(frozen=True)
class Ready:
    """A model laid out for translating, if its shape is one that can be, its vocabularies, and its
    aligner, if it has one."""

    name: str
    source_language: str
    target_language: str
    model: InferenceModel | Seq2Seq
    source_vocabulary: Vocabulary
    target_vocabulary: Vocabulary
    aligner: Aligner | None = None


def load_model(folder: Path, *, verify: bool = True) -> Loaded:
    """The model in ``folder``, in fp32.

    Raises:
        BundleError: there is none, it is damaged, or its parts do not belong together.
    """
    bundle = read_bundle(folder, verify=verify)
    manifest = bundle.manifest
    model = _empty_model(bundle)
    source, target = _vocabularies(bundle, model.config)
    state = {name: value.float() for name, value in load_state(bundle, _shapes(model)).items()}
    model.load_state_dict(state, assign=True)
    return Loaded(
        name=manifest.name,
        source_language=manifest.source_language,
        target_language=manifest.target_language,
        model=model,
        source_vocabulary=source,
        target_vocabulary=target,
        licence=manifest.licence,
        sources=tuple(manifest.sources),
        aligner=load_aligner(bundle, model.config),
    )


def load_ready(folder: Path, precision: str, *, verify: bool = True) -> Ready:
    """The model in ``folder``, ready to translate in ``"int8"``, ``"bf16"`` or ``"fp32"``.

    There is never a copy of all weights in another precision. A shape that cannot be laid out (see
    ``inference.can_lay_out``) translates in fp32, however it is stored.

    Raises:
        BundleError: as :func:`load_model`.
    """
    bundle = read_bundle(folder, verify=verify)
    manifest = bundle.manifest
    empty = _empty_model(bundle)
    source, target = _vocabularies(bundle, empty.config)
    stored = load_matrices(bundle, _shapes(empty))
    return Ready(
        name=manifest.name,
        source_language=manifest.source_language,
        target_language=manifest.target_language,
        model=_made_ready(empty, stored, precision),
        source_vocabulary=source,
        target_vocabulary=target,
        aligner=load_aligner(bundle, empty.config),
    )


def _made_ready(
    empty: Seq2Seq, stored: Mapping[str, Matrix], precision: str
) -> InferenceModel | Seq2Seq:
    """The model of the shape of ``empty`` with the weights ``stored``."""
    if not can_lay_out(empty.config):
        state = {name: as_float(matrix).float() for name, matrix in stored.items()}
        empty.load_state_dict(state, assign=True)
        return empty.eval().requires_grad_(False)

    def weight(name: str) -> Matrix:
        matrix = stored[name]
        if precision == "int8" and isinstance(matrix, Rows):
            return matrix
        floats = as_float(matrix).float()
        return quantize_matrix(floats) if precision == "int8" and floats.ndim == 2 else floats

    dtype = torch.bfloat16 if precision == "bf16" else torch.float32
    return InferenceModel(empty.config, weight, dtype)


def read_config(folder: Path) -> ModelConfig:
    """The shape of the model in ``folder``; nothing but the manifest is read.

    Raises:
        BundleError: there is none, or it makes no sense.
    """
    return _config(read_bundle(folder, verify=False))


def _config(bundle: Bundle) -> ModelConfig:
    with _false_shapes(bundle):
        config = ModelConfig.from_dict(dict(bundle.manifest.model))
        if config.encoder_layers + config.decoder_layers > MOST_LAYERS:
            raise ValueError(f"{config.encoder_layers} and {config.decoder_layers} layers")
        return config


def _empty_model(bundle: Bundle) -> Seq2Seq:
    """The model without weights; none are made up, so that a false shape costs no memory."""
    config = _config(bundle)
    with _false_shapes(bundle), without_weights():
        return Seq2Seq(config)


@contextlib.contextmanager
def _false_shapes(bundle: Bundle) -> Iterator[None]:
    """Turn whatever a shape that nobody chose leads to into an error about the manifest."""
    try:
        yield
    except (AttuneError, ArithmeticError, RuntimeError, TypeError, ValueError) as error:
        reason = error.what if isinstance(error, AttuneError) else str(error)
        raise BundleError(
            f"the model's shape is senseless ({reason})",
            where=str(bundle.path),
            remedy=INSTALL_AGAIN,
        ) from error


def _shapes(model: Seq2Seq) -> dict[str, tuple[int, ...]]:
    return {name: tuple(value.shape) for name, value in model.state_dict().items()}


def _vocabularies(bundle: Bundle, config: ModelConfig) -> tuple[Vocabulary, Vocabulary]:
    """Those of source and target."""
    source, target = (
        vocabulary_from_json(bundle.read_text(name), where=str(bundle.path / name))
        for name in (SOURCE_TOKENIZER, TARGET_TOKENIZER)
    )
    if (len(source), len(target)) != (config.source_vocabulary, config.target_vocabulary):
        raise BundleError(
            f"the vocabularies have {len(source)} and {len(target)} entries, the model"
            f" {config.source_vocabulary} and {config.target_vocabulary}",
            where=str(bundle.path),
            remedy=INSTALL_AGAIN,
        )
    return source, target
