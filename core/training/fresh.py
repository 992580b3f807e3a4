"""Training a new model on files of pairs, vocabularies included."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from core import runtime
from core.cancel import Cancelled, CancelToken
from core.errors import TrainingError
from core.events import Discarded, Event, Message
from core.model.seq2seq import Seq2Seq
from core.store.loading import Loaded
from core.store.model_store import ModelStore
from core.text.subword import SubwordVocabulary
from core.training.batching import BatchOptions, BatchSource, Share
from core.training.checks import Pair, check_file
from core.training.control import JobControl
from core.training.pairs import PairEncoder, hold_out
from core.training.prepare import FormMaker
from core.training.presets import Preset, find_preset
from core.training.run import Result, Run
from core.training.schedule import Budget
from core.training.trainer import Recipe
from core.training.validation import Held

# Characters kept in a vocabulary; rarer ones are copied from the source.
ALPHABET = {"zh": 5000, "en": 160}
FEWEST_PAIRS = 100
VALIDATIONS = 20
BATCH = BatchOptions(tokens=2400, max_length=150, join=0.1, copy_unknown=0.01)
RECIPE = Recipe()


@dataclass(frozen=True, slots=True)
class TrainOptions:
    """What to train on and for how long.

    Attributes:
        files: pairs, one a line, source and target parted by a tab.
        source_language, target_language: codes.
        name: of the bundle to make.
        preset: shape of the model, by name.
        minutes: time to train.
        seed: of weights, held-out lines and batches.
        precision: ``"auto"``, ``"bf16"`` or ``"fp32"``.
    """

    files: tuple[Path, ...]
    source_language: str
    target_language: str
    name: str
    preset: str = "small"
    minutes: float = 30.0
    seed: int = 1
    precision: str = "auto"


def train(options: TrainOptions, control: JobControl, store: ModelStore) -> Iterator[Event]:
    """Train a model from nothing and keep its best state as a bundle of the user's.

    Raises:
        AttuneError: a file, the preset or the name cannot be used, or the result not written.
    """
    try:
        yield from _train(options, control, store)
    except Cancelled:  # told to end before training began
        yield Discarded(0)


def _train(options: TrainOptions, control: JobControl, store: ModelStore) -> Iterator[Event]:
    folder = store.free_folder(options.name)
    preset = find_preset(options.preset)
    precision = runtime.choose_precision(options.precision)
    yield Message("checking the pairs")
    pairs, rejected = _read(options, control.cancel)
    held, training = hold_out(pairs, options.seed)
    yield Message("learning the vocabularies")
    runtime.set_threads()
    runtime.set_seed(options.seed)
    loaded = _new_model(options, preset, training, control.cancel)
    encoder = PairEncoder(loaded)
    source = BatchSource([Share(encoder.corpus(training, control.cancel))], BATCH)
    run = Run(
        loaded,
        (batch for _, _, batch in source.batches()),
        Held.of(held, encoder),
        recipe=RECIPE,
        budget=Budget(seconds=options.minutes * 60),
        validations=VALIDATIONS,
        control=control,
        precision=precision,
    )
    receipt = {
        "kind": "train",
        "preset": options.preset,
        "files": [file.name for file in options.files],
        "seed": options.seed,
    }
    yield from run.kept_as(Result(folder, len(training), rejected, receipt))


def _read(options: TrainOptions, cancel: CancelToken) -> tuple[list[Pair], int]:
    pairs: list[Pair] = []
    rejected = 0
    for file in options.files:
        report = check_file(file, options.source_language, options.target_language, cancel)
        pairs += report.pairs
        rejected += len(report.rejections)
    if len(pairs) < FEWEST_PAIRS:
        raise TrainingError(
            f"{len(pairs)} of {len(pairs) + rejected} lines are usable pairs",
            where=", ".join(map(str, options.files)),
            remedy=f"Give at least {FEWEST_PAIRS}; a useful model needs many thousands.",
        )
    return pairs, rejected


def _new_model(
    options: TrainOptions, preset: Preset, pairs: Sequence[Pair], cancel: CancelToken
) -> Loaded:
    source, target = options.source_language, options.target_language
    vocabularies = (
        _vocabulary(source, [pair.source for pair in pairs], preset.vocabulary, cancel),
        _vocabulary(target, [pair.target for pair in pairs], preset.vocabulary, cancel),
    )
    config = dataclasses.replace(
        preset.config,
        source_vocabulary=len(vocabularies[0]),
        target_vocabulary=len(vocabularies[1]),
    )
    return Loaded(options.name, source, target, Seq2Seq(config), *vocabularies)


def _vocabulary(
    language: str, texts: Sequence[str], size: int, cancel: CancelToken
) -> SubwordVocabulary:
    forms = FormMaker(language)

    def sentences() -> Iterator[tuple[str, ...]]:
        for text in texts:
            cancel.check()
            yield forms.forms(text)

    alphabet = min(ALPHABET[language], size // 2)
    return SubwordVocabulary.train(sentences(), size=size, alphabet=alphabet)
