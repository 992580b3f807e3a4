"""The best settings of a peer, one setting after the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any


def tune(
    seconds: Callable[[Mapping[str, Any]], float],
    start: Mapping[str, Any],
    choices: Mapping[str, Sequence[Any]],
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Try each choice beside the best settings so far, and keep it where it is faster.

    Args:
        seconds: measures settings.
        start: where to begin.
        choices: other values of each setting, in the order of the trials.

    Returns:
        The best settings, and every trial with its ``seconds``.
    """
    best = dict(start)
    if not any(choices.values()):
        return best, []
    least = seconds(best)
    trials = [{**best, "seconds": round(least, 4)}]
    for name, values in choices.items():
        tried = best
        for value in values:
            settings = {**tried, name: value}
            time = seconds(settings)
            trials.append({**settings, "seconds": round(time, 4)})
            if time < least:
                best, least = settings, time
    return best, trials
