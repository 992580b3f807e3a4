"""What every event of a long job is: see :mod:`core.events`."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from core.field_types import checked


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
        known = {one.name for one in dataclasses.fields(cls)}
        try:
            return checked(cls, {n: _frozen(v) for n, v in fields.items() if n in known})
        except TypeError as error:
            raise ValueError(f"{cls.kind} is incomplete") from error


def _frozen(value: object) -> Any:
    """``value`` with tuples for lists, which JSON has in their place."""
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
