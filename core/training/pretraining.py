"""First weights from elsewhere: word vectors, or the encoder of another model.

What a word is near to is learnt from far more text than there are pairs (word vectors: Mikolov et
al. 2013; Pennington et al. 2014; in translation: Qi et al. 2018), and an encoder that has learnt to
read for one task reads for another (Ramachandran et al. 2017; Zoph et al. 2016).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from core.errors import OptionError
from core.events import Message
from core.model.config import ModelConfig
from core.model.embeddings import SOURCE_TABLE
from core.model.parts import RECURRENT_ENCODERS
from core.model.seq2seq import Seq2Seq
from core.store.loading import Loaded, load_model, read_config
from core.text.subword import MARKER, Vocabulary
from core.text.vocab import SPECIALS
from core.training.word_vectors import check_width, word_vectors

_ENCODER = "encoder."


@dataclass(frozen=True, slots=True)
class Pretraining:
    """Where first weights come from; what is ``None`` stays random.

    Attributes:
        source_vectors, target_vectors: files of word vectors for the embeddings of each side.
        encoder: the model whose encoder is taken, by name.
    """

    source_vectors: Path | None = None
    target_vectors: Path | None = None
    encoder: str | None = None


def check_pretrained(config: ModelConfig, wanted: Pretraining, find: Callable[[str], Path]) -> None:
    """Refuse what does not fit a model of the shape ``config``, by the first line of each file.

    Raises:
        AttuneError: see :func:`take_up_pretrained`.
    """
    if wanted.encoder is not None:
        _check_same_encoder(config, read_config(find(wanted.encoder)), wanted.encoder)
    for file in (wanted.source_vectors, wanted.target_vectors):
        if file is not None:
            check_width(file, config.embedding_size)


def take_up_pretrained(
    loaded: Loaded, wanted: Pretraining, find: Callable[[str], Path]
) -> Iterator[Message]:
    """Put what is ``wanted`` into the new model of ``loaded`` and tell how much was found.

    Words are compared as they are written; of several words that share a table the last file's
    vectors stay.

    Args:
        loaded: the model.
        wanted: where from.
        find: the folder of a model by its name.

    Raises:
        AttuneError: a file or model cannot be read, or does not fit.
    """
    model = loaded.model
    if wanted.encoder is not None:
        yield _take_encoder(loaded, load_model(find(wanted.encoder)))
    for file, vocabulary, table in (
        (wanted.source_vectors, loaded.source_vocabulary, model.encoder.embedding.weight),
        (wanted.target_vectors, loaded.target_vocabulary, model.decoder.embedding.weight),
    ):
        if file is not None:
            found = fill_with_vectors(table, vocabulary, file)
            yield Message(f"{found} of {len(vocabulary)} entries have a vector in {file.name}")


def fill_with_vectors(table: Tensor, vocabulary: Vocabulary, file: Path) -> int:
    """Put the vectors of ``file`` into the rows of their words; how many were found.

    A vector is divided by the root of its width, by which what is read of a table is multiplied
    (see ``embeddings.make_embedding``): the encoder reads the very vector. Words that are not in
    the file keep their random start; the first of two vectors of a word counts.

    Args:
        table: embeddings ``[V, width]``.
        vocabulary: of V entries.
        file: of vectors, see :func:`core.training.word_vectors.word_vectors`.

    Raises:
        InputError: the file cannot be read or has vectors of another width.
    """
    waiting = _entries(vocabulary)
    width = table.shape[1]
    found = 0
    with torch.no_grad():
        for word, vector in word_vectors(file, waiting, width):
            rows = waiting.pop(word)
            table[rows] = torch.from_numpy(vector).to(table.device) * width**-0.5
            found += len(rows)
    return found


def _entries(vocabulary: Vocabulary) -> dict[str, list[int]]:
    """The entries of each text, without the sign of a blank before it; specials have none."""
    entries: dict[str, list[int]] = defaultdict(list)
    pieces = vocabulary.pieces(range(len(SPECIALS), len(vocabulary)))
    for index, piece in enumerate(pieces, start=len(SPECIALS)):
        entries[piece.removeprefix(MARKER)].append(index)
    return dict(entries)


def _take_encoder(loaded: Loaded, base: Loaded) -> Message:
    """Put the encoder of ``base`` into the model of ``loaded``."""
    _check_same_encoder(loaded.model.config, base.model.config, base.name)
    taken = {
        name: value
        for name, value in base.model.state_dict().items()
        if name.startswith(_ENCODER) and name != SOURCE_TABLE
    }
    model: Seq2Seq = loaded.model
    model.load_state_dict(taken, strict=False)
    known = {piece: index for index, piece in enumerate(_pieces(base.source_vocabulary))}
    pairs = [
        (index, known[piece])
        for index, piece in enumerate(_pieces(loaded.source_vocabulary))
        if piece in known
    ]
    table, given = model.encoder.embedding.weight, base.model.encoder.embedding.weight
    with torch.no_grad():
        own, theirs = zip(*pairs, strict=True)
        table[list(own)] = given[list(theirs)].to(table.device)
    return Message(
        f"the encoder is that of {base.name}; {len(pairs)} of {len(table)} entries are its, too"
    )


def _pieces(vocabulary: Vocabulary) -> list[str]:
    return vocabulary.pieces(range(len(vocabulary)))


def _check_same_encoder(own: ModelConfig, given: ModelConfig, name: str) -> None:
    """Refuse an encoder of another shape.

    Raises:
        OptionError: with the option that differs.
    """
    recurrent = own.encoder in RECURRENT_ENCODERS
    kinds = ("cell", "joining", "residual") if recurrent else ("encoder_heads", "feed_forward")
    for option in ("encoder", "width", "embedding_width", "encoder_layers", *kinds):
        if option == "joining" and own.encoder != "bidirectional":
            continue
        field = "embedding_size" if option == "embedding_width" else option
        mine, theirs = getattr(own, field), getattr(given, field)
        if mine != theirs:
            raise OptionError(
                f"{option} is {mine!r}, but {theirs!r} in {name}, whose encoder is wanted",
                remedy=f"Give {theirs!r}, or another model.",
            )
