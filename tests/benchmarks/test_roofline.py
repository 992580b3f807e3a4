"""Counts of multiply-adds: by hand, and against what torch counts while the model runs."""

from __future__ import annotations

import pytest
import torch
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.utils.flop_counter import FlopCounterMode

from benchmarks.speed.roofline import (
    Peaks,
    Work,
    encoder_work,
    least_seconds,
    step_work,
    working_sets,
)
from core.model.config import ModelConfig
from core.model.seq2seq import Seq2Seq

CONFIG = ModelConfig(
    50, 40, width=8, encoder_layers=2, encoder_heads=2, feed_forward=24, decoder_width=10,
    decoder_layers=2, attention_heads=2,
)  # fmt: skip


def test_the_encoder_by_hand() -> None:
    # A layer: 4 · 8 · 8 + 2 · 8 · 24 = 640 weights; keys and values 2 · 8 · 8 = 128; the first
    # state 8 · 10 = 80. Three pieces: 3 (2 · 640 + 128) + attention 2 · 2 · 3 · 3 · 8 + 80.
    assert encoder_work(CONFIG.to_dict(), 3) == Work(4224 + 288 + 80, 2 * 640 + 128 + 80)


def test_a_step_by_hand() -> None:
    # Bottom 40 · 18 = 720, query 80, upper 40 · 28 = 1120, features 18 · 20 + 20 · 8 = 520,
    # output 8 · 40 = 320; keys and values of three pieces 2 · 3 · 8 = 48 for each of four rows.
    assert step_work(CONFIG.to_dict(), 3, 4) == Work(4 * (2760 + 48), 2760 + 4 * 48)


def test_a_gru_has_three_gates() -> None:
    gru = CONFIG.to_dict() | {"cell": "gru"}
    assert step_work(gru, 3, 1).multiply_adds == 2808 - (720 + 1120) // 4


@pytest.mark.parametrize("source", [1, 7])
def test_torch_counts_the_same(source: int) -> None:
    model = Seq2Seq(CONFIG).eval()
    lengths = torch.full((1,), source)
    # The fused attention is one operation, which torch does not count.
    with torch.inference_mode(), sdpa_kernel(SDPBackend.MATH):
        with FlopCounterMode(display=False) as encoding:
            memory = model.encode(torch.ones(1, source, dtype=torch.long), lengths)
            state = model.initial_state(memory)
        with FlopCounterMode(display=False) as stepping:
            model.decode_step(torch.ones(1, dtype=torch.long), state, memory)
    config = CONFIG.to_dict()
    assert encoding.get_total_flops() == 2 * encoder_work(config, source).multiply_adds
    assert stepping.get_total_flops() == 2 * step_work(config, source, 1).multiply_adds


def test_what_is_not_counted_is_refused() -> None:
    with pytest.raises(ValueError, match="only a Transformer"):
        encoder_work(CONFIG.to_dict() | {"attention": "additive"}, 3)


def test_the_bound_by_hand() -> None:
    config = CONFIG.to_dict()
    assert working_sets(config, ["bf16"]) == {"encoder bf16": 2 * 1488, "decoder bf16": 2 * 2760}
    peaks = Peaks({"bf16": 1000.0}, {"encoder bf16": 2000.0, "decoder bf16": 1000.0})
    found = least_seconds(config, 3, 5, 4, "bf16", peaks)
    # Encoder: 4592 multiply-adds, 1488 numbers. First step: 2808 and 2808; four more: 11232, 2952.
    computing = 4.592 + 2.808 + 4 * 11.232
    reading = 1.488 + 5.616 + 4 * 5.904
    assert found["multiply-adds"] == pytest.approx(computing)
    assert found["memory"] == pytest.approx(reading)
    assert found["bound"] == pytest.approx(4.592 + 5.616 + 4 * 11.232)
