"""Targets among what reads this program's own records: events, settings, journals, runs, corpora.

Another version may have written them, or a crash, a full disk, an editor.
"""

from __future__ import annotations

import functools
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import strategies as st
from safetensors.numpy import save

from core.cli.journal import Journal, journal_of, read_journal
from core.errors import InputError
from core.events import (
    Event,
    Finished,
    GradientFlow,
    Message,
    Sample,
    Step,
    Validation,
    parse_event,
)
from core.store.manifest import RECEIPT as RECEIPT_FILE
from core.store.manifest import parse_object
from core.store.model_store import ModelCard
from core.training.corpus import Corpus
from core.training.mix import read_mix
from core.training.run_folder import RunFolder, unfinished_runs
from gui.jobs.class_files import KeptRun
from gui.jobs.train_command import TrainPlan
from gui.settings import Settings
from gui.viewmodels.class_history import learning_from
from gui.viewmodels.learning import Learning

from .changes import damaged, other_json, utf8
from .forging import CURVES, RECEIPT
from .places import folder, put
from .running import Target

# --- events --------------------------------------------------------------------------------------

_EVENTS: tuple[Event, ...] = (
    Message("reading 茶.tsv"),
    Step(3, 2.5, 1e-3, 0.5, 900.0, 1.5, 0.1, None, tokens=120, memory=1 << 30),
    Validation(3, 2.5, True, 1.0, 20.0),
    Sample(3, "茶", "tea", "tea", ("茶",), ("tea",), ((1.0,),)),
    GradientFlow(3, (1.0, 0.5)),
    Finished("m", "/m", 12, 8, 2.0, 1.5, 31.5),
)


def _events() -> tuple[Any, ...]:
    return tuple(json.loads(event.to_json()) for event in _EVENTS)


@functools.cache
def _event_lines() -> tuple[bytes, ...]:
    return tuple(event.to_json().encode() for event in _EVENTS)


def check_event(line: str) -> None:
    """A line is an event that the window can use, or a ``ValueError``."""
    event = parse_event(line)
    Learning("m", "system").apply(event)
    again = parse_event(event.to_json())
    assert again.to_json() == event.to_json()  # numbers that are none are not equal to themselves


_CARD = ModelCard("m", Path("m"), "zh", "en", False, 1, 1, None, "2026-01-01", "fp32")


def _receipts() -> tuple[Any, ...]:
    flows = [asdict(GradientFlow(3, (1.0, 0.5)))]
    samples = [{"event": "sample", **asdict(_EVENTS[3])}]
    curves = {**CURVES, "gradient_norms": CURVES["training"]}
    more = {"gradient_flows": flows, "samples": samples, "preset": "small", "curves": curves}
    return (RECEIPT | more,)


def check_history(text: str) -> None:
    """A run is told again from a receipt, as far as that makes sense."""
    receipt = parse_object(utf8(text), Path(RECEIPT_FILE))
    learning_from(KeptRun(_CARD, receipt))


# --- settings ------------------------------------------------------------------------------------

_INI = (
    b'[look]\ntheme=dark\ntext_size=120\nlanguage=zh\n[translate]\nlive=false\nbeam=8\n'
    b'recent_texts="[\\"/a/\\x8336.txt\\"]"\nmodel=zh-en\nthreads=2\n[window]\ngeometry=AdnQ\n'
    b'inside_height=400\n[teach]\npinned="[[\\"zh\\", \\"\\x8336\\"]]"\nminutes=5\n'
    b'recent_pairs=[]\nchart_smoothing=10\n[General]\nformat_version=1\n'
)  # fmt: skip
_VALUES = (
    b"@Variant(\\0\\0\\0\\x11)", b"@ByteArray(\\xff)", b"@Invalid()", b"a, b, c", b"1e3", b"-0",
    b"[" * 9000, b'"[[\\"a\\"]]"', b'"[1]"', b"\xff\xfe", b"\\xd800", b"\\0", b"@Size(1 2)", b"1_0",
    "٣".encode(), b'"\\"\\xd83d\\""',
)  # fmt: skip


@st.composite
def _settings(draw: st.DrawFn) -> bytes:
    lines = _INI.split(b"\n")
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, len(lines) - 1))
        key = lines[place].partition(b"=")[0]
        lines[place] = key + b"=" + draw(st.sampled_from(_VALUES) | st.binary(max_size=12))
    return b"\n".join(lines)


def check_settings(data: bytes) -> None:
    """Whatever the file holds, every setting has a value that it allows, and can be kept again."""
    settings = Settings(put("settings.ini", data))
    for setting in (item for item in vars(settings).values() if hasattr(item, "default")):
        assert type(setting.value) is type(setting.default)
        assert setting._parse(setting._write(setting.value)) == setting.value
    settings.beam.set(2)
    settings.save()


# --- files of runs and jobs ----------------------------------------------------------------------


def check_journal(data: bytes) -> None:
    path = folder() / "out.txt"
    journal_of(path).write_bytes(data)
    found = read_journal(path)
    if found is not None:
        assert found.lines >= 0
        assert found.bytes >= 0
        Journal.check(found, {}, found.bytes, path)


@functools.cache
def _journals() -> tuple[bytes, ...]:
    return (json.dumps(asdict(Journal({"model": "zh-en"}, 3, 40)), indent=1).encode(), b"")


_PAIR_ROWS = {"training": [[1, "茶", "tea"]], "held": [[2, "水", "water"]]}
_RUN = {"format_version": 1, "asked": {"kind": "tune", "options": {"minutes": 3}, "lesson": False}}


def check_run(given: tuple[str, str, str]) -> None:
    """A run that cannot be read is told, and keeps none of the others from being listed."""
    run, pairs, state = given
    with RunFolder("茶") as place:
        place.checkpoint.mkdir(parents=True, exist_ok=True)
        for file, text in (
            ("run.json", run),
            ("pairs.json", pairs),
            ("checkpoint/state.json", state),
        ):
            (place.path / file).write_bytes(utf8(text))
    assert all(found.steps >= 0 or found.name for found in unfinished_runs())
    with RunFolder("茶") as place:
        place.asked()
        for sides in place.pairs():
            for pair in sides:
                assert isinstance(pair.source, str)
                assert isinstance(pair.target, str)


def _one(value: object) -> st.SearchStrategy[str]:
    return other_json(lambda: (value,))


def check_plan(text: str) -> None:
    """A plan that is read is written again as it was read."""
    plan = TrainPlan.from_json(text)
    assert TrainPlan.from_json(plan.to_json()) == plan


_PLAN = json.loads(
    TrainPlan("m", "s", "p", Path("f.tsv"), ("zh", "en"), (("width", 8),), pinned=("茶",)).to_json()
)


def check_mix(text: str) -> None:
    for use in read_mix(put("mix.json", utf8(text))).values():
        assert 0 <= use.repeats <= 1000


# --- corpora -------------------------------------------------------------------------------------


@functools.cache
def _corpora() -> tuple[bytes, ...]:
    arrays = {
        "source": np.array([4, 5, 6], np.uint16), "source_offsets": np.array([0, 2, 3]),
        "target": np.array([7, 8], np.uint16), "target_offsets": np.array([0, 1, 2]),
    }  # fmt: skip
    links = {
        "links": np.array([[0, 0], [1, 0]], np.uint8),
        "link_offsets": np.array([0, 1, 2]),
    }
    flat = {name: value.astype(np.uint16) for name, value in arrays.items()}
    none = {name: value[:0] for name, value in arrays.items()}
    return (save(arrays), save(arrays | links), save(flat), save(none))


def check_corpus(data: bytes) -> None:
    """Every pair of a corpus that is taken can be read."""
    corpus = Corpus.load(put("pairs.safetensors", data))
    for index in range(len(corpus)):
        source, target = corpus.pair(index)
        assert source.ndim == target.ndim == 1
        assert corpus.pair_links(index).shape[1:] == (2,)
    assert (corpus.source_lengths >= 0).all()
    assert (corpus.target_lengths >= 0).all()


_line = other_json(_events) | damaged(_event_lines).map(
    lambda data: data.decode("utf-8", "replace")
)
_journal = damaged(_journals) | _one(asdict(Journal({"a": "b"}, 1, 2))).map(str.encode)
_runs = st.tuples(_one(_RUN), _one(_PAIR_ROWS), _one({"steps": 3, "elapsed": 1.0, "extra": {}}))
_mix = {"a.tsv": 3, "b.tsv": {"repeats": 0.1, "synthetic": True}}
TARGETS = (
    Target("events", _line, check_event, 4.0, (ValueError,)),
    Target("histories", other_json(_receipts), check_history),
    Target("settings", _settings() | damaged(lambda: (_INI,)), check_settings, 1.0, (InputError,)),
    Target("journals", _journal, check_journal, 2.0, (InputError,)),
    Target("runs", _runs, check_run, 0.5, (InputError,)),
    Target("plans", _one(_PLAN), check_plan, 0.7, (ValueError, InputError)),
    Target("mixes", _one(_mix), check_mix, 0.5),
    Target("corpora", damaged(_corpora), check_corpus, 2.0, (InputError,)),
)
