"""Remembering over a long gap: what vanishing gradients keep a vanilla RNN from learning.

The copy task (Hochreiter & Schmidhuber 1997; Arjovsky et al. 2016): some symbols are read, then a
long run of blanks, then the symbols are to be written. Nothing but the encoder's last state goes to
the decoder (Sutskever et al. 2014), so the gradient must reach the first states through the gap.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch

from core import runtime
from core.errors import OptionError
from core.events import Discarded, Event, Message, Recalled
from core.model.config import ModelConfig
from core.model.parts import MODEL_PARTS
from core.model.seq2seq import Seq2Seq
from core.text.vocab import SPECIALS
from core.training.batching import Batch, collate
from core.training.control import JobControl
from core.training.feeding import Feeding
from core.training.gradient_flow import gradient_norms
from core.training.hyperparameters import Recipe
from core.training.resting import rest
from core.training.schedule import Budget, Schedule
from core.training.trainer import Trainer

CELLS = tuple(
    choice.value for part in MODEL_PARTS if part.name == "cell" for choice in part.choices
)
USUAL = ("rnn-tanh", "gru", "lstm")
HELD = 64  # sequences that are never learnt
REPORTS = 25  # of each cell, one before it learns anything among them


@dataclass(frozen=True, slots=True)
class RecallOptions:
    """What is to be remembered, by what, and for how long it learns.

    Attributes:
        cells: the recurrent cells that are compared.
        gap: blanks between the symbols and the answer.
        symbols: how many are to be remembered.
        alphabet: how many different ones there are.
        width: of embeddings and states.
        steps: updates of each cell.
        batch: sequences of an update.
        learning_rate: of Adam.
        seed: of weights and sequences.
        threads: processors to compute on; all if ``None``.
    """

    cells: tuple[str, ...] = USUAL
    gap: int = 20
    symbols: int = 3
    alphabet: int = 8
    width: int = 64
    steps: int = 1000
    batch: int = 64
    learning_rate: float = 3e-3
    seed: int = 1
    threads: int | None = None

    def __post_init__(self) -> None:
        for cell in self.cells:
            if cell not in CELLS:
                raise OptionError(
                    f"there is no cell {cell!r}", remedy=f"Give some of {', '.join(CELLS)}."
                )
        for name in ("gap", "symbols", "alphabet", "steps", "batch"):
            if getattr(self, name) < 1:
                raise OptionError(f"{name} is {getattr(self, name)}", remedy="Give 1 or more.")


def recall(options: RecallOptions, control: JobControl) -> Iterator[Event]:
    """Train each cell from the same seed on the same sequences; nothing is kept.

    The last event is ``Discarded``.

    Raises:
        OptionError: an option makes no sense.
        TrainingError: the loss diverged.
    """
    runtime.set_threads(options.threads)
    for cell in options.cells:
        yield Message(f"{cell}: {options.symbols} symbols over a gap of {options.gap}")
        yield from _learn(cell, options, control)
        if control.ending is not None:
            break
    yield Discarded(options.steps)


def _learn(cell: str, options: RecallOptions, control: JobControl) -> Iterator[Event]:
    runtime.set_seed(options.seed)
    model = Seq2Seq(_shape(cell, options))
    recipe = Recipe(
        learning_rate=options.learning_rate,
        optimizer="adam",
        label_smoothing=0.0,
        schedule=Schedule(warmup=0, decay=0.5),
        feeding=Feeding(),
    )
    trainer = Trainer(model, recipe, torch.float32)
    held = next(sequences(options, HELD, seed=0))
    every = max(1, options.steps // (REPORTS - 1))
    yield _look(model, cell, held, 0, options)
    for report in trainer.run(
        sequences(options, options.batch, options.seed), Budget(steps=options.steps)
    ):
        yield from rest(control, report.step)
        if control.ending is not None:
            return
        if report.step % every == 0 or report.step == options.steps:
            yield _look(model, cell, held, report.step, options)


def _shape(cell: str, options: RecallOptions) -> ModelConfig:
    entries = len(SPECIALS) + options.alphabet + 1
    return ModelConfig(
        entries,
        entries,
        width=options.width,
        encoder="one-directional",
        encoder_layers=1,
        cell=cell,
        decoder="initial-state",
        decoder_width=options.width,
        decoder_layers=1,
        attention="none",
    )


def sequences(options: RecallOptions, count: int, seed: int) -> Iterator[Batch]:
    """Endless batches of ``count`` sequences: symbols and blanks to symbols."""
    rng = np.random.default_rng(seed)
    first = len(SPECIALS)
    blanks = np.full(options.gap, first + options.alphabet)
    no_links = np.zeros((0, 2), np.int64)
    while True:
        rows = rng.integers(first, first + options.alphabet, (count, options.symbols))
        yield collate([(np.concatenate((row, blanks)), row, no_links) for row in rows])


def _look(model: Seq2Seq, cell: str, held: Batch, step: int, options: RecallOptions) -> Recalled:
    model.eval()
    with torch.inference_mode():
        forced = model(held.source, held.lengths, held.target_in)
        loss = torch.nn.functional.cross_entropy(
            model.logits(forced.features).flatten(0, 1), held.target_out.flatten()
        )
        own = torch.zeros_like(held.target_in, dtype=torch.bool)
        own[:, 0] = True  # <sos>; all else the decoder must say by itself
        said = model.free_forward(held.source, held.lengths, held.target_in, own)
        right = (model.logits(said.features).argmax(-1) == held.target_out).all(1)
    norms = gradient_norms(model, [held])
    model.train()
    return Recalled(
        cell, step, options.steps, options.gap, float(loss), float(right.float().mean()), norms
    )
