"""The registry of a model's options: complete, of one mind with the config, and drawable."""

from __future__ import annotations

import dataclasses
import subprocess
import sys

import pytest
from matplotlib.mathtext import MathTextParser

from core.errors import OptionError
from core.model.config import ModelConfig
from core.model.parts import GATES, MODEL_PARTS
from core.parts import Part, defaults


def named(name: str) -> Part:
    return next(part for part in MODEL_PARTS if part.name == name)


def test_every_option_of_a_shape_is_registered_once_with_its_default() -> None:
    fields = {field.name: field.default for field in dataclasses.fields(ModelConfig)}
    for name in ("source_vocabulary", "target_vocabulary", "alignment_head"):
        del fields[name]
    assert defaults(MODEL_PARTS) == fields
    assert len({part.name for part in MODEL_PARTS}) == len(MODEL_PARTS)
    assert {choice.value for choice in named("cell").choices} == set(GATES)


def test_every_value_says_what_it_does_and_whose_it_is() -> None:
    for part in MODEL_PARTS:
        assert part.group and part.title and part.about
        for choice in part.choices:
            assert choice.title and choice.about
            assert choice.formula
        part.check(part.default)


def test_every_formula_can_be_drawn() -> None:
    parser = MathTextParser("path")
    formulas = {part.formula for part in MODEL_PARTS}
    formulas |= {choice.formula for part in MODEL_PARTS for choice in part.choices}
    for formula in filter(None, formulas):
        for line in formula.split("\n"):
            parser.parse(f"${line}$")


def test_an_option_applies_only_where_it_means_something() -> None:
    values = defaults(MODEL_PARTS)
    assert named("encoder_heads").applies(values)
    assert not named("joining").applies(values)
    assert not named("attention_window").applies(values)
    assert named("attention_window").applies({**values, "attention": "local-p"})
    assert named("feed_forward").applies(values)
    recurrent = {**values, "encoder": "bidirectional"}
    assert not named("feed_forward").applies(recurrent)
    assert named("feed_forward").applies({**recurrent, "decoder": "transformer"})
    assert named("cell").applies(values)  # of the decoder
    assert not named("cell").applies({**values, "decoder": "transformer"})


def test_a_value_out_of_bounds_is_refused() -> None:
    with pytest.raises(OptionError, match=r"dropout is 1\.0"):
        named("dropout").check(1.0)
    with pytest.raises(OptionError, match="joined, summed"):
        named("joining").check("added")
    with pytest.raises(OptionError, match="dropout is 1000"):
        named("dropout").check(10**400)  # no float is as large


def test_reading_the_registry_needs_no_torch() -> None:
    code = "import core.model.diagram, sys; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
