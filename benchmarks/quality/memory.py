"""What was computed before, on disk, by a hash of all it depends on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from core.files import write_atomically
from core.paths import cache_folder, ensure

# What a translation depends on beside the model: these packages of the core, these libraries.
_PACKAGES = ("decoding", "model", "store", "text", "translation")
_LIBRARIES = ("torch", "tokenizers", "jieba", "spacy", "OpenCC")


class Memory:
    """Results in a folder, one JSON file each; the files can be deleted at any time.

    Args:
        folder: by default ``quality`` in the user's cache.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or cache_folder() / "quality"

    def recall(self, kind: str, key: object, compute: Callable[[], Any]) -> Any:
        """The JSON value of ``compute()``, which is called only if ``key`` is new to ``kind``.

        Raises:
            StorageError: it cannot be kept.
        """
        place = self._folder / kind / f"{digest(key)}.json"
        try:
            return json.loads(place.read_bytes())
        except (OSError, ValueError):  # not there, or damaged: then it is computed anew
            value = compute()
        ensure(place.parent)
        write_atomically(place, json.dumps(value, ensure_ascii=False))
        return value


def digest(value: object) -> str:
    """SHA-256 of ``value`` as JSON."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def program_digest() -> str:
    """SHA-256 of the code that translates: results of other code are not this code's."""
    core = Path(__file__).parents[2] / "core"
    sources = [p for package in _PACKAGES for p in sorted((core / package).rglob("*.py"))]
    code = {str(path.relative_to(core)): path.read_text("utf-8") for path in sources}
    return digest([code, {name: version(name) for name in _LIBRARIES}])
