"""Command-line options made of registered parts; whoever registers one need not come here."""

from __future__ import annotations

import argparse
from collections.abc import Iterable

from core.parts import Part, Value


def add_part_options(parser: argparse.ArgumentParser, parts: Iterable[Part]) -> None:
    """An option ``--its-name`` for each part, under the heading of its group.

    One that is not given is ``None``, for what it then is hangs on the preset.
    """
    groups: dict[str, argparse._ArgumentGroup] = {}
    for part in parts:
        if part.group not in groups:
            groups[part.group] = parser.add_argument_group(part.group.lower())
        name, about = f"--{part.name.replace('_', '-')}", _about(part)
        if isinstance(part.default, bool):
            groups[part.group].add_argument(
                name, action=argparse.BooleanOptionalAction, default=None, help=about
            )
        elif part.choices:
            values = [choice.value for choice in part.choices]
            groups[part.group].add_argument(name, choices=values, help=about)
        else:
            kind = type(part.default)
            metavar = {int: "N", float: "X"}.get(kind, "TEXT")
            groups[part.group].add_argument(name, type=kind, metavar=metavar, help=about)


def _about(part: Part) -> str:
    default = "yes" if part.default is True else "no" if part.default is False else part.default
    return f"{part.about or part.title} (default {default})".replace("%", "%%")


def given_parts(options: argparse.Namespace, parts: Iterable[Part]) -> dict[str, Value]:
    """The values of those parts that the command line names."""
    found = {part.name: getattr(options, part.name) for part in parts}
    return {name: value for name, value in found.items() if value is not None}
