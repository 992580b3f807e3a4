"""Fine-tuning a bundle on a file of pairs: a generator of events, obedient at every step."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from torch import Tensor

from core import runtime
from core.errors import OptionError, TrainingError
from core.events import (
    Discarded,
    Event,
    Finished,
    Message,
    Paused,
    Resumed,
    Sample,
    Started,
    Step,
    Validation,
)  # fmt: skip
from core.store.bundle import write_bundle
from core.store.loading import Loaded, load_model
from core.store.manifest import SOURCE_TOKENIZER, TARGET_TOKENIZER
from core.store.model_store import ModelStore
from core.text.encoding import SegmentEncoder
from core.text.tokenizer import make_tokenizer
from core.training.batching import BatchOptions, BatchSource, Share
from core.training.checks import Pair, check_file
from core.training.control import Command, JobControl
from core.training.corpus import Corpus
from core.training.schedule import Budget, Schedule
from core.training.trainer import Recipe, StepReport, Trainer
from core.training.validation import Held, SampleTranslator, validate

FEWEST_PAIRS = 10
HELD_OUT_SHARE, HELD_OUT_MOST = 0.1, 200
VALIDATIONS = 12  # per run, the first one before any step not counted
# Small batches answer to a command within a second on two cores.
BATCH_TOKENS = 1200
LEARNING_RATE = 2e-4


@dataclass(frozen=True, slots=True)
class TuneOptions:
    """What to tune and for how long.

    Attributes:
        file: pairs, one a line, source and target parted by a tab.
        base: name of the bundle to start from.
        name: name of the bundle to make.
        minutes: time to train.
        seed: of held-out lines and batches.
        precision: ``"auto"``, ``"bf16"`` or ``"fp32"``.
    """

    file: Path
    base: str
    name: str
    minutes: float = 3.0
    seed: int = 1
    precision: str = "auto"


@dataclass
class _Best:
    """The best weights so far, and where they come from."""

    loss: float
    step: int
    weights: dict[str, Tensor]


def tune(options: TuneOptions, control: JobControl, store: ModelStore) -> Iterator[Event]:
    """Teach the base the pairs of the file and keep the best state as a new bundle.

    Raises:
        AttuneError: the file, the base or the name cannot be used, or the result not written.
    """
    folder = store.user_folder(options.name)
    if folder.exists():
        raise OptionError(
            f"there is a model called {options.name} already", remedy="Choose another name."
        )
    card = store.find(options.base)
    yield Message("checking the pairs")
    report = check_file(options.file, card.source_language, card.target_language)
    if len(report.pairs) < FEWEST_PAIRS:
        raise TrainingError(
            f"only {len(report.pairs)} of {len(report.pairs) + len(report.rejections)} lines "
            "are usable pairs",
            where=str(options.file),
            remedy=f"Give at least {FEWEST_PAIRS} good pairs.",
        )
    yield Message("loading the model")
    runtime.set_threads()
    runtime.set_seed(options.seed)
    loaded = load_model(card.path)
    run = _Tuning(options, control, loaded, report.pairs)
    yield Started(
        model=options.name,
        pairs=len(run.training),
        rejected=len(report.rejections),
        held_out=len(run.held.pairs),
        seconds_limit=options.minutes * 60,
    )
    yield from run.events()
    if control.ending is Command.DISCARD:
        yield Discarded(run.trainer.steps)
        return
    yield Message("saving the model")
    yield run.keep(folder, card.name)


class _Tuning:
    """One run of fine-tuning."""

    def __init__(
        self, options: TuneOptions, control: JobControl, loaded: Loaded, pairs: Sequence[Pair]
    ) -> None:
        self.options, self.control, self.loaded = options, control, loaded
        encode = _PairEncoder(loaded)
        order = np.random.default_rng(options.seed).permutation(len(pairs))
        count = max(1, min(HELD_OUT_MOST, round(len(pairs) * HELD_OUT_SHARE)))
        self.held = Held.of([pairs[i] for i in order[:count]], encode)
        self.training = [pairs[i] for i in order[count:]]
        corpus = Corpus.from_pairs(encode(pair) for pair in self.training)
        source = BatchSource(
            [Share(corpus)], BatchOptions(tokens=BATCH_TOKENS, max_length=250, seed=options.seed)
        )
        self.batches = (batch for _, _, batch in source.batches())
        recipe = Recipe(
            learning_rate=LEARNING_RATE, muon=False, schedule=Schedule(warmup=20, decay=0.5)
        )
        precision = runtime.choose_precision(options.precision)
        self.trainer = Trainer(loaded.model, recipe, precision)
        self.translate = SampleTranslator(loaded)
        self.best: _Best | None = None
        self.loss_before = float("nan")

    def events(self) -> Iterator[Event]:
        """Train until time is up or a command ends it."""
        limit = self.options.minutes * 60
        first = self._validate()
        self.loss_before = first.loss
        yield first
        yield self._sample()
        next_validation = limit / VALIDATIONS
        speed = _Speed()
        for report in self.trainer.run(self.batches, Budget(seconds=limit)):
            yield speed.step(report, limit)
            if self.control.ending is not None:
                break
            if self.control.paused:
                yield Paused(report.step)
                self.control.wait_while_paused()
                yield Resumed(report.step)
            if report.elapsed >= next_validation:
                yield self._validate()
                yield self._sample()
                next_validation += limit / VALIDATIONS
        if self.control.ending is None and self.best and self.best.step < self.trainer.steps:
            yield self._validate()

    def _validate(self) -> Validation:
        loss = validate(self.trainer, self.held)
        better = self.best is None or loss < self.best.loss
        if better:
            weights = {k: v.detach().clone() for k, v in self.loaded.model.state_dict().items()}
            self.best = _Best(loss, self.trainer.steps, weights)
        return Validation(self.trainer.steps, loss, better)

    def _sample(self) -> Sample:
        pair = self.held.pairs[0]
        text = self.translate(pair.source)
        return Sample(self.trainer.steps, pair.source, pair.target, text)

    def keep(self, folder: Path, base: str) -> Finished:
        """Write the best state as a bundle."""
        if self.best is None:
            raise TrainingError("the run ended before its first validation")
        manifest = self.loaded.bundle.manifest
        read = self.loaded.bundle.read_text
        receipt = {
            "kind": "tune",
            "base": base,
            "file": self.options.file.name,
            "pairs": len(self.training),
            "held_out": len(self.held.pairs),
            "steps": self.trainer.steps,
            "best_step": self.best.step,
            "seconds": round(self.trainer.elapsed, 1),
            "learning_rate": LEARNING_RATE,
            "seed": self.options.seed,
            "held_out_loss": {"before": self.loss_before, "after": self.best.loss},
            "finished": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        }
        write_bundle(
            folder,
            name=self.options.name,
            source_language=manifest.source_language,
            target_language=manifest.target_language,
            model=manifest.model,
            state_dict=self.best.weights,
            source_tokenizer_json=read(SOURCE_TOKENIZER),
            target_tokenizer_json=read(TARGET_TOKENIZER),
            receipt=receipt,
            precision="int8",
            parent=base,
            licence=manifest.licence,
            sources=manifest.sources,
        )
        return Finished(
            model=self.options.name,
            path=str(folder),
            steps=self.trainer.steps,
            best_step=self.best.step,
            loss_before=self.loss_before,
            loss_after=self.best.loss,
            seconds=self.trainer.elapsed,
        )


class _PairEncoder:
    """Both sides of a pair as ids of the bundle's vocabularies."""

    def __init__(self, loaded: Loaded) -> None:
        source, target = loaded.source_language, loaded.target_language
        self._source = SegmentEncoder(source, make_tokenizer(source), loaded.source_vocabulary)
        self._target = SegmentEncoder(target, make_tokenizer(target), loaded.target_vocabulary)

    def __call__(self, pair: Pair) -> tuple[tuple[int, ...], tuple[int, ...]]:
        return self._source.encode(pair.source).ids, self._target.encode(pair.target).ids


class _Speed:
    """Tokens per second, smoothed, and the time left."""

    def __init__(self) -> None:
        self._rate: float | None = None
        self._elapsed = 0.0

    def step(self, report: StepReport, limit: float) -> Step:
        rate = report.tokens / max(1e-6, report.elapsed - self._elapsed)
        self._elapsed = report.elapsed
        self._rate = rate if self._rate is None else 0.9 * self._rate + 0.1 * rate
        return Step(
            step=report.step,
            loss=report.loss,
            learning_rate=report.learning_rate,
            gradient_norm=report.gradient_norm,
            tokens_per_second=self._rate,
            elapsed=report.elapsed,
            progress=report.progress,
            remaining=max(0.0, limit - report.elapsed),
        )
