"""What is known of published test sets by their names: what they are about, what came first."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.text.languages import CHINESE, ENGLISH

OTHER = "other"
BOTH = "both"

# Beginning of the name, domain, language in which the sentences were first written (None where
# that is not known, or where the rest of the name tells).
_KNOWN = (
    ("flores", "encyclopaedia", ENGLISH),
    ("mlqe", "encyclopaedia", ENGLISH),
    ("newstest2017", "news", BOTH),  # half of it was translated each way, until 2018
    ("newstest2018", "news", BOTH),
    ("newsdev", "news", BOTH),
    ("newstest", "news", None),
    ("news", "news", None),
    ("wcc", "news", None),
    ("tvsub", "dialogue", None),
    ("msctd", "dialogue", None),
    ("bmeld", "dialogue", ENGLISH),
    ("opensubtitles", "dialogue", None),
    ("3am", "captions", ENGLISH),
    ("multi30k", "captions", ENGLISH),
    ("flickr", "captions", ENGLISH),
    ("aichallenger", "spoken", ENGLISH),
    ("iwslt", "spoken", ENGLISH),
    ("ted", "spoken", ENGLISH),
    ("django", "technical", ENGLISH),
    ("python-docs", "technical", ENGLISH),
    ("effective-java", "technical", ENGLISH),
)
_DIRECTION = re.compile(r"(?:^|[-_.])(zh|en)[-_.]?(?:2|to)?[-_.]?(zh|en)(?:$|[-_.])")


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a set's name tells.

    Attributes:
        domain: of the sentences, ``"other"`` if unknown.
        origin: the language they were first written in: ``"zh"``, ``"en"``, ``"both"`` (some in
            each) or ``None`` if unknown.
    """

    domain: str
    origin: str | None

    def reversed_from(self, source_language: str) -> str:
        """How much of the source is translated text: ``"all"``, ``"part"`` or ``""``."""
        if self.origin == BOTH:
            return "part"
        return "all" if self.origin not in (None, source_language) else ""


def provenance(name: str) -> Provenance:
    """What the set called ``name`` is about and which language came first."""
    folded = name.casefold()
    _, domain, origin = next(
        (known for known in _KNOWN if folded.startswith(known[0])), ("", OTHER, None)
    )
    direction = _DIRECTION.search(folded)
    if origin is None and direction and direction[1] != direction[2]:
        origin = CHINESE if direction[1] == CHINESE else ENGLISH
    return Provenance(domain, origin)
