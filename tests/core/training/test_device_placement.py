"""Training on a GPU, pretended: every tensor is where it must be, and results are the same."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import pytest
import torch
import torch.distributed as dist

from core import runtime
from core.decoding.beam_search import beam_search
from core.decoding.options import SearchOptions
from core.errors import OptionError
from core.events import Event, Finished, Sample, Step, Validation
from core.model import encoder
from core.model.seq2seq import Seq2Seq
from core.store.loading import load_model
from core.store.model_store import ModelStore
from core.text.vocab import PAD
from core.training import fresh, loss
from core.training.batching import Batch
from core.training.checkpoint import load_checkpoint, save_checkpoint
from core.training.checks import Pair
from core.training.control import JobControl
from core.training.distributed import Workers, choose_device, join_workers
from core.training.feeding import Feeding
from core.training.fresh import TrainOptions, train
from core.training.hyperparameters import BatchOptions, Recipe
from core.training.presets import PRESETS, Preset
from core.training.schedule import Budget, Schedule
from core.training.system import compose, model_config
from core.training.token_store.inputs import PairInput
from core.training.trainer import StepReport, Trainer
from core.training.validation import Held, SampleTranslator, validate
from tests.core.training.pretended_gpu import GPU, GpuTensor, pretended_gpu

pytestmark = pytest.mark.slow

Stream = Callable[[], Iterator[Batch]]
CPU = torch.device("cpu")
RECIPE = Recipe(learning_rate=1e-2, guided=0.5, dropout=0.2, ema=0.9, accumulate=2)


def make_trainer(
    device: torch.device,
    preset: str = "default",
    precision: torch.dtype = torch.float32,
    **changes: object,
) -> Trainer:
    """A tiny model of the preset's kind with weights that do not depend on the device."""
    fields: dict[str, object] = {
        "width": 24, "encoder_layers": 2, "encoder_heads": 2, "feed_forward": 32,
        "decoder_width": 24, "decoder_layers": 2, "attention_heads": 2, "embedding_width": 24,
    }  # fmt: skip
    torch.manual_seed(1)
    values = {**compose(preset), **fields}
    if values["decoder"] == "initial-state":
        values["cell"] = "gru"  # an LSTM's rows are packed there, which the pretence cannot do
    model = Seq2Seq(model_config(values, 14, 14, 0))
    recipe = dataclasses.replace(RECIPE, **changes)
    trainer = Trainer(model.to(device), recipe, precision)
    torch.manual_seed(2)  # of dropout
    return trainer


def steps(trainer: Trainer, batches: Iterator[Batch], count: int) -> list[StepReport]:
    until = trainer.steps + count
    reports = list(islice(trainer.run(batches, Budget(steps=until)), count))
    return [dataclasses.replace(report, elapsed=0.0) for report in reports]


def same(one: Trainer, other: Trainer) -> None:
    """Whether both have the same weights and the same state; within the pretence."""
    assert one.average is not None
    assert other.average is not None
    for mine, theirs in (
        (one.model.state_dict(), other.model.state_dict()),
        (one.optimizers.state(), other.optimizers.state()),
        (one.average.state(), other.average.state()),
    ):
        assert mine.keys() == theirs.keys()
        for name, value in mine.items():
            torch.testing.assert_close(value.cpu(), theirs[name].cpu(), rtol=1e-3, atol=1e-4)


# --- the pretence itself -------------------------------------------------------------------------


def test_the_pretence_refuses_what_a_gpu_refuses() -> None:
    with pretended_gpu() as gpu:
        here, there = torch.ones(3), torch.ones(3, device=GPU)
        assert there.device == torch.tensor([1.0], device=GPU).device == (there + 1).device == GPU
        for mix in (
            lambda: here + there,
            lambda: torch.cat((here, there)),
            lambda: torch.stack((here[0], there[0])),
            lambda: there.index_select(0, torch.tensor([1])),
        ):
            with pytest.raises(RuntimeError, match="cpu and on cuda:0"):
                mix()
        with pytest.raises((RuntimeError, TypeError), match="numpy"):
            there.numpy()
        assert (there * torch.tensor(2.0)).device == GPU  # a single number may come along
        gpu.waits.clear()
        assert there.sum().item() == 3 == sum(there.tolist())
        here.to(GPU, non_blocking=True)
        assert gpu.waits == ["aten::_local_scalar_dense", "aten::_to_copy"]


def test_a_tensor_made_on_the_wrong_device_is_found(
    copying: Stream, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = encoder.rotary_angles
    monkeypatch.setattr(encoder, "rotary_angles", lambda size, width, device: right(size, width))
    with pretended_gpu(), pytest.raises(RuntimeError, match="cpu and on cuda:0"):
        steps(make_trainer(GPU), copying(), 1)


# --- updates -------------------------------------------------------------------------------------


@pytest.mark.parametrize("preset", PRESETS)
def test_every_preset_learns_there_what_it_learns_here(preset: str, copying: Stream) -> None:
    here = make_trainer(CPU, preset)
    wanted = steps(here, copying(), 2)
    with pretended_gpu():
        there = make_trainer(GPU, preset)
        found = steps(there, copying(), 2)
        assert all(isinstance(p, GpuTensor) for p in there.model.parameters())
        same(here, there)
    for one, other in zip(wanted, found, strict=True):
        assert dataclasses.astuple(one) == pytest.approx(dataclasses.astuple(other), rel=1e-4)


@pytest.mark.parametrize("optimizer", ["adam", "sgd"])
def test_every_kind_of_learning_is_the_same_there(optimizer: str, copying: Stream) -> None:
    changes = {
        "optimizer": optimizer, "adversarial": 0.1, "word_dropout": 0.1, "loss_mean": "steps",
        "target_word_dropout": 0.1, "feeding": Feeding(share=0.5),
    }  # fmt: skip
    here = make_trainer(CPU, **changes)
    steps(here, copying(), 2)
    with pretended_gpu():
        there = make_trainer(GPU, **changes)
        steps(there, copying(), 2)
        same(here, there)


@pytest.mark.parametrize("accumulate", [1, 3])
def test_an_update_waits_once_for_the_gpu(accumulate: int, copying: Stream) -> None:
    with pretended_gpu() as gpu:
        trainer = make_trainer(GPU, accumulate=accumulate)
        batches = copying()
        steps(trainer, batches, 1)
        gpu.waits.clear()
        steps(trainer, batches, 4)
    assert gpu.waits == ["aten::_to_copy"] * 4


def test_the_loss_takes_larger_steps_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """And is the same whether one step holds all rows or several are needed."""
    torch.manual_seed(3)
    features, weight, bias = torch.randn(9, 6), torch.randn(7, 6), torch.randn(7)
    targets = torch.arange(9) % 7
    wanted = loss.linear_cross_entropy(features, weight, bias, targets, 0.1)
    for rows in (4, loss.GPU_CHUNK):
        monkeypatch.setattr(loss, "GPU_CHUNK", rows)
        with pretended_gpu():
            put = [part.to(GPU) for part in (features, weight, bias, targets)]
            found = loss.linear_cross_entropy(*put, 0.1)
        for one, other in zip(wanted, found, strict=True):
            torch.testing.assert_close(one, other.inner)


# --- validation, translation, checkpoints --------------------------------------------------------


def test_autocast_is_that_of_the_device(copying: Stream) -> None:
    for device in (CPU, GPU):
        seen = []
        with pretended_gpu():
            trainer = make_trainer(device, precision=torch.bfloat16)
            trainer.model.decoder.contract.register_forward_hook(
                lambda *_, seen=seen: seen.append(
                    {kind: torch.is_autocast_enabled(kind) for kind in ("cpu", "cuda")}
                )
            )
            steps(trainer, copying(), 1)
        assert seen == [{"cpu": device == CPU, "cuda": device == GPU}] * RECIPE.accumulate


def test_validation_waits_once(copying: Stream) -> None:
    held = Held((), tuple(islice(copying(), 5)))
    with pretended_gpu() as gpu:
        trainer = make_trainer(GPU)
        gpu.waits.clear()
        validate(trainer, held)
    assert gpu.waits == ["aten::_local_scalar_dense"]


@pytest.mark.parametrize("saved_on", [CPU, GPU])
def test_a_run_goes_on_on_the_other_device(
    saved_on: torch.device, tmp_path: Path, copying: Stream
) -> None:
    whole = make_trainer(CPU, dropout=0.0)
    wanted = steps(whole, copying(), 5)
    with pretended_gpu():
        first = make_trainer(saved_on, dropout=0.0)
        found = steps(first, copying(), 2)
        save_checkpoint(tmp_path / "run", first, {})
        second = make_trainer(CPU if saved_on == GPU else GPU, dropout=0.0)
        load_checkpoint(tmp_path / "run", second)
        devices = {value.device for value in second.optimizers.state().values()}
        assert devices == {second.device} == {next(second.model.parameters()).device}
        found += steps(second, islice(copying(), 4, None), 3)
        same(whole, second)
    losses = [report.loss for report in found]
    assert losses == pytest.approx([report.loss for report in wanted], rel=1e-4)


# --- a whole run ---------------------------------------------------------------------------------


@pytest.fixture
def options(lesson: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TrainOptions:
    values = {
        "width": 24, "encoder_layers": 1, "encoder_heads": 2, "feed_forward": 24,
        "decoder_width": 24, "attention_heads": 2, "source_vocabulary_size": 200,
        "target_vocabulary_size": 200,
    }  # fmt: skip
    monkeypatch.setitem(PRESETS, "toy", Preset(values, "for tests"))
    monkeypatch.setattr(fresh, "SCORED", 2)
    return TrainOptions(
        "new",
        inputs=(PairInput(pairs=lesson),),
        tokens=tmp_path / "tokens",
        preset="toy",
        budget=Budget(steps=4),
        recipe=Recipe(learning_rate=1e-2, ema=0.9, schedule=Schedule(2, 0.5)),
        batch=BatchOptions(tokens=300),
        validations=2,
        save_seconds=0.001,  # after every update
        precision="fp32",
    )


def losses(events: list[Event]) -> list[float]:
    return [e.loss for e in events if isinstance(e, Validation)]


def test_a_run_stopped_and_resumed_on_a_gpu_ends_as_one_on_the_processor(
    options: TrainOptions, tiny_store: ModelStore
) -> None:
    here = dataclasses.replace(options, device="cpu", name="here")
    wanted = list(train(here, JobControl(), tiny_store))
    there = dataclasses.replace(options, device="cuda", name="there", inputs=())
    found = []
    with pretended_gpu():
        for event in train(there, JobControl(), tiny_store):
            found.append(event)
            if isinstance(event, Step) and event.step == 3:
                break  # as if killed
        again = dataclasses.replace(there, resume=True)
        found += train(again, JobControl(), tiny_store)
    assert isinstance(found[-1], Finished)
    told = [event for event in found if isinstance(event, Validation)]
    unique = {event.step: event for event in told}  # the second process tells the past again
    assert losses(list(unique.values())) == pytest.approx(losses(wanted), rel=1e-3)
    assert (len(unique), len(told)) == (3, 5)
    assert sum(isinstance(event, Sample) for event in found) == 9
    models = [load_model(tiny_store.find(name).path).model for name in ("here", "there")]
    for one, other in zip(*(model.parameters() for model in models), strict=True):
        torch.testing.assert_close(one, other, rtol=1e-2, atol=5e-3)  # stored as bfloat16


def test_texts_are_translated_where_the_model_is(tiny_bundle: Path) -> None:
    loaded = load_model(tiny_bundle)
    pairs = [Pair(1, "我喜欢苹果。", "I like apples."), Pair(2, "你好", "Hello")]
    wanted = [(one.text, one.words()) for one in SampleTranslator(loaded)(pairs)]
    assert all(text for text, _ in wanted)
    with pretended_gpu():
        loaded.model.to(GPU)
        there = SampleTranslator(loaded)(pairs)
    assert [(one.text, one.words()) for one in there] == wanted


@pytest.mark.parametrize("beam", [1, 3])
def test_the_search_keeps_to_the_model_s_device(tiny_bundle: Path, beam: int) -> None:
    model = load_model(tiny_bundle).model.eval()
    ids, lengths = torch.tensor([[5, 6, 7, 8], [9, 10, PAD, PAD]]), torch.tensor([4, 2])
    options = SearchOptions(beam=beam, coverage_penalty=0.2, n_best=beam)
    wanted = beam_search(model, ids, lengths, options)
    with pretended_gpu():
        found = beam_search(model.to(GPU), ids.to(GPU), lengths.to(GPU), options)
    assert [[h.ids for h in one] for one in found] == [[h.ids for h in one] for one in wanted]


# --- which device --------------------------------------------------------------------------------


def test_every_process_takes_a_gpu_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[torch.device] = []
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)
    monkeypatch.setattr(torch.cuda, "set_device", taken.append)
    assert choose_device("auto") == GPU
    monkeypatch.setenv("LOCAL_RANK", "1")
    assert choose_device("cuda") == torch.device("cuda", 1)
    assert taken == [GPU, torch.device("cuda", 1)]
    assert choose_device("cpu") == CPU
    monkeypatch.setenv("LOCAL_RANK", "2")
    with pytest.raises(OptionError, match="this machine has 2"):
        choose_device("auto")


def test_a_gpu_that_is_not_there_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    with pytest.raises(OptionError, match="no GPU"):
        choose_device("cuda")
    assert choose_device("auto") == CPU


@pytest.mark.parametrize(("device", "backend"), [(CPU, "gloo"), (GPU, "nccl")])
def test_processes_talk_as_their_device_can(
    device: torch.device, backend: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[str] = []
    monkeypatch.setenv("WORLD_SIZE", "2")
    monkeypatch.setattr(dist, "init_process_group", begun.append)
    monkeypatch.setattr(dist, "get_rank", lambda: 1)
    assert join_workers(device) == Workers(1, 2)
    assert begun == [backend]


@pytest.mark.parametrize("native", [True, False])
def test_a_gpu_that_emulates_bfloat16_computes_in_fp32(
    native: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def supported(including_emulation: bool = True) -> bool:
        return native or including_emulation

    monkeypatch.setattr(torch.cuda, "is_bf16_supported", supported)
    wanted = torch.bfloat16 if native else torch.float32
    assert runtime.choose_precision("auto", "cuda") is wanted
