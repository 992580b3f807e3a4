"""Checkpoints: the run goes on as if nothing had happened, and one is always whole."""

from __future__ import annotations

import errno
import json
import shutil
import stat
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
import torch

from core import files
from core.errors import InputError, StorageError
from core.files import superseded
from core.model.seq2seq import Seq2Seq
from core.training import checkpoint as module
from core.training.batching import Batch
from core.training.checkpoint import load_checkpoint, save_checkpoint
from core.training.hyperparameters import Recipe
from core.training.schedule import Budget, Schedule
from core.training.trainer import Trainer

MakeModel = Callable[..., Seq2Seq]
Stream = Callable[[], Iterator[Batch]]
RECIPE = Recipe(learning_rate=5e-3, guided=0.5, schedule=Schedule(warmup=3, decay=0.5))


def start(model: Seq2Seq) -> Trainer:
    return Trainer(model, RECIPE, torch.float32)


def steps(trainer: Trainer, batches: Iterator[Batch], until: int) -> list[float]:
    """Losses of the updates up to ``until`` of a run of ten."""
    count = until - trainer.steps
    return [report.loss for report in islice(trainer.run(batches, Budget(steps=10)), count)]


def weights(trainer: Trainer) -> dict[str, torch.Tensor]:
    return {name: value.clone() for name, value in trainer.model.state_dict().items()}


def equal(one: dict[str, torch.Tensor], other: dict[str, torch.Tensor]) -> bool:
    return one.keys() == other.keys() and all(torch.equal(one[k], other[k]) for k in one)


@pytest.mark.parametrize("kind", ["transformer", "bidirectional"])
def test_a_resumed_run_ends_bit_for_bit_as_an_uninterrupted_one(
    kind: str, tmp_path: Path, make_model: MakeModel, copying: Stream
) -> None:
    changes: dict[str, Any] = {"encoder": kind, "dropout": 0.2, "alignment_head": 0}
    whole = start(make_model(**changes))
    wanted = steps(whole, copying(), 10)

    first = start(make_model(**changes))
    losses = steps(first, copying(), 4)
    save_checkpoint(tmp_path / "run", first, {"round": 0, "index": 3})

    torch.manual_seed(99)  # a new process
    second = start(make_model(seed=5, **changes))
    assert load_checkpoint(tmp_path / "run", second) == {"round": 0, "index": 3}
    assert second.steps == 4
    assert second.elapsed == first.elapsed
    losses += steps(second, islice(copying(), 4, None), 10)
    assert losses == wanted
    assert equal(weights(second), weights(whole))


def saved(home: Path, make_model: MakeModel, copying: Stream) -> tuple[Path, Trainer]:
    """A checkpoint after two updates, and its trainer, which stands at the third."""
    trainer = start(make_model())
    steps(trainer, copying(), 2)
    save_checkpoint(home / "run", trainer, {"at": 2})
    steps(trainer, copying(), 3)
    return home / "run", trainer


class KilledError(BaseException):
    """The process ends here."""


WRITES: list[tuple[Any, str]] = [
    (Path, "mkdir"), (module, "save_file"), (Path, "write_text"), (files, "sync_file"),
    (files, "sync_folder"), (Path, "rename"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("place", "name"),
    [*WRITES, (shutil, "rmtree")],
    ids=[*(name for _, name in WRITES), "rmtree"],
)
def test_a_process_killed_anywhere_leaves_one_whole_checkpoint(
    place: Any, name: str, tmp_path: Path, make_model: MakeModel, copying: Stream,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Dies before the first, the second ... call of ``name``."""
    real = getattr(place, name)
    for last in range(1, 9):
        home, left = tmp_path / f"{last}", tmp_path / f"{last}-left"
        folder, trainer = saved(home, make_model, copying)
        calls = 0

        def die(*arguments: Any, _last: int = last, **options: Any) -> Any:
            nonlocal calls
            calls += 1
            if calls > _last:
                raise KilledError
            if calls < _last:
                return real(*arguments, **options)
            # What a kill leaves is a copy of the disk as it is: no handler runs.
            shutil.copytree(home, left)  # noqa: B023 - called within this turn
            raise KilledError

        with monkeypatch.context() as patch:
            patch.setattr(place, name, die)
            try:
                save_checkpoint(folder, trainer, {"at": 3})
            except KilledError:
                pass
            else:
                assert calls == last - 1
                assert last > 1
                return
        found = start(make_model(seed=2))
        assert load_checkpoint(left / "run", found)["at"] == found.steps
        assert found.steps in (2, 3)
        # The next write succeeds and cleans up.
        save_checkpoint(left / "run", trainer, {"at": 3})
        assert load_checkpoint(left / "run", found) == {"at": 3}
        assert [path.name for path in left.iterdir()] == ["run"]
    pytest.fail("the write never came to its end")


@pytest.mark.parametrize(("place", "name"), WRITES, ids=[name for _, name in WRITES])
def test_a_full_disk_leaves_the_old_checkpoint_and_nothing_else(
    place: Any, name: str, tmp_path: Path, make_model: MakeModel, copying: Stream,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    folder, trainer = saved(tmp_path, make_model, copying)

    def full(*arguments: Any, **options: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(place, name, full)
        with pytest.raises(StorageError, match="full") as caught:
            save_checkpoint(folder, trainer, {"at": 3})
    assert caught.value.where == str(folder)
    assert load_checkpoint(folder, start(make_model())) == {"at": 2}
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_a_kill_between_the_renames_is_survived_twice(
    tmp_path: Path, make_model: MakeModel, copying: Stream, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, trainer = saved(tmp_path, make_model, copying)
    folder.rename(superseded(folder))  # where the first kill left it
    seen = []
    real = Path.rename

    def look(self: Path, target: Path) -> Path:
        found = start(make_model(seed=2))
        seen.append(load_checkpoint(folder, found)["at"])
        return real(self, target)

    monkeypatch.setattr(Path, "rename", look)
    save_checkpoint(folder, trainer, {"at": 3})
    assert seen == [2]
    assert load_checkpoint(folder, trainer) == {"at": 3}


def test_a_folder_that_cannot_be_written_is_told(
    tmp_path: Path, make_model: MakeModel, copying: Stream
) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(StorageError):
        save_checkpoint(tmp_path / "file" / "run", start(make_model()), {})


@pytest.mark.parametrize("file", ["model.safetensors", "optimizers.safetensors", "state.json"])
@pytest.mark.parametrize("damage", ["missing", "truncated", "text"])
def test_a_damaged_checkpoint_is_told(
    file: str, damage: str, tmp_path: Path, make_model: MakeModel, copying: Stream
) -> None:
    folder, _ = saved(tmp_path, make_model, copying)
    path = folder / file
    whole = path.read_bytes()
    path.unlink()
    if damage != "missing":
        path.write_bytes(whole[: len(whole) // 2] if damage == "truncated" else b"[]")
    with pytest.raises(InputError) as caught:
        load_checkpoint(folder, start(make_model()))
    assert caught.value.where == str(folder)


def test_the_checkpoint_of_another_model_is_told(
    tmp_path: Path, make_model: MakeModel, copying: Stream
) -> None:
    folder, _ = saved(tmp_path, make_model, copying)
    with pytest.raises(InputError, match="no checkpoint of this model"):
        load_checkpoint(folder, start(make_model(width=16)))
    with pytest.raises(InputError, match="no checkpoint of this model"):
        load_checkpoint(tmp_path / "nowhere", start(make_model()))


def test_a_checkpoint_of_an_older_program_loads_and_a_newer_ones_is_told(
    tmp_path: Path, make_model: MakeModel, copying: Stream
) -> None:
    folder, _ = saved(tmp_path, make_model, copying)
    state = json.loads((folder / "state.json").read_text())
    assert state.pop("format_version") == 1
    (folder / "state.json").write_text(json.dumps(state))  # as the first programs wrote it
    assert load_checkpoint(folder, start(make_model())) == {"at": 2}
    newer = json.dumps({**state, "format_version": 2})
    (folder / "state.json").write_text(newer)
    with pytest.raises(InputError, match="newer version of Attune") as caught:
        load_checkpoint(folder, start(make_model()))
    assert caught.value.where == str(folder / "state.json")
    assert (folder / "state.json").read_text() == newer


def test_a_checkpoint_without_random_state_still_loads(
    tmp_path: Path, make_model: MakeModel, copying: Stream
) -> None:
    folder, _ = saved(tmp_path, make_model, copying)
    (folder / "random.safetensors").unlink()
    assert load_checkpoint(folder, start(make_model())) == {"at": 2}


def test_the_files_are_json_and_safetensors(
    tmp_path: Path, make_model: MakeModel, copying: Stream
) -> None:
    folder, _ = saved(tmp_path, make_model, copying)
    assert {path.suffix for path in folder.iterdir()} == {".safetensors", ".json"}
    assert json.loads((folder / "state.json").read_text())["steps"] == 2
    assert all(stat.S_ISREG(path.stat().st_mode) for path in folder.iterdir())
