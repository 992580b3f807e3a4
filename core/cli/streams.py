r"""Lines out: UTF-8 whatever the system's settings, a line ends at ``\n`` only."""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict

from core.errors import StorageError
from core.translation.result import Translation, Word

# What some programs take for the end of a line, though JSON does not.
_LINE_ENDS = {ord(mark): f"\\u{ord(mark):04x}" for mark in "\u0085\u2028\u2029"}


def prepare_output() -> None:
    """Let standard output and error write any text in UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


@contextlib.contextmanager
def writing() -> Iterator[None]:
    """Turn the system's refusal of output into an error for the user.

    Raises:
        StorageError: the block could not write; a closed pipe stays ``BrokenPipeError``.
    """
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        abandon_output()
        raise StorageError(
            f"it cannot be written ({error.strerror})",
            where="standard output",
            remedy="Free some space, or write to another place.",
        ) from error


def abandon_output() -> None:
    """Let what is still to be written go nowhere, so that the program can end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def write_line(line: str) -> None:
    r"""Write ``line`` and its end to standard output.

    Raises:
        StorageError: it cannot be written.
    """
    with writing():
        sys.stdout.write(line + "\n")


def flush() -> None:
    """See that what was written to standard output is on its way.

    Raises:
        StorageError: it cannot be written.
    """
    with writing():
        sys.stdout.flush()


def as_json(translation: Translation, *, alarms: bool = False) -> str:
    """The JSON object that stands for a line; with how sure each word is and the ``alarms``."""
    fields: dict[str, object] = {
        "source": translation.source,
        "translation": translation.translation,
        "score": translation.score,
        "source_words": [_word(word) for word in translation.source_words],
        "target_words": [_word(word) for word in translation.target_words],
        "alignment": [[round(weight, 6) for weight in row] for row in translation.alignment],
    }
    if alarms:
        fields["confidences"] = [
            None if confidence is None else round(confidence, 4)
            for confidence in translation.confidences
        ]
        fields["alarms"] = [asdict(alarm) for alarm in translation.alarms]
    return json.dumps(fields, ensure_ascii=False).translate(_LINE_ENDS)


def _word(word: Word) -> dict[str, str | int]:
    return {"text": word.text, "start": word.start, "end": word.end}
