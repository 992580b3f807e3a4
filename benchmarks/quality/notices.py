"""What a person who decides about a model should not overlook, as sentences."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from benchmarks.quality.scoring import Group

# Ratios and shares beyond which a set is named.
SHORTEST, LONGEST = 0.9, 1.1
MOST_LOOPING = 0.01
MOST_COPIED = 0.01
FEW_SENTENCES = 200


def notices(groups: Sequence[Group]) -> list[str]:
    """Sentences about the sets ``groups``, the gravest first; none if nothing is amiss."""
    found = [
        _named("Worse than before", [g for g in groups if g.verdict("bleu") == "worse"], _change),
        _named("Empty outputs", [g for g in groups if g.now.empty], _percent("empty")),
        _named(
            f"More than {100 * MOST_LOOPING:g} % of the outputs say a phrase three times unasked",
            [g for g in groups if g.now.looping > MOST_LOOPING],
            _percent("looping"),
        ),
        _named(
            f"More than {100 * MOST_COPIED:g} % of the outputs are the source itself",
            [g for g in groups if g.now.copied > MOST_COPIED],
            _percent("copied"),
        ),
        _named("Shorter than the references", [g for g in groups if _ratio(g) < SHORTEST], _times),
        _named("Longer than the references", [g for g in groups if _ratio(g) > LONGEST], _times),
        _few(groups),
    ]
    return [sentence for sentence in found if sentence]


def _few(groups: Sequence[Group]) -> str:
    few = [group for group in groups if group.sentences < FEW_SENTENCES]
    what = f"Fewer than {FEW_SENTENCES} sentences, so the intervals are wide"
    if len(few) == len(groups):
        return f"{what}: every set."
    return _named(what, few, lambda group: f"{group.sentences}")


def _named(what: str, groups: Sequence[Group], figure: Callable[[Group], str]) -> str:
    return f"{what}: {', '.join(f'{g.name} {figure(g)}' for g in groups)}." if groups else ""


def _ratio(group: Group) -> float:
    return group.now.length_ratio


def _change(group: Group) -> str:
    return f"−{-group.change('bleu'):.1f} BLEU"


def _times(group: Group) -> str:
    return f"×{group.now.length_ratio:.2f}"


def _percent(kind: str) -> Callable[[Group], str]:
    return lambda group: f"{100 * getattr(group.now, kind):.1f} %"
