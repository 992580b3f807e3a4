"""The options of ``attune-cli check``; imports nothing heavy."""

from __future__ import annotations

import argparse
from pathlib import Path

from core.cli.language_options import language


def _columns(text: str) -> tuple[int | str, int | str]:
    """Two columns by number or name, as ``1,3`` or ``zh,en``."""
    parts = [part.strip() for part in text.split(",")]
    if len(parts) != 2 or not all(parts) or parts[0] == parts[1]:
        raise argparse.ArgumentTypeError(f"{text} does not name two columns, as 1,2 or zh,en do")
    one, other = (int(part) if part.isascii() and part.isdigit() else part for part in parts)
    return one, other


def _reasons(text: str) -> frozenset[str]:
    return frozenset(part.strip() for part in text.split(",") if part.strip())


_EVENTS = """
With --events every finding is a JSON line as soon as it is found: "rejected" (line, reason),
"doubted" (line, reason, note, other line) and, of --second-pass, "scored" (pairs done, the first
of all among them, total). The last one is "checked" (rows, pairs, usable, scored, complete) or
"failed" (what, where, remedy). "pause", "resume" and "stop" are obeyed as lines of standard input;
when that closes, it ends.
"""


def add_check_options(check: argparse.ArgumentParser) -> None:
    """Add every option of the command to its parser."""
    check.epilog = _EVENTS
    check.add_argument("files", nargs="+", type=Path, metavar="FILE", help="one, or two aligned")
    told = check.add_mutually_exclusive_group()
    told.add_argument("--json", action="store_true", help="one JSON object")
    # Also before the command, as for the others; what was given there must not be taken back.
    told.add_argument(
        "--events", action="store_true", default=argparse.SUPPRESS, help="JSON lines; see below"
    )

    form = check.add_argument_group("what the file is, where it is not recognised")
    form.add_argument("--format", metavar="F", help="text, csv, aligned, jsonl, tmx or xlsx")
    form.add_argument("--encoding", metavar="E", help="utf-8, utf-16-le, gb18030, big5 ...")
    form.add_argument("--delimiter", metavar="C", help="tab, comma, semicolon, bar or a character")
    form.add_argument(
        "--columns", type=_columns, metavar="S,T", help="source and target, by number or name"
    )
    form.add_argument("--sheet", metavar="NAME", help="of a workbook")
    form.add_argument(
        "--header", action=argparse.BooleanOptionalAction, help="the first row names the columns"
    )
    form.add_argument("--from", dest="source_language", type=language, metavar="LANG")
    form.add_argument("--to", dest="target_language", type=language, metavar="LANG")

    more = check.add_argument_group("what to do with it")
    more.add_argument(
        "--held", type=Path, metavar="FILE", help="pairs to measure with; what repeats them leaks"
    )
    more.add_argument("--second-pass", metavar="MODEL", help="a model looks for wrong partners")
    more.add_argument(
        "--drop", type=_reasons, default=frozenset(), metavar="R,R", help="reject doubtful pairs"
    )
    more.add_argument("--fix-swapped", action="store_true", help="put swapped sides right")
    more.add_argument("--write-good", type=Path, metavar="OUT.tsv", help="write the usable pairs")
