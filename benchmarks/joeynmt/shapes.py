"""Models of like layers for both engines; needs the standard library alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

BATCH = 64  # sentences
LEARNING_RATE = 3e-4
BETAS = (0.9, 0.98)  # of AdamW, as `core.training.optimizers` has them
CLIP = 1.0
SPECIALS = ("<unk>", "<pad>", "<s>", "</s>")  # ids 0 to 3 in both engines
LANGUAGES = ("source", "target")


@dataclass(frozen=True, slots=True)
class Shape:
    """LSTM encoder and decoder with additive attention, without dropout.

    Attributes:
        about: for the reader.
        vocabulary: entries on each side.
        each_way: size of the encoder's states in one direction.
        embedding: size of embeddings, twice ``each_way`` as our models have it.
        decoder: size of the decoder's states.
        layers: of the encoder, and of the decoder.
    """

    about: str
    vocabulary: int
    each_way: int
    embedding: int
    decoder: int
    layers: int = 2

    @property
    def tied(self) -> bool:
        """Whether JoeyNMT can use the target embeddings as output weights, as ours always does."""
        return self.embedding == self.decoder


SHAPES = {
    "together": Shape("states of 512, 256 each way", 16_000, 256, 512, 512),
    "each": Shape("states of 1024, 512 each way", 16_000, 512, 1024, 512),
    "tiny": Shape("to try the program out", 60, 8, 16, 16),
}


def joeynmt_config(shape: Shape, folder: str, input_feeding: bool) -> dict[str, Any]:
    """JoeyNMT's configuration (its YAML file as a value) for the pairs in ``folder``."""
    side = {"level": "word", "max_length": -1, "lowercase": False}
    embeddings = {"embedding_dim": shape.embedding, "scale": True, "dropout": 0.0}
    layers = {"type": "recurrent", "rnn_type": "lstm", "num_layers": shape.layers, "dropout": 0.0}
    data: dict[str, Any] = {
        name: {"lang": language, "voc_file": f"{folder}/vocabulary", **side}
        for name, language in zip(("src", "trg"), LANGUAGES, strict=True)
    }
    return {
        "name": "training-speed",
        "model_dir": f"{folder}/joeynmt",
        "use_cuda": False,
        "data": {"train": f"{folder}/pairs", "dataset_type": "plain", **data},
        "testing": {},
        "training": {
            "optimizer": "adamw",
            "adam_betas": list(BETAS),
            "learning_rate": LEARNING_RATE,
            "scheduling": "exponential",
            "decrease_factor": 0.99,
            "clip_grad_norm": CLIP,
            "normalization": "tokens",
            "label_smoothing": 0.0,
            "batch_size": BATCH,
            "batch_type": "sentence",
            "shuffle": False,  # the pairs are in random order, the same for both engines
            "epochs": 1_000_000,
        },
        "model": {
            "tied_softmax": shape.tied,
            "encoder": {
                **layers,
                "hidden_size": shape.each_way,
                "bidirectional": True,
                "embeddings": dict(embeddings),
            },
            "decoder": {
                **layers,
                "hidden_size": shape.decoder,
                "attention": "bahdanau",
                "init_hidden": "bridge",
                "input_feeding": input_feeding,
                "embeddings": dict(embeddings),
            },
        },
    }
