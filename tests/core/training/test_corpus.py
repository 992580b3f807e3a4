"""Corpora: gathered flat, written whole, mapped back."""

from __future__ import annotations

import errno
import gzip
import lzma
import mmap
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from core.errors import InputError, StorageError
from core.training import corpus as module
from core.training.corpus import Corpus, read_lines

PAIRS = [((4, 5, 6), (7,)), ((65535,), (8, 9)), ((), ()), ((10, 11), (12, 13, 14))]
LINKS = [[(0, 0), (2, 0)], [], [], [(1, 2)]]


def as_lists(corpus: Corpus) -> list[tuple[list[int], list[int], list[list[int]]]]:
    return [
        (*(side.tolist() for side in corpus.pair(i)), corpus.pair_links(i).tolist())
        for i in range(len(corpus))
    ]


WANTED = [
    ([4, 5, 6], [7], [[0, 0], [2, 0]]),
    ([65535], [8, 9], []),
    ([], [], []),
    ([10, 11], [12, 13, 14], [[1, 2]]),
]


def test_pairs_come_back_from_memory_and_disk(tmp_path: Path) -> None:
    corpus = Corpus.from_pairs(iter(PAIRS), iter(LINKS))
    assert as_lists(corpus) == WANTED
    corpus.save(tmp_path / "c.safetensors")
    found = Corpus.load(tmp_path / "c.safetensors")
    assert as_lists(found) == WANTED
    assert found.source_lengths.tolist() == [3, 1, 0, 2]
    assert found.target_lengths.tolist() == [1, 2, 0, 3]
    assert [path.name for path in tmp_path.iterdir()] == ["c.safetensors"]


def test_a_corpus_without_links_has_none(tmp_path: Path) -> None:
    Corpus.from_pairs(PAIRS).save(tmp_path / "c")
    found = Corpus.load(tmp_path / "c")
    assert found.links is None
    assert found.pair_links(0).shape == (0, 2)
    assert [row[:2] for row in as_lists(found)] == [row[:2] for row in WANTED]


def test_an_empty_corpus_is_one(tmp_path: Path) -> None:
    Corpus.from_pairs([]).save(tmp_path / "c")
    assert len(Corpus.load(tmp_path / "c")) == 0


def test_the_ids_on_disk_are_mapped_not_read(tmp_path: Path) -> None:
    Corpus.from_pairs(PAIRS, LINKS).save(tmp_path / "c")
    found = Corpus.load(tmp_path / "c")
    for array in (found.source, found.target, found.source_offsets, found.links):
        base = array
        while isinstance(base, np.ndarray):
            assert not base.flags.owndata
            base = base.base
        assert isinstance(base, mmap.mmap)


def test_gathering_takes_little_more_than_the_result() -> None:
    tracemalloc = pytest.importorskip("tracemalloc")
    rows = ((range(i % 30), range(i % 20)) for i in range(40_000))
    tracemalloc.start()
    corpus = Corpus.from_pairs(rows)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    size = sum(array.nbytes for array in vars(corpus).values() if array is not None)
    assert most < 2 * size + 1_000_000


def test_links_to_pieces_that_a_byte_cannot_name_are_left_out() -> None:
    corpus = Corpus.from_pairs([((4,) * 300, (5,) * 300)], [[(255, 3), (256, 4), (5, 299)]])
    assert corpus.pair_links(0).tolist() == [[255, 3]]


def test_an_id_that_does_not_fit_is_refused() -> None:
    with pytest.raises(OverflowError):
        Corpus.from_pairs([((65536,), (1,))])


def test_flipped_is_the_other_direction() -> None:
    flipped = Corpus.from_pairs(PAIRS, LINKS).flipped()
    assert as_lists(flipped)[0] == ([7], [4, 5, 6], [[0, 0], [0, 2]])
    assert as_lists(flipped.flipped()) == WANTED


@pytest.mark.parametrize("damage", ["missing", "folder", "empty", "text", "truncated", "foreign"])
def test_what_is_no_corpus_is_told(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "c.safetensors"
    Corpus.from_pairs(PAIRS, LINKS).save(path)
    whole = path.read_bytes()
    path.unlink()
    if damage == "folder":
        path.mkdir()
    elif damage == "foreign":
        save_file({"w": np.zeros(3)}, path)
    elif damage != "missing":
        content = {"empty": b"", "text": b"no corpus at all", "truncated": whole[:-3]}
        path.write_bytes(content[damage])
    with pytest.raises(InputError) as caught:
        Corpus.load(path)
    assert caught.value.where == str(path)


@pytest.mark.parametrize(
    "change",
    [
        {"source_offsets": np.array([0, 3, 4, 4, 99])},
        {"source_offsets": np.array([0, 5, 4, 4, 6])},
        {"source_offsets": np.array([1, 3, 4, 4, 6])},
        {"target_offsets": np.array([0, 1, 6])},
        {"links": None},
        {"source": np.zeros(6, np.float32)},
    ],
)
def test_arrays_that_do_not_fit_each_other_are_refused(
    tmp_path: Path, change: dict[str, np.ndarray | None]
) -> None:
    arrays = {**vars(Corpus.from_pairs(PAIRS, LINKS)), **change}
    save_file({k: v for k, v in arrays.items() if v is not None}, tmp_path / "c")
    with pytest.raises(InputError):
        Corpus.load(tmp_path / "c")


@pytest.mark.parametrize("shape", [(0,), (1, 1), ()])
def test_offsets_of_another_shape_are_refused(tmp_path: Path, shape: tuple[int, ...]) -> None:
    offsets, none = np.zeros(shape, np.int64), np.zeros(0, np.uint16)
    arrays = dict.fromkeys(("source_offsets", "target_offsets"), offsets)
    save_file(arrays | dict.fromkeys(("source", "target"), none), tmp_path / "c")
    with pytest.raises(InputError):
        Corpus.load(tmp_path / "c")


def test_a_full_disk_leaves_the_old_corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "c"
    Corpus.from_pairs(PAIRS, LINKS).save(path)

    def full(arrays: object, place: Path) -> None:
        place.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(module, "save_file", full)
    with pytest.raises(StorageError, match="full"):
        Corpus.from_pairs([((1,), (2,))]).save(path)
    assert as_lists(Corpus.load(path)) == WANTED
    assert [p.name for p in tmp_path.iterdir()] == ["c"]


@pytest.mark.parametrize(("suffix", "write"), [("", open), (".xz", lzma.open), (".gz", gzip.open)])
def test_lines_end_at_line_feeds_only(tmp_path: Path, suffix: str, write: object) -> None:
    path = tmp_path / f"lines.tsv{suffix}"
    with write(path, "wb") as file:  # type: ignore[operator]
        file.write("一\x0b二\u2028\n\nthree\r\nend".encode())
    assert list(read_lines(path)) == ["一\x0b二\u2028", "", "three\r", "end"]
