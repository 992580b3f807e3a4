"""What a person can ask of training a model from files of pairs."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from core.errors import OptionError
from core.field_types import checked
from core.model.config import ModelConfig
from core.parts import Value
from core.text.options import TextOptions
from core.training.feeding import Feeding
from core.training.hyperparameters import BatchOptions, Recipe
from core.training.limits import check_pinned
from core.training.schedule import Budget, Schedule
from core.training.system import compose, model_config, text_options
from core.training.token_store.inputs import PairInput

BATCH = BatchOptions(
    tokens=2400,
    max_length=150,
    join=0.15,
    join_below=25,
    drop_stop=0.05,
    untidy=0.03,
    copy_unknown=0.01,
)


@dataclass(frozen=True, slots=True)
class TrainOptions:
    """What to train on, how, and for how long.

    Attributes:
        name: of the bundle to make.
        inputs: files of pairs; none where ``tokens`` is a finished store.
        source_language, target_language: codes.
        held: pairs to validate on; some of the inputs' own if ``None``.
        tokens: folder of the tokenised store, of this direction or the other; the run's own if
            ``None``.
        tokenize_only: build the store and stop.
        keep_words: leave in the store what an aligner reads.
        alignments: file of word links for the inputs' lines (see the store).
        mix: file that says how often a round uses each input (see ``tokens.shares``).
        min_agreement: pairs of the store that score less are left out (see ``recipe.agreement``).
        base: bundle to start from, with a fresh optimiser; if it is of the other direction, with
            embeddings swapped (see ``transfer``).
        preset: system of a model from nothing, by name.
        system: options of its shape, its texts and its search that go before the preset's, by the
            names of their parts (see ``system``).
        text: how the files are cut into words and counted, whatever ``system`` says.
        encoder_from: bundle whose encoder, with the embeddings of words in common, a model from
            nothing starts with.
        source_vectors, target_vectors: files of word vectors that its embeddings start with.
        budget: how long.
        epochs: rounds through the pairs after which it ends, if that is sooner.
        recipe: how it learns.
        batch: how batches are cut.
        validations: how many on the way.
        patience: validations without a gain after which it ends.
        pinned: source sentences that are translated at every validation, for the person to watch.
        save_seconds: seconds of training between two checkpoints.
        resume: go on from the last checkpoint of the run of this name.
        out: folder of the bundle; among the user's models if ``None``.
        seed: of weights, held-out lines and batches.
        precision: ``"auto"``, ``"bf16"`` or ``"fp32"``.
        device: ``"auto"``, ``"cpu"`` or ``"cuda"``.
        threads: processors to compute on; all if ``None``.
    """

    name: str
    inputs: tuple[PairInput, ...] = ()
    source_language: str = "zh"
    target_language: str = "en"
    held: PairInput | None = None
    tokens: Path | None = None
    tokenize_only: bool = False
    keep_words: bool = False
    alignments: Path | None = None
    mix: Path | None = None
    min_agreement: int | None = None
    base: str | None = None
    preset: str = "small"
    system: Mapping[str, Value] = field(default_factory=dict)
    text: TextOptions | None = None
    encoder_from: str | None = None
    source_vectors: Path | None = None
    target_vectors: Path | None = None
    budget: Budget = Budget(seconds=1800)
    epochs: float | None = None
    recipe: Recipe = Recipe()
    batch: BatchOptions = BATCH
    validations: int = 20
    patience: int | None = None
    pinned: tuple[str, ...] = ()
    save_seconds: float = 300.0
    resume: bool = False
    out: Path | None = None
    seed: int = 1
    precision: str = "auto"
    device: str = "auto"
    threads: int | None = None

    def __post_init__(self) -> None:
        if self.epochs is not None and not self.epochs > 0:
            raise OptionError(f"epochs is {self.epochs}", remedy="Give more than 0.")
        check_pinned(self.pinned)

    def values(self) -> dict[str, Value]:
        """All options of the system."""
        return compose(self.preset, self.system)

    def shape(self, source_vocabulary: int, target_vocabulary: int) -> ModelConfig:
        """The model's shape, for vocabularies of so many entries."""
        head = 0 if self.recipe.guided else None
        return model_config(self.values(), source_vocabulary, target_vocabulary, head)

    def texts(self) -> TextOptions:
        """How the files are cut into words and counted."""
        return self.text or text_options(self.values())

    def to_json(self) -> dict[str, Any]:
        """As JSON values."""
        found: dict[str, Any] = _plain(dataclasses.asdict(self))
        return found

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> TrainOptions:
        """From what :meth:`to_json` gave; a field that an older program did not have is as usual.

        Raises:
            OptionError, LookupError, TypeError, ValueError: it is no such thing.
        """
        known = {one.name for one in dataclasses.fields(cls)}
        fields = {name: value for name, value in dict(values).items() if name in known}
        for name in ("tokens", "alignments", "mix", "source_vectors", "target_vectors", "out"):
            fields[name] = Path(fields[name]) if fields.get(name) else None
        recipe = dict(fields["recipe"])
        recipe["schedule"] = Schedule(**recipe["schedule"])
        recipe["feeding"] = Feeding(**recipe["feeding"])
        text, held = fields.get("text"), fields.get("held")
        return checked(
            cls,
            {
                **fields,
                "inputs": tuple(map(_input, fields["inputs"])),
                "held": _input(held) if held else None,
                "text": TextOptions(**text) if text else None,
                "budget": Budget(**fields["budget"]),
                "recipe": Recipe(**recipe),
                "batch": BatchOptions(**fields["batch"]),
                "pinned": tuple(fields.get("pinned", ())),
            },
        )


def _input(values: Mapping[str, str | None]) -> PairInput:
    return PairInput(**{name: Path(value) for name, value in dict(values).items() if value})


def _plain(value: Any) -> Any:
    """``value`` with text for paths and lists for tuples, however deep."""
    if isinstance(value, Path):
        return str(value.absolute())
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value
