"""All targets."""

from __future__ import annotations

from .bundles import TARGETS as BUNDLES
from .pairs import TARGETS as PAIRS
from .records import TARGETS as RECORDS
from .running import Target
from .runs import TARGETS as RUNS
from .texts import TARGETS as TEXTS

TARGETS: tuple[Target, ...] = (*TEXTS, *PAIRS, *BUNDLES, *RECORDS, *RUNS)
