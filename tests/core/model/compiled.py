"""Small models of the shape that the C code knows."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from core.model.config import ModelConfig
from core.model.inference import InferenceModel
from core.model.native import library
from core.model.native.library import Library
from core.model.packed import Matrix, Rows
from core.model.seq2seq import Seq2Seq
from core.store.quantize import quantize_matrix

RUNNABLE = [kind for kind in library.runnable() if library.file_of(kind).exists()]
needs_code = pytest.mark.skipif(not RUNNABLE, reason="nothing was compiled")


def model_of(**changes: object) -> Seq2Seq:
    """A small model whose sizes fill no block of outputs and no group of four inputs."""
    torch.manual_seed(7)
    fields: dict[str, object] = {
        "source_vocabulary": 11, "target_vocabulary": 299, "width": 36, "encoder_layers": 1,
        "encoder_heads": 2, "feed_forward": 40, "decoder_width": 21, "decoder_layers": 2,
        "attention_heads": 3, **changes,
    }  # fmt: skip
    model = Seq2Seq(ModelConfig.from_dict(fields))
    for parameter in model.parameters():
        torch.nn.init.normal_(parameter, std=0.4)
    return model.eval()


def laid_out(model: Seq2Seq, precision: str, code: Library | None) -> InferenceModel:
    state = model.state_dict()

    def weight(name: str) -> Matrix:
        whole = precision == "int8" and state[name].ndim == 2
        return quantize_matrix(state[name]) if whole else state[name]

    before = library.find
    library.find = lambda: code  # type: ignore[assignment]
    try:
        return InferenceModel(model.config, weight)
    finally:
        library.find = before


class ExactLinear:
    """A product of 8-bit integers in double precision."""

    def __init__(self, matrix: Rows, bias: Tensor | None) -> None:
        self.matrix, self.bias = matrix, 0 if bias is None else bias

    def __call__(self, x: Tensor) -> Tensor:
        return exact_product(x, self.matrix, self.bias).float()


def exact_product(x: Tensor, matrix: Rows, bias: Tensor | int) -> Tensor:
    """Rounding by hand: exact sums of whole numbers."""
    peaks = x.abs().amax(-1, keepdim=True)
    whole = (x * (127 / peaks).nan_to_num(0) + 128.5).floor().sub(128).double()
    return whole @ matrix.values.double().T * (peaks / 127) * matrix.scales + bias
