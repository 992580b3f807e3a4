"""Documents are read as people read them: what is code, what a link, what a heading is called."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs import documents
from tests.docs.documents import anchors, commands, links, read_command

TEXT = """\
# What it *is*, and what for?

A line of prose
    that goes on with blanks is no code: attune-cli nonsense

    A=1 .venv/bin/attune-cli check a.tsv \\
        --json   # tells all
    formula = [not a shell

Text with `[no](link.md)` and a [real one](other.md#part "title"), and <img src="x.png" alt="x">.

```sh
echo 你好 "a b" | dist/attune/attune --cli translate
```

    $ attune-cli presets --loud   tells all
    There is no --loud.

```text
attune-cli is only mentioned in this output, [not linked](nowhere.md)
```

## What it is, and what for
"""


@pytest.fixture
def document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(documents, "ROOT", tmp_path)
    path = tmp_path / "page.md"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_commands_are_those_of_blocks_alone(document: Path) -> None:
    check, translate, refused = commands(document)
    assert check.terminal == ("check", "a.tsv", "--json")
    assert check.place == "page.md:6"
    assert translate.terminal == ("translate",)
    assert (refused.words, refused.shown) == (("presets", "--loud"), "There is no --loud.")
    assert translate.said == "你好 a b\n"


def test_links_are_those_outside_code(document: Path) -> None:
    assert links(document) == ("other.md#part", "x.png")


def test_headings_are_called_as_github_calls_them(document: Path) -> None:
    assert anchors(document) == {"what-it-is-and-what-for", "what-it-is-and-what-for-1"}


def test_the_terminal_program_has_several_names() -> None:
    line = "torchrun --nproc-per-node 2 -m core.cli train --name mine"
    assert read_command(line, "").terminal == ("train", "--name", "mine")
    assert read_command("make test", "").terminal is None
