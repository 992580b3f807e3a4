"""Whether values that come from a file are of the types that a dataclass declares."""

from __future__ import annotations

import dataclasses
import functools
import sys
import types
import typing
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

Made = TypeVar("Made")


def checked(kind: type[Made], fields: Mapping[str, Any]) -> Made:
    """The dataclass ``kind`` of ``fields``, each of which is of the type that it is declared to be.

    Raises:
        TypeError: one is missing or unknown.
        ValueError: one is of another type.
    """
    wanted = field_types(kind)
    for name, value in fields.items():
        if name in wanted and not is_of(value, wanted[name]):
            raise ValueError(f"{name} is no {getattr(wanted[name], '__name__', wanted[name])}")
    return kind(**fields)


def field_types(kind: type) -> dict[str, Any]:
    """The types of the fields of the dataclass ``kind``, by name."""
    unhashable_to_mypy: Any = kind
    return _field_types(unhashable_to_mypy)


@functools.cache
def _field_types(kind: Any) -> dict[str, Any]:
    hints = typing.get_type_hints(kind)
    return {field.name: hints[field.name] for field in dataclasses.fields(kind)}


def is_of(value: object, wanted: Any) -> bool:
    """Whether ``value`` is of the type ``wanted``; whole numbers are real ones, too."""
    arguments, origin = typing.get_args(wanted), typing.get_origin(wanted)
    if isinstance(wanted, types.UnionType):
        return any(is_of(value, one) for one in arguments)
    if origin is tuple:
        return isinstance(value, tuple) and _are_of(value, arguments)
    if origin is Mapping:
        key, item = arguments
        return isinstance(value, Mapping) and all(
            is_of(name, key) and is_of(one, item) for name, one in value.items()
        )
    if wanted is Path:
        return isinstance(value, Path)
    if wanted is float:
        return type(value) is float or (type(value) is int and abs(value) <= sys.float_info.max)
    if type(value) is not wanted:
        return False
    return not dataclasses.is_dataclass(wanted) or all(
        is_of(getattr(value, name), one) for name, one in field_types(wanted).items()
    )


def _are_of(values: tuple[object, ...], wanted: tuple[Any, ...]) -> bool:
    """Whether ``values`` are of ``tuple[X, ...]``, or of ``tuple[X, Y]``."""
    if wanted[-1] is Ellipsis:
        return all(is_of(value, wanted[0]) for value in values)
    return len(values) == len(wanted) and all(map(is_of, values, wanted))
