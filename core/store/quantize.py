"""Weights as 8-bit integers: a quarter of the size, one scale to each output row.

A matrix row w becomes q = round(w / s) with s = max|w| / 127, so that |w - q s| <= s / 2
(symmetric per-channel quantisation, Jacob et al. 2018, without activations). The scale is rounded
up to 16 significant bits: q s and 127 s are then exact in float32, hence quantising what was
dequantised gives the very same integers and scales.
"""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor

from core.model.packed import Matrix, Rows

SCALE = ".scale"
_LEVELS = 127
_SCALE_BITS = 16
# Rows of zeros need some scale; below this one, float32 would lose the scale's own bits.
_SMALLEST_SCALE = 2.0**-100


def quantize(state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Each matrix of floats as ``name`` (int8) and ``name.scale`` (float32, one a row).

    Other tensors of floats become float32; the rest stays as it is.

    Raises:
        ValueError: a weight is infinite or no number, or a name is taken by a scale.
    """
    quantized: dict[str, Tensor] = {}
    for name, tensor in state.items():
        if tensor.is_floating_point() and not bool(torch.isfinite(tensor).all()):
            raise ValueError(f"{name} has a value that is not a finite number")
        if tensor.ndim != 2 or not tensor.is_floating_point() or tensor.numel() == 0:
            quantized[name] = tensor.float() if tensor.is_floating_point() else tensor
            continue
        if name + SCALE in state:
            raise ValueError(f"{name + SCALE} is the name of a scale")
        quantized[name], quantized[name + SCALE] = quantize_matrix(tensor)
    return quantized


def quantize_matrix(matrix: Tensor) -> Rows:
    """A matrix ``[R, C]`` of finite floats as integers."""
    scales = _row_scales(matrix)
    return Rows(torch.round(matrix.float() / scales[:, None]).to(torch.int8), scales)


def matrices(state: Mapping[str, Tensor]) -> dict[str, Matrix]:
    """``state`` with each quantised matrix and its scales as :class:`Rows`.

    Raises:
        ValueError: a scale does not fit its matrix.
    """
    found: dict[str, Matrix] = {}
    for name, tensor in state.items():
        scales = state.get(name + SCALE)
        if tensor.dtype == torch.int8 and scales is not None:
            if tensor.ndim != 2 or scales.shape != tensor.shape[:1]:
                raise ValueError(f"{name + SCALE} does not fit {name}")
            found[name] = Rows(tensor, scales.float())
        elif not _is_scale(name, state):
            found[name] = tensor
    return found


def dequantize(state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The float32 weights that ``state``, quantised or of any float type, stands for.

    Raises:
        ValueError: a scale does not fit its matrix.
    """
    return as_floats(matrices(state))


def as_floats(weights: Mapping[str, Matrix]) -> dict[str, Tensor]:
    """``weights`` as float32; what are no floats and no matrices stay as they are."""
    return {name: as_float(matrix) for name, matrix in weights.items()}


def as_float(matrix: Matrix) -> Tensor:
    """One of :func:`as_floats`."""
    if isinstance(matrix, Rows):
        return matrix.floats()
    return matrix.float() if matrix.is_floating_point() else matrix


def _row_scales(matrix: Tensor) -> Tensor:
    """Per row of ``[R, C]`` the scale ``[R]``, rounded up to 16 significant bits."""
    exact = matrix.abs().amax(dim=1).double() / _LEVELS  # [R]
    fraction, exponent = torch.frexp(exact)
    step = 2.0**_SCALE_BITS
    rounded = torch.ldexp(torch.ceil(fraction * step) / step, exponent)
    return rounded.clamp(min=_SMALLEST_SCALE).float()


def _is_scale(name: str, state: Mapping[str, Tensor]) -> bool:
    matrix = state.get(name.removesuffix(SCALE)) if name.endswith(SCALE) else None
    return matrix is not None and matrix.dtype == torch.int8
