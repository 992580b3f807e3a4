"""The model laid out for translating predicts what the plain one does."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import torch

from core.decoding.beam_search import beam_search
from core.decoding.options import SearchOptions
from core.model.config import ModelConfig
from core.model.inference import InferenceModel
from core.model.native import library
from core.model.packed import Matrix
from core.model.seq2seq import Seq2Seq
from core.store.quantize import as_float, quantize_matrix

SOURCE = torch.tensor([[4, 5, 6, 9, 7], [7, 8, 1, 1, 1], [8, 9, 10, 4, 1]])
LENGTHS = torch.tensor([5, 2, 4])
FAMILY = list(
    itertools.product(
        ("transformer", "bidirectional"), ("lstm", "gru"), ("multi-head", "additive"), (1, 3)
    )
)


@pytest.fixture(params=["C", "torch"], autouse=True)
def computed_by(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The step of few rows in C, where there is a compiler, and by torch alone."""
    if request.param == "torch":
        monkeypatch.setattr(library, "find", lambda: None)
    elif library.find() is None:
        pytest.skip("nothing was compiled")
    return str(request.param)


def plain_model(
    encoder: str = "transformer",
    cell: str = "lstm",
    attention: str = "multi-head",
    layers: int = 2,
    **changes: int,
) -> Seq2Seq:
    torch.manual_seed(layers)
    fields: dict[str, int] = {
        "source_vocabulary": 11, "target_vocabulary": 60, "width": 32, "encoder_layers": 2,
        "encoder_heads": 2, "feed_forward": 40, "decoder_width": 24, "attention_heads": 2,
    }  # fmt: skip
    model = Seq2Seq(
        ModelConfig(
            **{**fields, **changes},
            encoder=encoder,
            cell=cell,
            attention=attention,
            decoder_layers=layers,
        )
    )
    for parameter in model.parameters():  # so that nothing is 0 or 1 by chance
        torch.nn.init.normal_(parameter, std=0.3)
    return model.eval()


def laid_out(model: Seq2Seq, precision: str = "fp32") -> InferenceModel:
    state = model.state_dict()

    def weight(name: str) -> Matrix:
        whole = precision == "int8" and state[name].ndim == 2
        return quantize_matrix(state[name]) if whole else state[name]

    dtype = torch.bfloat16 if precision == "bf16" else torch.float32
    return InferenceModel(model.config, weight, dtype)


def rounded(model: Seq2Seq) -> Seq2Seq:
    """The plain model with the weights that its integers stand for."""
    state = {
        name: as_float(quantize_matrix(value)) if value.ndim == 2 else value
        for name, value in model.state_dict().items()
    }
    model.load_state_dict(state)
    return model


def predictions(model: Seq2Seq | InferenceModel, width: int = 1) -> list[torch.Tensor]:
    """Log-probabilities and alignments of four steps, rows changing places between them."""
    found = []
    with torch.inference_mode():
        memory = model.encode(SOURCE, LENGTHS)
        state = model.select(model.initial_state(memory), torch.arange(3).repeat_interleave(width))
        for step in range(4):
            tokens = torch.arange(3 * width) * 7 % 50 + step
            scores, state, weights = model.decode_step(tokens, state, memory)
            found += [scores, weights]
            state = model.select(state, torch.arange(3 * width).view(3, width).flip(1).flatten())
    return found


@pytest.mark.parametrize(("encoder", "cell", "attention", "layers"), FAMILY)
def test_in_fp32_it_predicts_what_the_plain_model_does(
    encoder: str, cell: str, attention: str, layers: int
) -> None:
    model = plain_model(encoder, cell, attention, layers)
    for width in (1, 4):
        for found, wanted in zip(
            predictions(laid_out(model), width), predictions(model, width), strict=True
        ):
            assert found.dtype == torch.float32
            torch.testing.assert_close(found, wanted, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize(("encoder", "cell", "attention", "layers"), FAMILY)
def test_the_search_finds_the_same_words(
    encoder: str, cell: str, attention: str, layers: int
) -> None:
    model = plain_model(encoder, cell, attention, layers)
    for beam in (1, 4):
        options = SearchOptions(beam=beam, n_best=beam)
        both = (beam_search(m, SOURCE, LENGTHS, options) for m in (laid_out(model), model))
        for found, wanted in zip(*both, strict=True):
            assert [hypothesis.ids for hypothesis in found] == [h.ids for h in wanted]
            for one, other in zip(found, wanted, strict=True):
                assert one.score == pytest.approx(other.score, abs=1e-4)
                np.testing.assert_allclose(one.attention, other.attention, atol=1e-4)


@pytest.mark.parametrize(("encoder", "cell", "attention", "layers"), FAMILY)
@pytest.mark.parametrize(("precision", "near"), [("bf16", 0.25), ("int8", 0.15)])
def test_in_fewer_bits_it_predicts_almost_that(
    precision: str, near: float, encoder: str, cell: str, attention: str, layers: int
) -> None:
    model = rounded(plain_model(encoder, cell, attention, layers))
    found, wanted = predictions(laid_out(model, precision), 2), predictions(model, 2)
    for one, other in zip(found, wanted, strict=True):
        assert float((one - other).abs().mean()) < near * float(other.std())


def test_in_integers_a_sentence_hangs_on_no_other() -> None:
    model = laid_out(plain_model(), "int8")
    options = SearchOptions(beam=3, n_best=3)
    together = beam_search(model, SOURCE, LENGTHS, options)
    for index, size in enumerate(LENGTHS.tolist()):
        (alone,) = beam_search(
            model, SOURCE[index : index + 1, :size], LENGTHS[index : index + 1], options
        )
        assert [h.ids for h in alone] == [h.ids for h in together[index]]
        for one, other in zip(alone, together[index], strict=True):
            assert one.score == pytest.approx(other.score, abs=1e-4)


def test_one_head_or_the_mean_is_shown() -> None:
    for head in (0, 1, None):
        model = plain_model(alignment_head=head)  # type: ignore[arg-type]
        for found, wanted in zip(
            predictions(laid_out(model), 2), predictions(model, 2), strict=True
        ):
            torch.testing.assert_close(found, wanted, rtol=1e-4, atol=1e-4)


def test_its_weights_are_counted() -> None:
    model = plain_model()
    assert laid_out(model, "int8").parameter_count() == model.parameter_count()
