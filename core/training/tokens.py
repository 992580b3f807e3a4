"""The tokenised store of a training run: found, or made of its files, and mixed into batches."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from core.cancel import CancelToken
from core.errors import InputError, OptionError
from core.events import Message
from core.paths import ensure
from core.store.loading import Loaded
from core.training.batching import Share
from core.training.mix import Use, read_mix
from core.training.recipe.agreement import read_agreement
from core.training.token_store.builder import build_token_store
from core.training.token_store.linking import link
from core.training.token_store.store import TokenStore

if TYPE_CHECKING:
    from core.training.train_options import TrainOptions

HELD_OUT_MOST = 500


def open_tokens(place: Path, options: TrainOptions) -> TokenStore:
    """The store in ``place``, in the direction to train; made of the files given, if any are.

    Raises:
        InputError: there is none, or it is damaged.
        OptionError: it was made of other files, or has two vocabularies where one is asked for.
    """
    tokens = TokenStore.open(place)
    if options.base is None and options.texts().shared:
        _require_shared(tokens)
    given = tuple(one.name for one in options.inputs)
    made_of = tuple(name for name, _ in tokens.parts)
    if given and given != made_of:
        raise OptionError(
            f"the tokenised store was made of {', '.join(made_of)}",
            where=str(place),
            remedy="Delete it, name another one with --tokens, or leave the files out.",
        )
    return tokens if tokens.source_language == options.source_language else tokens.flipped()


def tokens_of(tokens: TokenStore, loaded: Loaded) -> TokenStore:
    """The store in the direction of the model ``loaded``.

    Raises:
        InputError: its vocabularies are not the model's.
    """
    turned = tokens if tokens.source_language == loaded.source_language else tokens.flipped()
    ours = turned.source_vocabulary.to_json(), turned.target_vocabulary.to_json()
    if ours != (loaded.source_vocabulary.to_json(), loaded.target_vocabulary.to_json()):
        raise InputError(
            f"the tokenised store has other vocabularies than {loaded.name}",
            where=str(tokens.folder),
            remedy=f"Make one with: attune-cli train FILES --from {loaded.name} --tokenize-only",
        )
    return turned


def _require_shared(tokens: TokenStore) -> None:
    source, target = tokens.source_vocabulary.to_json(), tokens.target_vocabulary.to_json()
    if source != target:
        raise OptionError(
            "embeddings is shared, but each side of the tokenised store has its own vocabulary",
            where=str(tokens.folder),
            remedy="Make another store for it, or choose embeddings tied or separate.",
        )


def link_tokens(place: Path, alignments: Path, cancel: CancelToken) -> Iterator[Message]:
    """Give the finished store in ``place`` the links in a file.

    Raises:
        InputError: the store has not kept its words, or the file does not fit them.
    """
    yield Message("linking the words of the tokenised store")
    yield from link(TokenStore.open(place), alignments, cancel)


def tokenise(
    place: Path, options: TrainOptions, base: Loaded | None, cancel: CancelToken
) -> Iterator[Message]:
    """Make the store of the files given.

    Raises:
        AttuneError: there are none, or they cannot be used.
    """
    if not options.inputs:
        raise InputError(
            "there is no tokenised store", where=str(place), remedy="Give files of pairs."
        )
    ensure(place.parent)
    yield from build_token_store(
        place,
        options.inputs,
        source_language=options.source_language,
        target_language=options.target_language,
        text=options.texts(),
        vocabularies=(base.source_vocabulary, base.target_vocabulary) if base else None,
        alignments=options.alignments,
        held_out=HELD_OUT_MOST,
        held_files=options.held,
        seed=options.seed,
        # A frozen program cannot start itself as a cutter; it cuts by itself.
        workers=0 if getattr(sys, "frozen", False) else None,
        cancel=cancel,
        keep_words=options.keep_words,
    )


def shares(tokens: TokenStore, mix: Path | None, min_agreement: int | None = None) -> list[Share]:
    """The store's pairs by their files, as often as ``mix`` says.

    Args:
        tokens: the store.
        mix: a file that says how each is used (see ``mix``); those not named count once.
        min_agreement: pairs that score less are left out (see ``recipe.agreement``).

    Raises:
        InputError: ``mix`` is no such file, or names a file that the store was not made of; or the
            pairs are not scored.
    """
    kept = None
    if min_agreement is not None:
        kept = read_agreement(tokens.folder, len(tokens.corpus)) >= min_agreement
    if mix is None:
        return [Share(tokens.corpus, keep=None if kept is None else np.flatnonzero(kept))]
    uses = read_mix(mix)
    parts = tokens.inputs()
    unknown = sorted(uses.keys() - parts.keys())
    if unknown:
        raise InputError(
            f"the store holds no {unknown[0]}",
            where=str(mix),
            remedy=f"It was made of {', '.join(parts)}.",
        )
    found, begin = [], 0
    for name, corpus in parts.items():
        use, end = uses.get(name, Use()), begin + len(corpus)
        keep = None if kept is None else np.flatnonzero(kept[begin:end])
        found.append(Share(corpus, use.repeats, keep, use.synthetic))
        begin = end
    return found
