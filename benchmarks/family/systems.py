"""The systems that are compared, each a preset with what is changed in it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class System:
    """A row of the table.

    Attributes:
        name: of the row, and of the model that is made.
        preset: what it is composed of.
        changed: further options of ``attune-cli train``.
        about: what is new in it against the row that it is compared with.
        against: the row that it is tested against; none for the first.
    """

    name: str
    preset: str
    about: str
    changed: tuple[str, ...] = ()
    against: str | None = None


_WORDS = ("--source-units", "words", "--target-units", "words")
_PIECES = ("--source-units", "pieces", "--target-units", "pieces")

SYSTEMS = (
    System("lstm-fixed-context", "lstm-fixed-context", "the sentence as one fixed vector"),
    System(
        "gru-context", "gru-context", "that vector at every step", against="lstm-fixed-context"
    ),
    System(
        "lstm-additive", "lstm-additive", "attention, fed back, learnt with SGD",
        against="lstm-fixed-context",
    ),
    System(
        "lstm-additive, Adam", "lstm-additive", "the same, learnt with Adam",
        ("--optimizer", "adam", "--learning-rate", "0.001"), against="lstm-additive",
    ),
    System(
        "bigru-attention, one way", "bigru-attention", "attention, read one way",
        ("--encoder", "one-directional"), against="lstm-fixed-context",
    ),
    System(
        "bigru-attention", "bigru-attention", "the encoder reads both ways",
        against="bigru-attention, one way",
    ),
    System(
        "bigru-attention, pieces", "bigru-attention", "pieces of words, no `<unk>`",
        _PIECES, against="bigru-attention",
    ),
    System(
        "gru-zh-en", "gru-zh-en", "two layers, dropout and teacher forcing of one half",
        against="lstm-fixed-context",
    ),
    System(
        "transformer-small", "transformer-small", "self-attention on both sides",
        against="bigru-attention, pieces",
    ),
    System(
        "default", "default", "a deep self-attention encoder, a recurrent attention decoder",
        against="transformer-small",
    ),
)  # fmt: skip

TUTORIAL = System("gru-zh-en, 10,000 pairs", "gru-zh-en", "as its tutorials train it: 10 epochs")
