"""The folder that the recipe's steps share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.errors import InputError
from core.files import write_atomically
from core.paths import ensure
from core.text.subword import Vocabulary, vocabulary_from_json


@dataclass(frozen=True, slots=True)
class Workspace:
    """Where each step finds what the ones before it left."""

    root: Path

    def forms(self, source: str, language: str) -> Path:
        """Word forms of a source, one sentence a line, parted by blanks."""
        return ensure(self.root / "forms") / f"{source}.{language}"

    def vocabulary_file(self, language: str) -> Path:
        """Subwords of a language."""
        return self.root / f"{language}.tokenizer.json"

    def vocabulary(self, language: str) -> Vocabulary:
        """Subwords of a language, read."""
        path = self.vocabulary_file(language)
        try:
            return vocabulary_from_json(path.read_text(encoding="utf-8"), where=str(path))
        except OSError as error:
            raise InputError("there is no vocabulary", where=str(path)) from error

    def save_vocabulary(self, language: str, vocabulary: Vocabulary) -> None:
        """Write the subwords of a language."""
        write_atomically(self.vocabulary_file(language), vocabulary.to_json())

    def links(self, kind: str) -> Path:
        """Alignment files: ``index``, ``zh``, ``en`` (in), ``fwd``, ``rev`` (out)."""
        return self.root / f"al.{kind}"

    def corpus(self, source: str) -> Path:
        """A source's corpus of ids, Chinese to English."""
        return ensure(self.root / "corpus") / f"{source}.safetensors"

    def run(self, name: str) -> Path:
        """The checkpoint of a training run."""
        return ensure(self.root / "runs") / name

    def log(self, name: str) -> Path:
        """The log of a training run."""
        return self.root / f"{name}.log"
