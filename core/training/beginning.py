"""The model that a run begins with: a bundle's, or one of the shape that is asked for."""

from __future__ import annotations

from collections.abc import Generator

from core import runtime
from core.errors import OptionError
from core.events import Event
from core.model.seq2seq import Seq2Seq
from core.store.loading import Loaded
from core.store.model_store import ModelStore
from core.training.pretraining import Pretraining, check_pretrained, take_up_pretrained
from core.training.token_store.store import TokenStore
from core.training.train_options import TrainOptions


def check_beginning(options: TrainOptions, store: ModelStore) -> None:
    """Refuse what :func:`begin_model` would refuse, before the pairs are tokenised.

    Raises:
        AttuneError: see there; or a model is given to start from, and parts of others beside it.
    """
    wanted = _pretraining(options)
    if options.base is not None and wanted != Pretraining():
        raise OptionError(
            f"{options.base} is what to start from, so that nothing of its is to be replaced",
            remedy="Leave out either --from, or --encoder-from and the vectors.",
        )
    if options.base is None and not options.resume:
        check_pretrained(options.shape(1, 1), wanted, lambda name: store.find(name).path)


def begin_model(
    options: TrainOptions, tokens: TokenStore, base: Loaded | None, store: ModelStore
) -> Generator[Event, None, Loaded]:
    """``base``, if there is one, or a new model of the options' shape and seed.

    Raises:
        AttuneError: the shape makes no sense, or what it is to start from does not fit.
    """
    runtime.set_seed(options.seed)
    if base is not None:
        return base
    config = options.shape(len(tokens.source_vocabulary), len(tokens.target_vocabulary))
    loaded = Loaded(
        options.name,
        tokens.source_language,
        tokens.target_language,
        Seq2Seq(config),
        tokens.source_vocabulary,
        tokens.target_vocabulary,
    )
    if not options.resume:  # else a checkpoint holds what has become of them
        wanted = _pretraining(options)
        yield from take_up_pretrained(loaded, wanted, lambda name: store.find(name).path)
    return loaded


def _pretraining(options: TrainOptions) -> Pretraining:
    return Pretraining(options.source_vectors, options.target_vectors, options.encoder_from)
