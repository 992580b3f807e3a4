"""The encoder in C reads what torch's reads, whoever helps it, and refuses what it must."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from core.model import packed
from core.model.encoder import rotary_angles
from core.model.inference import InferenceModel
from core.model.laying_out import Layers, encoder_parts
from core.model.native import library
from core.model.native.encoder import NativeEncoder
from core.model.native.library import Library
from core.model.packed import Matrix
from core.model.seq2seq import Seq2Seq
from core.store.quantize import quantize_matrix
from tests.core.model.compiled import RUNNABLE, ExactLinear, laid_out, model_of, needs_code

SHAPES: list[dict[str, object]] = [
    {},
    {"encoder_layers": 3, "width": 24, "encoder_heads": 1},
    {"width": 48, "encoder_heads": 6, "feed_forward": 7},
    {"width": 384, "encoder_heads": 6, "feed_forward": 130, "decoder_width": 32},
    {
        "width": 512,
        "encoder_heads": 2,
        "feed_forward": 64,
        "decoder_width": 32,
        "attention_heads": 2,
    },
]
LENGTHS = ([1], [3], [16], [40], [5, 2, 1], [9, 17, 33, 3, 8, 8], [2] * 40)


def native(model: Seq2Seq, precision: str, kind: str) -> NativeEncoder:
    state = model.state_dict()

    def weight(name: str) -> Matrix:
        whole = precision == "int8" and state[name].ndim == 2
        return quantize_matrix(state[name]) if whole else state[name]

    dtype = torch.bfloat16 if precision == "bf16" else torch.float32
    parts = encoder_parts(Layers(weight, dtype), model.config)
    config = model.config
    code = Library(library.file_of(kind))
    return NativeEncoder(code, config.encoder_heads, config.width**0.5, parts)


def batch(lengths: list[int]) -> tuple[Tensor, Tensor]:
    torch.manual_seed(len(lengths))
    source = torch.randint(0, 11, (len(lengths), max(lengths)))
    return source, torch.tensor(lengths)


def read(encoder: NativeEncoder, lengths: list[int]) -> list[Tensor]:
    """The states of the words of each sentence."""
    source, sizes = batch(lengths)
    states = encoder(source, sizes, rotary_angles(source.shape[1], encoder.head_width))
    for states_of, size in zip(states, lengths, strict=True):
        assert not states_of[size:].any()
    return [part[:size] for part, size in zip(states, lengths, strict=True)]


def wanted(encoder: object, lengths: list[int]) -> list[Tensor]:
    """The same by torch, each sentence alone."""
    source, _ = batch(lengths)
    return [
        encoder(row[None, :size], torch.tensor([size]))[0]  # type: ignore[operator]
        for row, size in zip(source, lengths, strict=True)
    ]


@needs_code
@pytest.mark.parametrize("kind", RUNNABLE)
@pytest.mark.parametrize("changes", SHAPES)
@torch.inference_mode()
def test_states_are_those_of_torch(kind: str, changes: dict[str, object]) -> None:
    model = model_of(**changes)
    encoder = native(model, "fp32", kind)
    for lengths in LENGTHS:
        found, by_torch = read(encoder, lengths), wanted(model.encoder, lengths)
        torch.testing.assert_close(found, by_torch, rtol=1e-3, atol=1e-3)


@needs_code
@pytest.mark.parametrize("kind", RUNNABLE)
@torch.inference_mode()
def test_halves_are_the_floats_that_they_stand_for(kind: str) -> None:
    model = model_of()
    model.load_state_dict({name: w.bfloat16().float() for name, w in model.state_dict().items()})
    found, by_torch = read(native(model, "bf16", kind), [9, 4]), wanted(model.encoder, [9, 4])
    torch.testing.assert_close(found, by_torch, rtol=1e-3, atol=1e-3)


@needs_code
@pytest.mark.parametrize("kind", RUNNABLE)
@pytest.mark.parametrize("changes", SHAPES)
@torch.inference_mode()
def test_integers_make_the_states_that_exact_sums_make(
    kind: str, changes: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    model = model_of(**changes)
    monkeypatch.setattr(packed, "IntegerLinear", ExactLinear)
    by_torch = laid_out(model, "int8", None).encoder
    encoder = native(model, "int8", kind)
    for lengths in LENGTHS:
        for found, other in zip(read(encoder, lengths), wanted(by_torch, lengths), strict=True):
            # A number on the edge of two bytes may fall to either side.
            assert (found - other).abs().mean() < 1e-2 * other.abs().mean()


@needs_code
@pytest.mark.parametrize("precision", ["fp32", "int8"])
@torch.inference_mode()
def test_a_sentence_hangs_on_no_other_nor_on_the_threads(
    precision: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoder = native(model_of(), precision, RUNNABLE[0])
    source, lengths = batch([9, 17, 33, 3])
    angles = rotary_angles(33, encoder.head_width)
    together = encoder(source, lengths, angles)
    for threads in (1, 2, 5):
        monkeypatch.setattr(torch, "get_num_threads", lambda threads=threads: threads)
        assert torch.equal(encoder(source, lengths, angles), together)
    for row, size, states in zip(source, lengths.tolist(), together, strict=True):
        angles = rotary_angles(size, encoder.head_width)
        (alone,) = encoder(row[None, :size], torch.tensor([size]), angles)
        torch.testing.assert_close(alone, states[:size], rtol=1e-4, atol=1e-4)


@needs_code
def test_what_is_none_is_refused() -> None:
    encoder = native(model_of(), "fp32", RUNNABLE[0])
    source, lengths = batch([3, 2])
    angles = rotary_angles(3, encoder.head_width)
    for wrong in (-1, 11, 2**40):
        source[1, 1] = wrong
        with pytest.raises(IndexError, match="vocabulary of 11"):
            encoder(source, lengths, angles)
    source[1, 1], source[1, 2] = 4, 99  # padding is nobody's word
    encoder(source, lengths, angles)
    for sizes in ([3, 0], [3, 4], [-1, 3], [3]):
        with pytest.raises(ValueError, match="lengths"):
            encoder(source, torch.tensor(sizes), angles)
    with pytest.raises(ValueError, match="angles"):
        encoder(source, lengths, rotary_angles(2, encoder.head_width))


@needs_code
@torch.inference_mode()
def test_numbers_that_are_none_stay_so() -> None:
    model = model_of()
    model.encoder.embedding.weight[5, 3] = float("nan")
    for precision in ("fp32", "int8"):
        encoder = native(model, precision, RUNNABLE[0])
        source, lengths = torch.tensor([[1, 5, 2], [1, 2, 3]]), torch.tensor([3, 3])
        states = encoder(source, lengths, rotary_angles(3, encoder.head_width))
        assert states[0].isnan().all()
        assert not states[1].isnan().any()


@pytest.mark.parametrize("takes_all", [True, False])
def test_torch_reads_where_c_has_nothing_sooner(
    takes_all: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not RUNNABLE:
        pytest.skip("nothing was compiled")
    code = Library(library.file_of(RUNNABLE[0]))
    code.takes_all_floats = takes_all
    model: InferenceModel = laid_out(model_of(), "fp32", code)
    assert isinstance(model.encoder, torch.nn.Module) is not takes_all
