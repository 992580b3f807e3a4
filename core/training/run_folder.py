"""Where a run keeps what it needs to be gone on with after a crash, and a lock on that place.

``runs/NAME`` among the user's data holds ``run.json`` (what was asked for), ``pairs.json`` (what
is learnt and what is held out, so that the file may change or go) and ``checkpoint``. The lock
lies beside it; the system lets it go when its process ends, however that ends.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from core.errors import BundleError, InputError, OptionError
from core.files import (
    make_folder,
    parse_json,
    require_writable,
    write_atomically,
)
from core.formats import known_version, require_replaceable
from core.paths import data_folder
from core.store.model_store import ModelStore
from core.training.checkpoint_files import checkpoint_steps, has_checkpoint
from core.training.checks import Pair

FORMAT_VERSION = 1
TUNE = "tune"  # the kind of a run that names none
# Whoever lists unfinished runs holds each lock for a moment, which keeps nobody else out.
LOOK_SECONDS = 1.0
_RUN, _PAIRS, _CHECKPOINT = "run.json", "pairs.json", "checkpoint"


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A run that can be gone on with.

    Attributes:
        name: of the model that it will make.
        asked: what was asked for, as JSON values.
        steps: updates at its last checkpoint, 0 before the first.
    """

    name: str
    asked: Mapping[str, Any]
    steps: int


class RunFolder:
    """The place of the run that makes the model ``name``; a context that holds its lock.

    A lesson is taught anew, never gone on with: what one that was killed has left goes on entering.

    Args:
        name: of the model.
        patience: seconds to wait for the lock.

    Raises (on entering):
        OptionError: another process holds the lock.
        StorageError: nothing can be written there.
    """

    def __init__(self, name: str, patience: float = LOOK_SECONDS) -> None:
        self.name = name
        self.path = data_folder() / "runs" / name
        self._lock = FileLock(self.path.with_name(f".{name}.lock"), timeout=patience)

    @property
    def checkpoint(self) -> Path:
        """The folder of its checkpoint."""
        return self.path / _CHECKPOINT

    def __enter__(self) -> RunFolder:
        require_writable(self.path.parent)
        try:
            self._lock.acquire()
        except Timeout as error:
            raise OptionError(
                f"{self.name!r} is being taught at this moment, in another window or terminal",
                remedy="Wait for it to end, or choose another name.",
            ) from error
        self._remove_lesson()
        return self

    def __exit__(self, *_: object) -> None:
        self._lock.release()

    def begin(self, asked: Mapping[str, Any], pairs: Sequence[Pair], held: Sequence[Pair]) -> None:
        """Remember what a new run is about.

        Raises:
            OptionError: an unfinished run is here.
            StorageError: it cannot be written.
        """
        if (self.path / _RUN).exists():
            raise OptionError(
                f"there is an unfinished run called {self.name!r}",
                remedy=f"Go on with it (attune-cli tune --resume {self.name}), discard it "
                f"(attune-cli tune --discard {self.name}), or choose another name.",
            )
        make_folder(self.path)
        sides = {"training": _rows(pairs), "held": _rows(held)}
        write_atomically(self.path / _PAIRS, json.dumps(sides, ensure_ascii=False))
        self.remember(asked)  # last: a folder without it is no run

    def remember(self, asked: Mapping[str, Any]) -> None:
        """Remember what a run is about; its ``kind``, if it has one, is not :data:`TUNE`.

        Raises:
            InputError: a newer program has left a run here.
            StorageError: it cannot be written.
        """
        require_replaceable(self.path / _RUN, FORMAT_VERSION)
        make_folder(self.path)
        write_atomically(
            self.path / _RUN, json.dumps({"format_version": FORMAT_VERSION, "asked": dict(asked)})
        )

    def asked(self, kind: str | None = None) -> dict[str, Any]:
        """What was asked for, of a run of this ``kind`` if one is named.

        Raises:
            InputError: there is no run that this program understands.
        """
        try:
            run = parse_json((self.path / _RUN).read_text("utf-8"))
            known_version(run, FORMAT_VERSION, self.path / _RUN)
            asked = dict(run["asked"])
            if kind is not None and asked.get("kind", TUNE) != kind:
                raise FileNotFoundError(f"a run of the kind {asked.get('kind', TUNE)}")
            return asked
        except FileNotFoundError as error:
            known = ", ".join(run.name for run in unfinished_runs(kind or TUNE)) or "none"
            raise InputError(
                f"there is no unfinished run called {self.name!r}",
                remedy=f"There are: {known}.",
            ) from error
        except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
            raise self.damaged(error) from error

    def is_of(self, kind: str) -> bool:
        """Whether a run of this kind is here, of a version that this program understands."""
        try:
            return (self.path / _RUN).exists() and self.asked().get("kind", TUNE) == kind
        except InputError:
            return False

    def pairs(self) -> tuple[list[Pair], list[Pair]]:
        """The pairs that are learnt, and those held out.

        Raises:
            InputError: they cannot be read.
        """
        try:
            sides = parse_json((self.path / _PAIRS).read_text("utf-8"))
            training, held = ([_pair(*row) for row in sides[key]] for key in ("training", "held"))
        except (OSError, ValueError, LookupError, TypeError) as error:
            raise self.damaged(error) from error
        return training, held

    def pairs_hash(self) -> str:
        """SHA-256 of the pairs, those held out too, as they are kept here."""
        return hashlib.sha256((self.path / _PAIRS).read_bytes()).hexdigest()

    def has_checkpoint(self) -> bool:
        """Whether the run has saved itself."""
        return has_checkpoint(self.checkpoint)

    def remove(self) -> None:
        """Forget the run."""
        (self.path / _RUN).unlink(missing_ok=True)  # first: what is left is no run
        shutil.rmtree(self.path, ignore_errors=True)

    def _remove_lesson(self) -> None:
        with contextlib.suppress(InputError, OSError, ValueError):  # no run, or told of elsewhere
            if (self.path / _RUN).exists() and self.asked().get("lesson"):
                self.remove()

    def require_base(self, name: str, store: ModelStore) -> None:
        """See that the model ``name``, which the run teaches, is still there.

        Raises:
            BundleError: it was deleted or renamed since.
        """
        damaged = (path.name for path, _ in store.damaged())  # told as such when it is opened
        if name not in {*damaged, *(card.name for card in store.list())}:
            raise BundleError(
                f"the model {name!r}, which the run {self.name!r} was teaching, is no longer there",
                remedy="Bring it back, or give it that name again, and go on. Or discard the run.",
            )

    def damaged(self, error: Exception) -> InputError:
        """What to tell where the run cannot be read."""
        return InputError(
            f"the unfinished run {self.name!r} cannot be read ({error})",
            where=str(self.path),
            remedy=f"Discard it: attune-cli tune --discard {self.name}",
        )


def unfinished_runs(kind: str = TUNE) -> list[Unfinished]:
    """The runs of a kind that can be gone on with and that no process is busy with, by name."""
    root = data_folder() / "runs"
    found = []
    for file in sorted(root.glob(f"*/{_RUN}")) if root.is_dir() else ():
        folder = RunFolder(file.parent.name, patience=0)
        try:
            with folder:
                asked = folder.asked()
                if asked.get("kind", TUNE) == kind:
                    found.append(
                        Unfinished(folder.name, asked, checkpoint_steps(folder.checkpoint))
                    )
        except (OptionError, InputError):  # busy, or of another version: not to be offered
            continue
    return found


def discard_run(name: str) -> None:
    """Forget the unfinished run ``name``.

    Raises:
        AttuneError: there is none, or a process is busy with it.
    """
    with RunFolder(name) as folder:
        if not folder.path.exists():
            folder.asked()  # tells that there is none
        folder.remove()


def _pair(line: object, source: object, target: object) -> Pair:
    if type(line) is int and isinstance(source, str) and isinstance(target, str):
        return Pair(line, source, target)
    raise ValueError("a pair is no pair of texts")


def _rows(pairs: Sequence[Pair]) -> list[list[object]]:
    return [list(asdict(pair).values()) for pair in pairs]
