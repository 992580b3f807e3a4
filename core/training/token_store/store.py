"""Reading a tokenised store; needs numpy, safetensors and tokenizers alone.

A store is a folder: ``pairs.safetensors`` (a :class:`Corpus`), ``source.tokenizer.json`` and
``target.tokenizer.json``, ``held.jsonl`` (pairs to validate on, a JSON object each) and
``store.json``, written last, which tells format, languages, seed, counts and hashes. There may
be ``links.safetensors``, the pairs' word alignments, and what can be aligned (see ``linking``).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from core.errors import AttuneError, InputError
from core.field_types import checked
from core.files import parse_json, write_atomically
from core.text.languages import is_language
from core.text.subword import Vocabulary, vocabulary_from_json
from core.training.corpus import Corpus
from core.training.token_store.linking import LINKS

FORMAT = 2
MANIFEST = "store.json"
PAIRS = "pairs.safetensors"
HELD = "held.jsonl"
VOCABULARIES = ("source.tokenizer.json", "target.tokenizer.json")
_AGAIN = "Make the store again from the files of pairs."


@dataclass(frozen=True, slots=True)
class HeldPair:
    """A pair kept from training, as text and as ids."""

    source: str
    target: str
    source_ids: tuple[int, ...]
    target_ids: tuple[int, ...]


@dataclass(frozen=True)
class TokenStore:
    """A finished store.

    Attributes:
        folder: where it lies.
        source_language, target_language: codes.
        source_vocabulary, target_vocabulary: what the ids mean.
        corpus: the pairs to train on, memory-mapped; with links if alignments were given.
        held: the pairs to validate on.
        counts: ``kept`` (to train on), ``held_out``, and lines rejected by every reason of
            :data:`core.training.checks.REASONS`.
        parts: names of the files that it was made of, in order, and how many pairs of
            ``corpus`` each gave.
        lines: the same names, and how many lines each had.
        seed: of the choice of held-out pairs.
    """

    folder: Path
    source_language: str
    target_language: str
    source_vocabulary: Vocabulary
    target_vocabulary: Vocabulary
    corpus: Corpus
    held: tuple[HeldPair, ...]
    counts: dict[str, int]
    parts: tuple[tuple[str, int], ...]
    lines: tuple[tuple[str, int], ...]
    seed: int

    @classmethod
    def open(cls, folder: Path) -> TokenStore:
        """The store in ``folder``.

        Raises:
            InputError: there is none, or it is unfinished, damaged or of a newer version.
        """
        fields = _manifest(folder)
        try:
            return cls._open(folder, fields)
        except AttuneError as error:
            raise InputError(
                f"the tokenised store is damaged ({error.what})",
                where=error.where or str(folder),
                remedy=_AGAIN,
            ) from error
        except (
            LookupError,
            TypeError,
            ValueError,
            OverflowError,
            AttributeError,
            OSError,
        ) as error:
            raise InputError(
                f"the tokenised store is damaged ({error})", where=str(folder), remedy=_AGAIN
            ) from error

    @classmethod
    def _open(cls, folder: Path, fields: dict[str, Any]) -> TokenStore:
        texts = {name: _verified(folder / name, fields["hashes"][name]) for name in _SMALL}
        if (folder / PAIRS).stat().st_size != fields["bytes"]:
            raise ValueError(f"{PAIRS} is not as long as it was")
        source, target = (vocabulary_from_json(texts[n], where=n) for n in VOCABULARIES)
        languages = fields["source_language"], fields["target_language"]
        if not all(map(is_language, languages)):
            raise ValueError(f"languages {languages}")
        corpus = Corpus.load(folder / PAIRS)
        if (folder / LINKS).exists():
            corpus = corpus.linked(folder / LINKS)
        parts, lines = (
            tuple((str(name), int(count)) for name, count in fields[key])
            for key in ("parts", "lines")
        )
        if sum(count for _, count in parts) != len(corpus):
            raise ValueError("the parts are not the whole")
        for ids, vocabulary in ((corpus.source, source), (corpus.target, target)):
            if len(ids) and int(ids.max()) >= len(vocabulary):
                raise ValueError("an id outside its vocabulary")
        return cls(
            folder,
            *languages,
            source,
            target,
            corpus,
            tuple(_held(line) for line in texts[HELD].splitlines()),
            {str(name): int(count) for name, count in fields["counts"].items()},
            parts,
            lines,
            int(fields["seed"]),
        )

    def flipped(self) -> TokenStore:
        """The same pairs for the other direction."""
        return replace(
            self,
            source_language=self.target_language,
            target_language=self.source_language,
            source_vocabulary=self.target_vocabulary,
            target_vocabulary=self.source_vocabulary,
            corpus=self.corpus.flipped(),
            held=tuple(
                HeldPair(pair.target, pair.source, pair.target_ids, pair.source_ids)
                for pair in self.held
            ),
        )

    def inputs(self) -> dict[str, Corpus]:
        """The pairs to train on by the file that they are from."""
        found, begin = {}, 0
        for name, count in self.parts:
            found[name] = self.corpus.part(begin, begin + count)
            begin += count
        return found


_SMALL = (*VOCABULARIES, HELD)


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        fields = parse_json((folder / MANIFEST).read_text(encoding="utf-8"))
        version = fields["format"]
    except (FileNotFoundError, NotADirectoryError) as error:
        raise InputError(
            "there is no finished tokenised store", where=str(folder), remedy=_AGAIN
        ) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            f"the tokenised store is damaged ({error})", where=str(folder), remedy=_AGAIN
        ) from error
    if version != FORMAT:
        raise InputError(
            f"the tokenised store has format {version}, this program knows {FORMAT}",
            where=str(folder),
            remedy="Use the program that made it, or make it again with this one.",
        )
    return dict(fields)


def _verified(path: Path, digest: str) -> str:
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != digest:
        raise ValueError(f"{path.name} is not as it was")
    return content.decode("utf-8")


def _held(line: str) -> HeldPair:
    fields = parse_json(line)
    ids = {name: tuple(fields[name]) for name in ("source_ids", "target_ids")}
    return checked(HeldPair, {**fields, **ids})


def write_held(folder: Path, held: Sequence[HeldPair]) -> None:
    """Write the held-out pairs of a store in the making."""
    # ASCII: every other line separator of Unicode stays within its line.
    write_atomically(folder / HELD, "".join(json.dumps(asdict(pair)) + "\n" for pair in held))


def write_manifest(folder: Path, **fields: object) -> None:
    """Finish a store; ``fields`` are those of :class:`TokenStore` that no other file tells."""
    hashes = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in _SMALL}
    size = (folder / PAIRS).stat().st_size
    content = {"format": FORMAT, **fields, "bytes": size, "hashes": hashes}
    write_atomically(folder / MANIFEST, json.dumps(content, ensure_ascii=False, indent=1) + "\n")
