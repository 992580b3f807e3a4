"""Gradients on their way back through a recurrence, against backpropagation by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional

from core.events import Discarded, Message, Recalled
from core.model.seq2seq import Seq2Seq
from core.text.vocab import EOS, PAD, SOS
from core.training.batching import Batch
from core.training.control import Command, JobControl
from core.training.gradient_flow import gradient_norms, single, stepwise
from core.training.vanishing import RecallOptions, recall, sequences

MakeModel = Callable[..., Seq2Seq]
Stream = Callable[[], Iterator[Batch]]
RNN = {"encoder": "one-directional", "decoder": "initial-state", "attention": "none"}


def test_gradients_of_a_vanilla_rnn_by_hand() -> None:
    """dL/dh_t = c_t + U^T (dL/dh_{t+1} * (1 - h_{t+1}^2)), for L = sum of c_t * h_t (NumPy)."""
    torch.manual_seed(1)
    layer, steps = nn.RNN(3, 4, batch_first=True), 6
    x, c = torch.randn(2, steps, 3), torch.randn(2, steps, 4)
    wanted, _ = layer(x)
    with stepwise(layer) as runs:
        found, last = layer(x)
    torch.testing.assert_close(found, wanted)
    torch.testing.assert_close(last[0], wanted[:, -1])
    gradients = torch.autograd.grad((found * c).sum(), runs[0])
    h, u = wanted.detach().numpy(), layer.weight_hh_l0.detach().numpy()
    expected = np.zeros((2, 4))
    for t in range(steps - 1, -1, -1):
        passed = 0 if t == steps - 1 else (expected * (1 - h[:, t + 1] ** 2)) @ u
        expected = c[:, t].numpy() + passed
        np.testing.assert_allclose(gradients[t][0].numpy(), expected, rtol=1e-4, atol=1e-5)
    assert torch.equal(layer(x)[0], wanted)  # fused again


@pytest.mark.parametrize("cell", ["lstm", "gru", "rnn-tanh", "rnn-relu"])
def test_norms_by_distance_from_the_end(cell: str, make_model: MakeModel, copying: Stream) -> None:
    """A nudge of a state by a small step along each axis changes the loss by its gradient."""
    model = make_model(cell=cell, width=12, decoder_width=12, dropout=0.5, **RNN).double()
    batch = next(copying())
    alone = next(one for one in single(batch) if len(one.source[0]) > 3)
    norms = gradient_norms(model, [alone])
    assert len(norms) == int(alone.lengths[0])
    assert all(parameter.grad is None for parameter in model.parameters())
    assert model.training
    model.eval()
    place, layer = 1, model.encoder.ahead[0]
    distance = int(alone.lengths[0]) - 1 - place
    fused, slopes, nudge = layer.forward, [], 1e-5

    def nudged(shift: torch.Tensor) -> float:
        def forward(x: torch.Tensor, state: object = None) -> tuple[torch.Tensor, object]:
            outputs = []
            for t in range(x.shape[1]):
                output, state = fused(x[:, t : t + 1], state)
                if t == place and isinstance(state, tuple):
                    output, state = output + shift, (state[0] + shift, state[1])
                elif t == place:
                    output, state = output + shift, state + shift
                outputs.append(output)
            return torch.cat(outputs, 1), state

        layer.forward = forward
        with torch.no_grad():
            scores = model.logits(model(alone.source, alone.lengths, alone.target_in).features)
            real = alone.target_out[0] != PAD
            return float(functional.cross_entropy(scores[0, real], alone.target_out[0, real]))

    for axis in range(12):
        shift = torch.zeros(12, dtype=torch.float64)
        shift[axis] = nudge
        slopes.append((nudged(shift) - nudged(-shift)) / (2 * nudge))
    assert np.linalg.norm(slopes) == pytest.approx(norms[distance], rel=1e-3)


def test_sentences_of_different_lengths_are_averaged(
    make_model: MakeModel, copying: Stream
) -> None:
    for shape in (RNN, {"encoder": "bidirectional", "encoder_layers": 2, "attention": "additive"}):
        model = make_model(**shape)
        rows = list(single(next(copying())))
        short, long = rows[0], Batch(
            torch.tensor([[5, 6, 7, 8, 9, 4]]), torch.tensor([6]), torch.tensor([[SOS, 5, 6]]),
            torch.tensor([[5, 6, EOS]]), rows[0].links, rows[0].link_shares,
        )  # fmt: skip
        one, other = gradient_norms(model, [short]), gradient_norms(model, [long])
        both = gradient_norms(model, [short, long])
        assert len(both) == max(len(one), len(other))
        for distance, norm in enumerate(both):
            found = [norms[distance] for norms in (one, other) if distance < len(norms)]
            assert norm == pytest.approx(np.mean(found), rel=1e-3)
    assert gradient_norms(make_model(), rows) == ()  # nothing recurrent


# --- remembering over a gap ----------------------------------------------------------------------


def test_sequences_are_symbols_blanks_and_the_symbols_again() -> None:
    options = RecallOptions(gap=4, symbols=2, alphabet=3)
    batch = next(sequences(options, 50, seed=1))
    blank = 4 + 3
    assert batch.source.shape == (50, 6) and (batch.source[:, 2:] == blank).all()
    assert torch.equal(batch.target_out[:, :2], batch.source[:, :2])
    assert (batch.target_out[:, 2] == EOS).all() and (batch.target_in[:, 0] == SOS).all()
    assert set(batch.source[:, :2].unique().tolist()) == {4, 5, 6}
    assert torch.equal(batch.source, next(sequences(options, 50, seed=1)).source)


def test_a_gated_cell_remembers_what_a_vanilla_one_does_not(one_processor: None) -> None:
    """Over a short gap, so that it is seen within a second or two."""
    options = RecallOptions(
        ("rnn-tanh", "gru"), gap=12, symbols=1, alphabet=4, width=24, steps=90, batch=32,
        learning_rate=1e-2, threads=1,
    )  # fmt: skip
    events = list(recall(options, JobControl()))
    assert isinstance(events[0], Message) and isinstance(events[-1], Discarded)
    found = {cell: [e for e in events if isinstance(e, Recalled) and e.cell == cell]
             for cell in options.cells}  # fmt: skip
    for told in found.values():
        assert told[0].step == 0 and told[-1].step == told[-1].steps == 90
        assert all(len(one.norms) == 13 and one.gap == 12 for one in told)
    vanilla, gated = found["rnn-tanh"][-1], found["gru"][-1]
    assert gated.exact_match > 0.9 > 0.6 > vanilla.exact_match
    assert gated.loss < 0.3 * vanilla.loss
    # What reaches the first state, of what reaches the last.
    assert gated.norms[-1] / gated.norms[0] > 100 * vanilla.norms[-1] / vanilla.norms[0]


def test_it_ends_when_told_to() -> None:
    control, events = JobControl(), []
    for event in recall(RecallOptions(("gru", "lstm"), gap=2, width=8, threads=1), control):
        events.append(event)
        if isinstance(event, Recalled) and event.step:
            control.give(Command.STOP)
    assert {e.cell for e in events if isinstance(e, Recalled)} == {"gru"}
    assert isinstance(events[-1], Discarded)
