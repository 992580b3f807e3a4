"""Targets among what a run is gone on with: its options, its checkpoint, its tokenised store."""

from __future__ import annotations

import functools
import hashlib
import json
import logging
import math
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from hypothesis import strategies as st

from core.errors import InputError, OptionError
from core.events import Validation
from core.files import parse_json
from core.model.config import ModelConfig
from core.model.seq2seq import Seq2Seq
from core.training.checkpoint import load_best, load_checkpoint, save_checkpoint
from core.training.checkpoint_files import BEST, OPTIMIZERS, RANDOM, STATE, WEIGHTS
from core.training.history import History
from core.training.hyperparameters import Recipe
from core.training.token_store.store import HELD, MANIFEST, TokenStore
from core.training.train_options import TrainOptions
from core.training.trainer import Trainer
from core.training.tune_options import TuneOptions
from core.translation import autotune
from gui.single_instance import asked_files
from tests.core.training.token_stores import build, good_pairs, tsv

from .changes import damaged, other_json, utf8
from .places import folder, fresh, put
from .running import Target

# --- options -------------------------------------------------------------------------------------

_TUNE = TuneOptions(Path("f.tsv"), "zh-en", "mine", held=Path("h.tsv"), pinned=("茶",)).to_json()
_TRAIN = TrainOptions("mine", (), tokens=Path("t"), system={"width": 8}, epochs=2.0).to_json()
_UNUSABLE = (OptionError, LookupError, TypeError, ValueError)


def check_tune_options(text: str) -> None:
    """Options that are taken are kept as they are."""
    made = TuneOptions.from_json(parse_json(text))
    assert repr(TuneOptions.from_json(parse_json(json.dumps(made.to_json())))) == repr(made)


def check_train_options(text: str) -> None:
    made = TrainOptions.from_json(parse_json(text))
    once = TrainOptions.from_json(parse_json(json.dumps(made.to_json())))  # its paths are absolute
    assert repr(TrainOptions.from_json(once.to_json())) == repr(once)


# --- checkpoints ---------------------------------------------------------------------------------


@functools.cache
def _trainer() -> Trainer:
    torch.manual_seed(1)
    config = ModelConfig(
        9, 9, width=8, encoder_layers=1, encoder_heads=2, feed_forward=8, decoder_width=8,
        decoder_layers=1, attention_heads=2,
    )  # fmt: skip
    return Trainer(Seq2Seq(config), Recipe(), torch.float32)


@functools.cache
def _checkpoint() -> Mapping[str, bytes]:
    trainer, history, place = _trainer(), History(), fresh()
    history.validation(Validation(0, 2.5, True, 1.0, 20.0))
    extra = {"history": history.state(), "vain": 0}
    save_checkpoint(place, trainer, extra, best=trainer.model.state_dict())
    files = {path.name: path.read_bytes() for path in place.iterdir()}
    shutil.rmtree(place)
    return files


def _states() -> tuple[Any, ...]:
    return (json.loads(_checkpoint()[STATE]),)


def check_checkpoint(given: tuple[bytes, str]) -> None:
    """A checkpoint that is taken is one of this model, with a place in its run."""
    data, name = given
    place = folder() / "checkpoint"
    place.mkdir(exist_ok=True)
    for file, sound in _checkpoint().items():
        (place / file).write_bytes(data if file == name else sound)
    extra, trainer = load_checkpoint(place, _trainer()), _trainer()
    assert type(trainer.steps) is int
    assert type(trainer.elapsed) is float
    assert extra is not None
    if name == BEST:
        load_best(place)


def _damaged_file(name: str) -> st.SearchStrategy[tuple[bytes, str]]:
    return st.tuples(damaged(lambda: (_checkpoint()[name],)), st.just(name))


_state = st.tuples(other_json(_states).map(utf8), st.just(STATE))
_checkpoints = st.one_of(_state, *map(_damaged_file, (STATE, WEIGHTS, OPTIMIZERS, RANDOM)))

# --- tokenised stores ----------------------------------------------------------------------------


@functools.cache
def _store() -> Path:
    place = fresh()
    place.mkdir()
    return build(place / "store", tsv(place, good_pairs(30)), held_out=2).folder


def _manifests() -> tuple[Any, ...]:
    return (json.loads((_store() / MANIFEST).read_text("utf-8")),)


@functools.cache
def _held() -> tuple[Any, ...]:
    return tuple(map(json.loads, (_store() / HELD).read_text("utf-8").splitlines()))


@functools.cache
def _sound_store() -> tuple[dict[str, Any], bytes]:
    return _manifests()[0], (_store() / HELD).read_bytes()


def check_store(given: tuple[str, str]) -> None:
    """A store that is taken holds what is said of it; its hashes agree with its lies."""
    text, name = given
    fields, held = _sound_store()
    data = utf8(text)
    if name == HELD:
        hashes = {**fields["hashes"], HELD: hashlib.sha256(data).hexdigest()}
        held, data = data, json.dumps({**fields, "hashes": hashes}).encode()
    (_store() / HELD).write_bytes(held)
    (_store() / MANIFEST).write_bytes(data)
    store = TokenStore.open(_store())
    for pair in store.held:
        assert len(pair.source + pair.target) >= 0
        assert all(type(index) is int for index in (*pair.source_ids, *pair.target_ids))
    assert all(type(count) is int for count in store.counts.values())


_stores = st.tuples(other_json(lambda: (_sound_store()[0],)), st.just(MANIFEST)) | st.tuples(
    other_json(_held), st.just(HELD)
)

# --- what is measured, what is asked -------------------------------------------------------------


def _times() -> tuple[Any, ...]:
    return ({"processor": autotune._processor(), "seconds": {"fp32 x 2": 0.1, "int8 x 1": 0.2}},)


def check_times(text: str) -> None:
    """Times that make no sense are measured again."""
    found = autotune._read(put("times.json", utf8(text)))
    assert all(0 < seconds < math.inf for seconds in found.values())


def _quiet() -> None:
    logging.getLogger(autotune.__name__).setLevel(logging.WARNING)


def check_request(line: bytes) -> None:
    """What another start asks to open can be looked for."""
    for file in asked_files(line):
        try:
            file.exists()
        except OSError:  # a name too long
            continue


_request = damaged(lambda: (b'{"open": ["/a/\\u8336.txt", "b"]}\n',)) | other_json(
    lambda: ({"open": ["/a/茶.txt"]},)
).map(utf8)
TARGETS = (
    Target("options of tuning", other_json(lambda: (_TUNE,)), check_tune_options, 0.7, _UNUSABLE),
    Target("options of runs", other_json(lambda: (_TRAIN,)), check_train_options, 0.7, _UNUSABLE),
    Target("checkpoints", _checkpoints, check_checkpoint, 0.4, (InputError,)),
    Target("tokenised stores", _stores, check_store, 0.4, (InputError,), prepare=_sound_store),
    Target("processors' times", other_json(_times), check_times, 0.4, prepare=_quiet),
    Target("requests of a start", _request, check_request, 0.5, (ValueError,)),
)
