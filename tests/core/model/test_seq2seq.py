"""What surrounds the equations: rows picked for the search, the alignment shown, sizes, dropout."""

from __future__ import annotations

import torch

from core.model.config import ModelConfig
from core.model.seq2seq import Seq2Seq
from core.training.presets import PRESETS
from core.training.system import compose, model_config


def make(**changes: object) -> Seq2Seq:
    torch.manual_seed(1)
    fields: dict[str, object] = {
        "width": 8, "encoder_layers": 1, "encoder_heads": 2, "feed_forward": 10,
        "decoder_width": 6, "attention_heads": 2,
    }  # fmt: skip
    return Seq2Seq(ModelConfig(11, 13, **{**fields, **changes})).eval()  # type: ignore[arg-type]


SOURCE = torch.tensor([[4, 5, 6], [7, 1, 1], [8, 9, 1]])
LENGTHS = torch.tensor([3, 1, 2])


def test_picked_rows_go_on_as_their_sentences() -> None:
    model = make()
    rows = torch.tensor([2, 0, 0, 1])
    tokens = torch.tensor([5, 6, 7])
    with torch.inference_mode():
        memory = model.encode(SOURCE, LENGTHS)
        scores, state, shown = model.decode_step(tokens, model.initial_state(memory), memory)
        again, _, _ = model.decode_step(tokens, state, memory)
        picked, picked_state = model.select_memory(memory, rows), model.select(state, rows)
        found, _, _ = model.decode_step(tokens[rows], picked_state, picked)
    torch.testing.assert_close(found, again[rows])
    assert scores.shape == (3, 13)
    assert shown.shape == (3, 3)
    torch.testing.assert_close(scores.exp().sum(-1), torch.ones(3))


def test_a_memory_without_padding_has_no_mask_to_pick_from() -> None:
    model = make()
    memory = model.encode(SOURCE[:1], LENGTHS[:1])
    assert memory.mask is None
    assert model.select_memory(memory, torch.tensor([0, 0])).keys.shape[0] == 2
    assert model.select_memory(memory, torch.tensor([0, 0])).mask is None


def test_a_step_does_not_write_into_its_input() -> None:
    model = make()
    with torch.inference_mode():
        memory = model.encode(SOURCE, LENGTHS)
        state = model.initial_state(memory)
        kept = state.clone()
        model.decode_step(torch.tensor([5, 6, 7]), state, memory)
    assert torch.equal(state, kept)


def test_the_alignment_is_one_head_or_the_mean() -> None:
    weights = torch.tensor([[[0.75, 0.25], [0.25, 0.75]]])  # [N, H, S]
    assert make(alignment_head=1).alignment(weights).tolist() == [[0.25, 0.75]]
    assert make().alignment(weights).tolist() == [[0.5, 0.5]]


def test_parameters_are_counted_by_hand() -> None:
    width, hidden, inner, source, target = 8, 6, 10, 11, 13
    encoder = source * width + 2 * width  # embeddings, last norm
    encoder += 2 * 2 * width  # norms
    encoder += (width + 1) * 3 * width + (width + 1) * width  # q, k, v; output
    encoder += (width + 1) * inner + (inner + 1) * width
    decoder = target * width + (width + 1) * hidden + target  # embeddings, start, output bias
    decoder += 4 * hidden * (width + hidden + 2)  # bottom LSTM
    decoder += 4 * hidden * (width + hidden + hidden + 2)  # one above, which reads the context
    decoder += (hidden + 1) * width + 2 * (width + 1) * width  # query; key and value
    decoder += 2 * (hidden + width)  # norm
    decoder += (hidden + width + 1) * 2 * hidden + (2 * hidden + 1) * width
    assert make().parameter_count() == encoder + decoder


def test_dropout_is_for_training_alone() -> None:
    model = make(dropout=0.5)
    target = torch.tensor([[2, 5], [2, 6], [2, 7]])
    with torch.no_grad():
        assert torch.equal(
            model(SOURCE, LENGTHS, target).features, model(SOURCE, LENGTHS, target).features
        )
        model.train()
        assert not torch.equal(
            model(SOURCE, LENGTHS, target).features, model(SOURCE, LENGTHS, target).features
        )


def test_every_weight_learns() -> None:
    for encoder in ("transformer", "bidirectional"):
        for attention in ("multi-head", "additive"):
            model = make(encoder=encoder, attention=attention, decoder_layers=3, cell="gru")
            output = model(SOURCE, LENGTHS, torch.tensor([[2, 5], [2, 6], [2, 7]]))
            model.logits(output.features).log_softmax(-1)[..., 4].sum().backward()
            for name, parameter in model.named_parameters():
                # Adding the same to all keys of a softmax changes nothing.
                if not name.endswith("attention.key.bias"):
                    assert parameter.grad is not None, name
                    assert parameter.grad.any(), name


def test_the_presets_can_be_built() -> None:
    with torch.device("meta"):
        sizes = {
            name: Seq2Seq(model_config(compose(name), 100, 100)).parameter_count()
            for name in PRESETS
        }
    assert sizes["default"] > 3 * sizes["small"] > 0
