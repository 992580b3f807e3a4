"""Sentences that are watched while a model learns: their words, their attention, their order."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from core import runtime
from core.cli.program import build_parser
from core.events import Event, Left, Sample, Validation, parse_event
from core.store.loading import load_model
from core.store.model_store import ModelStore
from core.training import tune_options, tuning
from core.training.checks import Pair
from core.training.control import Command, JobControl
from core.training.pairs import hold_out
from core.training.tune_options import TuneOptions
from core.training.tuning import resume, tune
from core.training.validation import SampleTranslator
from core.translation.translator import TranslateOptions, Translator
from tests.core.training.plain_files import check_file

from .conftest import limited

PINNED = ("我们喜欢面条。", "你看见龘。")


def test_words_and_attention_are_those_of_the_translator(tiny_bundle: Path) -> None:
    sentences = ["我喜欢苹果。", "你今天看见书。", "我们买龘。"]
    found = SampleTranslator(load_model(tiny_bundle))([Pair(0, text, "") for text in sentences])
    precision = "bf16" if runtime.has_bf16() else "fp32"
    translator = Translator.load(tiny_bundle, precision=precision, threads=1)
    wanted = translator.translate_segments(sentences, TranslateOptions(beam=1))
    for rendering, translation in zip(found, wanted, strict=True):
        source, target, attention = rendering.words()
        assert rendering.text == translation.translation
        assert source == tuple(word.text for word in translation.source_words)
        assert target == tuple(word.text for word in translation.target_words)
        np.testing.assert_allclose(attention, translation.alignment, atol=0.01)
        assert all(weight == round(weight, 3) for row in attention for weight in row)
        assert np.allclose(np.sum(attention, axis=1), 1, atol=0.002)


def test_pinned_sentences_are_shown_at_every_validation_also_after_a_break(
    tiny_store: ModelStore, lesson: Path, few_general: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tune_options, "Budget", limited(12))
    monkeypatch.setattr(tuning, "VALIDATION_SHARE", 1.0)
    held, _ = hold_out(check_file(lesson, "zh", "en").pairs, 1)
    pinned = (*PINNED, held[1].source)  # the last is held out, too, and shown once
    control, events = JobControl(), []
    for event in tune(TuneOptions(lesson, "tiny", "mine", pinned=pinned), control, tiny_store):
        events.append(event)
        if isinstance(event, Validation) and event.step > 1:
            control.give(Command.LEAVE)
    assert isinstance(events[-1], Left)
    expected = [held[0].source, held[2].source, *pinned]
    assert shown(events)[0] == expected
    before = [event for event in events if isinstance(event, Sample)][:5]
    control, events = JobControl(), []
    for event in resume("mine", control, tiny_store):
        events.append(event)
        if len(samples := [event for event in events if isinstance(event, Sample)]) == 15:
            control.give(Command.DISCARD)
    assert shown(events) == [expected] * 3  # two looks from before the break, told again
    assert samples[:5] == before
    assert {s.source for s in samples if s.pinned} == set(pinned)
    assert all("".join(s.source_words) == s.source for s in samples)
    assert all(np.shape(s.attention) == (len(s.target_words), len(s.source_words)) for s in samples)
    assert [parse_event(sample.to_json()) for sample in samples] == samples


def shown(events: list[Event]) -> list[list[str]]:
    """The sources of the samples of every update that has some."""
    samples = [event for event in events if isinstance(event, Sample)]
    steps = sorted({sample.step for sample in samples})
    return [[sample.source for sample in samples if sample.step == step] for step in steps]


def test_options_come_back_from_a_run_folder_also_from_an_older_one() -> None:
    options = TuneOptions(Path("p.tsv"), "zh-en", "mine", pinned=PINNED)
    values = json.loads(json.dumps(options.to_json()))
    assert TuneOptions.from_json(values) == options
    del values["pinned"]
    assert TuneOptions.from_json(values).pinned == ()


def test_the_command_line_takes_several() -> None:
    told = build_parser().parse_args(["tune", "p", "--pin", PINNED[0], f"--pin={PINNED[1]}"])
    assert tuple(told.pin) == PINNED
