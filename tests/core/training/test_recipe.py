"""What the default models need beside the trainer: alignments of a store, and a small bundle."""

from __future__ import annotations

import json
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import pytest
import torch

from core.cancel import CancelToken
from core.cli import recipe as program
from core.errors import OptionError
from core.store.bundle import read_bundle
from core.store.loading import load_model
from core.training.recipe import alignments
from core.training.recipe.shipping import LICENCE, SOURCES
from core.training.token_store.linking import link
from core.training.token_store.store import TokenStore
from tests.core.training.token_stores import build, good_pairs, tsv


class DiagonalAligner:
    """Stands for eflomal: word i with word i, forwards; backwards the last words too."""

    seen: list[tuple[str, str]]

    def __init__(self, **options: object) -> None:
        self.options = options

    def align(self, source: TextIO, target: TextIO, forward: str, backward: str) -> None:
        DiagonalAligner.seen = [(s.rstrip("\n"), t.rstrip("\n")) for s, t in zip(source, target)]  # noqa: B905
        sizes = [(len(s.split()), len(t.split())) for s, t in self.seen]
        rows = [" ".join(f"{i}-{i}" for i in range(min(size))) for size in sizes]
        Path(forward).write_text("".join(row + "\n" for row in rows))
        Path(backward).write_text("".join(row + "\n" for row in rows))


@pytest.fixture
def eflomal(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    module = types.ModuleType("eflomal")
    module.Aligner = DiagonalAligner  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "eflomal", module)
    return


@pytest.mark.usefixtures("eflomal")
def test_every_input_line_gets_a_line_of_links_and_the_store_takes_them(tmp_path: Path) -> None:
    rows = [*good_pairs(30)[6:], ("bad",), ("我喜欢书。", "I Loved bOOks.")]
    store = build(tmp_path / "store", tsv(tmp_path, rows), keep_words=True)
    links = tmp_path / "links.txt"
    assert alignments.align(store, links, {}) == 25
    lines = links.read_text().split("\n")
    assert len(lines) == 27
    assert lines[24] == ""
    assert lines[25] == "0-0 1-1 2-2 3-3"
    assert DiagonalAligner.seen[-1] == ("我 喜欢 书 。", "i loved books .")
    for _ in link(store, links, CancelToken()):
        pass
    corpus = TokenStore.open(store.folder).corpus
    assert all(len(corpus.pair_links(index)) for index in range(len(corpus)))


@pytest.mark.usefixtures("eflomal")
def test_a_share_of_a_file_is_aligned(tmp_path: Path) -> None:
    first = tsv(tmp_path, good_pairs(100)[:50], "a.tsv")
    second = tsv(tmp_path, good_pairs(100)[50:], "b.tsv")
    store = build(tmp_path / "store", first, second, keep_words=True)
    links = tmp_path / "links.txt"
    count = alignments.align(store, links, {"b.tsv": 0.3, "unknown": 0.0})
    lines = links.read_text().split("\n")[:-1]
    assert all(lines[:50])
    assert 5 <= sum(map(bool, lines[50:])) <= 28
    assert count == sum(map(bool, lines))


def test_the_aligner_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "eflomal", None)
    store = build(tmp_path / "store", tsv(tmp_path, good_pairs(20)), keep_words=True)
    with pytest.raises(OptionError, match="eflomal") as caught:
        alignments.align(store, tmp_path / "links.txt", {})
    assert "pip install" in caught.value.remedy
    assert sorted(path.name for path in tmp_path.iterdir() if "links" in path.name) == []


def test_a_trained_bundle_is_shipped_small_with_its_receipt(
    tmp_path: Path, tiny_bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = tmp_path / "more.json"
    more.write_text(json.dumps({"scores": {"dev": 12.5}, "kind": "train"}))
    out = tmp_path / "zh-en"
    arguments = ["recipe", "ship", str(tiny_bundle), str(out), "--receipt", str(more)]
    monkeypatch.setattr(sys, "argv", arguments)
    assert program.main() == 0
    bundle = read_bundle(out)
    assert (bundle.manifest.name, bundle.manifest.precision) == ("zh-en", "int8")
    assert bundle.manifest.licence == LICENCE
    assert len(bundle.manifest.sources) == len(json.loads(SOURCES.read_text("utf-8")))
    before = read_bundle(tiny_bundle).receipt()
    assert bundle.receipt() == {**before, "scores": {"dev": 12.5}, "kind": "default"}
    old, new = load_model(tiny_bundle).model, load_model(out).model
    for name, weight in old.state_dict().items():
        # A row is 255 steps wide at most.
        step = weight.abs().amax() / 127
        assert torch.allclose(new.state_dict()[name], weight, atol=float(step)), name


@pytest.mark.parametrize("text", ["[1]", "{", None])
def test_a_receipt_that_cannot_be_read(
    tmp_path: Path,
    tiny_bundle: Path,
    text: str | None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    more = tmp_path / "more.json"
    if text is not None:
        more.write_text(text)
    arguments = ["recipe", "ship", str(tiny_bundle), str(tmp_path / "x"), "--receipt", str(more)]
    monkeypatch.setattr(sys, "argv", arguments)
    assert program.main() == 1
    assert str(more) in capsys.readouterr().err
    assert not (tmp_path / "x").exists()
