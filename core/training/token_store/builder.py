"""Making a tokenised store: check, cut into words, learn vocabularies, encode.

Word forms wait on the disk between cutting and encoding, so memory holds the ids, the hashes
that find duplicates, and no more. The store grows in a folder beside its place and is moved
there when it is finished: a build that was stopped or killed leaves nothing that opens.
"""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from core import runtime
from core.cancel import CancelToken
from core.errors import OptionError, StorageError, TrainingError
from core.events import Message
from core.files import storage_errors, sync_file, sync_folder, write_atomically
from core.text.languages import language_code
from core.text.options import TextOptions
from core.text.subword import Vocabulary
from core.training.checks import REASONS
from core.training.token_store import subwords
from core.training.token_store.cutting import Cutting
from core.training.token_store.encoding import Encoding
from core.training.token_store.inputs import PairInput
from core.training.token_store.linking import check_alignments, delete_words, link
from core.training.token_store.pool import Pool
from core.training.token_store.store import (
    PAIRS,
    VOCABULARIES,
    TokenStore,
    write_held,
    write_manifest,
)

SAMPLE = 2_000_000  # pairs that vocabularies are learnt from
# Each holds dictionaries of 350 MB and more; eight cut as fast as one process can read and check.
MOST_WORKERS = 8
# Of all files together; this process has cut them before others have begun (three seconds).
FEW_BYTES = 500_000
_USUAL = TextOptions()


@dataclass(frozen=True, slots=True)
class _Options:
    """The arguments of :func:`build_token_store`."""

    inputs: tuple[PairInput, ...]
    source_language: str
    target_language: str
    text: TextOptions
    alphabet: dict[str, int] | None
    vocabularies: tuple[Vocabulary, Vocabulary] | None
    alignments: Path | None
    held_out: int
    held_files: PairInput | None
    seed: int
    workers: int | None
    keep_words: bool

    def __post_init__(self) -> None:
        if not self.inputs:
            raise OptionError("there are no files of pairs", remedy="Name one at least.")
        for language in (self.source_language, self.target_language):
            language_code(language)
        if self.held_out < 0:
            raise OptionError(f"{self.held_out} held-out pairs", remedy="Hold out 0 or more.")
        if self.workers is not None and self.workers < 0:
            raise OptionError(f"{self.workers} worker processes", remedy="Use 0 or more.")
        for size in map(len, self.vocabularies or ()):
            subwords.check_size(size)

    @property
    def languages(self) -> tuple[str, str]:
        """Those of source and target."""
        return self.source_language, self.target_language

    @property
    def units(self) -> tuple[str, str]:
        """What the sides are cut into: what the vocabularies given count, if any are."""
        if self.vocabularies is None:
            return self.text.units
        source, target = self.vocabularies
        return source.units, target.units


def build_token_store(
    folder: Path,
    inputs: tuple[PairInput, ...],
    *,
    source_language: str,
    target_language: str,
    cancel: CancelToken,
    text: TextOptions = _USUAL,
    alphabet: dict[str, int] | None = None,
    vocabularies: tuple[Vocabulary, Vocabulary] | None = None,
    alignments: Path | None = None,
    held_out: int = 200,
    held_files: PairInput | None = None,
    seed: int = 1,
    workers: int | None = None,
    keep_words: bool = False,
) -> Iterator[Message]:
    """Make a store in ``folder``, for :meth:`TokenStore.open`; each yield is a place to stop.

    Args:
        folder: where the store will be; empty or not there yet.
        inputs: files of pairs, in this order.
        source_language, target_language: codes.
        cancel: asked at every line.
        text: what the sides are cut into, and what gets an entry.
        alphabet: characters kept in a language's vocabulary, by code, instead of those of
            :data:`core.training.token_store.subwords.ALPHABET`; never more than half its entries.
        vocabularies: of source and target, instead of learning them; the sides are cut into their
            units.
        alignments: a file of links ``i-j`` (source word, target word, from 0, as cut here), a line
            for every line of all inputs.
        held_out: most pairs to keep from training; never more than a tenth of all.
        held_files: all usable pairs of this input are held out instead; such a pair in ``inputs``
            counts as a duplicate.
        seed: of the choice of held-out pairs.
        workers: processes that cut; 0 for none but this one, ``None`` for one a processor, up to
            :data:`MOST_WORKERS`, or none where there are but :data:`FEW_BYTES`.
        keep_words: leave ``words.source`` and ``words.target`` in the store, a line for every
            line of all inputs, empty for one that is not used: what an aligner reads. Such a
            store can be linked later, with :func:`core.training.token_store.linking.link`.

    Raises:
        InputError: a file of pairs or alignments cannot be used.
        OptionError: an option has no usable value.
        StorageError: ``folder`` holds something, or cannot be written.
        TrainingError: no pair is left to train on, or a worker was ended from outside.
        Cancelled: ``cancel`` was cancelled.
    """
    options = _Options(
        inputs, source_language, target_language, text, alphabet, vocabularies,
        alignments, held_out, held_files, seed, workers, keep_words,
    )  # fmt: skip
    return _build(folder, options, cancel)


def _build(folder: Path, options: _Options, cancel: CancelToken) -> Iterator[Message]:
    partial = folder.with_name(f".{folder.name}.partial")
    with storage_errors(folder):
        _make_room(folder, partial)
        try:
            yield from _fill(partial, options, cancel)
            _put(partial, folder)
        except BaseException:
            shutil.rmtree(partial, ignore_errors=True)
            raise


def _make_room(folder: Path, partial: Path) -> None:
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise StorageError(
            "there is something in this place already",
            where=str(folder),
            remedy="Choose another folder, or delete this one.",
        )
    if partial.exists():  # of a build that was killed
        shutil.rmtree(partial)
    partial.mkdir(parents=True)


def _put(partial: Path, folder: Path) -> None:
    for path in sorted(partial.iterdir()):
        sync_file(path)
    sync_folder(partial)
    if folder.exists():
        folder.rmdir()  # it is empty
    os.replace(partial, folder)
    sync_folder(folder.parent)


def _fill(partial: Path, options: _Options, cancel: CancelToken) -> Iterator[Message]:
    cutting = Cutting(partial, options.source_language, options.target_language, cancel)
    yield Message("checking the pairs and cutting them into words")
    yield from _cut(cutting, options)
    if options.alignments is not None:
        yield Message("reading the alignments")
        check_alignments(options.alignments, cutting.lines, cancel)
    vocabularies = options.vocabularies
    if vocabularies is None:
        yield Message("learning the vocabularies")
        source = _learn(cutting, 0, options)
        yield Message(f"{len(source)} {source.units} of the source language learnt")
        target = source if options.text.shared else _learn(cutting, 1, options)
        yield Message(f"{len(target)} {target.units} of the target language learnt")
        vocabularies = (source, target)
    for name, vocabulary in zip(VOCABULARIES, vocabularies, strict=True):
        write_atomically(partial / name, vocabulary.to_json())
    encoding = Encoding(cutting, vocabularies, cancel)
    yield from encoding.run()
    yield Message("writing the tokenised store")
    encoding.corpus().save(partial / PAIRS)
    write_held(partial, encoding.held)
    cutting.delete_forms()
    if _wants_words(options):
        encoding.words.save(partial)
    names = [given.name for given in options.inputs]
    lines, pairs = cutting.sizes()
    write_manifest(
        partial,
        source_language=options.source_language,
        target_language=options.target_language,
        counts={
            "kept": len(cutting.kept) - len(cutting.held),
            "held_out": len(encoding.held),
            **{reason: cutting.rejected[reason] for reason in REASONS},
        },
        parts=list(zip(names, pairs, strict=True)),
        lines=list(zip(names, lines, strict=True)),
        seed=options.seed,
    )
    if options.alignments is not None:
        yield from link(TokenStore.open(partial), options.alignments, cancel)
        if not options.keep_words:
            delete_words(partial)


def _wants_words(options: _Options) -> bool:
    return options.keep_words or options.alignments is not None


def _usual_workers(inputs: tuple[PairInput, ...]) -> int:
    size = sum(file.stat().st_size for given in inputs for file in given.files if file.exists())
    return min(MOST_WORKERS, runtime.cores()) if size > FEW_BYTES else 0


def _cut(cutting: Cutting, options: _Options) -> Iterator[Message]:
    workers = _usual_workers(options.inputs) if options.workers is None else options.workers
    held_out = options.held_out if options.held_files is None else 0
    with Pool(options.languages, options.units, workers) as pool:
        if options.held_files is not None:
            cutting.hold(pool, options.held_files)
        yield from cutting.run(pool, options.inputs, held_out, options.seed, _wants_words(options))
    if not cutting.kept:
        reasons = ", ".join(f"{cutting.rejected[r]} {r}" for r in REASONS if cutting.rejected[r])
        raise TrainingError(
            f"no line is a usable pair ({reasons})",
            where=", ".join(given.name for given in options.inputs),
            remedy="Check that they hold sentences of both languages, source first.",
        )


def _learn(cutting: Cutting, side: int, options: _Options) -> Vocabulary:
    """The vocabulary of the source (0) or the target (1); of both where they share one."""
    text = options.text
    numbers = (
        (text.source_units, text.source_vocabulary_size, text.source_min_freq),
        (text.target_units, text.target_vocabulary_size, text.target_min_freq),
    )
    units, size, min_freq = numbers[side]
    sides = (0, 1) if text.shared else (side,)
    lines = [cutting.sample(one, SAMPLE) for one in sides]
    languages = [options.languages[one] for one in sides]
    given = options.alphabet or {}
    alphabet = max(given.get(one, subwords.alphabet_of(one)) for one in languages)
    return subwords.learn(_chained(lines), size, alphabet, units=units, min_freq=min_freq)


def _chained(sources: list[Callable[[], Iterator[str]]]) -> Callable[[], Iterator[str]]:
    """All of ``sources``, one after the other, anew at each call."""
    return lambda: itertools.chain.from_iterable(source() for source in sources)
