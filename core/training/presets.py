"""Systems by name: options of the four registries that differ from their defaults.

Imports nothing heavy; :mod:`core.training.system` puts a preset's options and a person's together.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field

from core.errors import OptionError
from core.parts import Value


@dataclass(frozen=True, slots=True)
class Preset:
    """A system.

    Attributes:
        values: its options, by the names of their parts; others have their defaults.
        about: what it is, for a person.
        teaches: what a learner sees in it.
        paper: authors and year.
        mends: flaws of tutorial code for such a system that this one does not have.
        measured: its scores beside the others', as a sentence; empty before they are measured.
        epochs: rounds through the pairs of a run that is given no limit; 0 for the program's own.
    """

    values: Mapping[str, Value] = field(default_factory=dict)
    about: str = ""
    teaches: str = ""
    paper: str = ""
    mends: tuple[str, ...] = ()
    measured: str = ""
    epochs: int = 0


# What the systems of tutorials have in common: a vocabulary of frequent words, sentences as they
# are, and no smoothing; each may be changed by itself.
_AS_THEY_ARE: dict[str, Value] = {
    "join": 0.0, "drop_stop": 0.0, "untidy": 0.0, "copy_unknown": 0.0, "label_smoothing": 0.0,
}  # fmt: skip
_WORDS: dict[str, Value] = {
    **_AS_THEY_ARE,
    "source_units": "words", "target_units": "words", "source_vocabulary_size": 10_000,
    "optimizer": "adam", "learning_rate": 1e-3, "batch_pairs": 64, "max_length": 100,
    "search": "greedy",
}  # fmt: skip
_OWN: dict[str, Value] = {"target_vocabulary_size": 10_000}
_FIXED: dict[str, Value] = {"encoder": "one-directional", "attention": "none", "residual": False}
_SIZE = "a vocabulary's size is obeyed, specials included"
_STEPS = "inputs and targets are the same words one place apart"
_PADDING = "padding has no loss and takes no part in the mean"
_LAST = "the last state is that of the last real word, not of the padding behind it"
_UNKNOWN = (
    "words that the vocabulary lacks are copied from where attention looks, not said as <unk>"
)

PRESETS: dict[str, Preset] = {
    "default": Preset(
        {"source_vocabulary_size": 12_000, "target_vocabulary_size": 12_000},
        "deep self-attention encoder, recurrent attention decoder",
        "The shape of the models that come with the program: a Transformer reads, an LSTM writes.",
        "Chen et al. 2018",
        (),
        "BLEU 7.6 on everyday sentences after nine minutes: the largest needs the most time.",
    ),
    "small": Preset(
        {
            "width": 256, "encoder_layers": 3, "encoder_heads": 4, "feed_forward": 1024,
            "decoder_width": 256, "attention_heads": 4,
        },
        "the default's shape at a fifth of its size",
        "How much of a large model's quality a small one has in the same time.",
        "Chen et al. 2018",
    ),
    "lstm-fixed-context": Preset(
        {
            **_WORDS, **_FIXED, "cell": "lstm", "decoder": "initial-state",
            "encoder_layers": 1, "decoder_layers": 1,
            "width": 256, "embedding_width": 128, "decoder_width": 256, "embeddings": "shared",
        },
        "one LSTM reads, its last state is all that another LSTM writes from",
        "A sentence as one vector: short ones fit into it, long ones are forgotten half way.",
        "Sutskever et al. 2014",
        (_SIZE, _STEPS, _PADDING, _LAST),
        "BLEU 18.4 on everyday sentences after nine minutes, with twice the others' updates.",
    ),
    "gru-context": Preset(
        {
            **_WORDS, **_OWN, **_FIXED, "cell": "gru", "decoder": "context",
            "encoder_layers": 2, "decoder_layers": 2, "width": 256, "decoder_width": 256,
            "initialisation": "xavier", "clip": 1.0, "teacher_forcing": 1.0,
        },
        "the sentence's vector is there at every step of a two-layer GRU",
        "What a decoder need not remember it need not forget; the vector is as narrow as before.",
        "Cho et al. 2014",
        (_SIZE, _STEPS, _PADDING, _LAST),
        "BLEU 16.3 on everyday sentences after nine minutes.",
    ),
    "lstm-additive": Preset(
        {
            **_WORDS, **_OWN, "encoder": "one-directional", "cell": "lstm", "decoder": "attention",
            "attention": "additive", "input_feeding": True,
            "encoder_layers": 1, "decoder_layers": 1, "width": 256, "decoder_width": 256,
            "optimizer": "sgd", "learning_rate": 1.0, "residual": False,
        },
        "an LSTM that looks at every source word before it writes one, taught by plain SGD",
        "Attention ends the narrow place. One pair at a time on its own output, as loops written by"
        " hand do: --batch-pairs 1 --teacher-forcing 0.",
        "Bahdanau et al. 2015; Luong et al. 2015",
        (_SIZE, _STEPS, _PADDING, _UNKNOWN),
        "BLEU 10.7 on everyday sentences after nine minutes of plain SGD, 24.2 of Adam.",
    ),
    "bigru-attention": Preset(
        {
            **_WORDS, **_OWN, "encoder": "bidirectional", "cell": "gru", "decoder": "attention",
            "attention": "additive", "encoder_layers": 1, "decoder_layers": 2,
            "width": 256, "decoder_width": 256,
        },
        "a GRU reads both ways, another looks at what it has read; score functions may be changed",
        "A word is understood from both sides. Compare --attention dot, general and local-p.",
        "Bahdanau et al. 2015",
        (_SIZE, _STEPS, _PADDING, _UNKNOWN),
        "BLEU 29.6 on everyday sentences after nine minutes.",
    ),
    "gru-zh-en": Preset(
        {
            **_WORDS, **_OWN, **_FIXED, "cell": "gru", "decoder": "initial-state",
            "encoder_layers": 2, "decoder_layers": 2,
            "width": 512, "embedding_width": 256, "decoder_width": 512, "dropout": 0.5,
            "forcing": "linear", "forcing_half": 0.9, "forcing_floor": 0.5,
            "batch_pairs": 32, "max_length": 50, "truncate": True,
            "longest_output": 50, "source_min_freq": 2, "target_min_freq": 2,
        },
        "the Chinese-English GRU of many tutorials: jieba and spaCy words, two layers, 10 epochs",
        "Where the tutorials' model stands once their mistakes are gone, and what it still lacks:"
        " pairs, attention, pieces of words.",
        "Cho et al. 2014; Sutskever et al. 2014",
        (_SIZE, _STEPS, _PADDING, _LAST),
        "BLEU 2.0 on everyday sentences after ten rounds through 10,000 pairs: too few.",
        epochs=10,
    ),
    "transformer-small": Preset(
        {
            **_AS_THEY_ARE, "encoder": "transformer", "decoder": "transformer",
            "encoder_layers": 3, "decoder_layers": 3, "encoder_heads": 4, "attention_heads": 4,
            "width": 256, "feed_forward": 1024, "dropout": 0.1, "label_smoothing": 0.1,
            "optimizer": "adamw", "learning_rate": 1e-3, "warmup": 300, "batch_pairs": 64,
            "source_vocabulary_size": 10_000, "target_vocabulary_size": 10_000,
        },
        "self-attention on both sides, over pieces of words",
        "Nothing is recurrent: every place is learnt at once, every word looks at every other.",
        "Vaswani et al. 2017",
        (_SIZE, _STEPS, _PADDING, "pieces of words leave hardly anything unknown"),
        "BLEU 12.0 on everyday sentences after nine minutes: a Transformer begins slowly.",
    ),
}  # fmt: skip


def find_preset(name: str) -> Preset:
    """The preset called ``name``.

    Raises:
        OptionError: there is none.
    """
    if name not in PRESETS:
        near = difflib.get_close_matches(name, PRESETS, 1)
        guess = f"Did you mean {near[0]}? " if near else ""
        raise OptionError(
            f"there is no preset called {name!r}",
            remedy=f"{guess}Give one of {', '.join(PRESETS)}.",
        )
    return PRESETS[name]
