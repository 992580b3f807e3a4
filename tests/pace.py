"""How fast this processor is just now, so that limits of time hold on slow and on busy ones."""

from __future__ import annotations

import re
import time
import unicodedata
from collections import Counter

# What the standard work takes on the processor that the limits are meant for.
_SECONDS_THERE = 0.005
_TEXT = "我们今天去公园看花，第 7 天。 We go to the park today to see flowers, day 7.\n" * 600
_WORD = re.compile(r"\w+")


def _work() -> int:
    """Some of what the handling of text consists of."""
    folded = [unicodedata.normalize("NFKC", line).casefold() for line in _TEXT.splitlines()]
    counts = Counter(word for line in folded for word in _WORD.findall(line))
    places = [place for line in folded for place, character in enumerate(line) if character == "a"]
    return len(counts) + sum(places)


def seconds_here(seconds: float) -> float:
    """The processor's seconds that do here, now, what takes ``seconds`` where limits were set.

    Never fewer than ``seconds``: a fast processor does not make a limit strict.
    """
    times = 10
    begin = time.process_time()
    for _ in range(times):
        _work()
    taken = (time.process_time() - begin) / times
    return seconds * max(1.0, taken / _SECONDS_THERE)
