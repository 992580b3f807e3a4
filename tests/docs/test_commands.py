"""Every command that a document tells people to type is one that works.

Each is read by the program's own parser. Those of the READMEs and the tutorial are run, too, one
after the other as a reader would, with the tiny model in the place of the built-in one; what learns
for minutes learns for one update or two.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import itertools
import lzma
import re
import shlex
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from core.cli.program import build_parser
from core.cli.train import train_options
from core.errors import OptionError
from core.training import general
from core.training.vanishing import RecallOptions
from tests.core.cli.conftest import Program, program, resources
from tests.docs.documents import (
    DOCUMENTS,
    PROGRAMS,
    ROOT,
    Command,
    code_lines,
    commands,
    name_of,
    prose,
    read_command,
    text_of,
)
from tests.fixtures.tiny_model import tiny_bundle, toy_pairs

pytestmark = pytest.mark.slow

__all__ = ["program", "resources", "tiny_bundle"]

STORIES = [ROOT / name for name in ("README.md", "docs/tutorial.md")]
TRANSLATED = [(path, path.with_suffix(".zh.md")) for path in STORIES]
ALL = {command.line: command for document in DOCUMENTS for command in commands(document)}
TERMINAL = [command for command in ALL.values() if command.terminal is not None]


def parsed(words: tuple[str, ...]) -> argparse.Namespace:
    return build_parser().parse_args(list(words))


# --- read ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", TERMINAL, ids=lambda command: command.line)
def test_the_program_takes_it(command: Command) -> None:
    assert command.terminal is not None
    given = parsed(command.terminal)
    if command.shown:  # a refusal
        with pytest.raises(OptionError) as refused:
            train_options(given)
        assert str(refused.value) == command.shown
    elif given.command == "train" and given.name:
        assert train_options(given).name == given.name
    if given.command == "vanishing":
        RecallOptions(cells=tuple(given.cells.split(",")))
    for place in re.findall(r"(?:resources|core)/\S+", command.line):
        assert (ROOT / place).exists(), f"{command.place}: {place}"


@pytest.mark.parametrize(
    "command", [c for c in ALL.values() if c.program == "make"], ids=lambda command: command.line
)
def test_make_knows_it(command: Command) -> None:
    made = subprocess.run(
        ["make", "-n", *command.words], cwd=ROOT, capture_output=True, text=True, timeout=30
    )
    assert made.returncode == 0, f"{command.place}: {made.stderr}"


@pytest.mark.parametrize(
    "command",
    [c for c in ALL.values() if c.program == "python" and c.terminal is None],
    ids=lambda command: command.line,
)
def test_the_module_has_these_options(command: Command) -> None:
    assert command.words[0] == "-m", command.place
    found = importlib.util.find_spec(command.words[1])
    assert found is not None and found.origin is not None, command.place
    place = Path(found.origin)
    files = place.parent.rglob("*.py") if place.name == "__init__.py" else [place]
    source = "".join(path.read_text(encoding="utf-8") for path in files)
    options = [word.partition("=")[0] for word in command.words[2:] if word.startswith("--")]
    assert [
        option for option in options if option != "--help" and f'"{option}"' not in source
    ] == [], command.place


def mentioned() -> Iterator[tuple[str, Command]]:
    """Commands in the middle of a sentence: they may be the beginning of one."""
    for document in DOCUMENTS:
        for quoted in re.findall(r"`([^`\n]+)`", prose(document)):
            if quoted.split()[0] in PROGRAMS and " " in quoted and "…" not in quoted:
                yield quoted, read_command(quoted, name_of(document))


MENTIONED = dict(mentioned())


@pytest.mark.parametrize("quoted", MENTIONED)
def test_what_a_sentence_mentions_is_there(quoted: str) -> None:
    command = MENTIONED[quoted]
    if command.program == "make":
        test_make_knows_it(command)
    elif command.terminal is not None:
        known = subparser(command.terminal[0])
        options = [word for word in command.terminal if word.startswith("--")]
        assert [option for option in options if option not in known] == []
    elif command.program == "python":
        test_the_module_has_these_options(command)


def subparser(name: str) -> set[str]:
    """The options of a command of the terminal program, and those before it."""
    parser = build_parser()
    (chosen,) = (a for a in parser._actions if isinstance(a, argparse._SubParsersAction))
    return {*parser._option_string_actions, *chosen.choices[name]._option_string_actions}


def test_there_are_many() -> None:
    """The documents are found, and their commands with them."""
    assert len(TERMINAL) > 40
    assert len(MENTIONED) > 10
    assert {c.terminal[0] for c in TERMINAL if c.terminal} >= {
        "translate", "align", "check", "tune", "train", "evaluate", "models", "presets",
    }  # fmt: skip


@pytest.mark.parametrize("document", [p for pair in TRANSLATED for p in pair], ids=name_of)
def test_nothing_else_is_in_blocks(document: Path) -> None:
    """Whoever copies a line of a story gets a command; output is fenced as text."""
    told = {command.place for command in commands(document)}
    others = [
        line
        for number, line, shell in code_lines(document)
        if shell and f"{name_of(document)}:{number}" not in told and not other_program(line)
    ]
    assert others == []


def other_program(line: str) -> bool:
    return shlex.split(line, comments=True)[:1] in (["cd"], ["sudo"], ["tar"])


@pytest.mark.parametrize("pair", TRANSLATED, ids=lambda pair: name_of(pair[0]))
def test_both_languages_have_the_same_commands(pair: tuple[Path, Path]) -> None:
    english, chinese = ([command.line for command in commands(path)] for path in pair)
    assert english == chinese


def test_packages_are_of_this_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    told = [re.findall(r"attune_([\d.]+)_", text_of(document)) for document in DOCUMENTS]
    assert {version for versions in told for version in versions} == {project["version"]}


# --- run -----------------------------------------------------------------------------------------

# Of what learns: the last of two options holds, so these cut it short.
_SHORT = {
    "tune": ("--minutes", "0.02", "--epochs", "0.1"),
    "train": ("--steps", "1", "--validations", "1", "--threads", "1", "--precision", "fp32"),
    "vanishing": ("--steps", "1", "--gap", "2", "--threads", "1"),
}
_LINES = 60
_MADE = {"--output", "--out", "--write-good", "--test-out"}  # files that a command makes
_PAIRS = [(s.replace(" ", ""), t.replace(" .", ".")) for s, t, _ in toy_pairs()]


@pytest.mark.parametrize("story", STORIES, ids=name_of)
def test_a_reader_can_type_all_of_it(
    story: Path, program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the first to the last, in one home: what one command makes the next may use."""
    place = tmp_path / "place"
    shipped = place / "resources"
    for name in ("samples", "general"):
        shutil.copytree(ROOT / "resources" / name, shipped / name)
    for long in shipped.rglob("*.tsv"):  # as few lines as do
        long.write_text("".join(long.read_text("utf-8").splitlines(True)[:_LINES]), "utf-8")
    monkeypatch.setattr(general, "resources_folder", lambda: shipped)
    monkeypatch.chdir(place)
    told = [command for command in commands(story) if command.terminal is not None]
    for command in told:
        words = command.terminal
        assert words is not None
        make_files(parsed(words), words)
        done = program(*words, *_SHORT.get(words[0], ()), stdin=command.said.encode())
        assert done.code == 0, f"{command.place}: {command.line}\n{done.err}"
        assert done.out or done.err or made(words), f"{command.place}: {command.line} says nothing"
    assert len(told) > 10


def make_files(given: argparse.Namespace, words: tuple[str, ...]) -> None:
    """What a reader would have of their own, where no command has made it."""
    last = "" if given.command != "models" or given.action == "import" else words[-1]
    for before, word in zip(("", *words), words, strict=False):
        file = Path(word)
        if not file.suffix or file.exists() or before in _MADE or word == last:
            continue
        if file.suffix not in (".tsv", ".txt", ".tmx", ".xlsx", ".zh", ".en", ".xz", ".gz"):
            continue
        write(file)


def made(words: tuple[str, ...]) -> bool:
    """Whether the file is there that the command was to make."""
    outputs = [word for before, word in itertools.pairwise(words) if before in _MADE]
    return bool(outputs) and all(Path(output).stat().st_size for output in outputs)


def write(file: Path) -> None:
    """A file of few sentences, in the form that its name tells."""
    inner = file.with_suffix("").suffix if file.suffix in (".xz", ".gz") else file.suffix
    pairs = _PAIRS if inner != file.suffix else _PAIRS[:4]  # what is packed is large
    if inner == ".xlsx":
        book = openpyxl.Workbook()
        for row in pairs:
            book.worksheets[0].append(row)
        book.save(file)
        return
    lines = {
        ".tsv": [f"{zh}\t{en}" for zh, en in pairs],
        ".txt": [zh for zh, _ in pairs],
        ".zh": [zh for zh, _ in pairs],
        ".en": [en for _, en in pairs],
        ".tmx": ['<tmx version="1.4"><header/><body>', *map(unit, pairs), "</body></tmx>"],
    }[inner]
    content = "".join(f"{line}\n" for line in lines).encode()
    pack = {".xz": lzma.compress, ".gz": gzip.compress}.get(file.suffix, bytes)
    file.write_bytes(pack(content))


def unit(pair: tuple[str, str]) -> str:
    variants = zip(("zh-CN", "en-US"), pair, strict=True)
    inner = "".join(f'<tuv xml:lang="{lang}"><seg>{text}</seg></tuv>' for lang, text in variants)
    return f"<tu>{inner}</tu>"
