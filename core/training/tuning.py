"""Fine-tuning a bundle on a file of pairs."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Iterator, Sequence
from pathlib import Path

from core import runtime
from core.cancel import Cancelled
from core.errors import OptionError, TrainingError
from core.events import Discarded, Event, Finished, Left, Message
from core.files import require_room
from core.store.bundle import read_bundle
from core.store.loading import Loaded, load_model
from core.store.manifest import WEIGHTS
from core.store.model_store import ModelCard, ModelStore
from core.text.languages import is_chinese_english
from core.training.batching import BatchSource, Share
from core.training.brake import LOG_PROBABILITY, TOLERANCES, Brake
from core.training.checkpoint_files import checkpoint_steps
from core.training.checks import CheckReport, Pair
from core.training.control import Command, JobControl
from core.training.distillation import Teacher
from core.training.doctor.memory import HeldOut
from core.training.doctor.report import check, collect
from core.training.doctor.sources import plain
from core.training.examination import Examination
from core.training.general import TRANSLATED, GeneralSet, read_general
from core.training.keeping import BYTES_KEPT, Result, Saving, take_up
from core.training.limits import FEW_PAIRS, FEWEST_PAIRS, LESSON_PAIRS, PARTS
from core.training.pairs import PairEncoder, hold_out
from core.training.replay import ReplayStream
from core.training.review import FEW_MOST, MOST, Review
from core.training.run import Run
from core.training.run_folder import TUNE, RunFolder
from core.training.schedule import Budget
from core.training.stream import BatchStream, Stream
from core.training.tune_options import (
    BATCH,
    SAVE_SECONDS,
    SCORED,
    VALIDATION_SHARE,
    WATCHED,
    Plan,
    TuneOptions,
    plan,
)
from core.training.validation import Held

# The sets that are translated before and after, as events and receipts call them.
HELD_OUT, TAUGHT, GENERAL = "held-out", "taught", "general"
# What the receipt of a lesson says, which translates no general sentences.
LESSON_GUARD = "log-probability of general sentences before and after; none translated"


def tune(options: TuneOptions, control: JobControl, store: ModelStore) -> Iterator[Event]:
    """Teach the base the pairs of the file and keep the best state as a new bundle.

    Raises:
        AttuneError: the file, the base or the name cannot be used, or the result not written.
    """
    _require_room(options, store)
    with RunFolder(options.name) as folder:
        try:
            yield from _begin(options, control, store, folder)
        except Cancelled:  # told to end before training began
            folder.remove()
            yield Discarded(0)


def resume(name: str, control: JobControl, store: ModelStore) -> Iterator[Event]:
    """Go on with the run that was to make the bundle ``name``.

    Raises:
        AttuneError: there is no such run, or what :func:`tune` raises.
    """
    with RunFolder(name) as folder:
        options = _asked(folder)
        folder.require_base(options.base, store)
        _require_room(options, store)
        try:
            yield from _work(options, control, store, folder)
        except Cancelled:
            if control.ending is Command.DISCARD:
                folder.remove()
                yield Discarded(0)
            else:
                yield Left(checkpoint_steps(folder.checkpoint), name)


def _asked(folder: RunFolder) -> TuneOptions:
    """What was asked of the run in ``folder``."""
    asked = folder.asked(TUNE)
    try:
        if type(asked["rejected"]) is not int:
            raise ValueError("rejected is no number")
        return TuneOptions.from_json(asked)
    except (LookupError, TypeError, ValueError) as error:
        raise folder.damaged(error) from error


def _require_room(options: TuneOptions, store: ModelStore) -> None:
    """See that the base can be taught and what it learns be kept: told before, not after."""
    place = options.out or store.free_folder(options.name).parent
    base = read_bundle(store.find(options.base).path, verify=False).manifest
    if not is_chinese_english(base.source_language, base.target_language):
        raise OptionError(
            f"the model {options.base!r} does not translate between Chinese and English,"
            " so there are no sentences at hand that keep it from forgetting",
            remedy="Train on with train --from; or teach another model.",
        )
    others = sum(record.bytes for name, record in base.files.items() if name != WEIGHTS)
    require_room(place, BYTES_KEPT * base.parameters + others)


def _begin(
    options: TuneOptions, control: JobControl, store: ModelStore, folder: RunFolder
) -> Iterator[Event]:
    card = store.find(options.base)
    runtime.choose_precision(options.precision)
    Budget(seconds=options.minutes * 60)  # tells a senseless one before anything is done
    yield Message("checking the pairs")
    training, held, rejected = _read(options, card, control)
    folder.begin({**options.to_json(), "rejected": rejected}, training, held)
    yield from _work(options, control, store, folder)


def _read(
    options: TuneOptions, card: ModelCard, control: JobControl
) -> tuple[Sequence[Pair], Sequence[Pair], int]:
    """Pairs to learn, pairs held out, and the number of lines that are neither."""
    languages = card.source_language, card.target_language
    if options.lesson:
        return (*_read_lesson(options.file, languages, control), 0)
    if options.held is None:
        report = check(options.file, *languages, control.cancel)
        pairs = usable_pairs(report, options.file)
        rejected = len(report.rejections)
        if len(pairs) < FEW_PAIRS:
            return pairs, [], rejected
        held, training = hold_out(pairs, options.seed)
        return training, held, rejected
    held = list(check(options.held, *languages, control.cancel).pairs)
    if not held:
        raise TrainingError(
            "no line is a usable pair",
            where=str(options.held),
            remedy="Give a file with pairs to validate on.",
        )
    known = HeldOut((pair.source, pair.target) for pair in held)
    report = check(options.file, *languages, control.cancel, held_out=known)
    return usable_pairs(report, options.file), held, len(report.rejections)


def _read_lesson(
    file: Path, languages: tuple[str, str], control: JobControl
) -> tuple[Sequence[Pair], Sequence[Pair]]:
    """The pairs to learn, all of them, and none held out; who waits wants none left out.

    Raises:
        TrainingError: a line is no usable pair, or there are too many.
    """
    report = collect(plain((file,), *languages), control.cancel)
    for rejection in report.rejections:
        raise TrainingError(
            f"the sentence cannot be learnt ({rejection.reason})",
            where=f"{file.name}, line {rejection.line}",
            remedy="Change the sentence or its translation.",
        )
    pairs = usable_pairs(report, file)
    if len(pairs) > LESSON_PAIRS:
        raise TrainingError(
            f"a lesson of {len(pairs)} sentences is too long",
            where=str(file),
            remedy=f"Give {LESSON_PAIRS} at most, or tune without --lesson.",
        )
    return pairs, []


def _work(
    options: TuneOptions, control: JobControl, store: ModelStore, folder: RunFolder
) -> Iterator[Event]:
    yield Message("loading the model")
    control.cancel.check()
    runtime.set_threads()
    runtime.set_seed(options.seed)
    training, held = folder.pairs()
    card = store.find(options.base)
    run, saving = _make_run(options, load_model(card.path), training, held, control, folder)
    if saving is not None and folder.has_checkpoint():
        take_up(run, saving)
    receipt = {
        "kind": "tune",
        "base": card.name,
        "file": options.file.name,
        "pairs_sha256": folder.pairs_hash(),
        "seed": options.seed,
        "options": options.told(),
        **({"guard": LESSON_GUARD} if options.lesson else {}),
    }
    free, rejected = store.free_folder(options.name), folder.asked()["rejected"]
    place = options.out / free.name if options.out else free
    result = Result(place, len(training), len(held), rejected, receipt, parent=card.name)
    review = None if options.lesson else _review(card, training, held, control)
    try:
        for event in run.kept_as(result, review):
            if isinstance(event, Finished | Discarded):
                folder.remove()
            yield event
    except TrainingError:
        folder.remove()  # it would go the same way again
        raise


def _review(
    card: ModelCard, training: Sequence[Pair], held: Sequence[Pair], control: JobControl
) -> Review:
    judged = {HELD_OUT: held} if held else {TAUGHT: training}
    general = read_general(card.source_language)[1]
    return Review(card, {**judged, GENERAL: general}, control, MOST if held else FEW_MOST)


def _make_run(
    options: TuneOptions,
    loaded: Loaded,
    training: Sequence[Pair],
    held: Sequence[Pair],
    control: JobControl,
    folder: RunFolder,
) -> tuple[Run, Saving | None]:
    encoder = PairEncoder(loaded)
    replayed, measured = read_general(loaded.source_language)
    teacher = Teacher(copy.deepcopy(loaded.model).eval().requires_grad_(False), options.distil)
    _freeze(loaded, options.frozen)
    batch = dataclasses.replace(BATCH, tokens=options.batch_tokens, seed=options.seed)
    taught = BatchSource([Share(encoder.corpus(training, control.cancel))], batch)
    wanted = plan(options, len(training), taught.batches_in_round(), held_apart=bool(held))
    stream: Stream = BatchStream(taught)
    if wanted.replay:
        general = Share(encoder.corpus(replayed, control.cancel))
        smaller = dataclasses.replace(batch, tokens=wanted.replay_tokens)
        remembered = BatchStream(BatchSource([general], smaller))
        stream = ReplayStream(stream, remembered, wanted.replay)
    watched = _watched(options, wanted, loaded, Held.of(measured, encoder))
    judged = Held.of(held[:WATCHED] or training, encoder)
    # Whoever waits for a lesson teaches it anew; its folder may be gone by then.
    saving = None if options.lesson else Saving(folder.checkpoint, SAVE_SECONDS, stream)
    run = Run(
        loaded,
        iter(stream),
        Examination(loaded, judged, scored=SCORED, general=watched, pinned=options.pinned),
        recipe=wanted.recipe,
        budget=wanted.budget,
        validations=wanted.validations,
        patience=wanted.patience,
        validation_share=1.0 if wanted.few else VALIDATION_SHARE,
        control=control,
        precision=runtime.choose_precision(options.precision),
        teacher=teacher if options.distil else None,
        base=teacher.model.state_dict() if wanted.blended else None,
        by_heart=options.lesson,
        saving=saving,
    )
    return run, saving


def _watched(options: TuneOptions, wanted: Plan, loaded: Loaded, held: Held) -> GeneralSet:
    """The general sentences, judged by what is looked at."""
    tolerances, translated = TOLERANCES, TRANSLATED
    if not wanted.translated:
        tolerances, translated = {LOG_PROBABILITY: TOLERANCES[LOG_PROBABILITY]}, 0
    brake = Brake(wanted.validations, tolerances) if options.brake else None
    watched = GeneralSet(held, loaded.target_language, brake, translated)
    watched.judging = not options.lesson  # what is left after the blending is
    return watched


def _freeze(loaded: Loaded, parts: Sequence[str]) -> None:
    """Let no weight of these parts learn."""
    for name, parameter in loaded.model.named_parameters():
        if any(PARTS[part] in name for part in parts):
            parameter.requires_grad_(False)


def usable_pairs(report: CheckReport, file: Path) -> Sequence[Pair]:
    """The good pairs of a checked file.

    Raises:
        TrainingError: there are fewer than :data:`FEWEST_PAIRS`.
    """
    if len(report.pairs) < FEWEST_PAIRS:
        raise TrainingError(
            "no line is a usable pair",
            where=str(file),
            remedy="Give at least one good pair: a sentence, a tab, its translation.",
        )
    return report.pairs
