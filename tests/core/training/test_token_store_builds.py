"""Making a tokenised store: processes, builds that do not end, stores that are not whole."""

from __future__ import annotations

import hashlib
import itertools
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.cancel import Cancelled, CancelToken
from core.errors import InputError, StorageError, TrainingError
from core.training.checks import Pair
from core.training.token_store import builder
from core.training.token_store.builder import build_token_store
from core.training.token_store.cutter import Cutter, Sides
from core.training.token_store.inputs import PairInput
from core.training.token_store.pool import CHUNK, CutPair, Pool
from core.training.token_store.store import TokenStore
from tests.core.training.token_stores import build, contents, good_pairs, sizes, tsv

pytestmark = pytest.mark.slow

LANGUAGES, UNITS = ("zh", "en"), ("pieces", "pieces")


@pytest.fixture
def pairs(tmp_path: Path) -> PairInput:
    return tsv(tmp_path, good_pairs(60))


# --- processes -----------------------------------------------------------------------------------


def test_two_workers_make_what_one_process_makes(tmp_path: Path) -> None:
    rows: list[tuple[str, ...]] = list(good_pairs(3 * CHUNK))
    for place in range(5, len(rows), 97):
        rows.insert(place, ("bad",))
    given_ = tsv(tmp_path, rows)
    alone = build(tmp_path / "alone", given_, keep_words=True)
    shared = build(tmp_path / "shared", given_, keep_words=True, workers=2)
    assert contents(shared) == contents(alone)
    words = (shared.folder / "words.target").read_text("utf-8").split("\n")[:-1]
    assert [not line for line in words] == [len(row) == 1 for row in rows]


def test_few_pairs_are_cut_by_this_process_alone(
    tmp_path: Path, pairs: PairInput, monkeypatch: pytest.MonkeyPatch
) -> None:
    used: list[int] = []

    class Counted(Pool):
        def __init__(self, languages: Sides, units: Sides, workers: int) -> None:
            used.append(workers)
            super().__init__(languages, units, 0)

    monkeypatch.setattr(builder, "Pool", Counted)
    monkeypatch.setattr(builder.runtime, "cores", lambda: 4)
    build(tmp_path / "few", pairs, workers=None)
    assert pairs.pairs is not None
    monkeypatch.setattr(builder, "FEW_BYTES", pairs.pairs.stat().st_size - 1)
    build(tmp_path / "many", pairs, workers=None)
    build(tmp_path / "asked", pairs, workers=3)
    assert used == [0, 4, 3]


def endless() -> Iterator[Pair]:
    return (Pair(i, f"第{i}天", f"day {i}") for i in itertools.count(1))


def processes(pool: Pool) -> list[subprocess.Popen[bytes]]:
    return [child._process for child in pool._children if child._process is not None]


def test_cancelling_ends_the_workers(tmp_path: Path) -> None:
    cancel = CancelToken()
    with pytest.raises(Cancelled), Pool(LANGUAGES, UNITS, 2) as pool:
        for number, item in enumerate(pool.cut(endless(), cancel)):
            assert isinstance(item, CutPair)
            assert item.pair.line == number + 1
            if number == 10:
                cancel.cancel()
    assert len(processes(pool)) == 2
    assert all(process.returncode is not None for process in processes(pool))


def test_a_worker_that_is_killed_is_told(tmp_path: Path) -> None:
    with (
        pytest.raises(TrainingError, match="ended from outside"),
        Pool(LANGUAGES, UNITS, 1) as pool,
    ):
        for item in pool.cut(endless(), CancelToken()):
            assert isinstance(item, CutPair)
            processes(pool)[0].kill()


def test_a_worker_that_fails_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RuntimeError, match="'X' is no code of a language"):  # noqa: SIM117
        with Pool(("zh", "X"), UNITS, 1) as pool:
            list(pool.cut([Pair(1, "好", "good")], CancelToken()))


def test_the_worker_program_ends_with_its_input() -> None:
    given_ = ("--languages", *LANGUAGES, "--units", *UNITS)
    program = [sys.executable, "-m", Cutter.__module__, *given_]
    done = subprocess.run(
        program, input="1\n我喜欢茶\nI like tea\n2\nhalf".encode(), capture_output=True,
        check=True, timeout=60,
    )  # fmt: skip
    assert done.stdout.decode() == "我 喜欢 茶\n▁I \x1f▁like \x1f▁tea\n"


# --- a build that does not end, a store that is not whole ----------------------------------------


@pytest.mark.parametrize("way", ["close", "cancel"])
def test_a_build_that_is_stopped_leaves_nothing(
    tmp_path: Path, pairs: PairInput, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.training.token_store.clock.TELL_EVERY", 0.0)
    folder = tmp_path / "made" / "store"
    for stop in itertools.count():
        cancel = CancelToken()
        job = build_token_store(
            folder, (pairs,), source_language="zh", target_language="en",
            text=sizes(140), workers=0, cancel=cancel,
        )  # fmt: skip
        seen = sum(1 for _ in itertools.islice(job, stop))
        if seen < stop:  # it came to its end before it could be stopped
            break
        with pytest.raises(InputError):
            TokenStore.open(folder)
        if way == "close":
            job.close()  # type: ignore[attr-defined]
        else:
            cancel.cancel()
            try:
                list(job)
            except Cancelled:
                pass
            else:  # after its last look at the token
                shutil.rmtree(folder)
        assert list((tmp_path / "made").iterdir()) == [] if stop else True
    assert stop > 60  # a message for every pair at least
    assert TokenStore.open(folder).counts["kept"] == 54


def test_what_a_killed_build_left_is_no_store_and_no_obstacle(
    tmp_path: Path, pairs: PairInput
) -> None:
    left = tmp_path / ".store.partial"
    shutil.copytree(build(tmp_path / "whole", pairs).folder, left)
    (left / "store.json").unlink()
    with pytest.raises(InputError, match="no finished"):
        TokenStore.open(left)
    build(tmp_path / "store", pairs)
    assert not left.exists()


def test_nothing_is_overwritten(tmp_path: Path, pairs: PairInput) -> None:
    (tmp_path / "empty").mkdir()
    store = build(tmp_path / "empty", pairs)
    before = contents(store)
    with pytest.raises(StorageError, match="already"):
        build(store.folder, pairs)
    assert contents(store) == before


def _cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-9])


def _changed(path: Path) -> None:
    path.write_text(path.read_text("utf-8").replace("1", "2", 1), "utf-8")


def _with(key: str, value: object) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), key: value}))

    return change


def _held_out_of_numbers(path: Path) -> None:
    """A held-out pair that is no text, and the hash of just that."""
    line = b'{"source": 3, "target": "a", "source_ids": [4], "target_ids": ["x"]}\n'
    held = path.with_name("held.jsonl")
    path.write_text(
        path.read_text("utf-8").replace(
            hashlib.sha256(held.read_bytes()).hexdigest(), hashlib.sha256(line).hexdigest()
        )
    )
    held.write_bytes(line)


def _newer(path: Path) -> None:
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), "format": 3}))


def _without_counts(path: Path) -> None:
    fields = json.loads(path.read_text("utf-8"))
    del fields["counts"]
    path.write_text(json.dumps(fields))


@pytest.mark.parametrize(
    ("name", "damage", "what"),
    [
        ("pairs.safetensors", _cut_short, "damaged"),
        ("pairs.safetensors", Path.unlink, "damaged"),
        ("source.tokenizer.json", _changed, "damaged"),
        ("held.jsonl", _cut_short, "damaged"),
        ("held.jsonl", Path.unlink, "damaged"),
        ("store.json", _cut_short, "damaged"),
        ("store.json", _newer, "format 3"),
        ("store.json", _without_counts, "damaged"),
        ("store.json", _with("seed", float("inf")), "damaged"),
        ("store.json", _with("counts", []), "damaged"),
        ("store.json", _with("lines", [["a", float("-inf")]]), "damaged"),
        ("store.json", _held_out_of_numbers, "damaged"),
        ("store.json", Path.unlink, "no finished"),
    ],
)
def test_a_store_that_is_not_whole_is_refused(
    tmp_path: Path, pairs: PairInput, name: str, damage: Callable[[Path], None], what: str
) -> None:
    store = build(tmp_path / "store", pairs)
    damage(store.folder / name)
    with pytest.raises(InputError, match=what) as caught:
        TokenStore.open(store.folder)
    assert caught.value.remedy


def test_ids_outside_the_vocabulary_are_refused(tmp_path: Path, pairs: PairInput) -> None:
    store = build(tmp_path / "store", pairs)
    path = store.folder / "pairs.safetensors"
    flat = store.corpus.target.tobytes()
    del store
    path.write_bytes(path.read_bytes().replace(flat, b"\xff" * len(flat)))
    with pytest.raises(InputError, match="outside its vocabulary"):
        TokenStore.open(tmp_path / "store")


LIGHT = '''
import sys


class Missing:
    """An import system without what a training machine has not."""

    def find_spec(self, name, path=None, target=None):
        absent = "jieba spacy platformdirs opencc PySide6 matplotlib sacrebleu"
        if name.partition(".")[0] in absent.split():
            raise ImportError(f"{name} is not installed")


sys.meta_path.insert(0, Missing())

from pathlib import Path

from core.training.batching import BatchSource, Share
from core.training.hyperparameters import BatchOptions
from core.training.token_store.store import TokenStore

store = TokenStore.open(Path(sys.argv[1]))
source = BatchSource([Share(store.corpus)], BatchOptions(tokens=200))
pairs = 0
for number, _, batch in source.batches():
    if number:
        break
    pairs += len(batch.lengths)
print(pairs, len(store.held))
'''


def test_training_machines_need_no_tokenizers(tmp_path: Path, pairs: PairInput) -> None:
    store = build(tmp_path / "store", pairs, held_out=5)
    done = subprocess.run(
        [sys.executable, "-c", LIGHT, str(store.folder)],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["55", "5"]
