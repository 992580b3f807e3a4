"""Training a new model on files of pairs, vocabularies included."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from core import runtime
from core.errors import TrainingError
from core.events import Discarded, Event, Finished, Message, Started
from core.model.seq2seq import Seq2Seq
from core.store.loading import Loaded
from core.store.model_store import ModelStore
from core.text.languages import CHINESE
from core.text.subword import SubwordVocabulary
from core.training.batching import BatchOptions, BatchSource, Share
from core.training.checks import Pair, check_file
from core.training.control import Command, JobControl
from core.training.corpus import Corpus
from core.training.pairs import PairEncoder
from core.training.prepare import FormMaker
from core.training.presets import Preset, find_preset
from core.training.run import Run
from core.training.schedule import Budget
from core.training.trainer import Recipe
from core.training.tuning import hold_out
from core.training.validation import Held

# Characters kept in a vocabulary; rarer ones are copied from the source.
ALPHABET = {"zh": 5000, "en": 160}
FEWEST_PAIRS = 100
VALIDATIONS = 20
BATCH = BatchOptions(tokens=2400, max_length=150, join=0.1, drop_stop=0.0, copy_unknown=0.01)


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
    folder = store.free_folder(options.name)
    preset = find_preset(options.preset)
    yield Message("checking the pairs")
    pairs, rejected = _read(options)
    held, training = hold_out(pairs, options.seed)
    yield Message("learning the vocabularies")
    runtime.set_threads()
    runtime.set_seed(options.seed)
    loaded = _new_model(options, preset, training)
    encode = PairEncoder(loaded)
    corpus = Corpus.from_pairs(encode(pair) for pair in training)
    run = Run(
        loaded,
        (batch for _, _, batch in BatchSource([Share(corpus)], BATCH).batches()),
        Held.of(held, encode),
        recipe=Recipe(),
        budget=Budget(seconds=options.minutes * 60),
        validations=VALIDATIONS,
        control=control,
        precision=runtime.choose_precision(options.precision),
    )
    yield Started(
        model=options.name,
        pairs=len(training),
        rejected=rejected,
        held_out=len(held),
        seconds_limit=options.minutes * 60,
    )
    yield from run.events()
    if control.ending is Command.DISCARD:
        yield Discarded(run.trainer.steps)
        return
    yield Message("saving the model")
    yield _keep(run, loaded, options, folder, len(training))


def _read(options: TrainOptions) -> tuple[list[Pair], int]:
    pairs: list[Pair] = []
    rejected = 0
    for file in options.files:
        report = check_file(file, options.source_language, options.target_language)
        pairs += report.pairs
        rejected += len(report.rejections)
    if len(pairs) < FEWEST_PAIRS:
        raise TrainingError(
            f"{len(pairs)} of {len(pairs) + rejected} lines are usable pairs",
            where=", ".join(map(str, options.files)),
            remedy=f"Give at least {FEWEST_PAIRS}; a useful model needs many thousands.",
        )
    return pairs, rejected


def _new_model(options: TrainOptions, preset: Preset, pairs: Sequence[Pair]) -> Loaded:
    source, target = options.source_language, options.target_language
    vocabularies = []
    for language, texts in (
        (source, [pair.source for pair in pairs]),
        (target, [pair.target for pair in pairs]),
    ):
        forms = FormMaker(language)
        vocabularies.append(
            SubwordVocabulary.train(
                (forms.forms(text) for text in texts),
                size=preset.vocabulary,
                alphabet=min(ALPHABET[language], preset.vocabulary // 2)
                if language == CHINESE
                else ALPHABET[language],
            )
        )
    config = dataclasses.replace(
        preset.config,
        source_vocabulary=len(vocabularies[0]),
        target_vocabulary=len(vocabularies[1]),
    )
    return Loaded(options.name, source, target, Seq2Seq(config), vocabularies[0], vocabularies[1])


def _keep(run: Run, loaded: Loaded, options: TrainOptions, folder: Path, pairs: int) -> Finished:
    """Write the best state as a bundle."""
    best = run.best
    if best is None:
        raise TrainingError("the run ended before its first validation")
    receipt = {
        "kind": "train",
        "preset": options.preset,
        "files": [file.name for file in options.files],
        "pairs": pairs,
        "held_out": len(run.held.pairs),
        "steps": run.trainer.steps,
        "best_step": best.step,
        "seconds": round(run.trainer.elapsed, 1),
        "seed": options.seed,
        "held_out_loss": {"before": run.loss_before, "after": best.loss},
        "finished": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
    }
    loaded.save(folder, name=options.name, weights=best.weights, receipt=receipt)
    return Finished(
        model=options.name,
        path=str(folder),
        steps=run.trainer.steps,
        best_step=best.step,
        loss_before=run.loss_before,
        loss_after=best.loss,
        seconds=run.trainer.elapsed,
    )
