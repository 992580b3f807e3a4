"""The compiled ``step.c``: which of its files this processor can run, loaded and checked."""

from __future__ import annotations

import ctypes
import functools
import logging
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import torch

logger = logging.getLogger(__name__)

FOLDER = Path(__file__).parent
BUILT = FOLDER / "built"  # no package: what lies in one is taken for a module of Python's
SUFFIX = ".dll" if sys.platform == "win32" else ".dylib" if sys.platform == "darwin" else ".so"
VERSION = 11  # of what this file and ``decoder`` know of the C code

_WIDE = ("avx512_f", "avx512_bw", "avx512_dq", "avx512_vl", "avx512_vnni")
KINDS: Mapping[str, tuple[str, ...]] = {
    "amx": (*_WIDE, "amx_tile", "amx_int8", "amx_bf16"),
    "avx512": _WIDE,
    "vnni": ("avx2", "fma3", "avx_vnni"),
    "avx2": ("avx2", "fma3"),
}
"""What a processor must have for each kind of file, the fastest first."""


_ANY_NUMBER = 1 << 30  # as in ``products.h``

FLOATS, BYTES, HALVES = range(3)  # kinds of numbers


class MatrixStruct(ctypes.Structure):
    """``Matrix`` of ``products.h``."""

    _fields_ = [
        *((name, ctypes.c_int32) for name in ("outputs", "inputs", "kind")),
        *((name, ctypes.c_void_p) for name in ("weights", "scales", "bias")),
    ]


class DecoderStruct(ctypes.Structure):
    """``Decoder`` of ``products.h``."""

    _fields_ = [
        *((name, ctypes.c_int32) for name in ("embedding", "hidden", "width", "heads")),
        *((name, ctypes.c_int32) for name in ("layers", "vocabulary", "residual", "kind")),
        *((name, ctypes.c_float) for name in ("scale", "strength")),
        *((name, ctypes.c_void_p) for name in ("embeddings", "embedding_scales", "cells")),
        *((name, MatrixStruct) for name in ("query", "expand", "contract", "output")),
        *((name, ctypes.c_void_p) for name in ("norm_weight", "norm_bias")),
    ]


class SearchStruct(ctypes.Structure):
    """``Search`` of ``search.h``."""

    _fields_ = [
        ("decoder", ctypes.c_void_p),
        *((name, ctypes.c_int32) for name in ("sentences", "positions", "helpers", "head")),
        *((name, ctypes.c_int32) for name in ("beam", "n_best", "copies", "span", "banned")),
        ("enough", ctypes.c_double),
        *((name, ctypes.c_void_p) for name in ("banned_ids", "bounds", "penalties")),
        *((name, ctypes.c_void_p) for name in ("keys", "values", "mask")),
        *((name, ctypes.c_void_p) for name in ("states", "others", "scores", "weights", "room")),
        *((name, ctypes.c_void_p) for name in ("tokens", "owners", "places")),
        *((name, ctypes.c_void_p) for name in ("totals", "new_totals", "ranked")),
        *((name, ctypes.c_void_p) for name in ("firsts", "counts", "ends", "bad")),
        *((name, ctypes.c_void_p) for name in ("best_ends", "chosen", "said")),
        *((name, ctypes.c_void_p) for name in ("parents", "pieces", "logs", "attention")),
        *((name, ctypes.c_void_p) for name in ("finished", "finished_scores")),
        *((name, ctypes.c_int32) for name in ("rows", "first_row", "step", "steps")),
        ("finished_count", ctypes.c_int32),
    ]


class LossStruct(ctypes.Structure):
    """``Loss`` of ``loss.h``."""

    _fields_ = [
        *((name, ctypes.c_int32) for name in ("rows", "vocabulary", "helpers", "halves")),
        ("learning", ctypes.c_int32),
        ("smoothing", ctypes.c_float),
        *((name, ctypes.c_void_p) for name in ("scores", "bias", "targets")),
        *((name, ctypes.c_void_p) for name in ("likely", "spread", "bias_gradients")),
    ]


class LstmStruct(ctypes.Structure):
    """``Lstm`` of ``lstm.h``."""

    _fields_ = [
        *((name, ctypes.c_int32) for name in ("batch", "steps", "hidden", "helpers")),
        *((name, ctypes.c_void_p) for name in ("weights", "gates", "cells", "outputs")),
        *((name, ctypes.c_void_p) for name in ("now", "next", "gradients", "gate_gradients")),
        *((name, ctypes.c_void_p) for name in ("h_gradient", "c_gradient")),
        ("step", ctypes.c_int32),
    ]


class HeadsStruct(ctypes.Structure):
    """``Heads`` of ``heads.h``."""

    _fields_ = [
        *((name, ctypes.c_int32) for name in ("sentences", "positions", "heads", "half")),
        *((name, ctypes.c_int32) for name in ("halves", "back", "helpers")),
        *((name, ctypes.c_void_p) for name in ("cosines", "sines", "joined", "parts")),
    ]


class EncoderLayerStruct(ctypes.Structure):
    """``EncoderLayer`` of ``encoder.h``."""

    _fields_ = [
        *((name, ctypes.c_void_p) for name in ("attention_weight", "attention_bias")),
        *((name, ctypes.c_void_p) for name in ("inner_weight", "inner_bias")),
        *((name, MatrixStruct) for name in ("query_key_value", "output", "expand", "contract")),
    ]


class EncoderStruct(ctypes.Structure):
    """``Encoder`` of ``encoder.h``."""

    _fields_ = [
        *((name, ctypes.c_int32) for name in ("width", "heads", "layers", "vocabulary", "kind")),
        ("scale", ctypes.c_float),
        *((name, ctypes.c_void_p) for name in ("embeddings", "embedding_scales", "each")),
        *((name, ctypes.c_void_p) for name in ("norm_weight", "norm_bias")),
    ]


_STRUCTS = (
    MatrixStruct, DecoderStruct, SearchStruct, LossStruct, LstmStruct, HeadsStruct, EncoderStruct,
    EncoderLayerStruct,
)  # fmt: skip


class Library:
    """The code in ``file``.

    Attributes:
        kind: of :data:`KINDS`.
        block: outputs of a matrix that lie together.
        group: what inputs of bytes are filled up to a multiple of.
        offset: what is added to the bytes of a matrix.
        has_tiles: whether the processor's tiles (AMX) are used.
        most_rows, most_float_rows: more rows of bytes, or of floats and halves, are multiplied
            sooner by torch.
        takes_all, takes_all_floats: whether there is no such number.
        step, product, best, room, search, loss, lstm, heads, encode: ``attune_step`` and so on;
            other threads of Python go on meanwhile.

    Raises:
        OSError: it is no library for this system.
        ValueError: it was compiled from another version of the source, or the system does not let
            it run.
    """

    def __init__(self, file: Path) -> None:
        self.kind = file.stem.removeprefix("step-")
        code = ctypes.CDLL(str(file))
        facts = (ctypes.c_int32 * (6 + len(_STRUCTS)))()
        try:
            allowed = code.attune_describe(facts, len(facts))
        except AttributeError as error:
            raise ValueError(f"{file.name} is something else") from error
        version, *sizes = facts[: 1 + len(_STRUCTS)]
        if [version, *sizes] != [VERSION, *map(ctypes.sizeof, _STRUCTS)]:
            raise ValueError(f"{file.name} was compiled from another version of step.c")
        self.block, self.group, self.offset, self.most_rows, self.most_float_rows = facts[
            1 + len(_STRUCTS) :
        ]
        self.has_tiles = self.group > 4
        self.takes_all = self.most_rows >= _ANY_NUMBER
        self.takes_all_floats = self.most_float_rows >= _ANY_NUMBER
        if not allowed:
            raise ValueError(f"the system does not let {file.name} run")
        self.step: Callable[..., int] = code.attune_step
        self.product: Callable[..., int] = code.attune_product
        code.attune_product.argtypes = [
            ctypes.c_void_p,
            *[ctypes.c_int] * 2,
            *[ctypes.c_void_p] * 2,
        ]
        self.search: Callable[[int], int] = code.attune_search
        code.attune_search.argtypes = [ctypes.c_void_p]
        self.loss: Callable[[int], int] = code.attune_loss
        code.attune_loss.argtypes = [ctypes.c_void_p]
        self.lstm: Callable[[int, int], int] = code.attune_lstm
        code.attune_lstm.argtypes = [ctypes.c_void_p, ctypes.c_int]
        self.heads: Callable[[int], int] = code.attune_heads
        code.attune_heads.argtypes = [ctypes.c_void_p]
        self.encode: Callable[..., int] = code.attune_encode
        code.attune_encode.argtypes = [
            ctypes.c_void_p,
            *[ctypes.c_int] * 3,
            *[ctypes.c_void_p] * 5,
        ]
        self.room: Callable[[int, int], int] = code.attune_room
        code.attune_room.argtypes, code.attune_room.restype = (
            [
                ctypes.c_void_p,
                ctypes.c_int,
            ],
            ctypes.c_size_t,
        )
        self.best: Callable[..., int] = code.attune_best
        code.attune_best.argtypes = [*[ctypes.c_int] * 4, *[ctypes.c_void_p] * 3]
        code.attune_step.argtypes = [
            ctypes.c_void_p, *[ctypes.c_int] * 4, *[ctypes.c_void_p] * 8
        ]  # fmt: skip


def file_of(kind: str) -> Path:
    """Where the code for a kind of processor lies, if it was compiled."""
    return BUILT / f"step-{kind}{SUFFIX}"


def runnable() -> list[str]:
    """The kinds of :data:`KINDS` that this processor can run."""
    able = torch.cpu.get_capabilities()
    return [kind for kind, needed in KINDS.items() if all(able.get(name) for name in needed)]


@functools.cache
def find() -> Library | None:
    """The fastest code that is there; ``None`` where there is none, and torch computes alone."""
    for kind in runnable():
        file = file_of(kind)
        try:
            return Library(file)
        except (OSError, ValueError) as error:
            if file.exists():
                logger.warning("translating without the faster %s: %s", file.name, error)
    logger.info("no compiled decoder for this processor")
    return None
