"""Options of four registries as one system: presets, what is refused, and the command line."""

from __future__ import annotations

import dataclasses
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from core.cli.part_options import add_part_options
from core.cli.program import build_parser, main
from core.cli.train import train_options
from core.errors import OptionError
from core.model.config import ModelConfig
from core.model.parts import MODEL_PARTS
from core.parts import Part, defaults
from core.text.options import TextOptions
from core.text.parts import TEXT_PARTS
from core.training.feeding import Feeding
from core.training.hyperparameters import BatchOptions, Recipe
from core.training.parts import TRAINING_PARTS
from core.training.presets import PRESETS
from core.training.schedule import Budget
from core.training.system import PARTS, compose, model_config, text_options
from core.training.token_store.inputs import PairInput
from core.training.train_options import BATCH, TrainOptions


def test_names_are_the_fields_that_they_set_and_none_is_there_twice() -> None:
    assert {part.name for part in MODEL_PARTS} <= {f.name for f in dataclasses.fields(ModelConfig)}
    assert {part.name for part in TEXT_PARTS} <= {f.name for f in dataclasses.fields(TextOptions)}
    names = [part.name for part in PARTS]
    assert len(names) == len(set(names))
    for part in PARTS:
        part.check(part.default)
        for name, values in (*part.needs, *part.either):
            other = next(one for one in PARTS if one.name == name)
            assert all(value in [c.value for c in other.choices] or not other.choices
                       for value in values)  # fmt: skip


def test_defaults_are_those_of_the_classes() -> None:
    values = defaults(PARTS)
    assert Recipe.of(values) == Recipe(dropout=0.0)
    assert BatchOptions.of(values) == BATCH
    assert model_config(values, 1, 1) == ModelConfig(1, 1)
    assert text_options(values) == TextOptions()


@pytest.mark.parametrize("part", TRAINING_PARTS, ids=lambda part: part.name)
def test_every_option_of_training_reaches_what_learns(part: Part) -> None:
    """Another value of any part makes another recipe or other batches."""
    if part.choices:
        other = next(c.value for c in part.choices if c.value != part.default)
    elif isinstance(part.default, bool):
        other = not part.default
    elif isinstance(part.default, int):
        other = part.default + 3
    else:
        other = 0.4 * float(part.default) + 0.05
    values = defaults(PARTS)
    part.check(other)
    changed = {**values, part.name: other}
    before = Recipe.of(values), BatchOptions.of(values)
    assert (Recipe.of(changed), BatchOptions.of(changed)) != before


@pytest.mark.parametrize("name", PRESETS)
def test_presets_are_options_that_go_together(name: str) -> None:
    values = compose(name)
    for option, value in PRESETS[name].values.items():
        assert values[option] == value
        assert next(part for part in PARTS if part.name == option).applies(values), option
    assert PRESETS[name].about and PRESETS[name].teaches and PRESETS[name].paper
    model_config(values, 100, 100)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"momentum": 0.5}, "momentum means nothing here. It takes effect where optimizer is sgd"),
        ({"forcing_half": 0.3}, "linear or exponential or inverse-sigmoid"),
        ({"batch_tokens": 100, "batch_pairs": 4}, "batch_tokens means nothing here"),
        ({"optimiser": "sgd"}, "Did you mean optimizer?"),
        ({"optimizer": "sgdm"}, "optimizer is 'sgdm'"),
        ({"clip": 0.0}, "clip is 0.0"),
        ({"truncate": "yes"}, "truncate is 'yes'"),
        ({"decoder": "initial-state"}, "attention|encoder"),
    ],
)
def test_what_goes_with_nothing_is_refused_by_name(given: dict[str, object], told: str) -> None:
    with pytest.raises(OptionError) as caught:
        compose("small", given)  # type: ignore[arg-type]
    assert re.search(told, caught.value.sentence().replace("`", ""))


def test_a_near_miss_of_a_preset_is_suggested() -> None:
    with pytest.raises(OptionError) as caught:
        compose("smal")
    assert caught.value.remedy.startswith("Did you mean small?")


def options(line: str) -> TrainOptions:
    return train_options(build_parser().parse_args(["train", *line.split(), "--name", "n"]))


def test_the_command_line_goes_before_the_preset_and_the_preset_before_the_default(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    toy = dataclasses.replace(
        PRESETS["small"],
        values={
            "width": 64,
            "clip": 5.0,
            "encoder_heads": 4,
            "attention_heads": 4,
            "max_length": 30,
        },
    )
    monkeypatch.setitem(PRESETS, "toy", toy)
    found = options(
        "--preset toy --clip 2 --optimizer sgd --momentum 0.7 --forcing linear --forcing-half 0.2 "
        "--batch-pairs 32 --truncate --curriculum root --adversarial 0.5 --loss-mean steps "
        "--word-dropout 0.1 --decoder-layers 3 --epochs 2 --threads 1 --pin 你好。 --ema 0.9"
    )
    recipe, batch = found.recipe, found.batch
    assert (recipe.clip, recipe.optimizer, recipe.momentum, recipe.ema) == (2.0, "sgd", 0.7, 0.9)
    assert recipe.feeding == Feeding("linear", half=0.2)
    assert (recipe.adversarial, recipe.loss_mean, recipe.word_dropout) == (0.5, "steps", 0.1)
    assert (batch.pairs, batch.max_length, batch.truncate, batch.curriculum) == (
        32,
        30,
        True,
        "root",
    )
    shape = found.shape(10, 12)
    assert (shape.width, shape.decoder_layers, shape.cell) == (64, 3, "lstm")
    assert (found.epochs, found.budget, found.threads) == (2.0, Budget(), 1)
    assert found.pinned == ("你好。",)


def test_pairs_of_a_task_are_learnt_as_they_are() -> None:
    assert options("--languages text-digits").batch == dataclasses.replace(
        BATCH, join=0.0, drop_stop=0.0, untidy=0.0, copy_unknown=0.0
    )
    assert options("--languages text-digits --join 0.5").batch.join == 0.5
    assert options("--languages en-zh").batch == BATCH


def test_the_shape_of_a_model_that_is_trained_on_stays() -> None:
    with pytest.raises(OptionError, match="cell means nothing here: the shape is that of mine"):
        options("--from mine --cell gru")
    assert options("--from mine --dropout 0.2").recipe.dropout == 0.2


def test_options_come_back_from_json() -> None:
    wanted = options(
        "a.tsv --source s --target t --steps 9 --forcing fixed --teacher-forcing 0.5 "
        "--tokens store --preset default --cell gru --out o --pin x --held h.tsv"
    )
    found = TrainOptions.from_json(json.loads(json.dumps(wanted.to_json())))
    here = Path.cwd()
    placed = dataclasses.replace(
        wanted,
        inputs=(
            PairInput(pairs=here / "a.tsv"),
            PairInput(source=here / "s", target=here / "t"),
        ),
        held=PairInput(pairs=here / "h.tsv"), tokens=here / "store", out=here / "o",
    )  # fmt: skip
    assert found == placed
    later = {**wanted.to_json(), "from a newer program": 1}
    del later["threads"], later["pinned"]
    assert TrainOptions.from_json(later).pinned == ()


def test_a_part_that_is_registered_becomes_an_option(monkeypatch: pytest.MonkeyPatch) -> None:
    parser = build_parser()
    add_part_options(parser, [Part("new_thing", "New", "Thing", 3, "100 % new.")])
    assert "--new-thing N" in parser.format_help() and "100 % new." in parser.format_help()


def test_presets_are_listed(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["presets"]) == 0
    text = capfd.readouterr().out
    assert all(f"{name}: " in text for name in PRESETS) and "teaches:" in text
    assert main(["presets", "--json"]) == 0
    found = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert [one["name"] for one in found] == list(PRESETS)
    assert found[1]["options"] == dict(PRESETS["small"].values)
    assert {"teaches", "paper", "mends", "about", "measured"} <= found[0].keys()


def test_registries_need_nothing_heavy() -> None:
    program = (
        "import sys\nimport core.training.system, core.cli.train_options\n"
        "heavy = [m for m in ('torch', 'numpy', 'spacy', 'jieba') if m in sys.modules]\n"
        "assert not heavy, heavy\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_what_a_preset_sets_in_vain_stands_in_nobodys_way(monkeypatch: pytest.MonkeyPatch) -> None:
    feeding = {"encoder": "bidirectional", "attention": "general", "input_feeding": True}
    monkeypatch.setitem(PRESETS, "feeding", dataclasses.replace(PRESETS["small"], values=feeding))
    values = compose("feeding", {"decoder": "context", "attention": "none"})
    assert values["input_feeding"] is False
