"""The aligner against its formula in NumPy, beside padding, and over models of every kind."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from core.cancel import Cancelled
from core.model.aligner import Aligner, Read, read_pair, read_pairs, source_width, top_width
from core.model.config import ModelConfig
from core.model.inference import InferenceModel
from core.model.packed import Matrix
from core.model.seq2seq import Seq2Seq
from core.store.quantize import quantize_matrix
from core.text.vocab import SOS

SHAPES: dict[str, dict[str, object]] = {
    "default": {},
    "mean of heads": {"alignment_head": None},
    "transformer": {"decoder": "transformer", "decoder_width": 32},
    "recurrent": {"encoder": "bidirectional", "cell": "gru", "embedding_width": 24},
    "feeding": {"input_feeding": True, "attention": "additive", "alignment_head": None},
    "without attention": {
        "encoder": "one-directional", "decoder": "context", "attention": "none",
        "alignment_head": None,
    },
}  # fmt: skip


def config(**other: object) -> ModelConfig:
    fields: dict[str, object] = {
        "source_vocabulary": 30, "target_vocabulary": 40, "width": 32, "encoder_layers": 2,
        "encoder_heads": 2, "feed_forward": 48, "decoder_width": 20, "attention_heads": 2,
        "alignment_head": 1,
    }  # fmt: skip
    return ModelConfig(**{**fields, **other})  # type: ignore[arg-type]


def model(**other: object) -> Seq2Seq:
    torch.manual_seed(4)
    return Seq2Seq(config(**other)).eval().requires_grad_(False)


def aligner(of: ModelConfig) -> Aligner:
    torch.manual_seed(5)
    layer = Aligner(of, width=6).eval().requires_grad_(False)
    for norm in (*layer.said, *layer.heard):
        for value in norm.parameters():
            value.add_(torch.randn_like(value) / 4)
    return layer


def ids(*sentences: list[int]) -> tuple[torch.Tensor, torch.Tensor]:
    longest = max(map(len, sentences))
    rows = [sentence + [0] * (longest - len(sentence)) for sentence in sentences]
    return torch.tensor(rows), torch.tensor([len(sentence) for sentence in sentences])


def softmax(x: NDArray[np.float64]) -> NDArray[np.float64]:
    e = np.exp(x - x.max())
    return e / e.sum()


def stepped_tops(
    known: Seq2Seq, source: torch.Tensor, lengths: torch.Tensor, target: torch.Tensor
) -> NDArray[np.float64]:
    """The sum of both layers' states (they are residual), one step after the other."""
    memory = known.encode(source, lengths)
    state, tops = known.initial_state(memory), []
    for token in target[0]:
        _, state, _ = known.decode_step(token[None], state, memory)
        tops.append(state[0, :, 0].sum(0).double().numpy())  # h of [layers, (h, c), hidden]
    return np.array(tops)


def test_the_formula_piece_by_piece() -> None:
    known = model()
    layer = aligner(known.config)
    source, lengths = ids([7, 8, 9, 10])
    target, _ = ids([2, 11, 12, 13])
    read, output = read_pairs(known, source, lengths, target)
    w = {name: value.double().numpy() for name, value in layer.state_dict().items()}
    states = known.encoder(source, lengths)[0].double().numpy()
    words = known.encoder.embedding.weight.double().numpy()
    pieces = known.decoder.embedding.weight.double().numpy()
    tops = stepped_tops(known, source, lengths, target)
    head = output.attention[0, 1].double().numpy()  # [T + 1, S]
    found = layer.weights(read)[0].numpy()
    assert found.shape == (3, 4)

    def normalised(name: str, parts: list[NDArray[np.float64]]) -> NDArray[np.float64]:
        found = []
        for index, part in enumerate(parts):
            scale, shift = (w[f"{name}.{index}.{kind}"] for kind in ("weight", "bias"))
            found.append((part - part.mean()) / np.sqrt(part.var() + 1e-5) * scale + shift)
        return np.concatenate(found)

    for t in range(3):
        said = normalised("said", [tops[t], tops[t + 1], pieces[target[0, t + 1]]])
        q = w["query.weight"] @ said + w["query.bias"]
        energies = []
        for s in range(4):
            heard = normalised("heard", [states[s], words[source[0, s]]])
            k = w["key.weight"] @ heard + w["key.bias"]
            looks = np.log(np.array([head[t, s], head[t + 1, s]]) + 1e-4)
            energies.append(q @ k / np.sqrt(6) + w["looks"] @ looks)
        energies.append((w["nothing.weight"] @ said + w["nothing.bias"])[0])
        np.testing.assert_allclose(found[t], softmax(np.array(energies))[:-1], atol=1e-5)


@pytest.mark.parametrize("kind", SHAPES)
def test_padding_and_company_change_nothing(kind: str) -> None:
    known = model(**SHAPES[kind])
    layer = aligner(known.config)
    pairs = [([7, 8, 9], [2, 11, 12]), ([5, 6, 7, 8, 9, 10], [2, 13, 14, 15, 16, 17])]
    together = read_pairs(known, *ids(*(s for s, _ in pairs)), ids(*(t for _, t in pairs))[0])[0]
    weights, whole = layer.weights(together), layer(together).exp().sum(-1)
    torch.testing.assert_close(whole, torch.ones_like(whole))
    assert float(weights[0, :, 3:].max()) == 0  # padding is linked with nothing
    for row, (source, target) in enumerate(pairs):
        alone, said = read_pairs(known, *ids(source), ids(target)[0])
        found = layer.weights(alone)[0]
        assert found.shape == (len(target) - 1, len(source))
        torch.testing.assert_close(weights[row, : len(target) - 1, : len(source)], found)
        plain = known(*ids(source), ids(target)[0])
        assert torch.equal(said.features, plain.features)
        assert torch.equal(said.attention, plain.attention)


def test_it_sees_the_piece_that_was_said() -> None:
    """Attention looks before a piece is known: it cannot tell two apart. The aligner can."""
    known = model()
    layer = aligner(known.config)
    source, lengths = ids([7, 8, 9, 10])
    one, other = (read_pairs(known, source, lengths, ids([2, piece])[0]) for piece in (11, 12))
    assert torch.equal(one[1].attention[:, :, 0], other[1].attention[:, :, 0])
    assert not torch.allclose(layer.weights(one[0]), layer.weights(other[0]), atol=1e-3)


def test_sizes() -> None:
    assert source_width(config()) == 32
    assert source_width(config(**SHAPES["recurrent"])) == 24
    assert top_width(config()) == 20
    assert top_width(config(**SHAPES["transformer"])) == 32
    layer = Aligner(config(), width=6)
    read = Read(
        (torch.zeros(2, 5, 20), torch.zeros(2, 5, 20), torch.zeros(2, 5, 32)),
        (torch.zeros(2, 4, 32),) * 2,
        torch.zeros(2, 5, 4, 2), torch.ones(2, 4, dtype=torch.bool),
    )  # fmt: skip
    assert layer(read).shape == (2, 5, 5)


def laid_out(known: Seq2Seq, dtype: torch.dtype = torch.float32) -> InferenceModel:
    return InferenceModel(known.config, known.state_dict().__getitem__, dtype)


@pytest.mark.parametrize("cell", ["lstm", "gru"])
@pytest.mark.parametrize("residual", [True, False])
@pytest.mark.parametrize("head", [1, None])
def test_a_model_laid_out_for_translating_reads_the_same(
    cell: str, residual: bool, head: int | None
) -> None:
    known = model(cell=cell, residual=residual, alignment_head=head)
    source, target = [7, 8, 9, 10], [11, 12, 13]
    whole, _ = read_pairs(known, *ids(source), ids([SOS, *target])[0])
    found = read_pair(laid_out(known), source, target)
    for name, part in found._asdict().items():
        torch.testing.assert_close(part, whole._asdict()[name], rtol=1e-3, atol=1e-3)
    layer = aligner(known.config)
    torch.testing.assert_close(layer.weights(found), layer.weights(whole), rtol=1e-3, atol=1e-3)


@pytest.mark.parametrize("precision", ["int8", "bf16"])
def test_other_precisions_are_near(precision: str) -> None:
    known = model()
    state = known.state_dict()

    def weight(name: str) -> Matrix:
        matrix = state[name]
        return quantize_matrix(matrix) if precision == "int8" and matrix.ndim == 2 else matrix

    dtype = torch.bfloat16 if precision == "bf16" else torch.float32
    whole, _ = read_pairs(known, *ids([7, 8, 9, 10]), ids([SOS, 11, 12, 13])[0])
    found = read_pair(InferenceModel(known.config, weight, dtype), [7, 8, 9, 10], [11, 12, 13])
    layer = aligner(known.config)
    torch.testing.assert_close(layer.weights(found), layer.weights(whole), rtol=0.1, atol=0.02)


def test_reading_can_be_ended() -> None:
    steps = []

    def check() -> None:
        steps.append(1)
        if len(steps) == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        read_pair(laid_out(model()), [7, 8], [11, 12, 13, 14], check)
    assert len(steps) == 3
