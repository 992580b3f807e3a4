"""Teaching a model a file, from the file to a bundle in the store."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
import torch

from core.errors import (
    AttuneError,
    BundleError,
    InputError,
    OptionError,
    StorageError,
    TrainingError,
)
from core.evaluation.evaluate import evaluate
from core.events import (
    Compared,
    Discarded,
    Event,
    Finished,
    Message,
    Sample,
    Started,
    Step,
    Validation,
)
from core.model.aligner import Aligner
from core.paths import data_folder
from core.store.aligner_file import add_aligner
from core.store.bundle import read_bundle
from core.store.loading import load_model
from core.store.manifest import ALIGNER
from core.store.model_store import ModelStore
from core.training import general, tune_options, tuning
from core.training.control import Command, JobControl
from core.training.examination import SAMPLES
from core.training.limits import FEW_PAIRS
from core.training.pairs import PairEncoder, hold_out
from core.training.schedule import Budget
from core.training.tune_options import FEW_SECONDS, FEW_STEPS, VALIDATIONS, TuneOptions
from core.training.tuning import tune
from core.translation.translator import Translator
from tests.core.training.plain_files import check_file

from .conftest import limited

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def sixty_updates(monkeypatch: pytest.MonkeyPatch, few_general: None) -> None:
    monkeypatch.setattr(tune_options, "Budget", limited(60))
    monkeypatch.setattr(tuning, "VALIDATION_SHARE", 1.0)


def run(options: TuneOptions, store: ModelStore, stop_after: str = "") -> list[Event]:
    control = JobControl()
    events = []
    for event in tune(options, control, store):
        events.append(event)
        if event.kind == stop_after:
            control.give(Command.STOP)
    return events


def digest(folder: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.iterdir()}


def leftovers(store: ModelStore) -> list[str]:
    folder = store.user_folder("any").parent
    return [path.name for path in folder.iterdir()] if folder.exists() else []


def test_a_lesson_becomes_a_model_of_one_s_own(
    tiny_bundle: Path, tiny_store: ModelStore, lesson: Path
) -> None:
    before = digest(tiny_bundle)
    events = run(TuneOptions(lesson, "tiny", "mine", minutes=3, precision="fp32"), tiny_store)

    pairs = check_file(lesson, "zh", "en").pairs
    held, training = hold_out(pairs, 1)
    order = [event.kind for event in events]
    measured = ["validation", *["sample"] * SAMPLES]
    assert order[:8] == ["message", "message", "started", *measured, "step"]
    told = ["compared", *["changed"] * order.count("changed"), "compared"]
    compared = [e for e in events if isinstance(e, Compared)]
    assert [(e.name, e.sentences) for e in compared] == [("held-out", 10), ("general", 10)]
    kept = evaluate(
        Translator.load(tiny_store.find("mine").path),
        [pair.source for pair in held],
        [pair.target for pair in held],
    )
    assert compared[0].chrf_after == pytest.approx(kept.scores.chrf, abs=0.5)
    assert order[-2:] == ["message", "finished"]
    rest = order[order.index("compared") - 1 : -2]
    assert sorted(rest) == sorted(["message", *told])
    assert [e.text for e in events if isinstance(e, Message)] == [
        "checking the pairs", "loading the model", "comparing before and after",
        "saving the model",
    ]  # fmt: skip
    (started,) = (e for e in events if isinstance(e, Started))
    assert (started.pairs, started.held_out, started.rejected) == (86, 10, 2)
    assert (started.total_steps, started.seconds_limit) == (60, 180)
    losses = [e.loss for e in events if isinstance(e, Validation)]
    assert losses[-1] < 0.9 * losses[0]
    assert len(losses) == 1 + VALIDATIONS
    shown = {e.source for e in events if isinstance(e, Sample)}
    assert shown == {pair.source for pair in held[:SAMPLES]}
    assert sorted(held + training, key=lambda pair: pair.line) == list(pairs)

    finished = events[-1]
    assert isinstance(finished, Finished)
    assert (finished.model, finished.loss_before) == ("mine", losses[0])
    card = tiny_store.find("mine")
    assert (card.parent, card.built_in, card.path) == ("tiny", False, Path(finished.path))
    assert card.precision == "bf16"
    assert [c.name for c in tiny_store.list()] == ["tiny", "mine"]
    receipt = read_bundle(card.path).receipt()
    assert receipt["comparisons"]["held-out"]["bleu"]["after"] == compared[0].bleu_after
    assert len(receipt["curves"]["validations"]) == 1 + VALIDATIONS
    assert receipt["kind"] == "tune"
    assert receipt["base"] == "tiny"
    assert receipt["file"] == "lesson.tsv"
    assert receipt["held_out_loss"]["after"] == finished.loss_after
    assert digest(tiny_bundle) == before


def test_a_taught_model_translates_alike_after_every_reload(
    tiny_store: ModelStore, lesson: Path, tmp_path: Path
) -> None:
    run(TuneOptions(lesson, "tiny", "mine"), tiny_store)
    card = tiny_store.find("mine")
    loaded = load_model(card.path)
    again = loaded.save(
        tmp_path / "again", name="again", weights=loaded.model.state_dict(), receipt={},
        precision="bf16",
    )  # fmt: skip
    text = "我们现在喜欢苹果。你今天买书。"
    results = [
        [(r.translation.translation, r.translation.score) for r in
         Translator.load(path, precision="fp32", threads=1).translate(text)]
        for path in (card.path, again.path)
    ]  # fmt: skip
    assert results[0] == results[1]


def test_a_second_lesson_stands_on_the_first(tiny_store: ModelStore, lesson: Path) -> None:
    run(TuneOptions(lesson, "tiny", "first"), tiny_store)
    first = tiny_store.find("first").path
    add_aligner(first, Aligner(load_model(first).model.config, width=4))
    run(TuneOptions(lesson, "first", "second"), tiny_store)
    card = tiny_store.find("second")
    assert card.parent == "first"
    assert (card.path / ALIGNER).read_bytes() == (first / ALIGNER).read_bytes()  # it goes on


@pytest.mark.parametrize(
    ("changes", "kind", "words"),
    [
        ({"base": "tinny"}, BundleError, "Did you mean 'tiny'?"),
        ({"name": "tiny"}, OptionError, "built-in"),
        ({"name": "a/b"}, OptionError, "'/'"),
        ({"name": ""}, OptionError, "no name"),
        ({"file": Path("nowhere.tsv")}, InputError, "nowhere.tsv"),
        ({"precision": "int8"}, OptionError, "int8"),
        ({"minutes": 0.0}, OptionError, "seconds"),
        ({"strength": "brutal"}, OptionError, "gentle"),
        ({"frozen": ("tail",)}, OptionError, "'tail'"),
        ({"frozen": ("encoder", "decoder")}, OptionError, "every part is frozen"),
        ({"distil": 1.5}, OptionError, "distil"),
        ({"held": Path("nowhere.tsv")}, InputError, "nowhere.tsv"),
        ({"pinned": tuple("一二三四五六")}, OptionError, "Pin 5 at most"),
        ({"pinned": ("一", " ")}, OptionError, "pinned sentence 2 is empty"),
        ({"pinned": ("很" * 301,)}, OptionError, "sentence 1 has 301 characters"),
    ],
)
def test_what_cannot_be_is_told_before_anything_is_written(
    changes: dict[str, object], kind: type[AttuneError], words: str,
    tiny_store: ModelStore, lesson: Path,
) -> None:  # fmt: skip
    with pytest.raises(kind) as caught:
        fields = {"file": lesson, "base": "tiny", "name": "mine", **changes}
        run(TuneOptions(**fields), tiny_store)  # type: ignore[arg-type]
    assert words in caught.value.sentence()
    assert leftovers(tiny_store) == []


def test_a_name_that_is_taken_is_told(tiny_store: ModelStore, lesson: Path) -> None:
    tiny_store.user_folder("mine").mkdir(parents=True)
    with pytest.raises(OptionError, match="'mine'"):
        run(TuneOptions(lesson, "tiny", "mine"), tiny_store)


def test_a_file_without_a_good_pair_is_told(tiny_store: ModelStore, tmp_path: Path) -> None:
    file = tmp_path / "few.tsv"
    file.write_text("无\n无\n我喜欢猫。\tнет\n", encoding="utf-8")
    with pytest.raises(TrainingError, match="no line is a usable pair") as caught:
        run(TuneOptions(file, "tiny", "mine"), tiny_store)
    assert caught.value.where == str(file)
    assert not list((data_folder() / "runs").glob("*/run.json"))


def test_twenty_pairs_are_parted(tiny_store: ModelStore, tmp_path: Path, lesson: Path) -> None:
    lines = lesson.read_text(encoding="utf-8").splitlines()[:FEW_PAIRS]
    file = tmp_path / "twenty.tsv"
    file.write_text("\n".join(lines), encoding="utf-8")
    events = run(TuneOptions(file, "tiny", "mine"), tiny_store)
    (started,) = (e for e in events if isinstance(e, Started))
    assert (started.pairs, started.held_out) == (18, 2)


@pytest.mark.parametrize("count", [1, FEW_PAIRS - 1])
def test_a_few_sentences_are_all_learnt(
    count: int, tiny_store: ModelStore, tmp_path: Path, lesson: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(tune_options, "Budget", Budget)  # as many updates as usual
    monkeypatch.setattr(general, "resources_folder", lambda: tmp_path)
    lines = lesson.read_text(encoding="utf-8").splitlines()[:count]
    (tmp_path / "general").mkdir()
    (tmp_path / "general" / "pairs.tsv").write_text("我看见书。\tI see books.\n" * 9, "utf-8")
    file = tmp_path / "few.tsv"
    file.write_text("\n".join(lines), encoding="utf-8")
    options = TuneOptions(file, "tiny", "mine", learning_rate=2e-3, precision="fp32")
    events = run(options, tiny_store)
    (started,) = (e for e in events if isinstance(e, Started))
    assert (started.pairs, started.held_out) == (count, 0)
    assert (started.total_steps, started.seconds_limit) == (FEW_STEPS, FEW_SECONDS)
    finished = events[-1]
    assert isinstance(finished, Finished)
    assert finished.loss_after < finished.loss_before / 2
    steps = [e for e in events if isinstance(e, Step)]
    assert sum(e.replayed for e in steps) == FEW_STEPS // 2
    assert [e.name for e in events if isinstance(e, Compared)] == ["taught", "general"]


def test_a_full_disk_while_saving_leaves_nothing_half_written(
    tiny_store: ModelStore, lesson: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(AttuneError, match="full"):
        run(TuneOptions(lesson, "tiny", "mine"), tiny_store)
    assert leftovers(tiny_store) == []
    assert [card.name for card in tiny_store.list()] == ["tiny"]


def test_a_place_that_cannot_be_written_is_told_before_learning(
    tiny_bundle: Path, lesson: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder")
    store = ModelStore(tiny_bundle.parent, tmp_path / "file" / "models")
    with pytest.raises(StorageError, match="not a folder"):
        run(TuneOptions(lesson, tiny_bundle.name, "mine"), store)


def test_a_disk_without_room_for_the_model_is_told_before_learning(
    tiny_store: ModelStore, lesson: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = load_model(tiny_store.find("tiny").path).model
    weights = 2 * sum(parameter.numel() for parameter in model.parameters())  # in bfloat16
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: SimpleNamespace(free=weights))
    with pytest.raises(StorageError, match="too little room"):
        run(TuneOptions(lesson, "tiny", "mine"), tiny_store)
    assert leftovers(tiny_store) == []


def test_the_receipt_tells_no_place_and_no_sentence_of_one_s_own(
    lesson: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    options = TuneOptions(lesson, "tiny", "mine", held=lesson, pinned=("我的秘密。",), out=out)
    told = json.dumps(options.told(), ensure_ascii=False)
    assert str(tmp_path) not in told
    assert str(lesson.parent) not in told
    assert "秘密" not in told
    assert json.loads(told)["held"] == lesson.name


def test_a_stop_before_learning_began_keeps_nothing(tiny_store: ModelStore, lesson: Path) -> None:
    events = run(TuneOptions(lesson, "tiny", "mine"), tiny_store, stop_after="message")
    assert events == [Message("checking the pairs"), Discarded(0)]
    events = run(TuneOptions(lesson, "tiny", "mine"), tiny_store, stop_after="started")
    assert events[-1] == Discarded(0)
    assert leftovers(tiny_store) == []


def test_the_pairs_are_encoded_as_the_model_s_own(tiny_bundle: Path, lesson: Path) -> None:
    loaded = load_model(tiny_bundle)
    pairs = check_file(lesson, "zh", "en").pairs
    corpus = PairEncoder(loaded).corpus(pairs, JobControl().cancel)
    assert len(corpus) == len(pairs) == 96
    source, target = corpus.pair(0)
    assert "".join(loaded.source_vocabulary.pieces(map(int, source))) == pairs[0].source
    shown = "".join(loaded.target_vocabulary.pieces(map(int, target))).replace("▁", " ").strip()
    assert shown == pairs[0].target


@pytest.mark.parametrize("part", ["embeddings", "encoder", "decoder"])
def test_a_frozen_part_stays_as_it_was(
    part: str, tiny_store: ModelStore, tiny_bundle: Path, lesson: Path
) -> None:
    run(TuneOptions(lesson, "tiny", "mine", frozen=(part,), learning_rate=1e-3), tiny_store)
    before = load_model(tiny_bundle).model.state_dict()
    after = load_model(tiny_store.find("mine").path).model.state_dict()
    held = {"embeddings": "embedding", "encoder": "encoder.", "decoder": "decoder."}[part]
    changed = {n for n, v in after.items() if not torch.equal(v, before[n].bfloat16().float())}
    assert changed
    assert not {name for name in changed if held in name}
