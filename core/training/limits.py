"""How much there must be to learn from; imports nothing, so that the window can ask."""

from __future__ import annotations

FEWEST_PAIRS = 10  # good pairs that teach a model
