"""What every event of a long job is: see :mod:`core.events`."""

from __future__ import annotations

import dataclasses
import functools
import json
import sys
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self


@dataclass(frozen=True, slots=True)
class Event:
    """Base of all events; ``kind`` is the JSON object's ``event``."""

    kind: ClassVar[str] = ""

    def to_json(self) -> str:
        """This event as one JSON line without its line end, in ASCII: pipes differ in encoding."""
        return json.dumps({"event": self.kind, **dataclasses.asdict(self)})

    @classmethod
    def from_fields(cls, fields: Mapping[str, Any]) -> Self:
        """The event with those of ``fields``, JSON values, that it knows.

        Raises:
            ValueError: one is missing or of another type.
        """
        own: Any = cls  # which mypy takes for unhashable
        wanted = _types(own)
        known = {name: _frozen(fields[name]) for name in wanted if name in fields}
        for name, value in known.items():
            if not _is_of(value, wanted[name]):
                raise ValueError(f"{cls.kind}: {name} is no {wanted[name]}")
        try:
            return cls(**known)
        except TypeError as error:
            raise ValueError(f"{cls.kind} is incomplete") from error


@functools.cache
def _types(event: type[Event]) -> dict[str, Any]:
    """The types of an event's fields."""
    hints = typing.get_type_hints(event)
    return {name: hint for name, hint in hints.items() if typing.get_origin(hint) is not ClassVar}


def _frozen(value: object) -> Any:
    """``value`` with tuples for lists, which JSON has in their place."""
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def _is_of(value: object, wanted: Any) -> bool:
    """Whether ``value`` is of the type ``wanted``; whole numbers are real ones, too."""
    arguments = typing.get_args(wanted)
    if isinstance(wanted, types.UnionType):
        return any(_is_of(value, one) for one in arguments)
    if typing.get_origin(wanted) is tuple:  # tuple[X, ...]
        return isinstance(value, tuple) and all(_is_of(item, arguments[0]) for item in value)
    if wanted is float:
        return type(value) is float or (type(value) is int and abs(value) <= sys.float_info.max)
    return type(value) is wanted
