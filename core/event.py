"""What every event of a long job is: see :mod:`core.events`."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Event:
    """Base of all events; ``kind`` is the JSON object's ``event``."""

    kind: ClassVar[str] = ""

    def to_json(self) -> str:
        """This event as one JSON line without its line end, in ASCII: pipes differ in encoding."""
        return json.dumps({"event": self.kind, **dataclasses.asdict(self)})
