"""Training beside JoeyNMT, without JoeyNMT: the pairs, our side, the turns and the report."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from benchmarks.documents import fill
from benchmarks.joeynmt import report
from benchmarks.joeynmt.__main__ import WARM_UP, arguments, rounds
from benchmarks.joeynmt.attune_engine import AttuneEngine, in_order, read_pairs, write_pairs
from benchmarks.joeynmt.contenders import Contender, ours, peers
from benchmarks.joeynmt.shapes import BATCH, SHAPES, joeynmt_config
from core.text.vocab import EOS

TINY = SHAPES["tiny"]
PAIRS = 4 * BATCH


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("pairs")
    write_pairs(place, TINY.vocabulary, PAIRS, "random")
    return place


def lines(folder: Path, language: str) -> list[list[int]]:
    text = (folder / f"pairs.{language}").read_text()
    return [[int(word) for word in line.split()] for line in text.splitlines()]


# --- the pairs -----------------------------------------------------------------------------------


def test_ids_are_lines_of_the_vocabulary(folder: Path) -> None:
    words = (folder / "vocabulary").read_text().splitlines()
    assert len(words) == TINY.vocabulary
    for language in ("source", "target"):
        for ids in lines(folder, language):
            assert ids
            assert [words[id] for id in ids] == [str(id) for id in ids]


def test_batches_are_neighbours_in_the_files(folder: Path) -> None:
    sources, targets = lines(folder, "source"), lines(folder, "target")
    batches = list(islice(in_order(read_pairs(folder)), 5))  # the fifth is the first again
    for number, batch in enumerate(batches):
        rows = range(number % 4 * BATCH, (number % 4 + 1) * BATCH)
        for place, row in enumerate(rows):
            length = len(sources[row]) + 1
            assert batch.lengths[place] == length
            assert batch.source[place, :length].tolist() == [*sources[row], EOS]
        assert batch.target_tokens == sum(len(targets[row]) + 1 for row in rows)


def test_pairs_alike_are_the_same_pairs_in_fuller_batches(folder: Path, tmp_path: Path) -> None:
    write_pairs(tmp_path, TINY.vocabulary, PAIRS, "alike")

    def pairs(place: Path) -> Counter[Any]:
        sides = zip(lines(place, "source"), lines(place, "target"), strict=True)
        return Counter((tuple(source), tuple(target)) for source, target in sides)

    def positions(place: Path) -> int:
        return sum(b.target_out.numel() for b in islice(in_order(read_pairs(place)), 4))

    assert pairs(tmp_path) == pairs(folder)
    assert positions(tmp_path) < 0.6 * positions(folder)


# --- our side ------------------------------------------------------------------------------------


@pytest.mark.parametrize("batches", ["the same", "its own"])
def test_our_engine_learns(folder: Path, batches: str) -> None:
    engine = AttuneEngine()
    engine.load(str(folder), "tiny", 1, "fp32", batches)
    first = engine.train(2)
    turns = [engine.train(4) for _ in range(2)]
    assert turns[-1]["loss"] < first["loss"]
    assert all(turn["seconds"] > 0 for turn in turns)
    if batches == "the same":  # four updates are all pairs, once
        whole = sum(len(target) + 1 for target in lines(folder, "target"))
        assert [(turn["tokens"], turn["pairs"]) for turn in turns] == [(whole, PAIRS)] * 2


# --- JoeyNMT's side ------------------------------------------------------------------------------


def test_joeynmt_gets_layers_like_ours() -> None:
    config = joeynmt_config(SHAPES["together"], "/pairs", input_feeding=False)
    encoder, decoder = config["model"]["encoder"], config["model"]["decoder"]
    assert (encoder["num_layers"], 2 * encoder["hidden_size"]) == (2, 512)
    assert (decoder["num_layers"], decoder["hidden_size"]) == (2, 512)
    assert (decoder["attention"], decoder["input_feeding"]) == ("bahdanau", False)
    assert config["model"]["tied_softmax"]
    assert not joeynmt_config(SHAPES["each"], "/pairs", True)["model"]["tied_softmax"]
    assert config["data"]["src"]["voc_file"] == "/pairs/vocabulary"


def test_input_feeding_is_measured_with_and_without() -> None:
    assert [peer.fields["input_feeding"] for peer in peers()] == [False, True]
    assert not any(peer.ours for peer in peers())
    assert peers("asleep")[0].environment["OMP_WAIT_POLICY"] == "PASSIVE"


def test_own_batches_only_where_they_differ() -> None:
    cuts = [one.fields["batches"] for one in ours(["fp32", "bf16"], "random")]
    assert cuts == ["the same", "the same", "its own", "its own"]
    assert [one.fields["batches"] for one in ours(["fp32"], "alike")] == ["the same"]


# --- turns ---------------------------------------------------------------------------------------


def test_contenders_take_turns(tmp_path: Path) -> None:
    module = "tests.benchmarks.fake_trainer"
    fake = [
        Contender(name, name, module, {"name": name, "seconds": seconds})
        for name, seconds in (("attune-x", 2.0), ("joeynmt-y", 9.0))
    ]
    journal = tmp_path / "journal"
    found = rounds(fake, {"journal": str(journal)}, 2, 3)
    turn = ["attune-x 3", "joeynmt-y 3"]
    warm = [f"attune-x {WARM_UP}", f"joeynmt-y {WARM_UP}"]
    assert journal.read_text().splitlines() == warm + turn * 2
    assert [len(turns) for turns in found["turns"].values()] == [2, 2]
    assert report.ratios(found, "attune-x", "joeynmt-y")["median"] == 4.5
    assert all(peak > 1 for peak in found["memory"].values())


def test_options() -> None:
    options = arguments(["--shapes", "each", "--orders", "alike", "--threads", "1"])
    assert (options.shapes, options.orders) == (["each"], ["alike"])
    assert arguments(["--quick"]).shapes == ["tiny"]
    with pytest.raises(SystemExit):
        arguments(["--shapes", "square"])


# --- the report ----------------------------------------------------------------------------------


def made_run() -> dict[str, Any]:
    def turns(*seconds: float) -> list[dict[str, float]]:
        same = {"processor": 1.0, "pairs": 128, "tokens": 1000, "updates": 2, "loss": 5.0}
        return [{"seconds": one, **same} for one in seconds]

    names = {"attune-a": "Attune a", "attune-b": "Attune b", "joeynmt-c": "JoeyNMT c"}
    return {
        "about": "small",
        "order": "random",
        "labels": names,
        "loaded": {name: {"version": "v", "parameters": 2_000_000} for name in names},
        "turns": {
            "attune-a": turns(1, 2, 1),
            "attune-b": turns(4, 4, 4),
            "joeynmt-c": turns(4, 10, 2),  # ratios to a: 4, 5, 2; to b: 1, 2.5, 0.5
        },
        "memory": dict.fromkeys(names, 123.4),
    }


def test_ratios_are_of_the_same_round() -> None:
    found = report.aims([made_run()])
    assert [(aim.measured, aim.met) for aim in found] == [(4.0, True), (1.0, False)]
    assert (found[0].low, found[0].high) == (3.0, 4.5)


def test_the_tables_tell_what_is_met() -> None:
    run = made_run()
    result = {
        "machine": {"processor": "P", "cores": 2, "features": ["avx2"], "load": 0.1},
        "load at the end": 0.2,
        "threads": 1,
        "plan": {"rounds": 3, "updates": 2},
        "runs": [run],
        "aims": [aim.to_dict() for aim in report.aims([run])],
    }
    text = report.markdown(result)
    assert "| Attune a | 1,000 (750–1,000) | 4.0 (3.0–4.5) | 1.00 (1.00–1.00) | 64 |" in text
    assert "| JoeyNMT c | 250 (175–375) | – |" in text
    assert "1 of 2 medians reach it" in text
    assert "- small; pairs in random order: Attune b against JoeyNMT c: 1" in text
    assert "busy" not in text
    result["machine"]["load"] = 3.0  # type: ignore[index]
    assert "**The machine was busy (load 3.0).**" in report.markdown(result)


# --- documents -----------------------------------------------------------------------------------


def test_figures_go_between_their_marks(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("a\n<!-- x: begin -->\nold\n<!-- x: end -->\nb\n")
    fill(page, "new \\1\n", "x")
    assert page.read_text() == "a\n<!-- x: begin -->\nnew \\1\n<!-- x: end -->\nb\n"
    with pytest.raises(SystemExit, match="needs just one <!-- y: begin -->"):
        fill(page, "new\n", "y")
