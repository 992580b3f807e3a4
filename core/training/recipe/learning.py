"""The training run of a default model: resumable, logged, its dev loss told on the way."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from core import runtime
from core.model.config import ModelConfig
from core.model.seq2seq import Seq2Seq
from core.store.loading import Loaded, load_model
from core.training.batching import Batch, BatchOptions, BatchSource, Share
from core.training.checkpoint import load_checkpoint, save_checkpoint
from core.training.checks import Pair
from core.training.corpus import Corpus, read_lines
from core.training.pairs import PairEncoder
from core.training.recipe.sources import SOURCES
from core.training.recipe.workspace import Workspace
from core.training.schedule import Budget, Schedule
from core.training.trainer import Recipe, Trainer
from core.training.validation import Held, validate

REPORT_EVERY = 25  # updates
SAVE_EVERY = VALIDATE_EVERY = 600.0  # seconds
DEV_PAIRS = 300


@dataclass(frozen=True, slots=True)
class LearningOptions:
    """A run of the recipe.

    Attributes:
        name: of the run; its checkpoint and log bear it.
        source_language, target_language: the direction.
        minutes: of training, those of the checkpoint included.
        tokens: padded positions in a batch.
        learning_rate: at its highest.
        warmup: updates until then.
        decay: share of the run, at its end, over which it falls to 0. The state where the
            fall begins is kept as ``NAME-stable``, to go on from with more data or time.
        guided: weight of the alignment loss.
        base: bundle to start from, with a fresh optimiser; ``None`` starts from nothing.
        seed: of weights and batches.
    """

    name: str
    source_language: str = "zh"
    target_language: str = "en"
    minutes: float = 100.0
    tokens: int = 4000
    learning_rate: float = 2e-3
    warmup: int = 150
    decay: float = 0.6
    guided: float = 0.2
    base: Path | None = None
    seed: int = 1


@dataclass
class _Position:
    """Where in the stream of batches the run stands, and what it has seen."""

    round: int = 0
    index: int = -1
    tokens: int = 0


def learn(
    work: Workspace, options: LearningOptions, dev: dict[str, Path], *, resume: bool
) -> Iterator[str]:
    """Train until the minutes are spent; yields a line now and then, which the log gets too."""
    runtime.set_threads()
    runtime.set_seed(options.seed)
    loaded = _start(work, options)
    recipe = Recipe(
        learning_rate=options.learning_rate,
        guided=options.guided,
        schedule=Schedule(options.warmup, options.decay),
    )
    trainer = Trainer(loaded.model, recipe, runtime.choose_precision())
    position = _Position()
    if resume:
        position = _Position(**load_checkpoint(work.run(options.name), trainer)["position"])
    held = {name: _dev(loaded, path) for name, path in dev.items()}
    run = _Learning(work, options, trainer, held, position)
    with work.log(options.name).open("a", encoding="utf-8") as log:
        for line in run.lines(_batches(work, options, loaded, position)):
            log.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')} {line}\n")
            log.flush()
            yield line


def _start(work: Workspace, options: LearningOptions) -> Loaded:
    if options.base is not None:
        return load_model(options.base)
    source, target = options.source_language, options.target_language
    vocabularies = work.vocabulary(source), work.vocabulary(target)
    config = ModelConfig(len(vocabularies[0]), len(vocabularies[1]), alignment_head=0)
    return Loaded(options.name, source, target, Seq2Seq(config), *vocabularies)


def _batches(
    work: Workspace, options: LearningOptions, loaded: Loaded, position: _Position
) -> Iterator[Batch]:
    shares = []
    for source in SOURCES:
        corpus = Corpus.load(work.corpus(source.name))
        if options.source_language != "zh":
            corpus = corpus.flipped()
        shares.append(Share(corpus, source.repeats))
    stops = tuple(loaded.source_vocabulary.encode([stop]).ids[0] for stop in ("。", "."))
    batch_options = BatchOptions(
        tokens=options.tokens,
        max_length=130,
        join=0.15,
        join_below=25,
        drop_stop=0.05,
        copy_unknown=0.01,
        stops=stops,
        seed=options.seed,
    )
    stream = BatchSource(shares, batch_options)
    for number, index, batch in stream.batches(position.round, position.index + 1):
        position.round, position.index = number, index
        yield batch


def _dev(loaded: Loaded, path: Path) -> Held:
    """The first pairs of a dev file (Chinese, tab, English)."""
    pairs = []
    for number, line in enumerate(read_lines(path), start=1):
        chinese, english = line.split("\t")[:2]
        sides = (chinese, english) if loaded.source_language == "zh" else (english, chinese)
        pairs.append(Pair(number, *sides))
        if number == DEV_PAIRS:
            break
    return Held.of(pairs, PairEncoder(loaded))


class _Learning:
    """The loop: reports, validations and checkpoints at their times."""

    def __init__(
        self,
        work: Workspace,
        options: LearningOptions,
        trainer: Trainer,
        held: dict[str, Held],
        position: _Position,
    ) -> None:
        self.work, self.options, self.trainer = work, options, trainer
        self.held, self.position = held, position

    def lines(self, batches: Iterator[Batch]) -> Iterator[str]:
        """One line per report."""
        trainer, options = self.trainer, self.options
        saved = validated = told = trainer.elapsed
        loss, tokens, falling = 0.0, 0, trainer.elapsed >= self._fall()
        for report in trainer.run(batches, Budget(seconds=options.minutes * 60)):
            loss += report.loss * report.tokens
            tokens += report.tokens
            self.position.tokens += report.tokens
            if report.step % REPORT_EVERY == 0:
                speed = tokens / max(1e-6, report.elapsed - told)
                yield (
                    f"update {report.step} loss {loss / tokens:.4f} "
                    f"alignment {report.alignment_loss:.3f} tokens/s {speed:.0f} "
                    f"tokens {self.position.tokens} rate {report.learning_rate:.5f} "
                    f"progress {report.progress:.3f}"
                )
                loss, tokens, told = 0.0, 0, report.elapsed
            if not falling and report.elapsed >= self._fall():
                falling = True
                self._save(f"{options.name}-stable")
            if report.elapsed - saved >= SAVE_EVERY:
                self._save(options.name)
                saved = report.elapsed
            if report.elapsed - validated >= VALIDATE_EVERY:
                yield self._dev_line()
                validated = report.elapsed
        self._save(options.name)
        yield self._dev_line()

    def _fall(self) -> float:
        return self.options.minutes * 60 * (1 - self.options.decay)

    def _save(self, name: str) -> None:
        extra: dict[str, Any] = {"position": asdict(self.position), "options": _plain(self.options)}
        save_checkpoint(self.work.run(name), self.trainer, extra)

    def _dev_line(self) -> str:
        losses = {name: round(validate(self.trainer, h), 4) for name, h in self.held.items()}
        return f"update {self.trainer.steps} dev {json.dumps(losses)}"


def _plain(options: LearningOptions) -> dict[str, Any]:
    return {**asdict(options), "base": str(options.base) if options.base else None}
