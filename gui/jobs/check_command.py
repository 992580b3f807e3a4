"""The command line of the child process that looks for pairs that do not belong together."""

from __future__ import annotations

from pathlib import Path

from gui.jobs.terminal_program import terminal_program


def second_pass_command(file: Path, model: str, source: str, target: str) -> tuple[str, ...]:
    """The command line that has ``model`` look at a file as the window writes it.

    Nothing about that file is left to be recognised: a pair a line, a tab between, in UTF-8.
    """
    return terminal_program(
        "check",
        f"--second-pass={model}",
        "--format=text",
        "--encoding=utf-8",
        "--delimiter=tab",
        "--columns=1,2",
        "--no-header",
        f"--from={source}",
        f"--to={target}",
        str(file.resolve()),
    )
