"""One box of the drawn architecture, as a plain value."""

from __future__ import annotations

from dataclasses import dataclass

from core.model.config import ModelConfig
from core.model.parts import MODEL_PARTS


@dataclass(frozen=True, slots=True)
class Block:
    """One box.

    Attributes:
        name: its own, among the blocks.
        title: for a person, a noun.
        side: ``"source"``, ``"target"`` or, between both, ``"middle"``.
        part: the option that it comes from, by name; empty for the words that go in.
        options: all options that shape it, ``part`` first.
        layers: how many of it lie one above the other.
        formula: in TeX, lines divided by line ends.
        paper: authors and year.
        inputs, outputs: shapes of what goes in and comes out.
        parameters: number of weights, those of all layers.
    """

    name: str
    title: str
    side: str
    part: str
    options: tuple[str, ...]
    layers: int
    formula: str
    paper: str
    inputs: str
    outputs: str
    parameters: int


_PARTS = {part.name: part for part in MODEL_PARTS}


def words_block(name: str, title: str, side: str, shape: str) -> Block:
    """The words that go in, of ``shape``."""
    return Block(name, title, side, "", (), 1, "", "", shape, shape, 0)


def make_block(
    config: ModelConfig,
    name: str,
    title: str,
    side: str,
    part: str,
    options: tuple[str, ...],
    *,
    inputs: str,
    outputs: str,
    parameters: int,
    layers: int = 1,
    formula: str = "",
    paper: str = "",
) -> Block:
    """A block of ``config``; what of it is not told, the chosen value of ``part`` tells."""
    choice = _PARTS[part].choice(getattr(config, part))
    return Block(
        name, title or choice.title, side, part, (part, *options), layers,
        formula or choice.formula, paper or choice.paper, inputs, outputs, parameters,
    )  # fmt: skip
