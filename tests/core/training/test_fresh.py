"""A new model from files of pairs: tokenised once, trained, resumed after a kill."""

from __future__ import annotations

import dataclasses
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from core.cli.program import build_parser, main
from core.cli.train import train_options
from core.errors import InputError, OptionError, TrainingError
from core.events import Discarded, Event, Finished, Message, Sample, Started, Step, Validation
from core.store.bundle import read_bundle
from core.store.loading import load_model
from core.store.model_store import ModelStore
from core.training import presets
from core.training.checkpoint_files import has_checkpoint
from core.training.control import Command, JobControl
from core.training.fresh import TrainOptions, train
from core.training.hyperparameters import Recipe
from core.training.schedule import Budget, Schedule
from core.training.token_store.inputs import PairInput
from core.training.token_store.store import TokenStore
from core.translation.translator import Translator
from tests.core.training.runs import tiny_preset

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]


@pytest.fixture
def options(lesson: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TrainOptions:
    monkeypatch.setitem(presets.PRESETS, "toy", tiny_preset(200))
    other = tmp_path / "more.tsv"
    lines = [f"你好{n}。\tHello {n}." for n in range(20)]
    other.write_text("\n".join(lines), encoding="utf-8")
    default = TrainOptions("new")
    return dataclasses.replace(
        default,
        inputs=(PairInput(pairs=lesson), PairInput(pairs=other)),
        preset="toy",
        budget=Budget(steps=100),
        recipe=Recipe(learning_rate=1e-2, schedule=Schedule(10, 0.5)),
        batch=dataclasses.replace(default.batch, tokens=300),
        validations=4,
        precision="fp32",
        device="cpu",
    )


def run(options: TrainOptions, store: ModelStore, stop_after: str = "") -> list[Event]:
    control = JobControl()
    events = []
    for event in train(options, control, store):
        events.append(event)
        if event.kind == stop_after:
            control.give(Command.STOP)
    return events


def test_a_model_from_nothing_learns_and_translates(
    options: TrainOptions, tiny_store: ModelStore
) -> None:
    events = run(options, tiny_store)
    (started,) = (e for e in events if isinstance(e, Started))
    assert started.pairs + started.held_out == 116
    assert started.rejected == 2
    validations = [e for e in events if isinstance(e, Validation)]
    assert min(e.loss for e in validations) < 0.5 * validations[0].loss
    assert max(e.bleu or 0 for e in validations) > (validations[0].bleu or 0)
    assert all(e.chrf is not None for e in validations)
    assert any(isinstance(e, Sample) for e in events)
    finished = events[-1]
    assert isinstance(finished, Finished)
    card = tiny_store.find("new")
    assert (card.parent, card.precision, card.built_in) == (None, "bf16", False)
    bundle = read_bundle(Path(finished.path))
    assert bundle.manifest.model["cell"] == "gru"
    receipt = bundle.receipt()
    assert (receipt["kind"], receipt["preset"]) == ("train", "toy")
    (result,) = Translator.load(card.path, precision="fp32", threads=1).translate("我今天买书。")
    assert result.translation.translation.startswith("I ")


def test_a_store_is_tokenised_once_and_serves_many_runs(
    options: TrainOptions, tiny_store: ModelStore, tmp_path: Path
) -> None:
    tokens = tmp_path / "tokens"
    only = dataclasses.replace(options, tokens=tokens, tokenize_only=True)
    events = run(only, tiny_store)
    assert isinstance(events[-1], Message)
    assert not any(isinstance(e, Step) for e in events)
    made = {p.name: p.stat().st_mtime_ns for p in tokens.iterdir()}
    short = dataclasses.replace(
        options, inputs=(), tokens=tokens, budget=Budget(steps=4), out=tmp_path / "bundle"
    )
    assert isinstance(run(short, tiny_store)[-1], Finished)
    assert {p.name: p.stat().st_mtime_ns for p in tokens.iterdir()} == made
    assert read_bundle(tmp_path / "bundle").manifest.name == "bundle"


def test_training_starts_from_a_bundle_and_keeps_its_vocabularies(
    options: TrainOptions, tiny_store: ModelStore, tiny_bundle: Path, tmp_path: Path
) -> None:
    again = dataclasses.replace(
        options, base="tiny", tokens=tmp_path / "tokens", budget=Budget(steps=4)
    )
    run(again, tiny_store)
    card = tiny_store.find("new")
    assert card.parent == "tiny"
    base, taught = load_model(tiny_bundle), load_model(card.path)
    assert taught.source_vocabulary.to_json() == base.source_vocabulary.to_json()
    assert TokenStore.open(tmp_path / "tokens").target_vocabulary.to_json() == (
        base.target_vocabulary.to_json()
    )


def test_averaged_weights_are_what_is_kept(
    options: TrainOptions, tiny_store: ModelStore, tmp_path: Path
) -> None:
    kept = {}
    for name, ema in (("plain", None), ("averaged", 0.9)):
        recipe = dataclasses.replace(options.recipe, ema=ema)
        run(
            dataclasses.replace(
                options, name=name, recipe=recipe, tokens=tmp_path / "t", budget=Budget(steps=8)
            ),
            tiny_store,
        )
        kept[name] = load_model(tiny_store.find(name).path).model.decoder.embedding.weight
    assert not torch.equal(kept["plain"], kept["averaged"])


def test_patience_ends_a_run_that_gains_nothing(
    options: TrainOptions, tiny_store: ModelStore
) -> None:
    still = dataclasses.replace(options.recipe, learning_rate=0.0)
    events = run(dataclasses.replace(options, recipe=still, validations=50, patience=2), tiny_store)
    assert max(e.step for e in events if isinstance(e, Step)) == 4


def test_what_cannot_be_trained_is_told(
    options: TrainOptions, tiny_store: ModelStore, tmp_path: Path
) -> None:
    with pytest.raises(TrainingError, match="too few usable pairs"):
        run(dataclasses.replace(options, inputs=options.inputs[1:]), tiny_store)
    with pytest.raises(OptionError, match="no preset"):
        run(dataclasses.replace(options, preset="huge"), tiny_store)
    with pytest.raises(OptionError, match=r"made of lesson\.tsv, more\.tsv"):
        run(dataclasses.replace(options, tokens=tmp_path / "t", tokenize_only=True), tiny_store)
        other = dataclasses.replace(options, inputs=options.inputs[:1], tokens=tmp_path / "t")
        run(other, tiny_store)
    with pytest.raises(InputError, match="no tokenised store"):
        run(dataclasses.replace(options, inputs=(), tokens=tmp_path / "none"), tiny_store)
    with pytest.raises(InputError, match="checkpoint"):
        run(dataclasses.replace(options, tokens=tmp_path / "t", resume=True), tiny_store)


def test_a_stop_while_tokenising_leaves_no_store(
    options: TrainOptions, tiny_store: ModelStore, tmp_path: Path
) -> None:
    events = run(dataclasses.replace(options, tokens=tmp_path / "t"), tiny_store, "message")
    assert events[-1] == Discarded(0)
    assert not (tmp_path / "t").exists()


def test_the_command_line_sets_every_option() -> None:
    line = (
        "train a.tsv b.tsv.xz --source s --target t --languages en-zh --name n --steps 7 "
        "--accumulate 3 --optimizer adamw --learning-rate 0.1 --ema 0.9 --guided 0.5 "
        "--patience 2 --from base --resume --device cpu --clip 2 --dropout 0.3"
    )
    options = train_options(build_parser().parse_args(line.split()))
    assert [i.pairs for i in options.inputs] == [Path("a.tsv"), Path("b.tsv.xz"), None]
    assert (options.inputs[2].source, options.inputs[2].target) == (Path("s"), Path("t"))
    assert (options.source_language, options.target_language) == ("en", "zh")
    assert options.budget == Budget(steps=7)
    recipe = options.recipe
    assert (recipe.accumulate, recipe.optimizer, recipe.learning_rate) == (3, "adamw", 0.1)
    assert (recipe.ema, recipe.guided, recipe.clip, recipe.dropout) == (0.9, 0.5, 2.0, 0.3)
    assert (options.base, options.resume, options.patience) == ("base", True, 2)
    with pytest.raises(OptionError, match="aligned"):
        train_options(build_parser().parse_args(["train", "--source", "s", "--name", "n"]))


# --- killed and resumed --------------------------------------------------------------------------


@pytest.fixture
def command(lesson: Path, tmp_path: Path) -> list[str]:
    tokens = str(tmp_path / "tokens")
    program = [sys.executable, "-m", "core.cli"]
    train = ["train", "--name", "new"]
    shape = ["--preset", "small", "--languages", "zh-en", "--precision", "fp32", "--device", "cpu"]
    shape += ["--width", "64", "--encoder-layers", "2", "--encoder-heads", "2"]
    shape += ["--attention-heads", "2", "--feed-forward", "64", "--decoder-width", "64"]
    learn = ["--steps", "12", "--batch-tokens", "150", "--dropout", "0.1", "--ema", "0.9"]
    chance = ["--forcing", "linear", "--word-dropout", "0.1", "--curriculum", "root"]
    learn += [*chance, "--adversarial", "0.1"]
    rest = ["--validations", "3", "--save-seconds", "0.001", "--tokens", tokens]
    assert main([*train, *shape, *rest, "--tokenize-only", str(lesson)]) == 0
    return [*program, "--events", *train, *shape, *learn, *rest]


def environment(home: Path) -> dict[str, str]:
    return {**os.environ, "ATTUNE_HOME": str(home), "OMP_NUM_THREADS": "1"}


def lines(command: list[str], home: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env=environment(home), cwd=ROOT,
    ) as child:  # fmt: skip
        assert child.stdout is not None
        for line in child.stdout:
            yield child, line


def weights(path: Path) -> dict[str, torch.Tensor]:
    return load_file(path / "model.safetensors")


def test_a_killed_run_resumes_and_ends_with_the_very_same_weights(
    command: list[str], tmp_path: Path
) -> None:
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    assert main([*command[command.index("train") :], "--out", str(whole)]) == 0

    checkpoint = tmp_path / "two" / "data" / "runs" / "new" / "checkpoint"
    for attempt, until in enumerate((3, 7)):
        flags = ["--resume"] if attempt else []
        for child, line in lines([*command, "--out", str(broken), *flags], tmp_path / "two"):
            if '"step"' in line and f'"step": {until},' in line:
                child.send_signal(signal.SIGKILL)
        assert has_checkpoint(checkpoint)
        assert not broken.exists()
    last = [
        line for _, line in lines([*command, "--out", str(broken), "--resume"], tmp_path / "two")
    ]
    assert '"finished"' in last[-1]
    one, other = weights(whole), weights(broken)
    assert one.keys() == other.keys()
    assert all(torch.equal(one[name], other[name]) for name in one)
    assert not checkpoint.exists()


def test_an_unfinished_run_is_not_overwritten(
    options: TrainOptions, tiny_store: ModelStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    often = dataclasses.replace(options, save_seconds=0.001, budget=Budget(steps=12))
    control = JobControl()
    for event in train(often, control, tiny_store):
        if isinstance(event, Step) and event.step == 3:
            break
    with pytest.raises(OptionError, match="unfinished run") as caught:
        run(options, tiny_store)
    assert "--resume" in caught.value.remedy
    assert isinstance(run(dataclasses.replace(often, resume=True), tiny_store)[-1], Finished)
    assert not (Path(os.environ["ATTUNE_HOME"]) / "data" / "runs" / "new").exists()


BARE = """
import sys
class Block:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {blocked}:
            raise ImportError(name + " is not there", name=name.split(".")[0])
sys.meta_path.insert(0, Block())
from core.cli.program import main
sys.exit(main(sys.argv[1:]))
"""
BLOCKED = {"jieba", "spacy", "opencc", "platformdirs", "PySide6", "matplotlib", "sacrebleu"}


def test_a_tokenised_store_trains_with_torch_and_little_else(
    command: list[str], tmp_path: Path
) -> None:
    start = command.index("-m")
    program = [sys.executable, "-c", BARE.format(blocked=BLOCKED), *command[start + 2 :]]
    out = tmp_path / "bundle"
    seen = [line for _, line in lines([*program, "--out", str(out)], tmp_path / "bare")]
    assert '"finished"' in seen[-1], seen
    assert '"bleu": null' in next(line for line in seen if '"validation"' in line)
    assert read_bundle(out).manifest.source_language == "zh"
