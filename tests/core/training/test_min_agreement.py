"""Misaligned pairs of a store: scored by the command, left out by the option."""

from __future__ import annotations

import dataclasses
import random
import sys
from collections.abc import Callable
from itertools import takewhile
from pathlib import Path

import numpy as np
import pytest
import torch

from core.cancel import CancelToken
from core.cli import recipe as program
from core.cli.program import build_parser
from core.cli.train import train_options
from core.errors import InputError, OptionError, TrainingError
from core.events import Event, Finished, Started
from core.store.bundle import read_bundle
from core.store.model_store import ModelStore
from core.training import presets
from core.training.batching import Batch, BatchSource, Share
from core.training.control import JobControl
from core.training.corpus import Corpus, save_arrays
from core.training.fresh import TrainOptions, train
from core.training.hyperparameters import BatchOptions
from core.training.recipe.agreement import (
    AGREEMENT,
    MISALIGNED,
    left_out,
    read_agreement,
    write_agreement,
)
from core.training.schedule import Budget
from core.training.token_store.linking import link
from core.training.token_store.store import TokenStore
from core.training.tokens import shares
from tests.core.training.runs import tiny_preset
from tests.core.training.token_stores import build, sizes, tsv

# --- batches of the kept pairs alone -------------------------------------------------------------

NOISY = BatchOptions(tokens=40, join=0.4, copy_unknown=0.2)


def one_round(source: BatchSource) -> list[Batch]:
    return [batch for _, _, batch in takewhile(lambda item: item[0] == 0, source.batches())]


def same(one: list[Batch], other: list[Batch]) -> bool:
    return len(one) == len(other) and all(
        torch.equal(getattr(a, name), getattr(b, name))
        for a, b in zip(one, other, strict=True)
        for name in Batch.__annotations__
        if name != "replayed"
    )


def test_only_kept_pairs_are_drawn() -> None:
    rows = [([10 + i] * (1 + i % 7), [60 + i] * (1 + i % 5)) for i in range(40)]
    whole = Corpus.from_pairs(rows)
    keep = np.array([3, 4, 5, 17, 20, 29, 31, 38])
    some = Corpus.from_pairs([rows[i] for i in keep])
    for repeats in (1.0, 2.5):
        source = BatchSource([Share(whole, repeats, keep)], NOISY)
        alone = BatchSource([Share(some, repeats)], NOISY)
        assert source.round_size() == alone.round_size() == 8 * repeats
        assert same(one_round(source), one_round(alone))
    assert same(
        one_round(BatchSource([Share(whole, 0.5, np.arange(40))], NOISY)),
        one_round(BatchSource([Share(whole, 0.5)], NOISY)),
    )


# --- the command and the option ------------------------------------------------------------------

NOUNS = {
    "苹果": "apple", "面条": "noodle", "老虎": "tiger", "医生": "doctor",
    "火车": "train", "月亮": "moon", "音乐": "music", "窗户": "window",
    "雨伞": "umbrella", "咖啡": "coffee", "学校": "school", "河流": "river",
    "城市": "city", "鲜花": "flower", "飞机": "plane", "大象": "elephant",
    "星期": "week", "桌子": "table", "电影": "film", "天空": "sky",
    "森林": "forest", "牛奶": "milk", "钥匙": "key", "衣服": "clothes",
}  # fmt: skip
PLANTED = {*range(12, 240, 20)}


def sentences(count: int) -> list[tuple[str, str]]:
    """Nouns in a row with their translations; those of another row where they are planted."""
    rng = random.Random(2)
    rows = []
    for number in range(count):
        nouns = rng.sample(list(NOUNS), 12)
        given, other = nouns[:6], nouns[6:]
        target = [NOUNS[noun] for noun in (other if number in PLANTED else given)]
        rows.append(("，".join(given) + "。", ", ".join(target) + "."))
    return rows


def linked_store(folder: Path) -> TokenStore:
    rows = sentences(240)
    files = tsv(folder, rows[:100], "a.tsv"), tsv(folder, rows[100:], "b.tsv")
    held = tsv(
        folder, [("苹果和面条。", "An apple and a noodle."), ("火车。", "A train.")], "held.tsv"
    )
    store = build(folder / "store", *files, text=sizes(400), held_files=held, keep_words=True)
    texts = [
        (store.folder / name).read_text().split("\n")[:-1]
        for name in ("words.source", "words.target")
    ]
    lines = []
    for source, target in zip(*texts, strict=True):
        places = {word: place for place, word in enumerate(target.split(" "))}
        found = [
            f"{place}-{places[NOUNS[word]]}"
            for place, word in enumerate(source.split(" "))
            if NOUNS.get(word) in places
        ]
        lines.append(" ".join(found))
    (folder / "links.txt").write_text("".join(line + "\n" for line in lines))
    for _ in link(store, folder / "links.txt", CancelToken()):
        pass
    return TokenStore.open(store.folder)


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory) -> TokenStore:
    return linked_store(tmp_path_factory.mktemp("agreement"))


def call(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["recipe", *arguments])
    return program.main()


def test_the_command_finds_what_is_misaligned(
    linked: TokenStore, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(monkeypatch, "agreement", str(linked.folder)) == 0
    scores = read_agreement(linked.folder, 240)
    assert {*np.flatnonzero(scores < MISALIGNED).tolist()} == PLANTED
    assert capsys.readouterr().out.splitlines() == [
        "a.tsv       100 pairs,   5.00% below 100",
        "b.tsv       140 pairs,   5.00% below 100",
    ]
    assert left_out(linked, scores, 256) == {"a.tsv": 100, "b.tsv": 140}
    assert not [path for path in linked.folder.iterdir() if "partial" in path.name]
    first = (linked.folder / AGREEMENT).read_bytes()
    assert call(monkeypatch, "agreement", str(linked.folder), "--below", "256") == 0
    assert "100.00% below 256" in capsys.readouterr().out
    assert (linked.folder / AGREEMENT).read_bytes() == first


def test_a_store_without_links_is_not_scored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    store = build(tmp_path / "store", tsv(tmp_path, sentences(30)), held_out=0)
    assert call(monkeypatch, "agreement", str(store.folder)) == 1
    assert "--alignments" in capsys.readouterr().err
    assert not (store.folder / AGREEMENT).exists()


def test_each_file_keeps_its_own_pairs(linked: TokenStore, tmp_path: Path) -> None:
    scores = write_agreement(linked)
    (whole,) = shares(linked, None, MISALIGNED)
    assert whole.keep is not None
    assert {*range(240)} - {*whole.keep.tolist()} == PLANTED
    mix = tmp_path / "mix.json"
    mix.write_text('{"b.tsv": 0.5}')
    parts = shares(linked.flipped(), mix, MISALIGNED)
    assert [(len(s.corpus), len(s), s.repeats) for s in parts] == [(100, 95, 1.0), (140, 133, 0.5)]
    kept = [i + b for s, b in zip(parts, (0, 100), strict=True) for i in s.keep]  # type: ignore[union-attr]
    assert kept == np.flatnonzero(scores >= MISALIGNED).tolist()
    assert all(share.keep is None for share in shares(linked, mix))


def _none(path: Path) -> None:
    path.unlink()


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-9])


def _of_fewer_pairs(path: Path) -> None:
    save_arrays(path, {"scores": np.zeros(239, np.uint8)})


def _of_another_kind(path: Path) -> None:
    save_arrays(path, {"scores": np.zeros(240, np.int64)})


def _of_another_name(path: Path) -> None:
    save_arrays(path, {"links": np.zeros(240, np.uint8)})


def _of_floats(path: Path) -> None:
    save_arrays(path, {"scores": np.zeros(240, np.float32)})


@pytest.mark.parametrize(
    "damage", [_none, _cut, _of_fewer_pairs, _of_another_kind, _of_another_name, _of_floats]
)
def test_scores_that_cannot_be_read_say_what_to_type(
    linked: TokenStore, damage: Callable[[Path], None]
) -> None:
    write_agreement(linked)
    damage(linked.folder / AGREEMENT)
    with pytest.raises(InputError) as caught:
        shares(linked, None, MISALIGNED)
    assert str(linked.folder) in caught.value.where
    assert f"python -m core.cli.recipe agreement {linked.folder}" in caught.value.remedy
    assert len(shares(linked, None)[0]) == 240


@pytest.fixture
def options(linked: TokenStore, monkeypatch: pytest.MonkeyPatch) -> TrainOptions:
    monkeypatch.setitem(presets.PRESETS, "toy", tiny_preset(400))
    command = ["train", "--name", "new", "--tokens", str(linked.folder), "--min-agreement", "100"]
    parsed = train_options(build_parser().parse_args(command))
    assert parsed.min_agreement == 100
    return dataclasses.replace(
        parsed, preset="toy", budget=Budget(steps=3), validations=1,
        batch=dataclasses.replace(parsed.batch, tokens=300), precision="fp32", device="cpu",
    )  # fmt: skip


def run(options: TrainOptions, store: ModelStore) -> list[Event]:
    return list(train(options, JobControl(), store))


def test_training_leaves_out_what_scores_below(
    linked: TokenStore, options: TrainOptions, tiny_store: ModelStore
) -> None:
    write_agreement(linked)
    events = run(options, tiny_store)
    (started,) = (event for event in events if isinstance(event, Started))
    assert (started.pairs, started.rejected) == (228, 12)
    finished = events[-1]
    assert isinstance(finished, Finished)
    receipt = read_bundle(Path(finished.path)).receipt()
    assert (receipt["min_agreement"], receipt["pairs"]) == (100, 228)


def test_training_needs_scores_and_pairs(
    linked: TokenStore, options: TrainOptions, tiny_store: ModelStore, tmp_path: Path
) -> None:
    write_agreement(linked)
    with pytest.raises(TrainingError, match="too few usable pairs: 0"):
        run(dataclasses.replace(options, min_agreement=256), tiny_store)
    (linked.folder / AGREEMENT).unlink()
    with pytest.raises(InputError, match="not scored"):
        run(options, tiny_store)
    new = tmp_path / "new store"
    with pytest.raises(OptionError, match="not made yet"):
        run(dataclasses.replace(options, tokens=new), tiny_store)
    assert not new.exists()
