"""What a window must know of teaching before torch is there; imports nothing heavy."""

from __future__ import annotations

from collections.abc import Sequence

from core.errors import OptionError

FEWEST_PAIRS = 1  # good pairs that teach a model
# Fewer pairs than this are all learnt, none held out: only general sentences show what they cost.
FEW_PAIRS = 20
FEW_SECONDS = 45.0  # that these are learnt, at most
# A lesson has so many at most: they are learnt together at every update, while a person waits.
LESSON_PAIRS = 20

# Times the usual learning rate.
STRENGTHS = {"gentle": 0.4, "normal": 1.0, "strong": 1.6}
# Parts of a model that may be kept from learning, and what the names of their weights hold.
PARTS = {"embeddings": "embedding", "encoder": "encoder.", "decoder": "decoder."}
# Sentences that may be pinned, to see how their translations change, and characters of each.
MOST_PINNED, LONGEST_PINNED = 5, 300


def check_pinned(sentences: Sequence[str]) -> None:
    """Refuse what cannot be pinned.

    Raises:
        OptionError: there are too many, or one is empty or too long.
    """
    if len(sentences) > MOST_PINNED:
        raise OptionError(
            f"{len(sentences)} sentences are pinned",
            remedy=f"Pin {MOST_PINNED} at most: each is translated at every validation.",
        )
    for number, sentence in enumerate(sentences, start=1):
        if not sentence.strip():
            raise OptionError(f"pinned sentence {number} is empty", remedy="Leave it out.")
        if len(sentence) > LONGEST_PINNED:
            raise OptionError(
                f"pinned sentence {number} has {len(sentence)} characters",
                where=f"{sentence[:30]}…",
                remedy=f"Give one of {LONGEST_PINNED} at most.",
            )
