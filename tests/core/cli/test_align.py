"""``attune-cli align``."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest
import torch

from core.insight.forced import ForcedAligner
from core.model.aligner import Aligner
from core.store.aligner_file import add_aligner
from core.store.loading import load_model
from tests.fixtures.tiny_model import toy_pairs, untaught_back

from .conftest import Program

ZH_EN = ("--from", "zh", "--to", "en", "--threads", "1")


def pairs_file(tmp_path: Path, *lines: str) -> Path:
    file = tmp_path / "pairs.tsv"
    file.write_bytes("".join(f"{line}\n" for line in lines).encode())
    return file


def test_json_is_the_same_object(program: Program, tmp_path: Path, tiny_bundle: Path) -> None:
    pairs = [("我今天喜欢猫。", "I like cats today."), ("你好。", "Hello.")]
    file = pairs_file(tmp_path, *map("\t".join, pairs))
    done = program("align", *ZH_EN, file, "--json")
    assert (done.code, done.err) == (0, "")
    expected = ForcedAligner(load_model(tiny_bundle)).align(pairs)
    for line, wanted in zip(done.lines, expected, strict=True):
        fields = json.loads(line)
        assert list(fields) == [
            "source", "translation", "score", "source_words", "target_words", "alignment",
        ]  # fmt: skip
        assert (fields["source"], fields["translation"]) == (wanted.source, wanted.translation)
        assert fields["score"] == pytest.approx(wanted.score)
        for row, same in zip(fields["alignment"], wanted.alignment, strict=True):
            assert row == pytest.approx(same, abs=1e-5)
    first = json.loads(done.lines[0])
    assert [row.index(max(row)) for row in first["alignment"]] == [0, 2, 3, 1, 4]


def test_tokenised_pairs_keep_their_words(program: Program, tmp_path: Path) -> None:
    lines = [f"{source}\t{target}" for source, target, _ in toy_pairs()]
    done = program("align", *ZH_EN, "--tokenized", "--json", pairs_file(tmp_path, *lines))
    for line, (source, target, links) in zip(done.lines, toy_pairs(), strict=True):
        fields = json.loads(line)
        assert [word["text"] for word in fields["source_words"]] == source.split()
        assert [word["text"] for word in fields["target_words"]] == target.split()
        found = {(row.index(max(row)), j) for j, row in enumerate(fields["alignment"])}
        assert found == set(links)


def test_links_without_json(program: Program, tmp_path: Path) -> None:
    file = pairs_file(tmp_path, "我 今天 喜欢 猫 。\tI like cats today .")
    assert program("align", *ZH_EN, "--tokenized", file).out == "0-0 2-1 3-2 1-3 4-4\n"


def test_a_model_with_an_aligner(program: Program, tmp_path: Path, tiny_bundle: Path) -> None:
    loaded = load_model(tiny_bundle)
    torch.manual_seed(6)
    aligner = Aligner(loaded.model.config, width=8)
    aligner.nothing.weight.data.zero_()
    aligner.nothing.bias.data.fill_(-9.0)
    aligner.query.weight.data.zero_()
    aligner.query.bias.data.zero_()
    aligner.looks.data.copy_(torch.tensor([1.0, 0.0]))  # so it says what attention says
    loaded = dataclasses.replace(loaded, aligner=aligner)
    weights, folder = loaded.model.state_dict(), tmp_path / "linked"
    loaded.save(folder, name="linked", weights=weights, receipt={}, precision="fp32")
    file = pairs_file(tmp_path, "我 今天 喜欢 猫 。\tI like cats today .")
    given = ("align", *ZH_EN, "--model", folder, "--tokenized", file)
    assert program(*given).out == "0-0 2-1 3-2 1-3 4-4\n"
    attention = program(*given, "--attention", "--json")
    plain = program("align", *ZH_EN, "--tokenized", "--json", file)
    assert attention.out == plain.out != program(*given, "--json").out
    assert program(*given, "--attention").out == "0-0 2-1 3-2 1-3 4-4\n"
    aligner.nothing.bias.data.fill_(9.0)  # nothing is linked with anything
    add_aligner(folder, aligner)
    assert program(*given).out == "\n"


def test_a_model_that_reads_backwards(program: Program, tmp_path: Path, tiny_bundle: Path) -> None:
    back = untaught_back(load_model(tiny_bundle))
    weights = back.model.state_dict()
    back.save(tmp_path / "back", name="back", weights=weights, receipt={}, precision="fp32")
    file = pairs_file(tmp_path, "我 今天 喜欢 猫 。\tI like cats today .")
    given = ("align", *ZH_EN, "--tokenized", "--backward", tmp_path / "back", file)
    [rows] = [json.loads(line)["alignment"] for line in program(*given, "--json").lines]
    # The forward model looks at one word nearly alone; the other one knows nothing.
    assert [row.index(max(row)) for row in rows] == [0, 2, 3, 1, 4]
    assert all(0.5 < max(row) < 0.9 for row in rows)
    assert program(*given).out == "0-0 2-1 3-2 1-3 4-4\n"
    done = program("align", *ZH_EN, "--backward", "zh-en", file)
    assert done.code == 1 and "one from en to zh" in done.err


def test_further_tabs_belong_to_the_target(program: Program, tmp_path: Path) -> None:
    done = program("align", *ZH_EN, "--json", pairs_file(tmp_path, "你好。\tHello.\tmore"))
    assert json.loads(done.out)["translation"] == "Hello.\tmore"


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("", "no tab"),
        ("你好。", "no tab"),
        ("你好。\t", "no text"),
        ("\tHello.", "no text"),
        ("你好。\t\u200b", "no text"),
    ],
)
def test_a_line_that_is_no_pair(program: Program, tmp_path: Path, line: str, fault: str) -> None:
    good = ["你好。\tHello."] * 99
    file = pairs_file(tmp_path, *good, line)
    done = program("align", *ZH_EN, file)
    assert done.code == 1
    assert len(done.lines) <= 99
    assert done.err.startswith(f"{file}, line 100: ")
    assert fault in done.err


def test_an_empty_file(program: Program, tmp_path: Path) -> None:
    done = program("align", *ZH_EN, pairs_file(tmp_path))
    assert (done.code, done.out, done.err) == (0, "", "")


def test_a_missing_file(program: Program, tmp_path: Path) -> None:
    done = program("align", *ZH_EN, tmp_path / "none.tsv")
    assert done.code == 1
    assert "none.tsv: there is no such file" in done.err
