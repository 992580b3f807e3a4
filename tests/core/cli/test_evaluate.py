"""``attune-cli evaluate``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import sacrebleu
from sacrebleu.metrics.bleu import BLEU

from .conftest import Program

SOURCES = ["我今天喜欢猫。", "你好。", "他们买面条。", "我们看见苹果。"]
REFERENCES = ["I like cats today.", "Hello there.", "They buy noodles.", "We see an apple."]
TRANSLATIONS = ["I like cats today.", "Hello.", "They buy noodles.", "We see apples."]
NAMES = [
    "bleu", "chrf", "teaching_bleu", "token_accuracy", "exact_match", "perplexity", "signature",
    "chrf_signature", "sentences", "seconds",
]  # fmt: skip


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, ...]:
    for name, lines in (("source", SOURCES), ("reference", REFERENCES)):
        (tmp_path / name).write_text("\n".join(lines) + "\n", "utf-8")
    return ("--source", str(tmp_path / "source"), "--reference", str(tmp_path / "reference"))


@pytest.mark.parametrize("model", [("--from", "zh", "--to", "en"), ("--model", "zh-en")])
def test_its_numbers_are_sacrebleus(
    program: Program, files: tuple[str, ...], model: tuple[str, ...]
) -> None:
    done = program("evaluate", *model, *files, "--json")
    assert (done.code, done.err) == (0, "")
    fields = json.loads(done.out)
    assert list(fields) == NAMES
    bleu = BLEU()
    assert fields["bleu"] == round(bleu.corpus_score(TRANSLATIONS, [REFERENCES]).score, 2)
    assert fields["chrf"] == round(sacrebleu.corpus_chrf(TRANSLATIONS, [REFERENCES]).score, 2)
    assert fields["signature"] == str(bleu.get_signature())
    assert fields["sentences"] == 4
    assert fields["exact_match"] == 50  # the first and the third
    # Words and marks at their very places, of those of the longer side.
    assert fields["token_accuracy"] == round(100 * (5 + 1 + 4 + 2) / (5 + 3 + 4 + 5), 2)
    assert fields["seconds"] >= 0
    assert 20 < fields["bleu"] < 100


def test_for_people(program: Program, files: tuple[str, ...]) -> None:
    done = program("evaluate", "--model", "zh-en", *files)
    names = [line.split()[0] for line in done.lines]
    assert names == NAMES


def test_other_lengths(program: Program, files: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "reference").write_text("one\n", "utf-8")
    done = program("evaluate", "--model", "zh-en", *files)
    assert (done.code, done.out) == (1, "")
    assert "4 sources and 1 references" in done.err


def test_empty_files(program: Program, files: tuple[str, ...], tmp_path: Path) -> None:
    for name in ("source", "reference"):
        (tmp_path / name).write_bytes(b"")
    done = program("evaluate", "--model", "zh-en", *files)
    assert done.code == 1
    assert "0 sources" in done.err


def test_a_reference_that_is_not_utf8(
    program: Program, files: tuple[str, ...], tmp_path: Path
) -> None:
    (tmp_path / "reference").write_bytes(b"a\nb\nc\n\xff\n")
    done = program("evaluate", "--model", "zh-en", *files)
    assert done.code == 1
    assert "reference, line 4: byte 1 is not UTF-8" in done.err
