"""Subwords inside words: byte-pair encoding (Sennrich et al. 2016) of the tokenizers library.

A word that follows a blank starts with the marker U+2581, so that joining pieces and turning
markers into blanks gives the text back.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tokenizers import Tokenizer as HubTokenizer
from tokenizers import models, pre_tokenizers, trainers

from core.errors import BundleError
from core.files import parse_json
from core.text.units import PIECES, WORDS
from core.text.vocab import SPECIALS, Encoded, WordVocabulary, plain

MARKER = "\u2581"
UNKNOWN_SIGN = "\u2047"  # what a reader sees of an <unk> that nothing can be copied for
GOES_ON = "\u00b7"  # stands before a piece that goes on with a word, for a reader


_ENTRIES = ("model", "added_tokens", "vocab", "merges")  # of a tokenizer, what differs by nature


class SubwordVocabulary:
    """Byte-pair encoding applied to each word by itself."""

    kind = "subword"
    units = PIECES

    def __init__(self, tokenizer: HubTokenizer) -> None:
        self._tokenizer = tokenizer
        if tuple(tokenizer.id_to_token(index) for index in range(len(SPECIALS))) != SPECIALS:
            raise BundleError("a subword vocabulary does not begin with the four specials")

    @classmethod
    def train(
        cls, sentences: Iterable[Sequence[str]], *, size: int, alphabet: int, min_freq: int = 2
    ) -> SubwordVocabulary:
        """Learn merges from sentences of words.

        Args:
            sentences: sequences of words without blanks inside.
            size: entries, specials and alphabet included.
            alphabet: characters kept; rarer ones become ``<unk>``.
            min_freq: how often a pair must occur to be merged.
        """
        tokenizer = _empty_tokenizer()
        trainer = trainers.BpeTrainer(
            vocab_size=size,
            min_frequency=min_freq,
            limit_alphabet=alphabet,
            special_tokens=list(SPECIALS),
            show_progress=False,
        )
        lines: Iterator[str] = (" ".join(words) for words in sentences)
        tokenizer.train_from_iterator(lines, trainer)
        return cls(tokenizer)

    def __len__(self) -> int:
        return int(self._tokenizer.get_vocab_size())

    def encode(self, words: Sequence[str]) -> Encoded:
        """Ids of the pieces of ``words``."""
        return self.encode_batch([words])[0]

    def encode_batch(self, sentences: Sequence[Sequence[str]]) -> list[Encoded]:
        """:meth:`encode` of many sentences, in parallel inside the library."""
        encodings = self._tokenizer.encode_batch(
            sentences, is_pretokenized=True, add_special_tokens=False
        )
        return [
            # Every piece is of a word: no specials were added.
            Encoded(tuple(map(plain, e.ids)), tuple(w or 0 for w in e.word_ids), tuple(e.offsets))
            for e in encodings
        ]

    def pieces(self, ids: Iterable[int]) -> list[str]:
        """The text of every id."""
        return [self._tokenizer.id_to_token(index) or SPECIALS[0] for index in ids]

    def to_json(self) -> str:
        """The vocabulary as JSON."""
        inner = json.loads(self._tokenizer.to_str())
        return json.dumps({"kind": self.kind, "version": 1, "tokenizer": inner}, ensure_ascii=False)


Vocabulary = WordVocabulary | SubwordVocabulary


def piece_label(piece: str, *, spaced: bool) -> str:
    """``piece`` for a reader: no marker, but in a language with blanks a sign where it goes on."""
    if piece.startswith(MARKER):
        return piece.removeprefix(MARKER)
    return GOES_ON + piece if spaced and piece[:1].isalnum() else piece


def vocabulary_from_json(text: str, *, where: str = "") -> Vocabulary:
    """The vocabulary that :meth:`to_json` of either class wrote.

    Raises:
        BundleError: the text is no vocabulary of this version.
    """
    try:
        fields = parse_json(text)
        if fields["version"] == 1 and fields["kind"] == SubwordVocabulary.kind:
            _check_tokenizer(fields["tokenizer"])
            return SubwordVocabulary(HubTokenizer.from_str(json.dumps(fields["tokenizer"])))
        if fields["version"] == 1 and fields["kind"] == WordVocabulary.kind:
            words = [_checked(word) for word in fields["words"]]
            return WordVocabulary(words, fields.get("units", WORDS))
        raise ValueError(f"kind {fields['kind']!r}, version {fields['version']!r}")
    # The library reports every malformed tokenizer as a bare Exception.
    except Exception as error:
        raise BundleError(
            f"the vocabulary cannot be read ({error})",
            where=where,
            remedy="Install the model again or choose another one.",
        ) from error


def _empty_tokenizer() -> HubTokenizer:
    tokenizer = HubTokenizer(models.BPE(unk_token=SPECIALS[0]))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    return tokenizer


@functools.cache
def _usual() -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """What a tokenizer of ours says beside its entries, and its model beside its merges."""
    fields = json.loads(_empty_tokenizer().to_str())
    return fields, fields["model"]


def _check_tokenizer(fields: Mapping[str, Any]) -> None:
    """Refuse what only another program writes: the library would obey patterns and templates.

    Raises:
        ValueError: there is something of that kind, or the ids have gaps.
    """
    usual, usual_model = _usual()
    model = fields["model"]
    strange = [k for k, v in fields.items() if k not in _ENTRIES and usual.get(k) != v]
    strange += [k for k, v in model.items() if k not in _ENTRIES and usual_model.get(k) != v]
    if strange:
        raise ValueError(f"{strange[0]} is not as this program writes it")
    if sorted(model["vocab"].values()) != list(range(len(model["vocab"]))):
        raise ValueError("its ids have gaps")
    added = [(token["id"], token["content"]) for token in fields["added_tokens"]]
    if added != list(enumerate(SPECIALS)):
        raise ValueError("it adds other entries than the specials")


def _checked(word: object) -> str:
    if not isinstance(word, str):
        raise TypeError(f"{word!r} is no word")
    word.encode("utf-8")  # half a character could not be written
    return word
