"""``attune-cli translate --prefix``, ``--n-best`` and ``--sample``."""

from __future__ import annotations

import json

import pytest

from .conftest import Program

ZH_EN = ("translate", "--from", "zh", "--to", "en", "--threads", "1")
CATS = "我喜欢猫。\n".encode()


@pytest.mark.parametrize(
    ("prefix", "expected"), [("You li", "You like "), ("You ", "You "), ("", "I like cats.")]
)
def test_translations_begin_as_asked(program: Program, prefix: str, expected: str) -> None:
    done = program(*ZH_EN, "--prefix", prefix, stdin=CATS + "你好。谢谢你！\n\n".encode())
    assert done.code == 0
    assert done.lines[0].startswith(expected)
    assert done.lines[1].startswith(prefix.rstrip())  # a full stop takes the place of the blank
    assert done.lines[1].endswith("Thank you!")  # another sentence
    assert done.lines[2] == ""


def test_n_best_lists_different_translations_best_first(program: Program) -> None:
    done = program(*ZH_EN, "--n-best", "3", stdin="我喜欢猫。你买书。\n".encode())
    rows = [line.split("\t") for line in done.lines]
    assert [row[:2] for row in rows] == [["1", "1"]] * 3 + [["1", "2"]] * 3
    assert [rows[0][3], rows[3][3]] == ["I like cats.", "You buy books."]
    for part in (rows[:3], rows[3:]):
        scores = [float(row[2]) for row in part]
        assert scores == sorted(scores, reverse=True)
        assert len({row[3] for row in part}) == 3


def test_samples_hang_on_their_seed(program: Program) -> None:
    hot = ("--sample", "6", "--temperature", "9", "--top-p", "1", "--json")
    first, again, other = (
        program(*ZH_EN, *hot, "--seed", seed, stdin=CATS).lines for seed in (1, 1, 2)
    )
    assert first == again
    assert first != other
    assert all(json.loads(line)["source"] == "我喜欢猫。" for line in first)
    cold = program(*ZH_EN, "--sample", "4", "--temperature", "0.01", stdin=CATS)
    assert [line.split("\t")[3] for line in cold.lines] == ["I like cats."]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--n-best", "2", "--sample", "2"), "not allowed with"),
        (("--n-best", "0"), "no whole number"),
        (("--prefix", "I", "--output", "x"), "do not go with --output"),
        (("--sample", "2", "--top-p", "2"), "top_p is 2.0"),
    ],
)
def test_what_makes_no_sense_is_refused(
    program: Program, arguments: tuple[str, ...], told: str
) -> None:
    done = program(*ZH_EN, *arguments, stdin=CATS)
    assert done.code != 0
    assert told in done.err
