"""Events of long jobs: frozen, made of scalars, strings and tuples, one JSON object a line.

A job is a generator of these. The terminal prints them; the window reads what the terminal
prints (``attune-cli --events``), so this module is the whole protocol between the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.event import Event as Event
from core.files import parse_json
from core.pair_events import Checked as Checked
from core.pair_events import Doubted as Doubted
from core.pair_events import Rejected as Rejected
from core.pair_events import Scored as Scored


@dataclass(frozen=True, slots=True)
class Message(Event):
    """A sentence about what the job is doing, e.g. ``"reading pairs"``."""

    kind: ClassVar[str] = "message"
    text: str


@dataclass(frozen=True, slots=True)
class Warned(Event):
    """Something has gone wrong and the job goes on; it stays in view, unlike a :class:`Message`.

    A later warning ``about`` the same thing takes its place; an empty one says that it is over.
    """

    kind: ClassVar[str] = "warned"
    about: str
    text: str


@dataclass(frozen=True, slots=True)
class Started(Event):
    """Training begins: pairs used, pairs rejected, pairs held out for validation."""

    kind: ClassVar[str] = "started"
    model: str
    pairs: int
    rejected: int
    held_out: int
    total_steps: int | None = None
    seconds_limit: float | None = None


@dataclass(frozen=True, slots=True)
class Step(Event):
    """After an update. ``loss`` is natural-log cross-entropy per target piece.

    ``elapsed`` and ``remaining`` are seconds without pauses; ``remaining`` is ``None`` until
    it can be told. ``progress`` runs from 0 to 1. The loss of an update that was ``replayed`` is
    that of general sentences. ``tokens`` are the target pieces learnt by it. ``memory`` are the
    bytes of main memory that the job holds, where that is known.
    """

    kind: ClassVar[str] = "step"
    step: int
    loss: float
    learning_rate: float
    gradient_norm: float
    tokens_per_second: float
    elapsed: float
    progress: float
    remaining: float | None = None
    replayed: bool = False
    tokens: int = 0
    memory: int | None = None


@dataclass(frozen=True, slots=True)
class Validation(Event):
    """Scores on the held-out pairs; ``loss`` as in :class:`Step`. ``best`` marks a new best.

    Where general sentences are watched: their loss (a mean of sentences' means), BLEU and chrF, the
    mean change of a piece's log-probability since the start and its standard error, and whether
    they have fallen too far (``core.training.brake``).

    Of a model from nothing also: the perplexity of a target piece and, from 0 to 1, the share of an
    output's tokens that stand where the reference has them (``token_accuracy``), the share of
    outputs that are the reference, and the BLEU of tutorials (``core.evaluation.token_scores``).
    """

    kind: ClassVar[str] = "validation"
    step: int
    loss: float
    best: bool
    bleu: float | None = None
    chrf: float | None = None
    general_loss: float | None = None
    general_bleu: float | None = None
    general_chrf: float | None = None
    general_change: float | None = None
    general_error: float | None = None
    forgotten: bool = False
    perplexity: float | None = None
    token_accuracy: float | None = None
    exact_match: float | None = None
    teaching_bleu: float | None = None


@dataclass(frozen=True, slots=True)
class Sample(Event):
    """A held-out source sentence, or one that the user pinned, as the model translates it now.

    A pinned one has no ``reference``. Of tuning, the words of both sides in their order, and how
    much each target word looked at each source word: a row per target word, rounded, summing to
    1 (all 0 where nothing is known).
    """

    kind: ClassVar[str] = "sample"
    step: int
    source: str
    reference: str
    translation: str
    source_words: tuple[str, ...] = ()
    target_words: tuple[str, ...] = ()
    attention: tuple[tuple[float, ...], ...] = ()

    @property
    def pinned(self) -> bool:
        """Whether the user chose it."""
        return not self.reference


@dataclass(frozen=True, slots=True)
class GradientFlow(Event):
    """How much the loss hangs on each state of a recurrent encoder: ‖∂loss/∂h_t‖.

    ``norms`` are means over held-out pairs, by how many steps before the end of the reading the
    state is; the first is that of the last state.
    """

    kind: ClassVar[str] = "gradient_flow"
    step: int
    norms: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Recalled(Event):
    """How well a recurrent ``cell`` remembers over a gap after update ``step`` of ``steps``.

    ``loss`` is per symbol (natural log), ``exact_match`` the share of sequences recalled without
    an error, ``norms`` as in :class:`GradientFlow`. ``gap`` are the steps between what is to be
    remembered and the answer.
    """

    kind: ClassVar[str] = "recalled"
    cell: str
    step: int
    steps: int
    gap: int
    loss: float
    exact_match: float
    norms: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Compared(Event):
    """Scores from 0 to 100 of the base and of the model that is to be kept, on one set.

    The set is called ``held-out`` or ``general``; errors are half the width of a 95 % interval, p
    values those of a paired bootstrap test (``None``: too few sentences).
    """

    kind: ClassVar[str] = "compared"
    name: str
    sentences: int
    bleu_before: float
    bleu_before_error: float
    bleu_after: float
    bleu_after_error: float
    bleu_p_value: float | None
    chrf_before: float
    chrf_before_error: float
    chrf_after: float
    chrf_after_error: float
    chrf_p_value: float | None


@dataclass(frozen=True, slots=True)
class Changed(Event):
    """A sentence of a set whose translation changed much; ``gain`` in points of chrF."""

    kind: ClassVar[str] = "changed"
    name: str
    source: str
    reference: str
    before: str
    after: str
    gain: float


@dataclass(frozen=True, slots=True)
class Paused(Event):
    """The job waits until it is told to resume."""

    kind: ClassVar[str] = "paused"
    step: int


@dataclass(frozen=True, slots=True)
class Resumed(Event):
    """The job goes on after a pause."""

    kind: ClassVar[str] = "resumed"
    step: int


@dataclass(frozen=True, slots=True)
class Finished(Event):
    """The model was kept: its name, folder and held-out loss before and after.

    ``ended_by`` is ``"budget"``, ``"stop"`` (told to), ``"vain"`` (no more gain), ``"forgetting"``
    or ``"divergence"``.
    """

    kind: ClassVar[str] = "finished"
    model: str
    path: str
    steps: int
    best_step: int
    loss_before: float
    loss_after: float
    seconds: float
    ended_by: str = "budget"


@dataclass(frozen=True, slots=True)
class Discarded(Event):
    """The job ended at the user's wish and kept nothing."""

    kind: ClassVar[str] = "discarded"
    step: int


@dataclass(frozen=True, slots=True)
class Left(Event):
    """The job ended and kept nothing yet; it can be gone on with under the name of its model."""

    kind: ClassVar[str] = "left"
    step: int
    model: str


@dataclass(frozen=True, slots=True)
class Failed(Event):
    """The job ended by an error of the user's, in the three parts of ``AttuneError``."""

    kind: ClassVar[str] = "failed"
    what: str
    where: str = ""
    remedy: str = ""


_KINDS: dict[str, type[Event]] = {
    event.kind: event
    for event in (
        Message, Warned, Started, Step, Validation, Sample, GradientFlow, Recalled, Compared,
        Changed, Paused, Resumed, Finished, Discarded, Left, Rejected, Doubted, Scored, Checked,
        Failed,
    )
}  # fmt: skip


def parse_event(line: str) -> Event:
    """The event that ``line`` holds; unknown fields are ignored so that old windows read new jobs.

    Raises:
        ValueError: the line is not one JSON object of a known kind with all its fields, each
            of its type.
    """
    fields = parse_json(line)
    kind = fields.get("event") if isinstance(fields, dict) else None
    event = _KINDS.get(kind) if isinstance(kind, str) else None
    if event is None:
        raise ValueError(f"not an event: {line[:200]!r}")
    return event.from_fields(fields)
